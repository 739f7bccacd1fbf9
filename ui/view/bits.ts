// A set of message indexes as the engine sends it: bit i & 7 of octet i >> 3.

export interface MatchSet {
  readonly count: number;
  /** Messages looked at. */
  readonly total: number;
  has(index: number): boolean;
  /** Members below `index`: its place among them when it is one. */
  rank(index: number): number;
}

/** Octets between two of the counts that make `rank` quick. */
const STEP = 128;

const ONES = Uint8Array.from({ length: 256 }, (_, v) => v.toString(2).replaceAll('0', '').length);

export function matchSet(bits: Uint8Array, total: number, count: number): MatchSet {
  let before: Int32Array | null = null;
  const counted = (): Int32Array => {
    if (before !== null) return before;
    const out = new Int32Array(Math.ceil(bits.length / STEP) + 1);
    let n = 0;
    for (let i = 0; i < bits.length; i += 1) {
      if (i % STEP === 0) out[i / STEP] = n;
      n += ONES[bits[i]!]!;
    }
    before = out;
    return out;
  };
  return {
    count,
    total,
    has: (i) => i >= 0 && i < total && (bits[i >> 3]! & (1 << (i & 7))) !== 0,
    rank(index) {
      const to = Math.min(Math.max(0, index), total);
      const octet = to >> 3;
      const block = Math.floor(octet / STEP);
      let n = counted()[block] ?? 0;
      for (let i = block * STEP; i < octet; i += 1) n += ONES[bits[i]!]!;
      return n + ONES[(bits[octet] ?? 0) & ((1 << (to & 7)) - 1)]!;
    },
  };
}
