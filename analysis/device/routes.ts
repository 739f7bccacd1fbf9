// Which way each application goes: proxy, access point, and why these. OMA-WAP-TS-ProvCont-V1_1 4.5 and cpclient.

import type { Basis, Origin, Reason } from '../engine/contract/device.ts';
import { matchingRule } from './access.ts';
import { hasParm, type Node, nodesIn, type Value, valueIn, valuesIn } from './node.ts';
import { type Held, heldIn, originAt, originOf, type State } from './state.ts';
import { inSentence, shown } from './words.ts';

export interface Hop {
  readonly title: string;
  readonly text: string;
  readonly held: Held | null;
  readonly reason: Reason;
}

/** One way to the network. */
export interface Leg {
  readonly proxy: Hop | null;
  readonly physical: Node | null;
  readonly port: string | null;
  readonly accessPoint: Hop;
}

export interface Route {
  readonly application: Held;
  /** Where the application goes in the end; null where it names no server. */
  readonly server: { readonly address: string; readonly port: string | null; readonly origin: Origin } | null;
  /** In the order they are tried; the first is used. */
  readonly legs: readonly Leg[];
  readonly why: Reason;
  readonly notes: readonly Reason[];
}

/** Ways that are looked at for one application. */
const MOST_LEGS = 16;

const say = (basis: Basis, text: string, origin: Origin | null = null): Reason => ({ text, basis, origin });

const find = (s: State, context: string, type: string, key: string): Held | undefined =>
  s.held.get(`${context}\n${type}\n${key}`);

const TYPE_WORD: Readonly<Record<string, string>> = {
  APN: 'APN',
  E164: 'telephone number',
  IPV4: 'IPv4',
  IPV6: 'IPv6',
};

function accessPointText(n: Node): string {
  const type = valueIn(n, 'NAP-ADDRTYPE') ?? 'E164';
  const bearers = valuesIn(n, 'BEARER').map((b) => shown(b.value));
  return [TYPE_WORD[type] ?? shown(type), ...bearers].join(', ');
}

const hopTo = (h: Held, reason: Reason): Hop => ({
  title: h.thing.title,
  text: h.thing.type === 'NAPDEF' ? accessPointText(h.thing) : '',
  held: h,
  reason,
});

/** The phone's own choice: nothing that it was sent says which. */
const ownDefault = (reason: Reason): Hop => ({
  title: "The phone's default",
  text: 'no access point it was sent',
  held: null,
  reason,
});

const order = (i: number, of: number, parm: string): string =>
  of === 1
    ? `named by ${parm}`
    : i === 0
      ? `the first of ${of} named by ${parm}`
      : `number ${i + 1} of ${of} named by ${parm}`;

/** What a TO-NAPID leads to: one of its own context, or for INTERNET any that says it serves the internet. */
function accessPoints(s: State, context: string, link: Value, i: number, of: number, from: Origin): Hop[] {
  const origin = originOf(from, link);
  if (link.value !== 'INTERNET') {
    const h = find(s, context, 'NAPDEF', link.value);
    if (h === undefined) return [];
    return [hopTo(h, say(of > 1 ? 'clients' : 'message', `It is ${order(i, of, 'TO-NAPID')}.`, origin))];
  }
  const serving = [...heldIn(s, context), ...[...s.held.values()].filter((h) => h.context !== context)].filter(
    (h) => h.thing.type === 'NAPDEF' && hasParm(h.thing, 'INTERNET'),
  );
  if (serving.length === 0) {
    return [
      ownDefault(
        say(
          'remembered',
          'INTERNET is asked for and no access point has the INTERNET mark: the phone takes its own.',
          origin,
        ),
      ),
    ];
  }
  return serving.map((h) => {
    const elsewhere = h.context === context ? '' : ', though of another context';
    return hopTo(
      h,
      say('remembered', `INTERNET is asked for and this access point has the INTERNET mark${elsewhere}.`, origin),
    );
  });
}

