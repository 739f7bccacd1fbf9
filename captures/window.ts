// A moving window over a byte stream. Two buffers take turns, so that octets handed out stay put for one more batch.

import type { Signal } from './source.ts';
import type { ByteStream } from './stream.ts';

const FIRST_READ = 64 * 1024;

/**
 * `bytes[0, end)` are the octets of the stream from `origin` on. Octets that were handed out (`pin`) stay untouched
 * until the window has moved twice after that with a further `pin` between: the promise of FrameBatch.
 */
export class Window {
  bytes: Uint8Array;
  end = 0;
  /** Position in the stream of bytes[0]. */
  origin = 0;
  /** The stream has nothing more. */
  ended = false;
  /** The caller gave up; the window looks ended. */
  aborted = false;

  readonly stream: ByteStream;
  readonly #size: number;
  /** Less than #size until the input turned out to be longer: most files are small. */
  #capacity: number;
  readonly #signal: Signal | undefined;
  #spare: Uint8Array | null = null;
  #pinned = false;

  constructor(stream: ByteStream, size: number, signal?: Signal) {
    this.stream = stream;
    this.#size = Math.max(64, size);
    this.#capacity = Math.min(this.#size, FIRST_READ);
    this.#signal = signal;
    this.bytes = new Uint8Array(this.#capacity);
  }

  /** Somebody keeps positions into `bytes`. */
  pin(): void {
    this.#pinned = true;
  }

  /**
   * Drops the octets before `from`, which becomes position 0, and reads on until the buffer is full, or of a live stream
   * until there are `need` octets: at least these, unless the stream ends before. Memory grows with what arrives, never with what is only announced.
   */
  async fill(from: number, need: number): Promise<void> {
    const left = this.end - from;
    let target = this.#target(Math.max(this.#capacity, Math.min(need, 2 * left)));
    if (target === this.bytes) target.copyWithin(0, from, this.end);
    else target.set(this.bytes.subarray(from, this.end));
    this.origin += from;
    this.end = left;
    this.bytes = target;
    for (;;) {
      await this.#read(need);
      if (!this.ended) this.#capacity = this.#size;
      if (this.ended || this.end >= need) return;
      target = new Uint8Array(Math.min(need, 2 * target.length));
      target.set(this.bytes);
      this.bytes = target;
    }
  }

  #target(capacity: number): Uint8Array {
    if (!this.#pinned) return capacity <= this.bytes.length ? this.bytes : new Uint8Array(capacity);
    const spare = this.#spare;
    this.#spare = this.bytes;
    this.#pinned = false;
    // A buffer that grew for one long frame is not kept longer than it is needed.
    const fits = spare !== null && spare.length >= capacity && (spare.length <= this.#size || capacity > this.#size);
    return fits ? spare : new Uint8Array(capacity);
  }

  async #read(need: number): Promise<void> {
    while (this.end < this.bytes.length && !this.ended) {
      if (this.#signal?.aborted === true) {
        this.aborted = true;
        this.ended = true;
        return;
      }
      const n = await this.stream.read(this.end === 0 ? this.bytes : this.bytes.subarray(this.end));
      if (n === 0) this.ended = true;
      this.end += n;
      if (this.stream.live === true && this.end >= need) return;
    }
  }
}
