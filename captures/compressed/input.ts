// Compressed octets in order, as far as a decoder needs to see them at once.

import type { ByteStream } from '../stream.ts';
import { Window } from '../window.ts';

const READ_SIZE = 256 * 1024;

/** Decompressed pieces in order; each is borrowed until the next one is asked for. */
export type Chunks = AsyncGenerator<Uint8Array, void, void>;

/** Thrown and caught inside a decompressor: what cannot be right about the data. */
export class Damage {
  readonly what: string;

  constructor(what: string) {
    this.what = what;
  }
}

export class Input {
  pos = 0;
  readonly #w: Window;

  constructor(stream: ByteStream) {
    this.#w = new Window(stream, READ_SIZE);
  }

  get bytes(): Uint8Array {
    return this.#w.bytes;
  }

  get end(): number {
    return this.#w.end;
  }

  get left(): number {
    return this.#w.end - this.pos;
  }

  /** Nothing follows `end`. */
  get last(): boolean {
    return this.#w.ended;
  }

  /** Position in the compressed file. */
  get at(): number {
    return this.#w.origin + this.pos;
  }

  /** Makes the next `n` octets visible; false when fewer are left. */
  async need(n: number): Promise<boolean> {
    if (this.left < n && !this.#w.ended) {
      await this.#w.fill(this.pos, n);
      this.pos = 0;
    }
    return this.left >= n;
  }

  /** Moves over n octets; false when fewer are left. */
  async skip(n: number): Promise<boolean> {
    let todo = n;
    while (todo > this.left) {
      todo -= this.left;
      this.pos = this.#w.end;
      if (!(await this.need(1))) return false;
    }
    this.pos += todo;
    return true;
  }
}
