// What links of applications and proxies lead to, and why. OMA-WAP-TS-ProvCont-V1_1 4.5 and cpclient.

import type { Basis, Origin, Reason } from '../engine/contract/device.ts';
import { matchingRule } from './access.ts';
import { hasParm, type Node, nodesIn, type Value, valueIn, valuesIn } from './node.ts';
import { type Held, heldIn, originOf, type State } from './state.ts';
import { shown } from './words.ts';

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

/** Links of one characteristic and ways through one proxy that are followed. */
const MOST_NAMED = 64;
const MOST_TRIED = 64;

export const say = (basis: Basis, text: string, origin: Origin | null = null): Reason => ({ text, basis, origin });

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
export const ownDefault = (reason: Reason): Hop => ({
  title: "The phone's default",
  text: 'no access point it was sent',
  held: null,
  reason,
});

/** Links of older settings were not sent: they stand in one document. */
function order(link: Value, i: number, of: number): string {
  if (link.range.length === 0) return 'It stands in the same settings.';
  if (of === 1) return `It is named by ${link.name}.`;
  return i === 0
    ? `It is the first of ${of} named by ${link.name}.`
    : `It is number ${i + 1} of ${of} named by ${link.name}.`;
}

/** What a TO-NAPID leads to: one of its own context, or for INTERNET any that says it serves the internet. */
function accessPoints(s: State, context: string, link: Value, i: number, of: number, from: Origin): Hop[] {
  const origin = originOf(from, link);
  if (link.value !== 'INTERNET') {
    const h = find(s, context, 'NAPDEF', link.value);
    if (h === undefined) return [];
    return [hopTo(h, say(of > 1 ? 'clients' : 'message', order(link, i, of), origin))];
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
        if (legs.length === MOST_TRIED) return legs;
        legs.push({ proxy, physical, port: port.value, accessPoint });
      }
    }
  }
  return legs;
}

export interface Links {
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
  for (const [i, v] of proxies.slice(0, MOST_NAMED).entries()) {
    if (legs.length >= MOST_TRIED) break;
    const h = find(s, context, 'PXLOGICAL', v.value);
    if (h === undefined) {
      const text = `It names the proxy ${shown(v.value)}, which its context does not hold: clients drop the link.`;
      notes.push(say('clients', text, originOf(origin, v)));
      continue;
    }
    const through = throughProxy(
      s,
      h,
      say(proxies.length > 1 ? 'clients' : 'message', order(v, i, proxies.length), originOf(origin, v)),
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
  for (const [i, v] of naps.slice(0, MOST_NAMED).entries()) {
    if (legs.length >= MOST_TRIED) break;
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
      ...proxies.slice(0, MOST_NAMED).flatMap((h) => throughProxy(s, h, first(h, proxies))),
      ...naps.slice(0, MOST_NAMED).map((h) => ({
        proxy: null,
        physical: null,
        port: null,
        accessPoint: hopTo(h, first(h, naps)),
      })),
    ],
    why,
    notes: [],
  };
}

/** Older bookmarks: nobody says how they are reached. */
function bookmarks(at: Origin): Links {
  const why = say('message', 'Bookmarks alone name no way.', at);
  const usual = ownDefault(say('remembered', 'The browser opens them the way it goes otherwise.', at));
  return { legs: [{ proxy: null, physical: null, port: null, accessPoint: usual }], why, notes: [] };
}

/** A proxy that leads nowhere; clients drop it. */
export const leadsNowhere = (s: State, h: Held): boolean =>
  h.thing.type === 'PXLOGICAL' && throughProxy(s, h, say('message', '')).length === 0;

/** The ways of an application, in the order they are tried. */
export function linksOf(s: State, app: Held): Links {
  const n = app.thing;
  const at = originOf(app.origin, n);
  const own = [...valuesIn(n, 'TO-PROXY'), ...valuesIn(n, 'TO-NAPID')];
  const sent = own.some((v) => v.range.length > 0);
  if (own.length > 0) {
    return named(
      s,
      app.context,
      n,
      app.origin,
      say(
        'message',
        sent ? 'It names its way itself.' : 'Its settings name the way.',
        sent ? originOf(app.origin, own[0]!) : at,
      ),
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
  if (n.parms.every((v) => v.name !== 'APPID' || v.range.length === 0)) return bookmarks(at);
  return everything(s, { ...app, origin: at });
}
