// The columns of frame batches: two sets take turns, nothing is allocated for a frame.

import { LIMITS } from './limits.ts';
import type { FrameBatch } from './reader.ts';
import type { Window } from './window.ts';

export interface Columns {
  readonly start: Int32Array;
  readonly length: Int32Array;
  readonly wireLength: Int32Array;
  readonly linkType: Uint16Array;
  readonly time: Float64Array;
  readonly offset: Float64Array;
}

const columns = (n: number): Columns => ({
  start: new Int32Array(n),
  length: new Int32Array(n),
  wireLength: new Int32Array(n),
  linkType: new Uint16Array(n),
  time: new Float64Array(n),
  offset: new Float64Array(n),
});

const FIRST_ROWS = 256;

/** Writes rows into `now`, `count` of them so far, and makes batches of them. */
export class FrameWriter {
  now: Columns = columns(FIRST_ROWS);
  count = 0;
  /** Frames given in batches. */
  given = 0;
  /** Rows of `now`. Grows with the first batches: most files are small. */
  capacity = FIRST_ROWS;
  #other: Columns | null = null;

  /** The rows so far as a batch. Its columns are overwritten once the batch after the next one is made. */
  batch(window: Window): FrameBatch {
    const { start, length, wireLength, linkType, time, offset } = this.now;
    const n = this.count;
    const batch: FrameBatch = {
      kind: 'frames',
      bytes: window.bytes,
      count: n,
      firstNumber: this.given + 1,
      start: start.subarray(0, n),
      length: length.subarray(0, n),
      wireLength: wireLength.subarray(0, n),
      linkType: linkType.subarray(0, n),
      time: time.subarray(0, n),
      offset: offset.subarray(0, n),
      consumed: window.stream.consumed,
    };
    window.pin();
    this.given += n;
    this.count = 0;
    if (n === this.capacity) this.capacity = Math.min(LIMITS.framesPerBatch, 8 * n);
    const next = this.#other;
    this.#other = this.now;
    this.now = next !== null && next.start.length === this.capacity ? next : columns(this.capacity);
    return batch;
  }
}
