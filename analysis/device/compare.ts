// Two states of phones, or two documents: what differs and what that means for who uses the phone.

import type { ObjectKind } from '../engine/contract/device.ts';
import { type Difference, differences, pairThings } from './diff.ts';
import { hasParm, type Node, valueIn } from './node.ts';
import { type Route, routeOf } from './routes.ts';
import type { Held, State } from './state.ts';
import { applicationName, inSentence, shown } from './words.ts';

export interface HeldDifference {
  readonly what: 'added' | 'removed' | 'changed' | 'reordered';
  readonly before: Held | null;
  readonly after: Held | null;
  readonly differences: readonly Difference[];
}

export interface Comparison {
  readonly entries: readonly HeldDifference[];
  /** The gravest first. */
  readonly consequences: readonly string[];
  /** The same with what each is about. */
  readonly said: readonly Said[];
}

/** Who may change the phone; where traffic goes; what is there at all; who signs in as whom. */
const RANKS = { owner: 0, way: 1, server: 2, default: 3, account: 4, login: 5, order: 6 } as const;

export interface Said {
  readonly rank: number;
  readonly text: string;
  /** What changed of that which was there before; null: it is new. */
  readonly about: ObjectKind | null;
}

type Side = Held | null;

/** Held things of both by context: one that is there alone on both sides is the same context with another name. */
function paired(a: State, b: State): readonly { readonly a: Side; readonly b: Side }[] {
  const ids = [...new Set([...a.contexts.keys(), ...b.contexts.keys()])];
  const single = a.contexts.size === 1 && b.contexts.size === 1;
  const of = (s: State, context: string): Map<string, Held> => {
    const all = [...s.held.values()].filter((h) => single || h.context === context);
    return new Map(all.map((h) => [h.thing.id, h]));
  };
  return (single ? [''] : ids).flatMap((id) => {
    const [x, y] = [of(a, id), of(b, id)];
    const things = (m: Map<string, Held>) => [...m.values()].map((h) => h.thing);
    return pairThings(things(x), things(y)).map((p) => ({
      a: p.a === null ? null : (x.get(p.a.id) ?? null),
      b: p.b === null ? null : (y.get(p.b.id) ?? null),
    }));
  });
}

/** 'Browser'; with its own name where the phone has several. */
const name = (h: Held, s: State): string => {
  const id = valueIn(h.thing, 'APPID') ?? '';
  const own = valueIn(h.thing, 'NAME') ?? valueIn(h.thing, 'PROVIDER-ID');
  const alike = [...s.held.values()].filter((x) => x.thing.type === 'APPLICATION' && valueIn(x.thing, 'APPID') === id);
  return alike.length < 2 || own === undefined || own === ''
    ? applicationName(id)
    : `${applicationName(id)} "${shown(own)}"`;
};

const proxyOf = (r: Route): string => {
  const [leg] = r.legs;
  if (leg?.proxy == null) return '';
  return `${inSentence(leg.proxy.title)}${leg.port === null ? '' : ` port ${shown(leg.port)}`}`;
};

const accessPointOf = (r: Route): string => inSentence(r.legs[0]?.accessPoint.title ?? '');

const serverOf = (r: Route): string =>
  r.server === null ? '' : `${shown(r.server.address)}${r.server.port === null ? '' : ` port ${shown(r.server.port)}`}`;

const wayOf = (r: Route): string => {
  const proxy = proxyOf(r);
  return proxy === '' ? `over ${accessPointOf(r)}` : `through ${proxy} over ${accessPointOf(r)}`;
};

const waysOf = (r: Route): string =>
  r.legs.map((l) => `${l.proxy?.title ?? ''} ${l.port ?? ''} ${l.accessPoint.title}`).join('\n');

function routeChange(app: string, id: string, a: Route, b: Route): Said[] {
  const out: Said[] = [];
  const [proxyA, proxyB] = [proxyOf(a), proxyOf(b)];
  if (proxyA !== proxyB) {
    const text =
      proxyB === ''
        ? `${app} no longer goes through ${proxyA}, but straight to the network.`
        : proxyA === ''
          ? `${app} now goes through ${proxyB}: whoever runs it sees this traffic.`
          : `${app} now goes through ${proxyB} instead of ${proxyA}.`;
    out.push({ rank: RANKS.way, text, about: 'proxy' });
  }
  if (accessPointOf(a) !== accessPointOf(b)) {
    const text = `${app} now goes over ${accessPointOf(b)} instead of ${accessPointOf(a)}.`;
    out.push({ rank: RANKS.way, text, about: 'access-point' });
  }
  if (out.length === 0 && waysOf(a) !== waysOf(b)) {
    const text = `${app} still goes ${wayOf(b)} first, but tries other ways after it.`;
    out.push({ rank: RANKS.order, text, about: 'proxy' });
  }
  const [serverA, serverB] = [serverOf(a), serverOf(b)];
  if (serverA !== serverB) {
    const what =
      id === 'w2'
        ? 'The home page'
        : id === 'w4' || id === 'ap0005'
          ? 'The message centre for MMS'
          : `The server of ${app}`;
    const text =
      serverB === ''
        ? `${what} is gone; it was ${serverA}.`
        : serverA === ''
          ? `${what} is now ${serverB}.`
          : `${what} is now ${serverB} instead of ${serverA}.`;
    out.push({ rank: RANKS.server, text, about: 'application' });
  }
  return out;
}

