// xxHash specification 0.1.1, XXH64, in 32-bit halves: BigInt would cost more than decompression.

// PRIME64_1 to 5 as high and low half.
const P1H = 0x9e3779b1;
const P1L = 0x85ebca87;
const P2H = 0xc2b2ae3d;
const P2L = 0x27d4eb4f;
const P3H = 0x165667b1;
const P3L = 0x9e3779f9;
const P4H = 0x85ebca77;
const P4L = 0xc2b2ae63;
const P5H = 0x27d4eb2f;
const P5L = 0x165667c5;

const read = (b: Uint8Array, at: number): number =>
  b[at]! | (b[at + 1]! << 8) | (b[at + 2]! << 16) | (b[at + 3]! << 24);

/** Upper 32 bits of the product of two unsigned 32-bit numbers. */
function high(a: number, b: number): number {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  const low = Math.imul(a0, b0) >>> 16;
  const x = Math.imul(a0, b1);
  const y = Math.imul(a1, b0);
  const middle = low + (x & 0xffff) + (y & 0xffff);
  return (Math.imul(a1, b1) + (x >>> 16) + (y >>> 16) + (middle >>> 16)) | 0;
}

/** A 64-bit value that the functions below work on. */
interface Word {
  h: number;
  l: number;
}

function multiply(w: Word, h: number, l: number): void {
  const top = (high(w.l, l) + Math.imul(w.h, l) + Math.imul(w.l, h)) | 0;
  w.l = Math.imul(w.l, l);
  w.h = top;
}

function add(w: Word, h: number, l: number): void {
  const sum = (w.l >>> 0) + (l >>> 0);
  w.l = sum | 0;
  w.h = (w.h + h + (sum > 0xffffffff ? 1 : 0)) | 0;
}

/** n from 1 to 31. */
function rotate(w: Word, n: number): void {
  const h = (w.h << n) | (w.l >>> (32 - n));
  w.l = (w.l << n) | (w.h >>> (32 - n));
  w.h = h;
}

const lane: Word = { h: 0, l: 0 };

function round(acc: Word, h: number, l: number): void {
  lane.h = h;
  lane.l = l;
  multiply(lane, P2H, P2L);
  add(acc, lane.h, lane.l);
  rotate(acc, 31);
  multiply(acc, P1H, P1L);
}

/** XXH64 with seed 0 of data that comes in pieces; the low 32 bits, which are what zstd frames carry. */
export class Xxh64 {
  /** Four accumulators: high half, low half. */
  readonly #acc = new Int32Array([P1H, P1L, P2H, P2L, 0, 0, ~P1H, -P1L]);
  #total = 0;
  readonly #rest = new Uint8Array(32);
  #kept = 0;

  constructor() {
    const first: Word = { h: P1H | 0, l: P1L | 0 };
    add(first, P2H, P2L);
    this.#acc[0] = first.h;
    this.#acc[1] = first.l;
  }

  update(bytes: Uint8Array): void {
    this.#total += bytes.length;
    let at = 0;
    if (this.#kept > 0) {
      at = Math.min(32 - this.#kept, bytes.length);
      this.#rest.set(bytes.subarray(0, at), this.#kept);
      this.#kept += at;
      if (this.#kept < 32) return;
      this.#stripes(this.#rest, 0, 32);
    }
    const end = bytes.length - ((bytes.length - at) % 32);
    this.#stripes(bytes, at, end);
    this.#rest.set(bytes.subarray(end));
    this.#kept = bytes.length - end;
  }

  #stripes(b: Uint8Array, from: number, end: number): void {
    for (let lane = 0; lane < 4; lane++) this.#lane(b, from + 8 * lane, end, 2 * lane);
  }

  /** Rounds of one accumulator over every fourth lane; all in local variables, since this is the whole cost. */
  #lane(b: Uint8Array, from: number, end: number, which: number): void {
    let h = this.#acc[which]!;
    let l = this.#acc[which + 1]!;
    for (let at = from; at < end; at += 32) {
      const dataL = read(b, at);
      const dataH = read(b, at + 4);
      const productL = Math.imul(dataL, P2L);
      const productH = high(dataL, P2L) + Math.imul(dataH, P2L) + Math.imul(dataL, P2H);
      const sum = (l >>> 0) + (productL >>> 0);
      const sumL = sum | 0;
      const sumH = (h + productH + (sum > 0xffffffff ? 1 : 0)) | 0;
      const turnedL = (sumL << 31) | (sumH >>> 1);
      const turnedH = (sumH << 31) | (sumL >>> 1);
      l = Math.imul(turnedL, P1L);
      h = (high(turnedL, P1L) + Math.imul(turnedH, P1L) + Math.imul(turnedL, P1H)) | 0;
    }
    this.#acc[which] = h;
    this.#acc[which + 1] = l;
  }

  /** Low 32 bits of the hash. */
  digest(): number {
    const w: Word = { h: P5H | 0, l: P5L | 0 };
    if (this.#total >= 32) this.#merge(w);
    add(w, Math.floor(this.#total / 4294967296), this.#total | 0);
    let at = 0;
    for (; at + 8 <= this.#kept; at += 8) {
      const k: Word = { h: 0, l: 0 };
      round(k, read(this.#rest, at + 4), read(this.#rest, at));
      w.h ^= k.h;
      w.l ^= k.l;
      rotate(w, 27);
      multiply(w, P1H, P1L);
      add(w, P4H, P4L);
    }
    if (at + 4 <= this.#kept) {
      const k: Word = { h: 0, l: read(this.#rest, at) };
      multiply(k, P1H, P1L);
      w.h ^= k.h;
      w.l ^= k.l;
      rotate(w, 23);
      multiply(w, P2H, P2L);
      add(w, P3H, P3L);
      at += 4;
    }
    for (; at < this.#kept; at++) {
      const k: Word = { h: 0, l: this.#rest[at]! };
      multiply(k, P5H, P5L);
      w.h ^= k.h;
      w.l ^= k.l;
      rotate(w, 11);
      multiply(w, P1H, P1L);
    }
    w.l ^= w.h >>> 1;
    multiply(w, P2H, P2L);
    w.l ^= (w.l >>> 29) | (w.h << 3);
    w.h ^= w.h >>> 29;
    multiply(w, P3H, P3L);
    return (w.l ^ w.h) >>> 0;
  }

  #merge(w: Word): void {
    w.h = 0;
    w.l = 0;
    const turns = [1, 7, 12, 18] as const;
    turns.forEach((turn, i) => {
      const part: Word = { h: this.#acc[2 * i]!, l: this.#acc[2 * i + 1]! };
      rotate(part, turn);
      add(w, part.h, part.l);
    });
    for (let i = 0; i < 4; i++) {
      const k: Word = { h: 0, l: 0 };
      round(k, this.#acc[2 * i]!, this.#acc[2 * i + 1]!);
      w.h ^= k.h;
      w.l ^= k.l;
      multiply(w, P1H, P1L);
      add(w, P4H, P4L);
    }
  }
}
