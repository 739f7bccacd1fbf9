// Fixed headers, declared as data: one step over all of it on the hot path, every field in the tree.

import type { Cursor } from '../base/cursor.ts';
import type { Field } from '../base/fields.ts';
import type { Recorder } from '../base/recorder.ts';

interface Item {
  readonly field: Field;
  readonly at: number;
  readonly size: number;
  /** For bits: position of the lowest one in the octets, how many, and what the number is multiplied by. */
  readonly shift: number;
  readonly width: number;
  readonly times: number;
  /** How the value is shown, where the field does not tell. */
  readonly text: ((value: number) => string) | undefined;
  /** The value itself of octets that are no number. */
  readonly read: ((b: Uint8Array, at: number) => string) | undefined;
}

export interface Header {
  /** Octets. */
  readonly size: number;
  readonly items: readonly Item[];
}

type Sized = Field<'u8' | 'u16' | 'u24' | 'u32'>;

const SIZES = { u8: 1, u16: 2, u24: 3, u32: 4 } as const;

/** Some bits of the `size` octets that end with the field before: `shift` from the right, `width` of them. */
export interface Bits {
  readonly field: Field<'bits'>;
  readonly size: number;
  readonly shift: number;
  readonly width: number;
  readonly times: number;
  readonly text: ((value: number) => string) | undefined;
}

export const bits = (
  field: Field<'bits'>,
  size: number,
  shift: number,
  width: number,
  times = 1,
  text?: (value: number) => string,
): Bits => ({ field, size, shift, width, times, text });

/** Octets that are no number: an address, reserved octets. */
export interface Octets {
  readonly field: Field<'address' | 'bytes'>;
  readonly octets: number;
  readonly read: ((b: Uint8Array, at: number) => string) | undefined;
}

/** `read`: the value as text; else the octets are the value. */
export const octets = (
  field: Field<'address' | 'bytes'>,
  n: number,
  read?: (b: Uint8Array, at: number) => string,
): Octets => ({ field, octets: n, read });

/** Declares a header of fixed size, in the order on the wire. */
export function header(...parts: readonly (Sized | Bits | Octets)[]): Header {
  const items: Item[] = [];
  let at = 0;
  for (const p of parts) {
    if ('kind' in p) {
      const size = SIZES[p.kind];
      items.push({ field: p, at, size, shift: 0, width: 8 * size, times: 1, text: undefined, read: undefined });
      at += size;
    } else if ('octets' in p) {
      const { field, octets: size, read } = p;
      items.push({ field, at, size, shift: 0, width: 0, times: 1, text: undefined, read });
      at += p.octets;
    } else {
      items.push({ ...p, at: at - p.size, read: undefined });
    }
  }
  return { size: at, items };
}

/**
 * Moves over the header and returns where it began. With a recorder every field is told, and a header that is cut off
 * is told as far as it goes before the layer ends; without one the caller has made sure that it is there.
 */
export function readHeader(c: Cursor, h: Header): number {
  if (c.rec !== null) return recordHeader(c, h, c.rec);
  const at = c.pos;
  c.pos = at + h.size;
  return at;
}

function recordHeader(c: Cursor, h: Header, rec: Recorder): number {
  const start = c.pos;
  for (const i of h.items) {
    const at = start + i.at;
    if (at + i.size > c.pos) c.take(at + i.size - c.pos);
    if (i.width === 0) rec.leaf(i.field, at, i.size, i.read?.(c.bytes, at) ?? c.bytes.subarray(at, at + i.size));
    else recordNumber(rec, i, c.bytes, at);
  }
  return start;
}

function recordNumber(rec: Recorder, i: Item, b: Uint8Array, at: number): void {
  let v = 0;
  for (let k = 0; k < i.size; k++) v = v * 256 + b[at + k]!;
  v = (Math.floor(v / 2 ** i.shift) % 2 ** i.width) * i.times;
  rec.leaf(i.field, at, i.size, v, i.text?.(v));
}
