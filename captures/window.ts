// A moving window over a byte stream. Two buffers take turns, so that octets handed out stay put for one more batch; a
// third one is filled meanwhile.

import type { Signal } from './source.ts';
import type { ByteStream } from './stream.ts';

const FIRST_READ = 64 * 1024;
/** Octets left free in front of what is read ahead: the rest of the block before it goes there. */
const ROOM = 64 * 1024;

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
  readonly #room: number;
  /** Less than #size until the input turned out to be longer: most files are small. */
  #capacity: number;
  readonly #signal: Signal | undefined;
  /** What `bytes` is the end of. */
  #whole: Uint8Array;
  #spare: Uint8Array | null = null;
  #pinned = false;
  /** Is being filled from #room on. */
  #ahead: Uint8Array | null = null;
  /** May be filled. */
  #free: Uint8Array | null = null;

  constructor(stream: ByteStream, size: number, signal?: Signal) {
    this.stream = stream;
    this.#size = Math.max(64, size);
    this.#room = Math.min(this.#size, ROOM);
    this.#capacity = Math.min(this.#size, FIRST_READ);
    this.#signal = signal;
    this.#whole = new Uint8Array(this.#capacity);
    this.bytes = this.#whole;
  }

  /** Somebody keeps positions into `bytes`. */
  pin(): void {
    this.#pinned = true;
  }

  /**
   * Drops the octets before `from`, which becomes position 0, and reads on: at least until there are `need` octets,
   * unless the stream ends before. Memory grows with what arrives, never with what is only announced.
   */
  async fill(from: number, need: number): Promise<void> {
    const rest = this.bytes.subarray(from, this.end);
    const ahead = this.#ahead;
    this.#ahead = null;
    if (ahead !== null && rest.length <= this.#room) this.#become(ahead, this.#room - rest.length);
    else this.#become(this.#target(Math.max(this.#capacity, Math.min(need, 2 * rest.length))), 0);
    this.bytes.set(rest);
    this.origin += from;
    this.end = rest.length;
    const long = this.#capacity === this.#size;
    if (ahead !== null) await this.#take(ahead);
    while (ahead === null || this.end < need) {
      await this.#read(need);
      if (!this.ended) this.#capacity = this.#size;
      if (this.ended || this.end >= need) break;
      this.#grow(Math.min(need, 2 * this.bytes.length));
    }
    if (long && !this.ended) this.#begin();
  }

  #become(whole: Uint8Array, base: number): void {
    const spare = this.#spare;
    if (this.#pinned) this.#spare = this.#whole;
    const unused = this.#pinned ? spare : this.#whole;
    if (unused !== whole) this.#free = unused;
    this.#pinned = false;
    this.#whole = whole;
    this.bytes = whole.subarray(base);
  }

  #target(capacity: number): Uint8Array {
    if (!this.#pinned) return capacity <= this.#whole.length ? this.#whole : new Uint8Array(capacity);
    const spare = this.#spare;
    // A buffer that grew for one long frame is not kept longer than it is needed.
    const most = Math.max(capacity, this.#size + this.#room);
    return spare !== null && spare.length >= capacity && spare.length <= most ? spare : new Uint8Array(capacity);
  }

  #grow(length: number): void {
    this.#whole = new Uint8Array(length);
    this.#whole.set(this.bytes.subarray(0, this.end));
    this.bytes = this.#whole;
  }

  /** What comes after this is read while this is looked at. */
  #begin(): void {
    if (this.stream.ahead === undefined) return;
    const free = this.#free;
    const length = this.#room + this.#size;
    this.#free = null;
    this.#ahead = free?.length === length ? free : new Uint8Array(length);
    this.stream.ahead(this.#ahead.subarray(this.#room));
  }

  /** Adds what was read ahead. */
  async #take(ahead: Uint8Array): Promise<void> {
    if (this.#isAborted()) return;
    const n = await this.stream.read(ahead.subarray(this.#room));
    if (n === 0) this.ended = true;
    if (ahead !== this.#whole) {
      if (this.end + n > this.bytes.length) this.#grow(this.end + n);
      this.bytes.set(ahead.subarray(this.#room, this.#room + n), this.end);
      this.#free = ahead;
    }
    this.end += n;
  }

  async #read(need: number): Promise<void> {
    while (this.end < this.bytes.length && !this.ended) {
      if (this.#isAborted()) return;
      const n = await this.stream.read(this.end === 0 ? this.bytes : this.bytes.subarray(this.end));
      if (n === 0) this.ended = true;
      this.end += n;
      if (this.stream.live === true && this.end >= need) return;
    }
  }

  #isAborted(): boolean {
    if (this.#signal?.aborted !== true) return false;
    this.aborted = true;
    this.ended = true;
    return true;
  }
}
