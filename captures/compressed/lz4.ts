// LZ4 Frame Format 1.6.4: frames, skippable frames and legacy frames one after the other.

import type { FindingLog } from '../findinglog.ts';
import { u32 } from '../octets.ts';
import type { ByteStream } from '../stream.ts';
import { type Chunks, Damage, Input } from './input.ts';
import { lz4Block } from './lz4block.ts';
import { COMPRESSION_RULES } from './rules.ts';
import { Xxh32, xxh32 } from './xxh32.ts';

export const LZ4_MAGIC = 0x184d2204;
export const LZ4_LEGACY_MAGIC = 0x184c2102;
/** Sixteen magic numbers, 0x184D2A50 to 5F, are frames to be skipped; zstd has the same. */
export const isSkippable = (magic: number): boolean => magic >>> 4 === 0x184d2a5;

const HISTORY = 64 * 1024;
const LEGACY_BLOCK = 8 * 1024 * 1024;
const UNCOMPRESSED = 0x80000000;
/** Most octets a compressed block of n octets may have (compressBound of the reference implementation). */
const bound = (n: number): number => n + Math.floor(n / 255) + 16;

class Cut {}
/** Nothing more can be read, and why was said. */
class Stop {}

/** Data of all frames in order. What was decoded before damage is given; checksums are made where frames have them. */
export async function* unlz4(stream: ByteStream, log: FindingLog): Chunks {
  const input = new Input(stream);
  try {
    for (let frames = 0; await input.need(1); frames++) {
      await must(input, 4);
      const magic = u32(input.bytes, input.pos, true);
      if (isSkippable(magic)) {
        await must(input, 8);
        const size = u32(input.bytes, input.pos + 4, true);
        if (!(await input.skip(8 + size))) throw new Cut();
      } else if (magic === LZ4_MAGIC) yield* frame(input, log);
      else if (magic === LZ4_LEGACY_MAGIC) yield* legacy(input);
      else if (frames === 0) throw new Damage('no frame starts here');
      else {
        const message = `The octets from ${input.at} of the compressed file on were not read`;
        log.add(COMPRESSION_RULES.trailing, input.at, 0, message);
        return;
      }
    }
  } catch (e) {
    if (e instanceof Cut) {
      log.add(COMPRESSION_RULES.lz4Cut, input.at, 0, 'The data ends inside a frame; everything before it was read');
    } else if (e instanceof Damage) {
      const message = `At octet ${input.at} of the compressed file: ${e.what}; everything before it was read`;
      log.add(COMPRESSION_RULES.lz4Damaged, input.at, 0, message);
    } else if (!(e instanceof Stop)) throw e;
  }
}

async function must(input: Input, n: number): Promise<void> {
  if (!(await input.need(n))) throw new Cut();
}

interface Descriptor {
  readonly independent: boolean;
  readonly blockChecksum: boolean;
  readonly contentChecksum: boolean;
  readonly blockSize: number;
}

/** Frame descriptor: FLG, BD, content size, dictionary, header checksum. */
async function descriptor(input: Input, log: FindingLog): Promise<Descriptor> {
  await must(input, 7);
  const flags = input.bytes[input.pos + 4]!;
  const code = (input.bytes[input.pos + 5]! >> 4) & 7;
  const length = 2 + ((flags & 8) !== 0 ? 8 : 0) + ((flags & 1) !== 0 ? 4 : 0);
  await must(input, 4 + length + 1);
  const { bytes: b, pos } = input;
  if (flags >> 6 !== 1) throw new Damage('a frame of an unknown version');
  if (code < 4) throw new Damage('a block size that does not exist');
  const check = (xxh32(b.subarray(pos + 4, pos + 4 + length)) >>> 8) & 0xff;
  if (check !== b[pos + 4 + length]) {
    log.add(COMPRESSION_RULES.lz4Checksum, input.at, 4 + length + 1, 'The checksum of a frame header does not fit it');
  }
  if ((flags & 1) !== 0) {
    log.add(COMPRESSION_RULES.lz4Dictionary, input.at, 4 + length + 1, 'The frame cannot be read without it');
    throw new Stop();
  }
  input.pos += 4 + length + 1;
  return {
    independent: (flags & 0x20) !== 0,
    blockChecksum: (flags & 0x10) !== 0,
    contentChecksum: (flags & 4) !== 0,
    blockSize: 1 << (8 + 2 * code),
  };
}

