// Nokia Smart Messaging 3.0.0 packs ringing tones into bits without regard to octets.

import type { Cursor } from '../../base/cursor.ts';

/** Bits of a cursor's window from its position; the cursor stays where it is. */
export class Bits {
  readonly c: Cursor;
  at: number;
  readonly end: number;

  constructor(c: Cursor) {
    this.c = c;
    this.at = c.pos * 8;
    this.end = c.end * 8;
  }

  get left(): number {
    return this.end - this.at;
  }

  /** The next n bits as a number; undefined where fewer are left. */
  take(n: number): number | undefined {
    if (this.at + n > this.end) return undefined;
    let v = 0;
    for (let i = 0; i < n; i += 1, this.at += 1) v = v * 2 + ((this.c.bytes[this.at >> 3]! >> (7 - (this.at & 7))) & 1);
    return v;
  }

  /** Octets that hold the bits [from, at). */
  octets(from: number): { readonly start: number; readonly length: number } {
    const start = from >> 3;
    return { start, length: Math.max(1, ((this.at + 7) >> 3) - start) };
  }
}
