// Which keys the known secrets give for each method, right ones and mistaken ones.

import type { Derivation } from './derivations.ts';
import {
  EMPTY_KEY,
  IMSI_FORMS,
  MSISDN_FORMS,
  NETWPIN_KEY,
  PIN_BEFORE_IMSI,
  PIN_FORMS,
  USERNETWPIN_KEY,
  USERPIN_KEY,
  USERPINMAC_HALF,
} from './derivations.ts';
import { ascii, imsiDigits, imsiKey, imsiSteps, join, pinKeys, pinSteps } from './keys.ts';
import { serialKeys } from './serials.ts';

/** SEC values (OMA-WAP-TS-ProvCont-V1_1 4.3; WSP 1.4 parameter 0x11). */
export const METHODS = ['NETWPIN', 'USERPIN', 'USERNETWPIN', 'USERPINMAC'] as const;
export type Method = (typeof METHODS)[number];

export type Need = 'imsi' | 'pin';
export type KeySource = 'given' | 'inferred' | 'searched';

/** What a method needs to be checked. */
export const NEEDS: Readonly<Record<Method, readonly Need[]>> = {
  NETWPIN: ['imsi'],
  USERPIN: ['pin'],
  USERNETWPIN: ['imsi', 'pin'],
  USERPINMAC: ['pin'],
};

/** What the capture itself gives as a key. */
export interface Inferred {
  readonly value: string;
  /** Loosely tied to the message: a match counts, that it does not match says nothing. */
  readonly weak: boolean;
  /** 'frame 77, InsertData request, same number, 3 s before'; without digits of the secret. */
  readonly why: () => string;
}

/** One secret value and where it came from. */
export interface Secret extends Partial<Inferred> {
  readonly value: string;
  readonly source: KeySource;
}

export interface Secrets {
  readonly imsi: readonly Secret[];
  readonly pin: readonly Secret[];
  /** Serial numbers of CDMA phones: ESN or MEID, as people write them. */
  readonly esn: readonly Secret[];
  /** The recipient's number, to recognise senders that use it as key. */
  readonly msisdn: string | null;
}

/** A key as the standard makes it. */
export interface Candidate {
  readonly key: Uint8Array;
  readonly source: KeySource;
  /** The secrets of the key, in their order. */
  readonly of: readonly Secret[];
  /** The digits the user has to type as check, for USERPINMAC's own form. */
  readonly digits: string | null;
  /** What a CDMA phone's key was made of: 'the ESN given'. */
  readonly serial?: string;
  readonly steps: (secrets: boolean) => string[];
}

/** A key as somebody made it. */
export interface Mistake {
  readonly derivation: Derivation;
  readonly key: Uint8Array;
}

const RANK: Readonly<Record<KeySource, number>> = { given: 0, inferred: 1, searched: 2 };
const worse = (a: KeySource, b: KeySource): KeySource => (RANK[a] > RANK[b] ? a : b);

/** Half of a USERPINMAC number; shorter ones are refused by the clients that implement it. */
export const SHORTEST_HALF = 5;

/** The entered number split into key and check digits; null where it can't be split. */
export function halves(pin: string): readonly [key: string, digits: string] | null {
  const half = pin.length / 2;
  if (!/^\d+$/.test(pin) || !Number.isInteger(half) || half < SHORTEST_HALF) return null;
  return [pin.slice(0, half), pin.slice(half)];
}

function* userPin(pin: Secret): Generator<Candidate> {
  for (const key of pinKeys(pin.value)) {
    yield { key, source: pin.source, of: [pin], digits: null, steps: (s) => pinSteps(pin.value, key, s) };
  }
}

function* netwPin(imsi: Secret): Generator<Candidate> {
  const digits = imsiDigits(imsi.value);
  if (digits === null) return;
  yield { key: imsiKey(digits), source: imsi.source, of: [imsi], digits: null, steps: (s) => imsiSteps(digits, s) };
}

/** NETWPIN keys of a CDMA phone without an IMSI. Remembered of ProvBoot, seen in no public implementation. */
function* serialPin(esn: Secret): Generator<Candidate> {
  for (const { key, name, steps } of serialKeys(esn.value)) {
    yield { key, source: esn.source, of: [esn], digits: null, serial: name, steps };
  }
}

function* network(secrets: Secrets): Generator<Candidate> {
  for (const imsi of secrets.imsi) yield* netwPin(imsi);
  for (const esn of secrets.esn) yield* serialPin(esn);
}

export const isWeak = (c: Candidate): boolean => c.of.some((s) => s.weak === true);

