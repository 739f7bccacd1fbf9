// RFC 1951, DEFLATE: a stream in bounded memory. Stops when it needs input or room, and goes on from there.

import { Damage } from './input.ts';
import { buildCode, emptyCode, FAST_MASK, type PrefixCode, slowSymbol } from './prefix.ts';

const HISTORY = 32 * 1024;
const ROOM = 256 * 1024;
const LONGEST_MATCH = 258;
/** Octets a symbol with its extra bits can take, and those a dynamic header can. */
const SYMBOL_OCTETS = 8;
const HEADER_OCTETS = 640;

// 3.2.5 Compressed blocks: base values and extra bits of length and distance codes.
const LENGTH_BASE = new Uint16Array([
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
]);
const LENGTH_EXTRA = new Uint8Array([
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
]);
const DISTANCE_BASE = new Uint16Array([
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
]);
const DISTANCE_EXTRA = new Uint8Array([
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
]);
// 3.2.7: the order in which the lengths of the code length code are given.
const LENGTH_ORDER = new Uint8Array([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

const FIXED: { lengths: PrefixCode; distances: PrefixCode } = (() => {
  const bits = new Uint8Array(288 + 30);
  bits.fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280, 288).fill(5, 288);
  const lengths = emptyCode(288);
  const distances = emptyCode(30);
  buildCode(lengths, bits, 0, 288);
  buildCode(distances, bits, 288, 318);
  return { lengths, distances };
})();

export type InflateState = 'input' | 'room' | 'done' | 'cut';

export class Inflate {
  /** `out[given, filled)` is what was decoded since the last `take`. */
  readonly #out = new Uint8Array(HISTORY + ROOM);
  #filled = 0;
  #given = 0;
  /** Octets decoded so far: a distance may not reach further. */
  #total = 0;
  #hold = 0;
  #bits = 0;
  #phase: 'block' | 'stored' | 'symbols' | 'end' = 'block';
  #final = false;
  #stored = 0;
  #lengths: PrefixCode = FIXED.lengths;
  #distances: PrefixCode = FIXED.distances;
  readonly #ownLengths = emptyCode(288);
  readonly #ownDistances = emptyCode(32);
  readonly #codeLengths = emptyCode(19);
  readonly #lengthsRead = new Uint8Array(320);

  /** Octets of the input used, after `run`. */
  pos = 0;

  /** What was decoded since the last call; borrowed until `run` is called. */
  take(): Uint8Array {
    const part = this.#out.subarray(this.#given, this.#filled);
    this.#given = this.#filled;
    return part;
  }

  /**
   * Decodes from bytes[pos, end); `last`: nothing will follow. 'input': give more octets from `this.pos` on; 'room':
   * take what is there; 'done': the stream ended and the next octet is not of it; 'cut': input is missing. Throws
   * Damage; what was decoded before is kept for `take`.
   */
  run(b: Uint8Array, pos: number, end: number, last: boolean): InflateState {
    this.pos = pos;
    this.#slide();
    try {
      const state = this.#run(b, end, last);
      if (state === 'input') this.#giveBack();
      return state;
    } catch (e) {
      // Zeros were read where octets are missing: what looks wrong is only cut off.
      if (last && end - this.#used < SYMBOL_OCTETS) return 'cut';
      throw e;
    }
  }

  /** Octets of the input that the bits taken so far are from. */
  get #used(): number {
    return this.pos - (this.#bits >> 3);
  }

  /** Octets before `pos` are gone once there is more input: whole ones that were taken early are taken again. */
  #giveBack(): void {
    this.pos = this.#used;
    this.#bits &= 7;
    this.#hold &= (1 << this.#bits) - 1;
  }

  #run(b: Uint8Array, end: number, last: boolean): InflateState {
    for (;;) {
      if (this.#phase === 'end') {
        this.pos = this.#used;
        this.#bits = 0;
        this.#hold = 0;
        return 'done';
      }
      if (this.#phase === 'block') {
        if (!last && end - this.pos < HEADER_OCTETS) return 'input';
        if (!this.#block(b, end)) return 'cut';
      } else {
        const state = this.#phase === 'stored' ? this.#copyStored(b, end, last) : this.#symbols(b, end, last);
        if (state !== null) return state;
      }
    }
  }

  #slide(): void {
    if (this.#filled < HISTORY + ROOM - LONGEST_MATCH) return;
    this.#out.copyWithin(0, this.#filled - HISTORY, this.#filled);
    this.#filled = HISTORY;
    this.#given = HISTORY;
  }

  #take(b: Uint8Array, n: number): number {
    while (this.#bits < n) {
      this.#hold |= (b[this.pos++] ?? 0) << this.#bits;
      this.#bits += 8;
    }
    const v = this.#hold & ((1 << n) - 1);
    this.#hold >>>= n;
    this.#bits -= n;
    return v;
  }

  /** 3.2.3, the header of a block. False when the input ends in it. */
  #block(b: Uint8Array, end: number): boolean {
    if (this.#final) {
      this.#phase = 'end';
      return true;
    }
    this.#final = this.#take(b, 1) === 1;
    const type = this.#take(b, 2);
    if (type === 0) {
      this.#take(b, this.#bits & 7);
      this.#stored = this.#take(b, 16);
      const complement = this.#take(b, 16);
      if (this.#used > end) return false;
      if ((this.#stored ^ complement) !== 0xffff) throw new Damage('a stored block whose lengths disagree');
      // Whole octets that were taken early belong to the block's data.
      this.pos = this.#used;
      this.#bits = 0;
      this.#hold = 0;
      this.#phase = 'stored';
    } else if (type === 1) {
      this.#lengths = FIXED.lengths;
      this.#distances = FIXED.distances;
      this.#phase = 'symbols';
    } else if (type === 2) {
      this.#dynamic(b, end);
      this.#lengths = this.#ownLengths;
      this.#distances = this.#ownDistances;
      this.#phase = 'symbols';
    } else throw new Damage('a block of the reserved type');
    return this.#used <= end;
  }

  /** 3.2.7, Compression with dynamic Huffman codes. */
  #dynamic(b: Uint8Array, end: number): void {
    const lengthCodes = this.#take(b, 5) + 257;
    const distanceCodes = this.#take(b, 5) + 1;
    const codes = this.#take(b, 4) + 4;
    const read = this.#lengthsRead.fill(0);
    for (let i = 0; i < codes; i++) read[LENGTH_ORDER[i]!] = this.#take(b, 3);
    buildCode(this.#codeLengths, read, 0, 19);
    read.fill(0);
    const total = lengthCodes + distanceCodes;
    for (let i = 0; i < total; ) {
      if (this.pos > end + SYMBOL_OCTETS) return;
      while (this.#bits < 15) {
        this.#hold |= (b[this.pos++] ?? 0) << this.#bits;
        this.#bits += 8;
      }
      const entry = this.#codeLengths.fast[this.#hold & FAST_MASK]!;
      if (entry === 0) throw new Damage('a code length that was not defined');
      this.#hold >>>= entry & 15;
      this.#bits -= entry & 15;
      const symbol = entry >> 4;
      if (symbol < 16) {
        read[i++] = symbol;
        continue;
      }
      if (symbol === 16 && i === 0) throw new Damage('a repeated code length before the first');
      const value = symbol === 16 ? read[i - 1]! : 0;
      const count = symbol === 16 ? 3 + this.#take(b, 2) : symbol === 17 ? 3 + this.#take(b, 3) : 11 + this.#take(b, 7);
      if (i + count > total) throw new Damage('more code lengths than announced');
      read.fill(value, i, i + count);
      i += count;
    }
    if (lengthCodes > 286) throw new Damage('more length codes than there are');
    buildCode(this.#ownLengths, read, 0, lengthCodes);
    buildCode(this.#ownDistances, read, lengthCodes, total);
  }

  #copyStored(b: Uint8Array, end: number, last: boolean): InflateState | null {
    const room = HISTORY + ROOM - this.#filled;
    const n = Math.min(this.#stored, end - this.pos, room);
    this.#out.set(b.subarray(this.pos, this.pos + n), this.#filled);
    this.#filled += n;
    this.#total += n;
    this.pos += n;
    this.#stored -= n;
    if (this.#stored === 0) {
      this.#phase = 'block';
      return null;
    }
    if (n === room) return 'room';
    return last ? 'cut' : 'input';
  }

  #symbols(b: Uint8Array, end: number, last: boolean): InflateState | null {
    const out = this.#out;
    const lengths = this.#lengths;
    const distances = this.#distances;
    const fastLengths = lengths.fast;
    const fastDistances = distances.fast;
    const start = this.#filled;
    const full = HISTORY + ROOM - LONGEST_MATCH;
    const safe = last ? Number.POSITIVE_INFINITY : end - SYMBOL_OCTETS;
    // How far back a distance may reach: all that is in the buffer, less before a whole history was written.
    const floor = Math.max(0, start - Math.min(this.#total, HISTORY));
    let filled = start;
    let { pos } = this;
    let hold = this.#hold;
    let bits = this.#bits;
    let state: InflateState | null = null;
    try {
      for (;;) {
        if (filled >= full) {
          state = 'room';
          break;
        }
        if (pos > safe) {
          state = 'input';
          break;
        }
        if (bits < 16) {
          hold |= (b[pos]! | (b[pos + 1]! << 8)) << bits;
          pos += 2;
          bits += 16;
        }
        let entry = fastLengths[hold & FAST_MASK]!;
        if (entry === 0) entry = slowSymbol(lengths, hold);
        let n = entry & 15;
        hold >>>= n;
        bits -= n;
        const symbol = entry >> 4;
        if (symbol < 256) {
          if (pos > end && pos - (bits >> 3) > end) {
            state = 'cut';
            break;
          }
          out[filled++] = symbol;
          continue;
        }
        if (symbol === 256) {
          this.#phase = 'block';
          if (pos - (bits >> 3) > end) state = 'cut';
          break;
        }
        if (symbol > 285) throw new Damage('a length code that does not exist');
        if (bits < 16) {
          hold |= (b[pos]! | (b[pos + 1]! << 8)) << bits;
          pos += 2;
          bits += 16;
        }
        n = LENGTH_EXTRA[symbol - 257]!;
        const length = LENGTH_BASE[symbol - 257]! + (hold & ((1 << n) - 1));
        hold >>>= n;
        bits -= n;
        if (bits < 16) {
          hold |= (b[pos]! | (b[pos + 1]! << 8)) << bits;
          pos += 2;
          bits += 16;
        }
        entry = fastDistances[hold & FAST_MASK]!;
        if (entry === 0) entry = slowSymbol(distances, hold);
        n = entry & 15;
        hold >>>= n;
        bits -= n;
        const code = entry >> 4;
        if (code > 29) throw new Damage('a distance code that does not exist');
        if (bits < 16) {
          hold |= (b[pos]! | (b[pos + 1]! << 8)) << bits;
          pos += 2;
          bits += 16;
        }
        n = DISTANCE_EXTRA[code]!;
        const distance = DISTANCE_BASE[code]! + (hold & ((1 << n) - 1));
        hold >>>= n;
        bits -= n;
        if (pos > end && pos - (bits >> 3) > end) {
          state = 'cut';
          break;
        }
        let from = filled - distance;
        if (from < floor) throw new Damage('a distance beyond the start of the data');
        const to = filled + length;
        if (distance >= length && length > 48) {
          out.copyWithin(filled, from, from + length);
          filled = to;
        } else while (filled < to) out[filled++] = out[from++]!;
      }
    } finally {
      this.pos = pos;
      this.#hold = hold;
      this.#bits = bits;
      this.#filled = filled;
      this.#total += filled - start;
    }
    return state;
  }
}
