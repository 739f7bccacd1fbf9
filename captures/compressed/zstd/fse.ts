// RFC 8878 4.1, Finite State Entropy: distributions and the tables made of them.

import { Damage } from '../input.ts';

/** State -> symbol << 24 | bits << 16 | base of the next state. */
export interface FseTable {
  readonly cells: Uint32Array;
  /** Bits of a state. */
  readonly log: number;
}

/** 4.1.1: the probabilities at b[pos, end), and where they end. */
export function readDistribution(
  b: Uint8Array,
  pos: number,
  end: number,
  maxLog: number,
  symbols: number,
): { counts: Int16Array; log: number; pos: number } {
  let bit = pos * 8;
  const limit = end * 8;
  const peek = (n: number): number => {
    const at = bit >>> 3;
    const word = (b[at] ?? 0) | ((b[at + 1] ?? 0) << 8) | ((b[at + 2] ?? 0) << 16);
    return (word >>> (bit & 7)) & ((1 << n) - 1);
  };
  const log = peek(4) + 5;
  bit += 4;
  if (log > maxLog) throw new Damage('a probability table finer than allowed');
  const counts = new Int16Array(symbols);
  let left = 1 << log;
  let symbol = 0;
  while (left > 0) {
    if (symbol >= symbols) throw new Damage('probabilities for symbols that do not exist');
    const bits = 32 - Math.clz32(left + 1);
    const low = (1 << (bits - 1)) - 1;
    const short = (1 << bits) - 2 - left;
    let value = peek(bits);
    if ((value & low) < short) {
      value &= low;
      bit += bits - 1;
    } else {
      if (value > low) value -= short;
      bit += bits;
    }
    const count = value - 1;
    counts[symbol++] = count;
    left -= Math.abs(count);
    if (count === 0) {
      let repeat: number;
      do {
        repeat = peek(2);
        bit += 2;
        symbol += repeat;
      } while (repeat === 3 && bit <= limit);
    }
    if (bit > limit) throw new Damage('a probability table that is cut off');
  }
  if (left !== 0) throw new Damage('probabilities that do not add up');
  return { counts, log, pos: (bit + 7) >>> 3 };
}

/** 4.1.1: spreads the symbols over the states. */
export function buildTable(counts: ArrayLike<number>, log: number): FseTable {
  const size = 1 << log;
  const mask = size - 1;
  const symbols = new Uint8Array(size);
  const next = new Uint16Array(counts.length);
  let high = size;
  for (let s = 0; s < counts.length; s++) {
    if (counts[s] !== -1) continue;
    symbols[--high] = s;
    next[s] = 1;
  }
  const step = (size >> 1) + (size >> 3) + 3;
  let at = 0;
  for (let s = 0; s < counts.length; s++) {
    const count = counts[s]!;
    if (count <= 0) continue;
    next[s] = count;
    for (let i = 0; i < count; i++) {
      symbols[at] = s;
      do at = (at + step) & mask;
      while (at >= high);
    }
  }
  const cells = new Uint32Array(size);
  for (let i = 0; i < size; i++) {
    const s = symbols[i]!;
    const n = next[s]!++;
    const bits = log - 31 + Math.clz32(n);
    cells[i] = ((s << 24) | (bits << 16) | ((n << bits) - size)) >>> 0;
  }
  return { cells, log };
}

/** A table of one state: every symbol is this one. */
export const singleSymbol = (symbol: number): FseTable => ({ cells: new Uint32Array([(symbol << 24) >>> 0]), log: 0 });
