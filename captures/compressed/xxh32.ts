// xxHash specification 0.1.1, XXH32.

const P1 = 0x9e3779b1;
const P2 = 0x85ebca77;
const P3 = 0xc2b2ae3d;
const P4 = 0x27d4eb2f;
const P5 = 0x165667b1;

const rotl = (v: number, n: number): number => (v << n) | (v >>> (32 - n));
const read = (b: Uint8Array, at: number): number =>
  b[at]! | (b[at + 1]! << 8) | (b[at + 2]! << 16) | (b[at + 3]! << 24);
const round = (acc: number, lane: number): number => Math.imul(rotl((acc + Math.imul(lane, P2)) | 0, 13), P1);

/** XXH32 with seed 0 of data that comes in pieces. */
export class Xxh32 {
  #a = (P1 + P2) | 0;
  #b = P2 | 0;
  #c = 0;
  #d = -P1 | 0;
  #total = 0;
  readonly #rest = new Uint8Array(16);
  #kept = 0;

  update(bytes: Uint8Array): void {
    this.#total += bytes.length;
    let at = 0;
    if (this.#kept > 0) {
      at = Math.min(16 - this.#kept, bytes.length);
      this.#rest.set(bytes.subarray(0, at), this.#kept);
      this.#kept += at;
      if (this.#kept < 16) return;
      this.#stripes(this.#rest, 0, 16);
    }
    const end = bytes.length - ((bytes.length - at) % 16);
    this.#stripes(bytes, at, end);
    this.#rest.set(bytes.subarray(end));
    this.#kept = bytes.length - end;
  }

  #stripes(bytes: Uint8Array, from: number, end: number): void {
    let a = this.#a;
    let b = this.#b;
    let c = this.#c;
    let d = this.#d;
    for (let at = from; at < end; at += 16) {
      a = round(a, read(bytes, at));
      b = round(b, read(bytes, at + 4));
      c = round(c, read(bytes, at + 8));
      d = round(d, read(bytes, at + 12));
    }
    this.#a = a;
    this.#b = b;
    this.#c = c;
    this.#d = d;
  }

  digest(): number {
    let h = this.#total < 16 ? P5 : rotl(this.#a, 1) + rotl(this.#b, 7) + rotl(this.#c, 12) + rotl(this.#d, 18);
    h = (h + this.#total) | 0;
    let at = 0;
    for (; at + 4 <= this.#kept; at += 4) h = Math.imul(rotl((h + Math.imul(read(this.#rest, at), P3)) | 0, 17), P4);
    for (; at < this.#kept; at++) h = Math.imul(rotl((h + Math.imul(this.#rest[at]!, P5)) | 0, 11), P1);
    h = Math.imul(h ^ (h >>> 15), P2);
    h = Math.imul(h ^ (h >>> 13), P3);
    return (h ^ (h >>> 16)) >>> 0;
  }
}

export function xxh32(bytes: Uint8Array): number {
  const h = new Xxh32();
  h.update(bytes);
  return h.digest();
}
