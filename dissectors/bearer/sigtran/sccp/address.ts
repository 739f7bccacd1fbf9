// Called and calling party addresses, of ITU-T networks and of ANSI networks (ITU-T Q.713 3.4, ANSI T1.112.3 3.4).

import type { Cursor } from '../../../base/cursor.ts';
import type { Field } from '../../../base/fields.ts';
import { pointCode } from '../shared.ts';
import { sccpFields as f } from './fields.ts';

export interface SccpAddress {
  readonly subsystem: number | null;
  readonly pointCode: number | null;
  /** Digits, null where there is no global title. */
  readonly globalTitle: string | null;
  /** Names the party in tables: 'gt 491710760000', or 'pc 1000 ssn 8'. */
  readonly name: string;
}

interface Parts {
  subsystem: number | null;
  pointCode: number | null;
  globalTitle: string | null;
}

/** Bit 8 of the indicator: reserved for national use; ANSI networks set it. */
const NATIONAL = 0x80;

/** 'gt 4917...' or 'pc 1000 ssn 8'; `beside`: the point code of the routing label, where the address has none. */
export function addressName(a: Parts, beside: string): string {
  if (a.globalTitle !== null && a.globalTitle !== '') return `gt ${a.globalTitle}`;
  const pc = a.pointCode === null ? beside : pointCode(a.pointCode);
  return a.subsystem === null ? pc : `${pc} ssn ${a.subsystem}`;
}

/** Reads the cursor's whole window. */
export function readAddress(c: Cursor, beside: string): SccpAddress {
  const a: Parts = { subsystem: null, pointCode: null, globalTitle: null };
  if (c.left > 0) {
    const indicator = c.u8(f.indicator);
    if (c.rec !== null) {
      c.rec.leaf(f.routing, c.pos - 1, 1, (indicator >> 6) & 1);
      c.rec.leaf(f.titleIndicator, c.pos - 1, 1, (indicator >> 2) & 0x0f);
    }
    if ((indicator & NATIONAL) === 0) ituAddress(c, indicator, a);
    else ansiAddress(c, indicator, a);
  }
  const { subsystem, pointCode: own, globalTitle } = a;
  return { subsystem, pointCode: own, globalTitle, name: addressName(a, beside) };
}

// ITU-T Q.713 3.4.1: point code, subsystem number, global title.
function ituAddress(c: Cursor, indicator: number, a: Parts): void {
  if ((indicator & 1) !== 0 && c.left >= 2) a.pointCode = readPointCode(c, 2) & 0x3fff;
  if ((indicator & 2) !== 0 && c.left >= 1) a.subsystem = c.u8(f.subsystem);
  const title = (indicator >> 2) & 0x0f;
  if (title === 0 || c.left === 0) return;
  let odd: boolean | null = null;
  if (title === 1) odd = (readNature(c) & 0x80) !== 0;
  else {
    c.u8(f.translationType);
    if (title === 3 || title === 4) odd = (readPlan(c) & 0x0f) === 1;
    if (title === 4 && c.left > 0) readNature(c);
  }
  a.globalTitle = readDigits(c, odd);
}

// ANSI T1.112.3 3.4.1: subsystem number, point code, global title.
function ansiAddress(c: Cursor, indicator: number, a: Parts): void {
  if ((indicator & 1) !== 0 && c.left >= 1) a.subsystem = c.u8(f.subsystem);
  if ((indicator & 2) !== 0 && c.left >= 3) a.pointCode = readPointCode(c, 3);
  const title = (indicator >> 2) & 0x0f;
  if (title === 0 || c.left === 0) return;
  c.u8(f.translationType);
  const odd = title === 1 && c.left > 0 ? (readPlan(c) & 0x0f) === 1 : null;
  a.globalTitle = readDigits(c, odd);
}

/** Low octet first. */
function readPointCode(c: Cursor, octets: number): number {
  const at = c.take(octets);
  let v = 0;
  for (let i = octets - 1; i >= 0; i--) v = v * 256 + c.bytes[at + i]!;
  if (c.rec !== null) c.rec.leaf(f.pointCode, at, octets, v);
  return v;
}

function readNature(c: Cursor): number {
  const v = c.u8(f.natureOfAddress);
  if (c.rec !== null) c.rec.leaf(f.nature, c.pos - 1, 1, v & 0x7f);
  return v;
}

function readPlan(c: Cursor): number {
  const v = c.left > 0 ? c.u8(f.planAndEncoding) : 0;
  if (c.rec !== null) {
    c.rec.leaf(f.numberingPlan, c.pos - 1, 1, v >> 4);
    c.rec.leaf(f.encodingScheme, c.pos - 1, 1, v & 0x0f);
  }
  return v;
}

/** ITU-T Q.713 3.4.2.3.1: two digits an octet, the first in the low half; 15 ends them. `odd` null: nobody says. */
function readDigits(c: Cursor, odd: boolean | null): string {
  const octets = c.left;
  const at = c.take(octets);
  const digits = digitsOf(c.bytes, at, octets, odd);
  if (c.rec !== null) c.rec.leaf(f.digits as Field<'address'>, at, octets, digits);
  return digits;
}

const DIGITS = '0123456789abcdef';
/** Two digits of an octet, the low half first. */
const PAIRS: readonly string[] = Array.from({ length: 256 }, (_, v) => `${DIGITS[v & 0x0f]}${DIGITS[v >> 4]}`);

export function digitsOf(b: Uint8Array, at: number, octets: number, odd: boolean | null): string {
  let out = '';
  const last = at + octets - 1;
  for (let i = at; i <= last; i++) {
    const octet = b[i]!;
    if ((octet & 0x0f) === 0x0f) break;
    if (octet >> 4 === 0x0f || (odd === true && i === last)) return out + DIGITS[octet & 0x0f]!;
    out += PAIRS[octet]!;
  }
  return out;
}
