// Protocols written as text between a start and an end octet: fields by delimiter, octets as hex digits.

import { hexMap, type Mapped } from '../../base/bytemap.ts';
import type { Cursor } from '../../base/cursor.ts';
import { type Context, NEED_MORE, NOT_OURS } from '../../base/dissector.ts';
import type { Field } from '../../base/fields.ts';

export const STX = 0x02;
export const ETX = 0x03;

/** Position of a field's characters. */
export interface Span {
  readonly start: number;
  readonly length: number;
}

export const isDigit = (b: number | undefined): boolean => b !== undefined && b >= 0x30 && b <= 0x39;

/** Characters as they are, one an octet (ISO 8859-1). */
export function latin1(bytes: Uint8Array, s: Span): string {
  let out = '';
  for (let i = s.start; i < s.start + s.length; i += 1) out += String.fromCharCode(bytes[i]!);
  return out;
}

/** Length of the unit from STX to its ETX, both included. */
export function delimitedFrame(bytes: Uint8Array, start: number, end: number, max: number): number {
  if (bytes[start] !== STX) return NOT_OURS;
  const stop = Math.min(end, start + max);
  for (let i = start + 1; i < stop; i += 1) if (bytes[i] === ETX) return i + 1 - start;
  return stop - start >= max ? NOT_OURS : NEED_MORE;
}

/** Spans between delimiters; a field is never longer than the window. */
export function split(c: Cursor, delimiter: number): Span[] {
  const out: Span[] = [];
  let start = c.pos;
  for (let i = c.pos; i <= c.end; i += 1) {
    if (i < c.end && c.bytes[i] !== delimiter) continue;
    out.push({ start, length: i - start });
    start = i + 1;
  }
  return out;
}

/** Records a span as text and returns it. */
export function textField(c: Cursor, f: Field<'text'>, s: Span, label?: string): string {
  const value = latin1(c.bytes, s);
  if (c.rec !== null && s.length > 0) c.rec.leaf(f, s.start, s.length, value, label);
  return value;
}

const nibble = (b: number): number => {
  if (b >= 0x30 && b <= 0x39) return b - 0x30;
  const upper = b & 0xdf;
  return upper >= 0x41 && upper <= 0x46 ? upper - 0x37 : -1;
};

export interface HexOctets {
  readonly bytes: Uint8Array;
  /** Digits that were read; fewer than the span where something else than a digit came. */
  readonly digits: number;
}

/** Octets spelled by hex digits, up to the first character that is none. */
export function hexOctets(bytes: Uint8Array, s: Span): HexOctets {
  const out = new Uint8Array(s.length >> 1);
  let n = 0;
  for (; n < out.length; n += 1) {
    const high = nibble(bytes[s.start + 2 * n]!);
    const low = nibble(bytes[s.start + 2 * n + 1]!);
    if (high < 0 || low < 0) break;
    out[n] = high * 16 + low;
  }
  return { bytes: out.subarray(0, n), digits: 2 * n };
}

/** As `hexOctets`, with the way back to the frames. */
export function mappedHex(c: Cursor, ctx: Context, s: Span): Mapped {
  const { bytes, digits } = hexOctets(c.bytes, s);
  return { bytes, map: hexMap(ctx.origin(s.start, digits)) };
}
