// RFC 8878 4.2, Huffman coding of literals.

import { Damage } from '../input.ts';
import { BackwardBits } from './bits.ts';
import { buildTable, readDistribution } from './fse.ts';

const MAX_BITS = 11;
const MAX_WEIGHTS = 255;

/** The next `bits` bits -> symbol << 8 | length of its code. */
export interface HuffmanTable {
  readonly cells: Uint16Array;
  readonly bits: number;
}

/** 4.2.1: the tree description at b[pos, end), and where it ends. */
export function readTree(b: Uint8Array, pos: number, end: number): { table: HuffmanTable; pos: number } {
  if (pos >= end) throw new Damage('a Huffman tree that is cut off');
  const header = b[pos]!;
  const weights = new Uint8Array(MAX_WEIGHTS + 1);
  const first = pos + 1;
  if (header >= 128) {
    const count = header - 127;
    const after = first + ((count + 1) >> 1);
    if (after > end) throw new Damage('a Huffman tree that is cut off');
    for (let i = 0; i < count; i++) {
      const octet = b[first + (i >> 1)]!;
      weights[i] = (i & 1) === 0 ? octet >> 4 : octet & 15;
    }
    return { table: tableOf(weights, count), pos: after };
  }
  const after = first + header;
  if (after > end) throw new Damage('a Huffman tree that is cut off');
  return { table: tableOf(weights, readWeights(b, first, after, weights)), pos: after };
}

/** 4.2.1.2: weights coded with two interleaved states. Returns how many. */
function readWeights(b: Uint8Array, pos: number, end: number, weights: Uint8Array): number {
  const distribution = readDistribution(b, pos, end, 6, 16);
  const { cells, log } = buildTable(distribution.counts, distribution.log);
  const bits = new BackwardBits();
  bits.reset(b, distribution.pos, end);
  const states = [bits.read(log), bits.read(log)];
  if (bits.left < 0) throw new Damage('Huffman weights that are cut off');
  let count = 0;
  for (let turn = 0; ; turn ^= 1) {
    // A state that gets no more bits is the last but one.
    const cell = cells[states[turn]!]!;
    if (count >= MAX_WEIGHTS) throw new Damage('more Huffman weights than symbols');
    weights[count++] = cell >>> 24;
    const n = (cell >>> 16) & 0xff;
    if (bits.left < n) {
      if (count >= MAX_WEIGHTS) throw new Damage('more Huffman weights than symbols');
      weights[count++] = cells[states[turn ^ 1]!]! >>> 24;
      return count;
    }
    states[turn] = (cell & 0xffff) + bits.read(n);
  }
}

/** 4.2.1.3: the last weight makes the sum a power of 2; codes follow from weights. */
function tableOf(weights: Uint8Array, given: number): HuffmanTable {
  let sum = 0;
  for (let i = 0; i < given; i++) {
    if (weights[i]! > MAX_BITS) throw new Damage('a Huffman code that is too long');
    if (weights[i]! > 0) sum += 1 << (weights[i]! - 1);
  }
  if (sum === 0) throw new Damage('a Huffman tree without symbols');
  const bits = 32 - Math.clz32(sum);
  const rest = (1 << bits) - sum;
  if (bits > MAX_BITS || (rest & (rest - 1)) !== 0) throw new Damage('Huffman weights that do not add up');
  const count = given + 1;
  weights[given] = 32 - Math.clz32(rest);
  const next = new Uint32Array(MAX_BITS + 2);
  for (let i = 0; i < count; i++) if (weights[i]! > 0) next[weights[i]! + 1]! += 1 << (weights[i]! - 1);
  for (let w = 1; w <= MAX_BITS; w++) next[w + 1]! += next[w]!;
  const cells = new Uint16Array(1 << bits);
  for (let i = 0; i < count; i++) {
    const w = weights[i]!;
    if (w === 0) continue;
    const from = next[w]!;
    next[w] = from + (1 << (w - 1));
    cells.fill((i << 8) | (bits + 1 - w), from, next[w]);
  }
  return { cells, bits };
}

/** 4.2.2: fills out[at, end) from the stream b[pos, last), which must hold exactly that. */
export function readStream(
  table: HuffmanTable,
  stream: BackwardBits,
  b: Uint8Array,
  pos: number,
  last: number,
  out: Uint8Array,
  at: number,
  end: number,
): void {
  stream.reset(b, pos, last);
  const { cells, bits } = table;
  const mask = (1 << bits) - 1;
  let { left } = stream;
  let o = at;
  // Two symbols a look: 25 bits are in sight, a code has at most 11.
  for (const two = end - 1; o < two && left >= 25; ) {
    const from = left - 25;
    const p = pos + (from >>> 3);
    const word = (b[p]! | (b[p + 1]! << 8) | (b[p + 2]! << 16) | (b[p + 3]! << 24)) >>> (from & 7);
    let cell = cells[(word >>> (25 - bits)) & mask]!;
    out[o++] = cell >> 8;
    let used = cell & 0xff;
    cell = cells[(word >>> (25 - bits - used)) & mask]!;
    out[o++] = cell >> 8;
    used += cell & 0xff;
    left -= used;
  }
  while (o < end) {
    const cell = cells[stream.peekAt(left - bits, bits)]!;
    out[o++] = cell >> 8;
    left -= cell & 0xff;
  }
  if (left !== 0) throw new Damage('a Huffman stream of another length than announced');
}
