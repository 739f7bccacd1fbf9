// WAP-230-WSP 8.1.2 and 8.4.2.1 to 8.4.2.3: integers, lengths and texts. All read inside a window; what is not there
// is undefined, never an exception.

import type { Cursor } from '../../base/cursor.ts';
import type { Field } from '../../base/fields.ts';
import { latin1, utf8Strict } from '../../content/charset.ts';
import { WSP } from './rules.ts';

export interface Text {
  readonly text: string;
  readonly start: number;
  /** Octets without quote and zero. */
  readonly length: number;
  /** False: the window ended before a zero came. */
  readonly terminated: boolean;
}

const QUOTE = 0x7f;
const LENGTH_QUOTE = 0x1f;
const DOUBLE_QUOTE = 0x22;

/** uintvar (8.1.2), of at most five octets. Undefined: the window ends first; it is then empty. */
export function readUintvar(c: Cursor, field: Field<'uintvar'> | null): number | undefined {
  const at = c.pos;
  let v = 0;
  for (let n = 0; n < 5; n += 1) {
    const o = c.peek();
    if (o === undefined) return undefined;
    c.skip(1);
    v = v * 128 + (o & 0x7f);
    if ((o & 0x80) === 0) break;
    if (n === 4) c.report(WSP.uintvar, at, c.pos - at, 'A variable length integer goes on after five octets');
  }
  if (v > 0xffffffff) c.report(WSP.uintvar, at, c.pos - at, 'A variable length integer has more than 32 bits');
  if (field !== null) c.rec?.leaf(field, at, c.pos - at, v);
  return v;
}

const textOf = (bytes: Uint8Array): string => utf8Strict(bytes) ?? latin1(bytes);

/** Text-string (8.4.2.1): up to a zero, or the end of the window. */
export function readText(c: Cursor): Text {
  if (c.peek() === QUOTE) c.skip(1);
  const start = c.pos;
  let end = start;
  while (end < c.end && c.bytes[end] !== 0) end += 1;
  const terminated = end < c.end;
  c.pos = terminated ? end + 1 : end;
  return { text: textOf(c.bytes.subarray(start, end)), start, length: end - start, terminated };
}

/** A text with the one quotation mark of a Quoted-string (8.4.2.1), and a second one that is not foreseen, removed. */
export function unquote(t: string): string {
  if (t.charCodeAt(0) !== DOUBLE_QUOTE) return t;
  return t.length > 1 && t.endsWith('"') ? t.slice(1, -1) : t.slice(1);
}

/** Octets as an unsigned integer; undefined where they are none or more than six. */
export function bigEndian(bytes: Uint8Array): number | undefined {
  if (bytes.length === 0 || bytes.length > 6) return undefined;
  let v = 0;
  for (const o of bytes) v = v * 256 + o;
  return v;
}

/** Integer-value (8.4.2.3): one octet of 128 or more, or length and octets. Undefined: there is none here. */
export function readInteger(c: Cursor): number | undefined {
  const first = c.peek();
  if (first === undefined) return undefined;
  if (first >= 0x80) {
    c.skip(1);
    return first & 0x7f;
  }
  if (first === 0 || first > 30 || c.left < first + 1) return undefined;
  const v = bigEndian(c.bytes.subarray(c.pos + 1, c.pos + 1 + first));
  if (v !== undefined) c.skip(first + 1);
  return v;
}

/** What a value's first octet says of its extent (8.4.1.2). Positions are those of the buffer. */
export interface Extent {
  readonly kind: 'data' | 'text' | 'short';
  /** First octet of the content: behind the length, or the octet itself. */
  readonly start: number;
  /** Behind the content, clipped to the window; a text's zero belongs to it. */
  readonly end: number;
  /** Content octets that were announced. */
  readonly announced: number;
  readonly overrun: boolean;
}

/** Looks at the value at the cursor without moving. Undefined at the end of the window. */
export function extentOf(c: Cursor): Extent | undefined {
  const first = c.peek();
  if (first === undefined) return undefined;
  const at = c.pos;
  if (first >= 0x80) return { kind: 'short', start: at, end: at + 1, announced: 1, overrun: false };
  if (first > LENGTH_QUOTE) {
    let end = at;
    while (end < c.end && c.bytes[end] !== 0) end += 1;
    const terminated = end < c.end;
    return { kind: 'text', start: at, end: terminated ? end + 1 : end, announced: end - at + 1, overrun: !terminated };
  }
  let start = at + 1;
  let announced = first;
  if (first === LENGTH_QUOTE) {
    announced = 0;
    for (let n = 0; n < 5 && start < c.end; n += 1) {
      const o = c.bytes[start]!;
      start += 1;
      announced = announced * 128 + (o & 0x7f);
      if ((o & 0x80) === 0) break;
    }
  }
  const overrun = announced > c.end - start;
  return { kind: 'data', start, end: overrun ? c.end : start + announced, announced, overrun };
}

/** Version-value (8.4.2.3): four bits major, four minor; minor 15 is left out. */
export function versionText(v: number): string {
  const major = (v >> 4) & 0x07;
  const minor = v & 0x0f;
  return minor === 15 ? String(major) : `${major}.${minor}`;
}

/** Q-value (8.4.2.3): 1 to 100 are hundredths plus one, above are thousandths plus a hundred. */
export const qText = (v: number): string =>
  v === 0 ? '0' : v <= 100 ? String((v - 1) / 100) : String(Math.round(v - 100) / 1000);

/** Seconds since 1970 as '2026-11-20T08:15:00Z'; undefined when out of range. */
export function dateText(seconds: number): string | undefined {
  if (seconds > 253402300799) return undefined;
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}

export const hexText = (bytes: Uint8Array): string =>
  [...bytes].map((o) => o.toString(16).toUpperCase().padStart(2, '0')).join('');
