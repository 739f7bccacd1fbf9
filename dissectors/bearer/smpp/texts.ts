// Sequence numbers under which ordinary texts wait for a response, in columns: there are many, and nothing is to be said
// of them but that they are texts.

const FIRST = 32;
/** Far more than a window of requests: the number that comes this much later takes the place. */
const MOST = 16_384;
/** Texts under one number. */
const MOST_OF_ONE = 16;

/** Of a direction in which no text went yet, as in half of all connections: nothing is ever written there. */
const NO_SEQUENCES = new Int32Array(1);
const NO_COUNTS = new Uint8Array(1);

/** Of one direction. Numbers mostly follow one another: each has its place by its low bits. */
export class WaitingTexts {
  #sequences = NO_SEQUENCES;
  /** Texts that wait in the place; 0: it is free. */
  #counts = NO_COUNTS;

  add(sequence: number): void {
    if (this.#counts === NO_COUNTS) {
      this.#sequences = new Int32Array(FIRST);
      this.#counts = new Uint8Array(FIRST);
    }
    let at = sequence & (this.#counts.length - 1);
    while (this.#counts[at] !== 0 && this.#sequences[at] !== (sequence | 0) && this.#counts.length < MOST) {
      this.#grow();
      at = sequence & (this.#counts.length - 1);
    }
    const same = this.#sequences[at] === (sequence | 0);
    this.#sequences[at] = sequence;
    if (!same) this.#counts[at] = 1;
    else if (this.#counts[at]! < MOST_OF_ONE) this.#counts[at]! += 1;
  }

  /** Takes one of them away; false where none waits under the number. */
  take(sequence: number): boolean {
    const at = this.#place(sequence);
    if (at >= 0) this.#counts[at]! -= 1;
    return at >= 0;
  }

  /** Takes all of them away. */
  takeAll(sequence: number): number {
    const at = this.#place(sequence);
    if (at < 0) return 0;
    const n = this.#counts[at]!;
    this.#counts[at] = 0;
    return n;
  }

  #place(sequence: number): number {
    const at = sequence & (this.#counts.length - 1);
    return this.#counts[at] !== 0 && this.#sequences[at] === (sequence | 0) ? at : -1;
  }

  #grow(): void {
    const [sequences, counts] = [this.#sequences, this.#counts];
    const size = 2 * counts.length;
    this.#sequences = new Int32Array(size);
    this.#counts = new Uint8Array(size);
    for (let i = 0; i < counts.length; i += 1) {
      const at = sequences[i]! & (size - 1);
      if (counts[i] === 0) continue;
      this.#sequences[at] = sequences[i]!;
      this.#counts[at] = counts[i]!;
    }
  }
}
