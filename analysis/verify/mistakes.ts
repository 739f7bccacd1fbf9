// Which known mistake of a sender explains a MAC.

import type { Keys } from '../engine/contract.ts';
import { type Candidate, type Method, mistakenKeys, numberMistakes, type Secrets } from './candidates.ts';
import { ARGUMENTS_SWAPPED, type Derivation, MAC_MOD_10, PLAIN_SHA1, SHA256 } from './derivations.ts';
import { hash, isPrepared, type PreparedKey, prepareKey, prepareText } from './guess/hmac.ts';
import { wordsOf } from './guess/sha1.ts';
import { firstText } from './guess/texts.ts';
import { hmac256 } from './hmac256.ts';
import { ascii, fromHex, join, toHex } from './keys.ts';
import { isDecimalForm, macOf, type SentMac } from './mac.ts';

/** Octets that a sender may have put under the MAC instead of the document; `name` begins with 'mac-over-'. */
export interface Slice extends Derivation {
  readonly bytes: Uint8Array;
}

interface Looked {
  readonly body: Uint8Array;
  readonly keys: Keys;
  readonly slices?: readonly Slice[] | (() => readonly Slice[]);
}

const MOST_MISTAKES = 4096;

interface PreparedMistake {
  readonly derivation: Derivation;
  readonly key: PreparedKey;
}

/** Of one set of secrets after another, which every message of a session shares; those of the session last used. */
let last: { readonly of: string; readonly mistakes: readonly PreparedMistake[] } | null = null;

function preparedMistakes(method: Method | null, secrets: Secrets): readonly PreparedMistake[] {
  const strong = (list: Secrets['imsi']) => list.filter((s) => s.weak !== true).map((s) => s.value);
  const of = JSON.stringify([method, strong(secrets.imsi), strong(secrets.pin)]);
  if (last?.of === of) return last.mistakes;
  const mistakes: PreparedMistake[] = [];
  for (const { derivation, key } of mistakenKeys(method, secrets)) {
    if (mistakes.length === MOST_MISTAKES) break;
    mistakes.push({ derivation, key: prepareKey(key) });
  }
  last = { of, mistakes };
  return mistakes;
}

/** The first mistake that explains the MAC, most likely ones first; `right` are the keys the method prescribes. */
export function findMistake(
  method: Method | null,
  sent: SentMac,
  input: Looked,
  secrets: Secrets,
  right: () => readonly Candidate[],
): Derivation | null {
  const { body } = input;
  const keys = right();
  if (!sent.wellFormed) return keys.some((c) => isDecimalForm(sent, macOf(c.key, body))) ? MAC_MOD_10 : null;
  const text = prepareText(body);
  const wanted = wordsOf(fromHex(sent.hex) ?? new Uint8Array(20));
  for (const m of preparedMistakes(method, secrets)) {
    if (isPrepared(m.key, text, wanted)) return m.derivation;
  }
  for (const m of numberMistakes(method, secrets)) {
    if (isPrepared(prepareKey(m.key), text, wanted)) return m.derivation;
  }
  if (keys.length === 0) return null;
  const some = keys.slice(0, MOST_MISTAKES);
  // The digits in ASCII are forty hex digits as well.
  if (/^(3\d)+$/.test(sent.hex) && some.some((c) => isDecimalForm(sent, macOf(c.key, body)))) return MAC_MOD_10;
  return otherOctets(wanted, input, some) ?? otherFunction(sent, body, some);
}

/** The right key over the wrong octets. */
function otherOctets(wanted: Int32Array, { slices, body }: Looked, of: readonly Candidate[]): Derivation | null {
  const keys = of.map((c) => prepareKey(c.key));
  const all = [...(typeof slices === 'function' ? slices() : (slices ?? [])), hexSlice(body)];
  const first = firstText(
    keys,
    all.map((s) => s.bytes),
    wanted,
  );
  return all[first] ?? null;
}

const HEX_DIGITS = ascii('0123456789ABCDEF');

/** The characters of upper-case hex digits, two an octet. */
function hexOctets(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(2 * bytes.length);
  for (let i = 0; i < bytes.length; i += 1) {
    out[2 * i] = HEX_DIGITS[bytes[i]! >> 4]!;
    out[2 * i + 1] = HEX_DIGITS[bytes[i]! & 15]!;
  }
  return out;
}

const hexSlice = (body: Uint8Array): Slice => ({
  name: 'mac-over-hex-text',
  title: 'the document written as hex digits',
  fix: 'Take the MAC over the octets themselves, not over their hex digits.',
  bytes: hexOctets(body),
});

/** The right key and the right octets, and something that is not HMAC-SHA1 of them. */
function otherFunction(sent: SentMac, body: Uint8Array, keys: readonly Candidate[]): Derivation | null {
  for (const { key } of keys) {
    if (macOf(body, key) === sent.hex) return ARGUMENTS_SWAPPED;
    if (toHex(hash(join(key, body))) === sent.hex || toHex(hash(join(body, key))) === sent.hex) return PLAIN_SHA1;
    if (toHex(hmac256(key, body)).startsWith(sent.hex)) return SHA256;
  }
  return null;
}
