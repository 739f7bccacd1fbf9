// What a phone holds: contexts, and the things in them.

import type { Origin, Reason } from '../engine/contract/device.ts';
import { hasParm, type Thing, valueIn, valuesIn } from './node.ts';
import { shown, titleOf } from './words.ts';

/** A configuration context: things in it refer to each other and to nothing outside, but for INTERNET. */
export interface Context {
  readonly id: string;
  readonly name: string;
  readonly kind: 'card' | 'home' | 'other';
  readonly origin: Origin;
}

export interface Held {
  readonly id: string;
  readonly context: string;
  readonly thing: Thing;
  readonly origin: Origin;
  readonly assumed: boolean;
  readonly fromCard: boolean;
}

export interface State {
  /** In order of creation. */
  readonly contexts: ReadonlyMap<string, Context>;
  /** By id, in order of first arrival. */
  readonly held: ReadonlyMap<string, Held>;
}

export const NOTHING_HELD: State = { contexts: new Map(), held: new Map() };

export const heldId = (context: string, thing: Thing): string => `${context}\n${thing.id}`;

export const heldIn = (s: State, context: string): Held[] => [...s.held.values()].filter((h) => h.context === context);

export const originAt = (o: Origin, start: number, length: number): Origin => ({
  ...o,
  range: length === 0 ? o.range : { buffer: 'body', start, length },
});

export const originOf = (
  o: Origin,
  t: { readonly range: { readonly start: number; readonly length: number } },
): Origin => originAt(o, t.range.start, t.range.length);

const bootstraps = (s: State, context: string): Held[] =>
  heldIn(s, context).filter((h) => h.thing.type === 'BOOTSTRAP');

/** A parm of the context's BOOTSTRAP characteristics; the latest that has it counts. */
export function bootstrapValue(s: State, context: string, name: string): { value: string; origin: Origin } | null {
  for (const h of bootstraps(s, context).reverse()) {
    const v = valuesIn(h.thing, name)[0];
    if (v !== undefined) return { value: v.value, origin: originOf(h.origin, v) };
  }
  return null;
}

/** The one context that only the network operator may write. */
export const privileged = (s: State): Context | undefined =>
  [...s.contexts.values()].find((c) => c.kind === 'card' || c.kind === 'home');

/** The context whose server this is: its PROVURL begins the address. */
export function ownedBy(s: State, address: string): Context | undefined {
  return [...s.contexts.values()].find((c) => {
    const owner = bootstrapValue(s, c.id, 'PROVURL');
    return owner !== null && owner.value !== '' && startsWithUrl(address, owner.value);
  });
}

/** A prefix that ends where a part of an address does: 'http://a.example' does not begin 'http://a.example.net/'. */
function startsWithUrl(address: string, prefix: string): boolean {
  const [a, p] = [address.toLowerCase(), prefix.toLowerCase()];
  return a === p || (a.startsWith(p) && (p.endsWith('/') || '/?#:'.includes(a.charAt(p.length))));
}

/** What holds for a context, for whoever looks at it. */
export function contextReasons(s: State, c: Context): Reason[] {
  const out: Reason[] = [];
  const owner = bootstrapValue(s, c.id, 'PROVURL');
  if (owner !== null) {
    const text = `Its server ${shown(owner.value)} (PROVURL) may change it later by trusted push, without a MAC.`;
    out.push({ text, basis: 'remembered', origin: owner.origin });
  }
  const allow = bootstrapValue(s, c.id, 'CONTEXT-ALLOW');
  if (allow !== null) {
    const text =
      allow.value === '0'
        ? 'Allows no further contexts (CONTEXT-ALLOW 0): settings of others must be refused. Clients with one context do not look at it.'
        : `Allows further contexts (CONTEXT-ALLOW ${shown(allow.value)}).`;
    out.push({ text, basis: 'remembered', origin: allow.origin });
  }
  for (const h of heldIn(s, c.id)) {
    if (h.thing.type === 'PXLOGICAL') out.push(...proxyReasons(h));
    if (h.thing.type !== 'BOOTSTRAP') continue;
    for (const v of valuesIn(h.thing, 'PROXY-ID')) {
      const known = s.held.get(`${c.id}\nPXLOGICAL\n${v.value}`);
      const text =
        known === undefined
          ? `Names the proxy ${shown(v.value)} for provisioning, which it does not hold.`
          : `Is provisioned through ${titleOf(known.thing)}.`;
      out.push({ text, basis: 'message', origin: originOf(h.origin, v) });
    }
    const country = valueIn(h.thing, 'COUNTRY');
    if (country !== undefined) {
      const networks = valuesIn(h.thing, 'NETWORK').map((n) => n.value);
      const where = [country, ...networks].map(shown).join(' ');
      out.push({ text: `Belongs to the network ${where}.`, basis: 'message', origin: originOf(h.origin, h.thing) });
    }
  }
  return out;
}

function proxyReasons(h: Held): Reason[] {
  const out: Reason[] = [];
  const flag = (name: string, text: string): void => {
    const v = valuesIn(h.thing, name)[0];
    if (hasParm(h.thing, name) && v !== undefined) {
      out.push({ text, basis: 'remembered', origin: originOf(h.origin, v) });
    }
  };
  flag('TRUST', `${h.thing.title} is trusted: what is pushed through it may change this context.`);
  flag('MASTER', `${h.thing.title} is a master: it may send the phone to other proxies.`);
  return out;
}
