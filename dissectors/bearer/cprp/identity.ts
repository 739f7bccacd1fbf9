// 3GPP TS 24.008 10.5.1.4: mobile identity.

import type { Cursor } from '../../base/cursor.ts';
import type { Field } from '../../base/fields.ts';

const IMSI = 1;
/** 3GPP TS 23.003 2.2: three digits of the country, two or three of the network, at least one more. */
const IMSI_FORM = /^[0-9]{6,15}$/;

/** An IMSI in semi-octets: `first` is the high nibble of the first octet, the rest low nibble first; 1111 fills. */
export function digitsFromHighNibble(b: Uint8Array, start: number, end: number): string {
  let out = '';
  for (let at = start; at < end; at += 1) {
    const v = b[at]!;
    const nibbles = at === start ? [v >> 4] : [v & 0x0f, v >> 4];
    for (const n of nibbles) {
      if (n === 0x0f) return out;
      out += n.toString(16);
    }
  }
  return out;
}

export const isImsi = (digits: string): boolean => IMSI_FORM.test(digits);

/** Reads the value part in the cursor's whole window; the IMSI, or null for an identity of another kind. */
export function mobileIdentity(c: Cursor, field: Field<'address'>): string | null {
  const length = c.left;
  const at = c.take(length);
  const digits = length === 0 || (c.bytes[at]! & 7) !== IMSI ? '' : digitsFromHighNibble(c.bytes, at, at + length);
  const imsi = isImsi(digits) ? digits : null;
  if (c.rec !== null) c.rec.leaf(field, at, length, imsi ?? '', imsi ?? 'no IMSI');
  return imsi;
}
