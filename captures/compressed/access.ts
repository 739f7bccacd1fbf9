// Octets by position in files that can only be read in order: streamed again from the start, with what was seen last kept.

import { FindingLog } from '../findinglog.ts';
import { LIMITS } from '../limits.ts';
import type { Source } from '../source.ts';
import { type ByteStream, readFully, readHead, rejoined, streamOf } from '../stream.ts';
import { compressionOf, decompress } from './layer.ts';

export interface RandomAccess {
  /** Up to `length` octets from `at`; fewer where the file ends before. A copy. Rejects as the source does. */
  read(at: number, length: number): Promise<Uint8Array>;
}

const PAGE = 1024 * 1024;

export async function createAccess(source: Source): Promise<RandomAccess> {
  const head = await readHead(source, LIMITS.headBytes, new FindingLog());
  if (compressionOf(head) === undefined) return { read: (at, length) => readFrom(source, at, length) };
  return new PagedAccess(() => unpacked(source, head));
}

async function readFrom(source: Source, at: number, length: number): Promise<Uint8Array> {
  const out = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const n = await source.read(at + filled, out.subarray(filled));
    if (n === 0) break;
    filled += n;
  }
  return out.subarray(0, filled);
}

/** All compression layers of a source, opened from the start. */
async function unpacked(source: Source, head: Uint8Array): Promise<ByteStream> {
  const log = new FindingLog();
  let stream = streamOf(source, head, log);
  let first = head;
  for (let depth = 0; depth < LIMITS.nesting; depth++) {
    const compression = compressionOf(first);
    if (compression === undefined) break;
    const inner = decompress(compression, stream, log);
    first = await readFully(inner, LIMITS.headBytes);
    stream = rejoined(first, inner);
  }
  return stream;
}

class PagedAccess implements RandomAccess {
  readonly #open: () => Promise<ByteStream>;
  #stream: ByteStream | null = null;
  /** Page the stream gives next. */
  #next = 0;
  /** Pages in order of use, the oldest first. */
  readonly #pages = new Map<number, Uint8Array>();
  /** One request at a time: they share the stream. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(open: () => Promise<ByteStream>) {
    this.#open = open;
  }

  read(at: number, length: number): Promise<Uint8Array> {
    const mine = this.#turn.then(() => this.#read(at, length));
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  async #read(at: number, length: number): Promise<Uint8Array> {
    const out = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const pos = at + filled;
      const page = await this.#page(Math.floor(pos / PAGE));
      const part = page.subarray(pos % PAGE, (pos % PAGE) + length - filled);
      if (part.length === 0) break;
      out.set(part, filled);
      filled += part.length;
    }
    return out.subarray(0, filled);
  }

  async #page(index: number): Promise<Uint8Array> {
    const kept = this.#pages.get(index);
    if (kept !== undefined) {
      this.#pages.delete(index);
      this.#pages.set(index, kept);
      return kept;
    }
    if (this.#stream === null || index < this.#next) {
      this.#stream = await this.#open();
      this.#next = 0;
    }
    for (;;) {
      const page = await readFully(this.#stream, PAGE);
      const at = this.#next++;
      this.#keep(at, page);
      if (at === index || page.length < PAGE) {
        if (page.length < PAGE) this.#stream = null;
        return at === index ? page : page.subarray(0, 0);
      }
    }
  }

  #keep(index: number, page: Uint8Array): void {
    this.#pages.delete(index);
    this.#pages.set(index, page);
    const most = LIMITS.accessCacheBytes / PAGE;
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= most) break;
      this.#pages.delete(oldest);
    }
  }
}
