// RFC 1951 3.2.2, Huffman codes from their lengths.

import { Damage } from './input.ts';

const FAST_BITS = 10;
const MAX_BITS = 15;

/** A code: one look-up for what is short, a walk over the lengths for the rest. */
export interface PrefixCode {
  /** By the next FAST_BITS bits: symbol << 4 | length, 0 for longer codes. */
  readonly fast: Uint16Array;
  /** Codes of each length, and their symbols in order. */
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

export const FAST_MASK = (1 << FAST_BITS) - 1;

export const emptyCode = (symbols: number): PrefixCode => ({
  fast: new Uint16Array(1 << FAST_BITS),
  counts: new Uint16Array(MAX_BITS + 1),
  symbols: new Uint16Array(symbols),
});

/** Fills `code` from the lengths of [from, to). Codes may be left unused; more than there are is damage. */
export function buildCode(code: PrefixCode, lengths: Uint8Array, from: number, to: number): void {
  const { fast, counts, symbols } = code;
  fast.fill(0);
  counts.fill(0);
  for (let i = from; i < to; i++) counts[lengths[i]!]!++;
  counts[0] = 0;
  let left = 1;
  for (let bits = 1; bits <= MAX_BITS; bits++) {
    left = (left << 1) - counts[bits]!;
    if (left < 0) throw new Damage('more Huffman codes than their lengths allow');
  }
  const offsets = new Uint16Array(MAX_BITS + 2);
  const next = new Uint16Array(MAX_BITS + 2);
  for (let bits = 1; bits <= MAX_BITS; bits++) {
    offsets[bits + 1] = offsets[bits]! + counts[bits]!;
    next[bits + 1] = (next[bits]! + counts[bits]!) << 1;
  }
  for (let i = from; i < to; i++) {
    const bits = lengths[i]!;
    if (bits === 0) continue;
    symbols[offsets[bits]!++] = i - from;
    const value = next[bits]!++;
    if (bits > FAST_BITS) continue;
    const entry = ((i - from) << 4) | bits;
    for (let k = reversed(value, bits); k <= FAST_MASK; k += 1 << bits) fast[k] = entry;
  }
}

function reversed(value: number, bits: number): number {
  let v = value;
  let out = 0;
  for (let i = 0; i < bits; i++) {
    out = (out << 1) | (v & 1);
    v >>>= 1;
  }
  return out;
}

/** Symbol << 4 | length of the code at the low end of `hold`, for codes that the table does not hold. */
export function slowSymbol(code: PrefixCode, hold: number): number {
  let value = 0;
  let first = 0;
  let index = 0;
  for (let bits = 1; bits <= MAX_BITS; bits++) {
    value |= (hold >>> (bits - 1)) & 1;
    const count = code.counts[bits]!;
    if (value - count < first) return (code.symbols[index + value - first]! << 4) | bits;
    index += count;
    first = (first + count) << 1;
    value <<= 1;
  }
  throw new Damage('a Huffman code that was not defined');
}
