// RFC 8878 4.1 and 4.2: bitstreams that are read from their end to their start.

import { Damage } from '../input.ts';

export class BackwardBits {
  /** Bits that are left; below 0 once more were read than there were (they count as 0). */
  left = 0;
  #b: Uint8Array = new Uint8Array(0);
  #start = 0;

  /** Begins at the last set bit of the octets [start, end), which marks the end of the stream. */
  reset(b: Uint8Array, start: number, end: number): void {
    const last = end > start ? b[end - 1]! : 0;
    if (last === 0) throw new Damage('a bitstream without end mark');
    this.#b = b;
    this.#start = start;
    this.left = (end - start) * 8 - Math.clz32(last) + 23;
  }

  /** The next n bits, n from 0 to 25. */
  read(n: number): number {
    this.left -= n;
    return this.peekAt(this.left, n);
  }

  /** Bits [left, left + n) of the stream without moving. */
  peekAt(left: number, n: number): number {
    if (left < 0) return this.#short(left, n);
    const b = this.#b;
    const at = this.#start + (left >>> 3);
    const word = b[at]! | (b[at + 1]! << 8) | (b[at + 2]! << 16) | (b[at + 3]! << 24);
    return (word >>> (left & 7)) & ((1 << n) - 1);
  }

  #short(left: number, n: number): number {
    const there = left + n;
    return there <= 0 ? 0 : this.peekAt(0, there) << -left;
  }
}
