// Which frames changed anything but the counters. Given these alone, with the numbers and places they had, the driver
// does all over again what it did when it was given every frame.

import type { FrameBatch } from '../../captures/reader.ts';

/** Takes the frames of a batch that changed something, once no later batch can make another of them matter. */
export interface TouchedFrames {
  /** `rows`: indexes of the batch, ascending; borrowed. `latest`: the driver's clock behind it. */
  take(batch: FrameBatch, rows: Int32Array): void;
}

interface Pending {
  batch: FrameBatch | null;
  marks: Uint8Array;
}

/** A frame of the batch before may turn out to matter while this one is read: a connection is followed from earlier on. */
export class TouchLog {
  readonly #to: TouchedFrames;
  #previous: Pending = { batch: null, marks: new Uint8Array(0) };
  #current: Pending = { batch: null, marks: new Uint8Array(0) };
  #rows = new Int32Array(0);

  constructor(to: TouchedFrames) {
    this.#to = to;
  }

  begin(batch: FrameBatch): void {
    const old = this.#previous;
    this.#previous = this.#current;
    this.#current = old;
    if (old.marks.length < batch.count) old.marks = new Uint8Array(batch.count);
    else old.marks.fill(0);
    old.batch = batch;
  }

  mark(index: number): void {
    this.#current.marks[index] = 1;
  }

  markOf(batch: FrameBatch, index: number): void {
    const of = batch === this.#previous.batch ? this.#previous : this.#current;
    of.marks[index] = 1;
  }

  /** The batch is over, and with it what can happen to the one before. */
  endBatch(): void {
    this.#give(this.#previous);
  }

  end(): void {
    this.#give(this.#current);
  }

  #give(p: Pending): void {
    const { batch, marks } = p;
    if (batch === null) return;
    p.batch = null;
    if (this.#rows.length < batch.count) this.#rows = new Int32Array(batch.count);
    let n = 0;
    for (let i = 0; i < batch.count; i++) {
      if (marks[i] === 0) continue;
      this.#rows[n] = i;
      n += 1;
    }
    this.#to.take(batch, this.#rows.subarray(0, n));
  }
}
