// 3GPP TS 23.038 6.1.2.1, 6.2.1: packed septets and the 7-bit alphabet.

import { EXTENSION, lockingTable, type ShiftTable, singleTable } from './languages.ts';

const ESCAPE = 0x1b;

/** 6.2.1: the default alphabet; septet 0x1B is the escape to a shift table. */
const DEFAULT =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';

export interface Shifts {
  /** National language identifiers (element 37 and 36); null: the default tables. */
  readonly locking: number | null;
  readonly single: number | null;
}

export const NO_SHIFTS: Shifts = { locking: null, single: null };

/**
 * 6.1.2.1.1: `count` septets from bit `firstBit` of [start, end), low bits first. Fewer when the octets end; `firstBit`
 * counts from `start`.
 */
export function unpackSeptets(b: Uint8Array, start: number, end: number, firstBit: number, count: number): Uint8Array {
  const bits = (end - start) * 8 - firstBit;
  const n = Math.max(0, Math.min(count, Math.floor(bits / 7)));
  const out = new Uint8Array(n);
  for (let i = 0; i < n; i += 1) {
    const bit = firstBit + i * 7;
    const at = start + (bit >> 3);
    const shift = bit & 7;
    const pair = b[at]! | ((at + 1 < end ? b[at + 1]! : 0) << 8);
    out[i] = (pair >> shift) & 0x7f;
  }
  return out;
}

/** Bits from the start of the user data to the first septet after a header of `octets` octets (9.2.3.24: fill bits). */
export const firstSeptetBit = (octets: number): number => Math.ceil((octets * 8) / 7) * 7;

const tables = new Map<string, ShiftTable | null>();

function table(kind: 'locking' | 'single', language: number | null): ShiftTable | null {
  if (language === null) return null;
  const key = `${kind}${language}`;
  let found = tables.get(key);
  if (found === undefined) {
    found = kind === 'locking' ? lockingTable(language) : singleTable(language);
    tables.set(key, found);
  }
  return found;
}

/** Whether the language has a table of its kind; Spanish has no locking table of its own and needs none. */
export function shiftKnown(kind: 'locking' | 'single', language: number): boolean {
  return table(kind, language) !== null;
}

const character = (septet: number, locking: ShiftTable | null): string => {
  const own = locking?.[septet];
  return own === undefined || own === '' ? (DEFAULT[septet] ?? ' ') : own;
};

/** Septets (one an element; higher bits are ignored) as text. An escape without a partner is a space. */
export function septetsToText(septets: Uint8Array, shifts: Shifts = NO_SHIFTS): string {
  const locking = table('locking', shifts.locking);
  const single = table('single', shifts.single);
  let out = '';
  for (let i = 0; i < septets.length; i += 1) {
    const s = septets[i]! & 0x7f;
    if (s !== ESCAPE) {
      out += character(s, locking);
      continue;
    }
    i += 1;
    if (i >= septets.length) {
      out += ' ';
      break;
    }
    const next = septets[i]! & 0x7f;
    const extended = single === null ? EXTENSION[next] : single[next];
    // 6.2.1.1: a septet the shift table leaves out shows the character of the main table; a second escape is a space.
    if (extended !== undefined && extended !== '') out += extended;
    else out += next === ESCAPE ? ' ' : character(next, locking);
  }
  return out;
}
