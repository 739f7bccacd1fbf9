// Decoded octets of a frame: a buffer that slides, so that a window of them stays in reach.

import { Damage } from '../input.ts';

/** 3.1.1.2.4: a block holds at most this. */
export const MAX_BLOCK = 128 * 1024;
/** The buffer is longer than the window by this much at most, so that sliding is rare and memory bounded. */
const SLACK = 8 * 1024 * 1024;

export class Output {
  filled = 0;
  #buffer: Uint8Array;
  readonly #window: number;
  readonly #most: number;

  constructor(window: number) {
    this.#window = window;
    this.#most = window + Math.max(4 * MAX_BLOCK, Math.min(window, SLACK));
    this.#buffer = new Uint8Array(Math.min(this.#most, 2 * MAX_BLOCK));
  }

  /** Makes room for a block; positions given before are void. Memory grows with what was decoded. */
  reserve(): void {
    if (this.filled + MAX_BLOCK <= this.#buffer.length) return;
    if (this.#buffer.length < this.#most) {
      const larger = new Uint8Array(Math.min(this.#most, 2 * this.#buffer.length));
      larger.set(this.#buffer.subarray(0, this.filled));
      this.#buffer = larger;
      if (this.filled + MAX_BLOCK <= larger.length) return;
    }
    this.#buffer.copyWithin(0, this.filled - this.#window, this.filled);
    this.filled = this.#window;
  }

  since(start: number): Uint8Array {
    return this.#buffer.subarray(start, this.filled);
  }

  append(b: Uint8Array, from: number, to: number, limit: number): void {
    if (to - from > limit) throw new Damage('a block longer than allowed');
    this.#buffer.set(b.subarray(from, to), this.filled);
    this.filled += to - from;
  }

  fill(value: number, n: number): void {
    this.#buffer.fill(value, this.filled, this.filled + n);
    this.filled += n;
  }

  /** Literals; the caller has looked at the room. */
  copy(b: Uint8Array, from: number, n: number): void {
    const out = this.#buffer;
    const to = this.filled;
    if (n > 48) out.set(b.subarray(from, from + n), to);
    else for (let i = 0; i < n; i++) out[to + i] = b[from + i]!;
    this.filled = to + n;
  }

  /** A match; the caller has looked at the room. Throws Damage when it reaches back too far. */
  repeat(offset: number, n: number): void {
    const out = this.#buffer;
    let to = this.filled;
    let from = to - offset;
    if (from < 0 || offset > this.#window || offset === 0) throw new Damage('an offset beyond the window');
    const end = to + n;
    if (offset >= n && n > 48) {
      out.copyWithin(to, from, from + n);
    } else while (to < end) out[to++] = out[from++]!;
    this.filled = end;
  }
}