function applicationChange(a: State, b: State, x: Side, y: Side): Said[] {
  if (x === null && y === null) return [];
  if (x === null && y !== null) {
    const r = routeOf(b, y);
    const to = serverOf(r);
    const text = `${name(y, b)} is set up${to === '' ? '' : ` with ${to}`}, ${wayOf(r)}.`;
    return [{ rank: RANKS.account, text, about: null }];
  }
  if (y === null && x !== null) {
    return [{ rank: RANKS.account, text: `${name(x, a)} is gone.`, about: 'application' }];
  }
  return routeChange(name(y!, b), valueIn(y!.thing, 'APPID') ?? '', routeOf(a, x!), routeOf(b, y!));
}

const LOGIN =
  /(?:NAPAUTHINFO|PXAUTHINFO|APPAUTH|RESOURCE) .*\/(?:AUTHTYPE|AUTHNAME|AUTHSECRET|PXAUTH-ID|PXAUTH-PW|AAUTHNAME|AAUTHSECRET|AAUTHDATA|AAUTHTYPE)$/s;

const ownersOf = (n: Node | undefined): string => (n === undefined ? '' : (valueIn(n, 'PROVURL') ?? ''));

function thingChange(x: Side, y: Side, after: State): Said[] {
  const out: Said[] = [];
  const [a, b] = [x?.thing, y?.thing];
  const type = (b ?? a)?.type;
  const about = x?.thing.kind ?? null;
  const gains = (parm: string): boolean =>
    b !== undefined && hasParm(b, parm) && !(a !== undefined && hasParm(a, parm));
  const loses = (parm: string): boolean => a !== undefined && b !== undefined && hasParm(a, parm) && !hasParm(b, parm);
  if (type === 'BOOTSTRAP' && ownersOf(a) !== ownersOf(b)) {
    const text =
      ownersOf(b) === ''
        ? `The server ${shown(ownersOf(a))} may no longer change these settings by itself.`
        : `The server ${shown(ownersOf(b))} may change these settings by itself from now on${ownersOf(a) === '' ? '' : `, no longer ${shown(ownersOf(a))}`}.`;
    out.push({ rank: RANKS.owner, text, about });
  }
  if (type === 'PXLOGICAL' && b !== undefined && gains('TRUST')) {
    out.push({
      rank: RANKS.owner,
      text: `${y?.thing.title} is trusted: what is pushed through it may change settings.`,
      about,
    });
  }
  if (type === 'NAPDEF' && gains('INTERNET') && b !== undefined) {
    out.push({ rank: RANKS.default, text: `${y?.thing.title} serves the internet by default.`, about });
  }
  if (type === 'NAPDEF' && loses('INTERNET')) {
    out.push({ rank: RANKS.default, text: `${y?.thing.title} no longer serves the internet by default.`, about });
  }
  if (a !== undefined && b !== undefined && x !== null && y !== null) {
    if (differences(a, b).some((d) => LOGIN.test(d.path))) {
      const who = type === 'APPLICATION' ? name(y, after) : y.thing.title;
      out.push({ rank: RANKS.login, text: `${who} ${loginChange(a, b)}`, about });
    }
  }
  return out;
}

const LOGIN_TYPES: ReadonlySet<string> = new Set(['NAPAUTHINFO', 'PXAUTHINFO', 'APPAUTH']);
const signsIn = (n: Node): boolean => n.children.some((c) => LOGIN_TYPES.has(c.type));

function loginChange(a: Node, b: Node): string {
  if (!signsIn(b)) return 'no longer signs in with a name and password.';
  return signsIn(a) ? 'signs in with other credentials.' : 'now signs in with a name and password.';
}

/** What connects first, then what uses it, then who may change it. */
const KIND_ORDER: readonly string[] = ['access-point', 'wlan', 'proxy', 'application', 'access', 'bootstrap'];

const kindOrder = (e: HeldDifference): number => {
  const at = KIND_ORDER.indexOf((e.after ?? e.before)?.thing.kind ?? '');
  return at < 0 ? KIND_ORDER.length : at;
};

/** Nothing where both mean the same, in whatever order and encoding. */
export function compare(a: State, b: State): Comparison {
  const entries: HeldDifference[] = [];
  const said: Said[] = [];
  for (const { a: x, b: y } of paired(a, b)) {
    const found = differences(x?.thing ?? null, y?.thing ?? null);
    const application = (y ?? x)?.thing.type === 'APPLICATION';
    if (application) said.push(...applicationChange(a, b, x, y));
    if (x !== null && y !== null && found.length === 0) continue;
    said.push(...thingChange(x, y, b));
    const what =
      x === null ? 'added' : y === null ? 'removed' : found.every((d) => d.reordered) ? 'reordered' : 'changed';
    entries.push({ what, before: x, after: y, differences: found });
  }
  said.sort((p, q) => p.rank - q.rank);
  entries.sort((p, q) => kindOrder(p) - kindOrder(q));
  return { entries, consequences: [...new Set(said.map((s) => s.text))], said };
}
