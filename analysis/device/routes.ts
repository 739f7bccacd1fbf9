// Which way each application goes: proxy, access point, server.

import type { Origin, Reason } from '../engine/contract/device.ts';
import { type Leg, linksOf, ownDefault, say } from './links.ts';
import { hasParm, nodesIn, type Value, valueIn, valuesIn } from './node.ts';
import { type Held, originAt, originOf, type State } from './state.ts';
import { inSentence, shown } from './words.ts';

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
  const { legs, why, notes } = linksOf(s, app);
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
