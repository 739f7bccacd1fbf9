// A set of row numbers, one bit a row.

export interface Bits {
  readonly length: number;
  readonly words: Uint32Array;
}

export const noBits = (length: number): Bits => ({ length, words: new Uint32Array((length + 31) >>> 5) });

export function allBits(length: number): Bits {
  const words = new Uint32Array((length + 31) >>> 5).fill(0xffff_ffff);
  const rest = length & 31;
  if (rest > 0) words[words.length - 1] = 2 ** rest - 1;
  return { length, words };
}

export const hasBit = (b: Bits, i: number): boolean => ((b.words[i >>> 5]! >>> (i & 31)) & 1) === 1;
export const setBit = (b: Bits, i: number): void => {
  b.words[i >>> 5]! |= 1 << (i & 31);
};

const combine = (a: Bits, b: Bits, by: (x: number, y: number) => number): Bits => {
  const out = noBits(a.length);
  for (let i = 0; i < out.words.length; i += 1) out.words[i] = by(a.words[i]!, b.words[i]!);
  return out;
};
export const bothBits = (a: Bits, b: Bits): Bits => combine(a, b, (x, y) => x & y);
export const eitherBits = (a: Bits, b: Bits): Bits => combine(a, b, (x, y) => x | y);
export const withoutBits = (a: Bits, b: Bits): Bits => combine(a, b, (x, y) => x & ~y);
export const notBits = (a: Bits): Bits => withoutBits(allBits(a.length), a);

export function countBits(b: Bits): number {
  let n = 0;
  for (let i = 0; i < b.words.length; i += 1) {
    let v = b.words[i]!;
    v -= (v >>> 1) & 0x5555_5555;
    v = (v & 0x3333_3333) + ((v >>> 2) & 0x3333_3333);
    n += Math.imul((v + (v >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
  }
  return n;
}

/** Row numbers, ascending. */
export function rowsOf(b: Bits): Int32Array {
  const out = new Int32Array(countBits(b));
  let at = 0;
  for (let w = 0; w < b.words.length; w += 1) {
    for (let v = b.words[w]!; v !== 0; v &= v - 1) {
      out[at] = w * 32 + (31 - Math.clz32(v & -v));
      at += 1;
    }
  }
  return out;
}
