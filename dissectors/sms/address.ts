// 3GPP TS 23.040 9.1.2.5 and 3GPP TS 24.011 8.2.5: addresses in semi-octets.

import type { Cursor } from '../base/cursor.ts';
import type { Field } from '../base/fields.ts';
import { type Address, formatAddress } from '../base/message.ts';
import { septetsToText, unpackSeptets } from './gsm7.ts';
import { tpduRules } from './rules.ts';

/** Digits of 9.1.2.3: decimal, then * # a b c; 1111 fills the last semi-octet. */
const DIGITS = '0123456789*#abc';

const TYPES: readonly Address['type'][] = [
  'unknown',
  'international',
  'national',
  'network',
  'subscriber',
  'alphanumeric',
  'abbreviated',
  'unknown',
];

/** `digits` semi-octets from `start`, low nibble first; a filler ends them. */
export function semiOctets(b: Uint8Array, start: number, end: number, digits: number): string {
  let out = '';
  for (let i = 0; i < digits; i += 1) {
    const at = start + (i >> 1);
    if (at >= end) break;
    const nibble = (i & 1) === 0 ? b[at]! & 0x0f : b[at]! >> 4;
    if (nibble === 0x0f) break;
    out += DIGITS[nibble];
  }
  return out;
}

function value(b: Uint8Array, start: number, octets: number, digits: number, toa: number): string {
  const alphanumeric = ((toa >> 4) & 7) === 5;
  if (!alphanumeric) return semiOctets(b, start, start + octets, digits);
  // 9.1.2.5: the length counts semi-octets in use, so septets are what fits into them.
  const text = septetsToText(unpackSeptets(b, start, start + octets, 0, Math.floor((digits * 4) / 7)));
  return text.replace(/\0+$/, '');
}

export const addressOf = (toa: number, text: string): Address => ({
  value: text,
  type: TYPES[(toa >> 4) & 7]!,
  plan: toa & 0x0f,
});

/** The longest address of 9.1.2.5: 12 octets with length and type. */
const MOST_DIGITS = 20;

// 3GPP TS 23.040 9.1.2.5: TP-OA, TP-DA, TP-RA. Length in semi-octets, type, digits.
export function tpAddress(c: Cursor, field: Field<'address'>): Address {
  const at = c.pos;
  const digits = c.bytes[c.take(1)]!;
  const toa = c.bytes[c.take(1)]!;
  if (digits > MOST_DIGITS) {
    c.report(tpduRules.addressLength, at, 1, `the address claims ${digits} digits, ${MOST_DIGITS} are allowed`);
  }
  if ((toa & 0x80) === 0) c.report(tpduRules.addressType, at + 1, 1, 'the extension bit of the type of address is 0');
  const octets = (digits + 1) >> 1;
  const start = c.take(octets);
  const address = addressOf(toa, value(c.bytes, start, octets, digits, toa));
  if (c.rec !== null) c.rec.leaf(field, at, c.pos - at, address.value, formatAddress(address));
  return address;
}

/** The address of 9.1.2.5 at `at`, of which all octets are there. */
export const tpAddressAt = (b: Uint8Array, at: number): Address =>
  addressOf(b[at + 1]!, value(b, at + 2, (b[at]! + 1) >> 1, b[at]!, b[at + 1]!));

// 3GPP TS 24.011 8.2.5: service centre address. Length in octets (type included), type, digits; length 0: none.
export function serviceCentre(c: Cursor, field: Field<'address'>): Address | null {
  const at = c.pos;
  const octets = c.bytes[c.take(1)]!;
  if (octets === 0) {
    if (c.rec !== null) c.rec.leaf(field, at, 1, '', 'none');
    return null;
  }
  if (octets > 12) c.report(tpduRules.addressLength, at, 1, `the service centre address claims ${octets} octets`);
  const toa = c.bytes[c.take(1)]!;
  const start = c.take(octets - 1);
  const address = addressOf(toa, value(c.bytes, start, octets - 1, (octets - 1) * 2, toa));
  if (c.rec !== null) c.rec.leaf(field, at, c.pos - at, address.value, formatAddress(address));
  return address;
}
