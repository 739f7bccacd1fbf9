// Keys for MACs, given by hand. They live in memory only, and go nowhere but to the engine.

import { effect, signal, untracked } from '@preact/signals';
import type { Keys } from '../../analysis/engine/contract.ts';
import { Lost } from '../carriers/carrier.ts';
import { keysGiven } from './selection.ts';
import { answeredAgain, ask, carrier, tell } from './session.ts';

export const sessionKeys = signal<Keys>({ imsi: [], pin: [] });

/** Digits of whatever was typed or pasted: spaces, dashes and words around the number are dropped. */
export const digitsOf = (text: string): string => text.replace(/\D+/g, '');

async function put(keys: Keys): Promise<void> {
  try {
    await ask({ op: 'keys', keys });
    sessionKeys.value = keys;
    keysGiven.value += 1;
  } catch (e) {
    // The engine that answers next is given them.
    if (e instanceof Lost) sessionKeys.value = keys;
    tell(e);
  }
}

const withFront = (list: readonly string[], value: string): string[] =>
  value === '' ? [...list] : [value, ...list.filter((x) => x !== value)].slice(0, 16);

/** Uses these for all messages, along with those given before; the newest is tried first. */
export const giveKeys = (imsi: string, pin: string, serial = ''): Promise<void> => {
  const old = sessionKeys.peek();
  const esn = withFront(old.esn ?? [], serial);
  return put({
    ...old,
    imsi: withFront(old.imsi, imsi),
    pin: withFront(old.pin, pin),
    ...(esn.length === 0 ? {} : { esn }),
  });
};

/** Credentials of a management server, for the digests of its notifications; `nonce` in base64, or nothing. */
export const giveServerKey = (server: string, password: string, nonce: string): Promise<void> => {
  const old = sessionKeys.peek();
  const key = nonce === '' ? `${server}:${password}` : `${server}:${password}:${nonce}`;
  return put({ ...old, dm: withFront(old.dm ?? [], key) });
};

export const dropKey = (kind: 'imsi' | 'pin' | 'esn', value: string): Promise<void> => {
  const old = sessionKeys.peek();
  return put({ ...old, [kind]: (old[kind] ?? []).filter((x) => x !== value) });
};

// Another engine knows nothing of keys given to the one before, whether the page chose it or it took a dead one's place.
effect(() => {
  if (carrier.value === null || answeredAgain.value < 0) return;
  const keys = untracked(() => sessionKeys.value);
  if (keys.imsi.length + keys.pin.length + (keys.esn?.length ?? 0) + (keys.dm?.length ?? 0) > 0) void put(keys);
});
