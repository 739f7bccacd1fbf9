// LZ4 Block Format: sequences of literals and matches.

import { Damage } from './input.ts';

const LEAST_MATCH = 4;

/**
 * Decodes the block b[pos, end) into `out` from `at` on and returns where it ends. Matches may reach back to `floor`;
 * nothing is written from `limit` on. Throws Damage.
 */
export function lz4Block(
  b: Uint8Array,
  pos: number,
  end: number,
  out: Uint8Array,
  at: number,
  floor: number,
  limit: number,
): number {
  let p = pos;
  let o = at;
  while (p < end) {
    const token = b[p++]!;
    let literals = token >> 4;
    if (literals === 15) {
      let more: number;
      do {
        if (p >= end) throw new Damage('a block that ends inside a length');
        more = b[p++]!;
        literals += more;
      } while (more === 255);
    }
    if (p + literals > end) throw new Damage('literals beyond the end of their block');
    if (o + literals > limit) throw new Damage('a block longer than its frame allows');
    if (literals > 32) out.set(b.subarray(p, p + literals), o);
    else for (let i = 0; i < literals; i++) out[o + i] = b[p + i]!;
    p += literals;
    o += literals;
    // The last sequence has no match.
    if (p === end) return o;
    if (p + 2 > end) throw new Damage('a block that ends inside an offset');
    const offset = b[p]! | (b[p + 1]! << 8);
    p += 2;
    let match = (token & 15) + LEAST_MATCH;
    if (match === 15 + LEAST_MATCH) {
      let more: number;
      do {
        if (p >= end) throw new Damage('a block that ends inside a length');
        more = b[p++]!;
        match += more;
      } while (more === 255);
    }
    let from = o - offset;
    if (offset === 0 || from < floor) throw new Damage('an offset beyond the start of the data');
    const to = o + match;
    if (to > limit) throw new Damage('a block longer than its frame allows');
    if (offset >= match && match > 48) {
      out.copyWithin(o, from, from + match);
      o = to;
    } else while (o < to) out[o++] = out[from++]!;
  }
  return o;
}
