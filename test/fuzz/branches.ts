// Which branches an input ran through, and how often: counters that `npm run fuzz` builds into what it reads with.

const found = (globalThis as { otascopeBranches?: Uint8Array }).otascopeBranches;

/** How often, as one bit: once, twice, 3, 4 to 7, 8 to 15, 16 to 31, up to 127, more. */
const BUCKETS = Uint8Array.from({ length: 256 }, (_, n) =>
  n === 0 ? 0 : n < 4 ? 1 << (n - 1) : n < 8 ? 8 : n < 16 ? 16 : n < 32 ? 32 : n < 128 ? 64 : 128,
);

/** What was reached by the inputs of one target. Without counters nothing is ever new. */
export class Branches {
  readonly #reached = new Uint8Array(found?.length ?? 0);
  readonly #words = found === undefined ? null : new Uint32Array(found.buffer);
  /** Branches that ran at least once. */
  count = 0;

  /** Whether the build has counters. */
  readonly counted = found !== undefined;

  begin(): void {
    found?.fill(0);
  }

  /** How many branches ran for the first time, or never so often, since `begin`; they are known from then on. */
  fresh(): number {
    return this.#news((i) => {
      const bit = BUCKETS[found![i]!]!;
      const before = this.#reached[i]!;
      if ((before & bit) === bit) return 0;
      if (before === 0) this.count += 1;
      this.#reached[i] = before | bit;
      return 1;
    });
  }

  /** Has any branch run for the first time since `begin`? */
  anyFirst(): boolean {
    return this.#news((i) => (this.#reached[i] === 0 ? 1 : 0)) > 0;
  }

  #news(of: (branch: number) => number): number {
    const words = this.#words;
    if (found === undefined || words === null) return 0;
    let sum = 0;
    for (let w = 0; w < words.length; w += 1) {
      if (words[w] === 0) continue;
      for (let i = 4 * w; i < 4 * w + 4; i += 1) if (found[i] !== 0) sum += of(i);
    }
    return sum;
  }
}