function portOf(logical: Node, physical: Node): { text: string; value: string | null; note: string } {
  const own = nodesIn(physical, 'PORT');
  const ports = own.length > 0 ? own : nodesIn(logical, 'PORT');
  const [first] = ports;
  if (first === undefined) return { text: '', value: null, note: '' };
  const services = valuesIn(first, 'SERVICE').map((v) => shown(v.value));
  const value = valueIn(first, 'PORTNBR') ?? null;
  const text = `port ${shown(value ?? '')}${services.length === 0 ? '' : ` (${services.join(', ')})`}`;
  const both = own.length > 0 && nodesIn(logical, 'PORT').length > 0;
  return { text, value, note: both ? ' The port of the address goes before that of the proxy.' : '' };
}

function throughProxy(s: State, h: Held, reason: Reason): Leg[] {
  const legs: Leg[] = [];
  for (const physical of nodesIn(h.thing, 'PXPHYSICAL')) {
    const links = valuesIn(physical, 'TO-NAPID');
    const port = portOf(h.thing, physical);
    const address = shown(valueIn(physical, 'PXADDR') ?? '');
    const proxy: Hop = {
      title: `Proxy ${address}`,
      text: port.text,
      held: h,
      reason: { ...reason, text: `${reason.text}${port.note}` },
    };
    for (const [i, link] of links.entries()) {
      for (const accessPoint of accessPoints(s, h.context, link, i, links.length, h.origin)) {
        legs.push({ proxy, physical, port: port.value, accessPoint });
      }
    }
  }
  return legs;
}

interface Links {
  readonly legs: readonly Leg[];
  readonly why: Reason;
  readonly notes: readonly Reason[];
}

/** The ways that TO-PROXY and TO-NAPID of a characteristic give, proxies first. */
function named(s: State, context: string, n: Node, origin: Origin, why: Reason): Links {
  const proxies = valuesIn(n, 'TO-PROXY');
  const naps = valuesIn(n, 'TO-NAPID');
  const notes: Reason[] = [];
  const legs: Leg[] = [];
  for (const [i, v] of proxies.entries()) {
    const h = find(s, context, 'PXLOGICAL', v.value);
    if (h === undefined) {
      const text = `It names the proxy ${shown(v.value)}, which its context does not hold: clients drop the link.`;
      notes.push(say('clients', text, originOf(origin, v)));
      continue;
    }
    const through = throughProxy(
      s,
      h,
      say(
        proxies.length > 1 ? 'clients' : 'message',
        `It is ${order(i, proxies.length, 'TO-PROXY')}.`,
        originOf(origin, v),
      ),
    );
    if (through.length === 0)
      notes.push(
        say(
          'clients',
          `${h.thing.title} names no access point that is there; cpclient drops it.`,
          originOf(h.origin, h.thing),
        ),
      );
    legs.push(...through);
  }
  for (const [i, v] of naps.entries()) {
    const direct = accessPoints(s, context, v, i, naps.length, origin);
    if (direct.length === 0) {
      const text = `It names the access point ${shown(v.value)}, which its context does not hold: clients drop the link.`;
      notes.push(say('clients', text, originOf(origin, v)));
    }
    legs.push(...direct.map((accessPoint) => ({ proxy: null, physical: null, port: null, accessPoint })));
  }
  return { legs, why, notes };
}

/** An application that names nothing is linked to everything in its document (cpclient). */
function everything(s: State, app: Held): Links {
  const text =
    'It names no way itself, and no access rule does: cpclient links it to every proxy and access point beside it.';
  const why = say('clients', text, originOf(app.origin, app.thing));
  const all = heldIn(s, app.context);
  const proxies = all.filter((h) => h.thing.type === 'PXLOGICAL');
  const naps = all.filter((h) => h.thing.type === 'NAPDEF');
  const first = (h: Held, list: readonly Held[]): Reason =>
    say(
      'clients',
      list.length === 1
        ? 'It is the only one there.'
        : h === list[0]
          ? `It is the first of ${list.length}.`
          : 'It is a later one.',
      originOf(h.origin, h.thing),
    );
  return {
    legs: [
      ...proxies.flatMap((h) => throughProxy(s, h, first(h, proxies))),
      ...naps.map((h) => ({ proxy: null, physical: null, port: null, accessPoint: hopTo(h, first(h, naps)) })),
    ],
    why,
    notes: [],
  };
}

