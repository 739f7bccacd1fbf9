// A sparse index of a capture: where every so many frames one begins, so that any frame is found without reading the
// file through. Its size is bounded: where a file grows, every second anchor goes and the distance doubles.

import type { FrameBatch } from '../reader.ts';

/** Anchors kept at most; between half of them and all of them are there in a large file. */
const MOST = 16_384;
/** Frames and octets from one anchor to the next at first: what has to be walked over is less than either. */
const FRAMES = 256;
const OCTETS = 256 * 1024;
/** Anchors there is room for at first. */
const FIRST = 16;

export interface Anchor {
  /** 1-based number of its frame. */
  readonly number: number;
  /** Position of the frame's captured octets in the (decompressed) file. */
  readonly offset: number;
  /** Position behind the captured octets of the frame in front of it. */
  readonly behind: number;
}

/** What is needed to have the anchors again. */
export interface AnchorColumns {
  readonly frames: number;
  readonly end: number;
  readonly number: Float64Array;
  readonly offset: Float64Array;
  readonly behind: Float64Array;
  readonly before: Float64Array;
}

export class Anchors {
  /** Frames seen. */
  frames = 0;
  /** Position behind the captured octets of the last of them. */
  end = 0;
  #count = 0;
  #everyFrames = FRAMES;
  #everyOctets = OCTETS;
  /** Latest time in front of the next frame: NaN where none had a time. */
  #latest = Number.NaN;
  #number = new Float64Array(FIRST);
  #offset = new Float64Array(FIRST);
  #behind = new Float64Array(FIRST);
  /** Latest time in front of the anchor. */
  #before = new Float64Array(FIRST);

  get count(): number {
    return this.#count;
  }

  /** Notes the next frames of the capture. */
  add(b: FrameBatch): void {
    const { count, firstNumber, offset, length, time } = b;
    for (let i = 0; i < count; i++) {
      const at = offset[i]!;
      if (this.#isDue(firstNumber + i, at)) this.#keep(firstNumber + i, at);
      this.end = at + length[i]!;
      const t = time[i]!;
      if (!(t <= this.#latest) && !Number.isNaN(t)) this.#latest = t;
    }
    this.frames += count;
  }

  #isDue(number: number, offset: number): boolean {
    const last = this.#count - 1;
    if (last < 0) return true;
    const octets = offset - this.#offset[last]!;
    return number - this.#number[last]! >= this.#everyFrames || octets >= this.#everyOctets;
  }

  #keep(number: number, offset: number): void {
    if (this.#count === MOST) this.#thin();
    const i = this.#count;
    if (i === this.#number.length) this.#grow();
    this.#number[i] = number;
    this.#offset[i] = offset;
    this.#behind[i] = this.end;
    this.#before[i] = this.#latest;
    this.#count = i + 1;
  }

  #columns(): Float64Array[] {
    return [this.#number, this.#offset, this.#behind, this.#before];
  }

  #thin(): void {
    const half = this.#count >> 1;
    for (const column of this.#columns()) for (let i = 0; i < half; i++) column[i] = column[2 * i]!;
    this.#count = half;
    this.#everyFrames *= 2;
    this.#everyOctets *= 2;
  }

  #grow(): void {
    const wider = (column: Float64Array): Float64Array<ArrayBuffer> => {
      const out = new Float64Array(Math.min(MOST, 2 * column.length));
      out.set(column);
      return out;
    };
    this.#number = wider(this.#number);
    this.#offset = wider(this.#offset);
    this.#behind = wider(this.#behind);
    this.#before = wider(this.#before);
  }

  /** Index of the last anchor at or in front of frame `number`; -1 where there is none. */
  before(number: number): number {
    return this.#last((i) => this.#number[i]! <= number);
  }

  /** Index of the last anchor with nothing in front of it that is as late as `time`. */
  beforeTime(time: number): number {
    return this.#last((i) => !(this.#before[i]! >= time));
  }

  /** `holds` is true up to some anchor, and false from there on. */
  #last(holds: (i: number) => boolean): number {
    let lo = 0;
    let hi = this.#count;
    while (lo < hi) {
      const mid = (lo + hi) >>> 1;
      if (holds(mid)) lo = mid + 1;
      else hi = mid;
    }
    return lo - 1;
  }

  at(i: number): Anchor {
    return { number: this.#number[i]!, offset: this.#offset[i]!, behind: this.#behind[i]! };
  }

  columns(): AnchorColumns {
    const [number, offset, behind, before] = this.#columns().map((c) => c.slice(0, this.#count)) as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    return { frames: this.frames, end: this.end, number, offset, behind, before };
  }

  /** Takes over what `columns` gave; nothing can be added afterwards. */
  static from(c: AnchorColumns): Anchors {
    const out = new Anchors();
    out.frames = c.frames;
    out.end = c.end;
    out.#count = c.number.length;
    out.#number = c.number.slice();
    out.#offset = c.offset.slice();
    out.#behind = c.behind.slice();
    out.#before = c.before.slice();
    return out;
  }
}
