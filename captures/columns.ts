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

/** Writes rows into `now`, `count` of them so far, and makes batches of them. */
export class FrameWriter {
  now: Columns;
  count = 0;
  /** Frames given in batches. */
  given = 0;
  readonly capacity: number;
  #other: Columns;

  constructor(capacity: number = LIMITS.framesPerBatch) {
    this.capacity = capacity;
    this.now = columns(capacity);
    this.#other = columns(capacity);
  }

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
    [this.now, this.#other] = [this.#other, this.now];
    return batch;
  }
}
