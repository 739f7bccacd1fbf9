// Packed encoding rules, unaligned (X.691): values as runs of bits, without tags. Only what is read here is here.

import type { Cursor } from '../base/cursor.ts';

/** The bits ended before the value did, or the value uses what is not read here. */
export const UNREADABLE = Symbol('the packed bits cannot be read further');

/** Reads bits of a cursor's window; the cursor itself stays where it is. Throws UNREADABLE. */
export class PackedReader {
  readonly c: Cursor;
  /** Bits from the first octet of the buffer. */
  at: number;
  readonly end: number;

  constructor(c: Cursor) {
    this.c = c;
    this.at = c.pos * 8;
    this.end = c.end * 8;
  }

  /** Octets that hold the bits [from, at). */
  octets(from: number): { readonly start: number; readonly length: number } {
    const start = from >> 3;
    return { start, length: Math.max(1, ((this.at + 7) >> 3) - start) };
  }

  /** An unsigned number of at most 48 bits. */
  bits(n: number): number {
    if (n > 48 || this.at + n > this.end) throw UNREADABLE;
    let v = 0;
    for (let i = 0; i < n; i += 1, this.at += 1) v = v * 2 + ((this.c.bytes[this.at >> 3]! >> (7 - (this.at & 7))) & 1);
    return v;
  }

  flag(): boolean {
    return this.bits(1) === 1;
  }

  /** Constrained whole number (10.5): as many bits as the range needs. */
  whole(low: number, high: number): number {
    const range = high - low;
    const v = this.bits(range === 0 ? 0 : Math.floor(Math.log2(range)) + 1);
    if (v > range) throw UNREADABLE;
    return low + v;
  }

  /**
   * Enumerated value or index of a choice (13, 22) with `root` values; null: one of an extension, and `this.at` is
   * behind its number.
   */
  option(root: number, extensible: boolean): number | null {
    if (extensible && this.flag()) {
      this.smallNumber();
      return null;
    }
    return this.whole(0, root - 1);
  }

  /** Normally small non-negative whole number (10.6). */
  smallNumber(): number {
    if (this.flag()) throw UNREADABLE;
    return this.bits(6);
  }

  /** Octets of a string, wherever they begin. */
  octetString(n: number): Uint8Array {
    if (this.at + n * 8 > this.end) throw UNREADABLE;
    return Uint8Array.from({ length: n }, () => this.bits(8));
  }

  /** Open type or length of an unconstrained string (10.9.3.6 to 10.9.3.8), below 16384. */
  length(): number {
    if (!this.flag()) return this.bits(7);
    if (this.flag()) throw UNREADABLE;
    return this.bits(14);
  }

  /** Skips the additions behind an extended sequence (18.7 to 18.9); gives how many there were. */
  extensions(): number {
    const n = this.smallNumber() + 1;
    let present = 0;
    for (let i = 0; i < n; i += 1) if (this.flag()) present += 1;
    for (let i = 0; i < present; i += 1) {
      const length = this.length();
      if (this.at + length * 8 > this.end) throw UNREADABLE;
      this.at += length * 8;
    }
    return present;
  }
}
