// How much a PIN is worth: known ones, short ones, and trying.

import type { GuessTask, Slice } from '../verify/guess/guesser.ts';
import { ascii, imsiDigits, imsiKey, join, pinKeys } from '../verify/keys.ts';
import { decimalDigits, macOf, readMac } from '../verify/mac.ts';
import { type AuditMessage, methodOf } from './message.ts';

/** Guesses a second of one core of an ordinary computer; what estimates are made of. */
export const GUESSES_PER_SECOND = 400_000;

/** '0.03 s', '3 s', '4 min', '3 days': how long all numbers of so many digits take. */
export function timeToTry(digits: number): string {
  const s = 10 ** digits / GUESSES_PER_SECOND;
  if (s < 1) return `${Number(s.toPrecision(1))} s`;
  if (s < 90) return `${Math.round(s)} s`;
  if (s < 5400) return `${Math.round(s / 60)} min`;
  return s < 172_800 ? `${Math.round(s / 3600)} h` : `${Math.round(s / 86_400)} days`;
}

type Check = (pin: string) => boolean;

const half = (pin: string): number => (/^\d{10,}$/.test(pin) && pin.length % 2 === 0 ? pin.length / 2 : 0);

/**
 * Tells for a PIN whether the MAC was made with it; null where that can't be told: no MAC, a malformed one, missing
 * octets, or USERNETWPIN without an IMSI. NETWPIN has no PIN, and there is no trying of IMSIs.
 */
export function pinCheck(m: AuditMessage): Check | null {
  const method = methodOf(m);
  const sent = readMac(m.push?.mac ?? null);
  if (m.state !== 'complete' || m.body.length === 0) return null;
  if (method === 'USERPINMAC') {
    return (pin) => {
      const n = half(pin);
      return n > 0 && decimalDigits(macOf(ascii(pin.slice(0, n)), m.body), n) === pin.slice(n);
    };
  }
  if (sent === null || !sent.wellFormed) return null;
  if (method === 'USERPIN') return (pin) => pinKeys(pin).some((key) => macOf(key, m.body) === sent.hex);
  if (method !== 'USERNETWPIN') return null;
  const imsis = imsisOf(m).map(imsiKey);
  if (imsis.length === 0) return null;
  return (pin) => imsis.some((imsi) => pinKeys(pin).some((key) => macOf(join(imsi, key), m.body) === sent.hex));
}

const imsisOf = (m: AuditMessage): string[] => [
  ...new Set(
    [...m.sightings.map((s) => s.imsi), ...m.keys.imsi].map(imsiDigits).filter((d): d is string => d !== null),
  ),
];

/** True where the NETWPIN MAC was made with this IMSI. */
export function madeWith(imsi: string, m: AuditMessage): boolean {
  const sent = readMac(m.push?.mac ?? null);
  const digits = imsiDigits(imsi);
  return sent !== null && digits !== null && m.state === 'complete' && macOf(imsiKey(digits), m.body) === sent.hex;
}

/** PINs that senders are known to use; those of four digits are tried with all others. */
const USUAL = ['12345', '123456', '00000000', '12345678'];
const FOUR_DIGITS = 10_000;
const AT_ONCE = 2000;

/** What is tried, in pieces, usual PINs first. */
export const SLICES: readonly Slice[] = [
  { pins: USUAL },
  ...Array.from({ length: FOUR_DIGITS / AT_ONCE }, (_, i): Slice => ({ length: 4, from: i * AT_ONCE, count: AT_ONCE })),
];

/** The searches that would find the PIN of this message; none where there is nothing to try. */
export function pinTasks(m: AuditMessage): GuessTask[] {
  const method = methodOf(m);
  const sent = readMac(m.push?.mac ?? null);
  if (sent === null || !sent.wellFormed || m.state !== 'complete' || m.body.length === 0) return [];
  const prefixes = method === 'USERPIN' ? [new Uint8Array(0)] : method === 'USERNETWPIN' ? imsisOf(m).map(imsiKey) : [];
  return prefixes.map((prefix) => ({ prefix, body: m.body, target: { mac: sent.hex } }));
}

/** Guesses until this PIN of a slice was reached. */
export const guessesUntil = (pin: string, slice: Slice): number =>
  'pins' in slice ? slice.pins.indexOf(pin) + 1 : Number(pin) - slice.from + 1;