async function* frame(input: Input, log: FindingLog): Chunks {
  const d = await descriptor(input, log);
  const out = new Output(d.blockSize);
  const content = d.contentChecksum ? new Xxh32() : null;
  for (;;) {
    await must(input, 4);
    const word = u32(input.bytes, input.pos, true);
    if (word === 0) break;
    const size = word & ~UNCOMPRESSED;
    if (size > d.blockSize) throw new Damage('a block longer than its frame allows');
    const tail = d.blockChecksum ? 4 : 0;
    await must(input, 4 + size + tail);
    const first = input.pos + 4;
    const data = input.bytes.subarray(first, first + size);
    if (d.blockChecksum && xxh32(data) !== u32(input.bytes, first + size, true)) {
      log.add(
        COMPRESSION_RULES.lz4Checksum,
        input.at,
        size,
        'The checksum of a block does not fit it; it was used as it is',
      );
    }
    const part = word >= UNCOMPRESSED ? out.plain(data) : out.compressed(data, d.independent);
    input.pos += 4 + size + tail;
    content?.update(part);
    yield part;
  }
  input.pos += 4;
  if (content === null) return;
  await must(input, 4);
  if (u32(input.bytes, input.pos, true) !== content.digest()) {
    log.add(
      COMPRESSION_RULES.lz4Checksum,
      input.at,
      4,
      'The checksum of a frame does not fit its data; it was used as it is',
    );
  }
  input.pos += 4;
}

/** Legacy frame: compressed blocks of 8 MiB until something else, or the end of the file, follows. */
async function* legacy(input: Input): Chunks {
  const out = new Output(LEGACY_BLOCK);
  input.pos += 4;
  while (await input.need(1)) {
    await must(input, 4);
    const size = u32(input.bytes, input.pos, true);
    if (size === LZ4_MAGIC || size === LZ4_LEGACY_MAGIC || isSkippable(size)) return;
    if (size > bound(LEGACY_BLOCK)) throw new Damage('a block longer than its frame allows');
    await must(input, 4 + size);
    const part = out.compressed(input.bytes.subarray(input.pos + 4, input.pos + 4 + size), true);
    input.pos += 4 + size;
    yield part;
  }
}

/** Decoded data of a frame, with the 64 KiB that linked blocks may refer to. */
class Output {
  #out: Uint8Array;
  #filled = 0;
  readonly #block: number;

  constructor(block: number) {
    this.#block = block;
    this.#out = new Uint8Array(HISTORY + Math.min(block, 4 * HISTORY));
  }

  plain(data: Uint8Array): Uint8Array {
    this.#room(data.length);
    const at = this.#filled;
    this.#out.set(data, at);
    this.#filled += data.length;
    return this.#out.subarray(at, this.#filled);
  }

  compressed(data: Uint8Array, independent: boolean): Uint8Array {
    this.#room(Math.min(this.#block, data.length * 255));
    const at = this.#filled;
    this.#filled = lz4Block(data, 0, data.length, this.#out, at, independent ? at : 0, at + this.#block);
    return this.#out.subarray(at, this.#filled);
  }

  #room(n: number): void {
    if (this.#filled + n <= this.#out.length) return;
    const keep = Math.min(this.#filled, HISTORY);
    const to = keep + n <= this.#out.length ? this.#out : new Uint8Array(keep + n);
    to.set(this.#out.subarray(this.#filled - keep, this.#filled));
    this.#out = to;
    this.#filled = keep;
  }
}
