// Values of primitive elements.

import type { Cursor } from '../base/cursor.ts';
import type { Element } from './ber.ts';
import { berRules } from './rules.ts';

const MOST_INTEGER_OCTETS = 6;

/** X.690 8.3, 8.4: INTEGER or ENUMERATED; null, with a finding, for no octet or more than six. */
export function integerOf(c: Cursor, e: Element): number | null {
  const size = e.end - e.start;
  if (size < 1 || size > MOST_INTEGER_OCTETS) {
    c.report(berRules.value, e.at, e.next - e.at, `an integer of ${size} octets`);
    return null;
  }
  let v = (c.bytes[e.start]! << 24) >> 24;
  for (let i = e.start + 1; i < e.end; i++) v = v * 256 + c.bytes[i]!;
  return v;
}

/** X.690 8.19: '0.4.0.0.1.0.25.3'; what is cut or longer than 32 numbers is left out. */
export function objectIdentifierOf(b: Uint8Array, start: number, end: number): string {
  const numbers: number[] = [];
  let v = 0;
  for (let i = start; i < end && numbers.length < 32; i++) {
    v = Math.min(v * 128 + (b[i]! & 0x7f), Number.MAX_SAFE_INTEGER / 256);
    if ((b[i]! & 0x80) !== 0) continue;
    if (numbers.length === 0) {
      const first = Math.min(Math.floor(v / 40), 2);
      numbers.push(first, v - 40 * first);
    } else {
      numbers.push(v);
    }
    v = 0;
  }
  return numbers.join('.');
}

/** X.690 8.6: bits of a BIT STRING from the first one on; false where there is none. */
export function bitOf(b: Uint8Array, e: Element, bit: number): boolean {
  const at = e.start + 1 + (bit >> 3);
  return at < e.end && ((b[at]! >> (7 - (bit & 7))) & 1) === 1;
}

const HEX: readonly string[] = Array.from({ length: 256 }, (_, v) => v.toString(16).padStart(2, '0'));

export function toHex(b: Uint8Array, start: number, end: number): string {
  let out = '';
  for (let i = start; i < end; i++) out += HEX[b[i]!]!;
  return out;
}