function links(s: State, app: Held): Links {
  const n = app.thing;
  const at = originOf(app.origin, n);
  const own = [...valuesIn(n, 'TO-PROXY'), ...valuesIn(n, 'TO-NAPID')];
  if (own.length > 0) {
    return named(
      s,
      app.context,
      n,
      app.origin,
      say('message', 'It names its way itself.', originOf(app.origin, own[0]!)),
    );
  }
  for (const h of heldIn(s, app.context)) {
    if (h.thing.type !== 'ACCESS') continue;
    const rule = matchingRule(h.thing, n);
    if (rule === null) continue;
    const name = shown(rule);
    const text = `It names no way itself; the access rule ${name === '' ? 'without a name' : `"${name}"`} is the first that fits it.`;
    return named(s, app.context, h.thing, h.origin, say('clients', text, originOf(h.origin, h.thing)));
  }
  return everything(s, { ...app, origin: at });
}

/** Server of the application: home page of a browser, else its address. */
function serverOf(app: Held): Route['server'] {
  const n = app.thing;
  const made = (v: Value | undefined, port: string | null): Route['server'] =>
    v === undefined || v.value === ''
      ? null
      : { address: v.value, port, origin: originAt(app.origin, v.range.start, v.range.length) };
  if (valueIn(n, 'APPID') === 'w2') {
    const home = nodesIn(n, 'RESOURCE').find((r) => hasParm(r, 'STARTPAGE'));
    return home === undefined ? null : made(valuesIn(home, 'URI')[0], null);
  }
  const own = made(valuesIn(n, 'ADDR')[0], null);
  if (own !== null) return own;
  const [address] = nodesIn(n, 'APPADDR');
  if (address === undefined) return null;
  const [port] = nodesIn(address, 'PORT');
  return made(valuesIn(address, 'ADDR')[0], port === undefined ? null : (valueIn(port, 'PORTNBR') ?? null));
}

/** The same way found twice, by INTERNET and by name, is one. */
function distinct(legs: readonly Leg[]): Leg[] {
  const seen = new Set<string>();
  return legs.filter((l) => {
    const key = `${l.proxy?.held?.id ?? ''} ${l.physical?.key ?? ''} ${l.accessPoint.held?.id ?? ''}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

export function routeOf(s: State, app: Held): Route {
  const { legs, why, notes } = links(s, app);
  const mixed = legs.some((l) => l.proxy !== null) && legs.some((l) => l.proxy === null);
  const nothing = say(
    'clients',
    'Nothing that it names is there: what the phone does then differs.',
    originOf(app.origin, app.thing),
  );
  const first = distinct(legs).slice(0, MOST_LEGS);
  const both = say(
    'remembered',
    'It names proxies and access points; which of them go first no source says. Proxies are put first here.',
  );
  return {
    application: app,
    server: serverOf(app),
    legs: first.length > 0 ? first : [{ proxy: null, physical: null, port: null, accessPoint: ownDefault(nothing) }],
    why,
    notes: mixed && hasParm(app.thing, 'TO-PROXY') && hasParm(app.thing, 'TO-NAPID') ? [...notes, both] : notes,
  };
}

export const routesOf = (s: State): Route[] =>
  [...s.held.values()].filter((h) => h.thing.type === 'APPLICATION').map((h) => routeOf(s, h));

/** 'proxy 192.0.2.1 port 8080 over access point internet.example'. */
export function legText(l: Leg): string {
  const port = l.port === null ? '' : ` port ${shown(l.port)}`;
  const proxy = l.proxy === null ? '' : `${inSentence(l.proxy.title)}${port} over `;
  return `${proxy}${inSentence(l.accessPoint.title)}`;
}