/** Keys of one method, in the order the secrets were given (OMA-WAP-TS-ProvBoot-V1_1 6). */
export function* standardKeys(method: Method, secrets: Secrets): Generator<Candidate> {
  switch (method) {
    case 'NETWPIN':
      yield* network(secrets);
      return;
    case 'USERPIN':
      for (const pin of secrets.pin) yield* userPin(pin);
      return;
    case 'USERNETWPIN':
      for (const net of network(secrets)) {
        for (const pin of secrets.pin) {
          for (const user of userPin(pin)) {
            yield {
              key: join(net.key, user.key),
              source: worse(net.source, user.source),
              of: [...net.of, ...user.of],
              digits: null,
              ...(net.serial === undefined ? {} : { serial: net.serial }),
              steps: (s) => [
                ...net.steps(s),
                `The octets of the PIN follow those of the ${net.serial === undefined ? 'IMSI' : 'serial number'}.`,
                ...user.steps(s),
              ],
            };
          }
        }
      }
      return;
    case 'USERPINMAC':
      for (const pin of secrets.pin) {
        const split = halves(pin.value);
        if (split === null) continue;
        const key = ascii(split[0]);
        yield {
          key,
          source: pin.source,
          of: [pin],
          digits: split[1],
          steps: (s) => [
            `The number has ${pin.value.length} digits: the first half is the key, the second half the check digits.`,
            ...pinSteps(split[0], key, s),
            'Check digit i is octet i of the HMAC modulo 10.',
          ],
        };
      }
  }
}

/**
 * Keys that are not the method's: wrong forms of the right secret, then the keys of the other methods. Each name
 * appears for every secret given, so a caller counts its attempts.
 */
export function* mistakenKeys(method: Method | null, secrets: Secrets): Generator<Mistake> {
  const strong = (list: readonly Secret[]) => list.filter((s) => s.weak !== true);
  const imsis = strong(secrets.imsi)
    .map((i) => imsiDigits(i.value))
    .filter((d) => d !== null);
  const pins = strong(secrets.pin).map((p) => p.value);
  const suffixes = suffixesOf(method, pins);
  if (method === 'NETWPIN' || method === 'USERNETWPIN') yield* imsiMistakes(imsis, suffixes);
  if (method === 'USERNETWPIN') {
    for (const digits of imsis) {
      for (const pin of suffixes) {
        yield { derivation: PIN_BEFORE_IMSI, key: join(pin, imsiKey(digits)) };
        yield { derivation: PIN_BEFORE_IMSI, key: join(pin, ascii(digits)) };
      }
      for (const pin of pins) {
        for (const form of PIN_FORMS) {
          for (const key of form.keys(pin)) {
            if (key !== undefined) yield { derivation: form, key: join(imsiKey(digits), key) };
          }
        }
      }
    }
  }
  if (method === 'USERPIN' || method === 'USERPINMAC') {
    for (const pin of pins) {
      for (const form of PIN_FORMS) {
        for (const key of form.keys(pin)) if (key !== undefined) yield { derivation: form, key };
      }
    }
  }
  yield* otherMethods(method, imsis, pins);
  yield { derivation: EMPTY_KEY, key: new Uint8Array(0) };
}

/** The same for the recipient's number, which is another one in every message. */
export function* numberMistakes(method: Method | null, secrets: Secrets): Generator<Mistake> {
  if (secrets.msisdn === null) return;
  const pins = secrets.pin.filter((p) => p.weak !== true).map((p) => p.value);
  for (const form of MSISDN_FORMS) {
    for (const key of form.keys(secrets.msisdn)) {
      if (key === undefined) continue;
      for (const suffix of suffixesOf(method, pins)) yield { derivation: form, key: join(key, suffix) };
    }
  }
}

const suffixesOf = (method: Method | null, pins: readonly string[]): readonly Uint8Array[] =>
  method === 'USERNETWPIN' ? pins.flatMap(pinKeys) : [new Uint8Array(0)];

function* imsiMistakes(imsis: readonly string[], suffixes: readonly Uint8Array[]): Generator<Mistake> {
  for (const digits of imsis) {
    for (const form of IMSI_FORMS) {
      for (const key of form.keys(digits)) {
        if (key === undefined) continue;
        for (const suffix of suffixes) yield { derivation: form, key: join(key, suffix) };
      }
    }
  }
}

function* otherMethods(method: Method | null, imsis: readonly string[], pins: readonly string[]): Generator<Mistake> {
  if (method !== 'USERPIN' && method !== 'USERPINMAC') {
    for (const pin of pins) for (const key of pinKeys(pin)) yield { derivation: USERPIN_KEY, key };
  }
  if (method !== 'NETWPIN') for (const digits of imsis) yield { derivation: NETWPIN_KEY, key: imsiKey(digits) };
  if (method !== 'USERNETWPIN') {
    for (const digits of imsis) {
      for (const pin of pins) {
        for (const key of pinKeys(pin)) yield { derivation: USERNETWPIN_KEY, key: join(imsiKey(digits), key) };
      }
    }
  }
  for (const pin of pins) {
    const split = halves(pin);
    if (split !== null) yield { derivation: USERPINMAC_HALF, key: ascii(split[0]) };
  }
}
