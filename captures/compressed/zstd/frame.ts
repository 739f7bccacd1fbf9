// RFC 8878 3.1, Zstandard frames; 3.1.2, skippable frames.

import type { FindingLog } from '../../findinglog.ts';
import { LIMITS } from '../../limits.ts';
import { u16, u32 } from '../../octets.ts';
import type { ByteStream } from '../../stream.ts';
import { type Chunks, Damage, Input } from '../input.ts';
import { isSkippable } from '../lz4.ts';
import { COMPRESSION_RULES } from '../rules.ts';
import { Xxh64 } from '../xxh64.ts';
import { BlockDecoder } from './block.ts';
import { MAX_BLOCK, Output } from './output.ts';

export const ZSTD_MAGIC = 0xfd2fb528;

class Cut {}

/** Data of all frames in order. What was decoded before damage is given; checksums are made where frames have them. */
export async function* unzstd(stream: ByteStream, log: FindingLog): Chunks {
  const input = new Input(stream);
  try {
    for (let frames = 0; await input.need(1); frames++) {
      await must(input, 4);
      const magic = u32(input.bytes, input.pos, true);
      if (isSkippable(magic)) {
        await must(input, 8);
        const size = u32(input.bytes, input.pos + 4, true);
        if (!(await input.skip(8 + size))) throw new Cut();
      } else if (magic === ZSTD_MAGIC) {
        const header = await readHeader(input, log);
        if (header === null) return;
        yield* frame(input, header, log);
      } else if (frames === 0) throw new Damage('no frame starts here');
      else {
        const message = `The octets from ${input.at} of the compressed file on were not read`;
        log.add(COMPRESSION_RULES.trailing, input.at, 0, message);
        return;
      }
    }
  } catch (e) {
    if (e instanceof Cut) {
      log.add(COMPRESSION_RULES.zstdCut, input.at, 0, 'The data ends inside a frame; everything before it was read');
    } else if (e instanceof Damage) {
      const message = `At octet ${input.at} of the compressed file: ${e.what}; everything before it was read`;
      log.add(COMPRESSION_RULES.zstdDamaged, input.at, 0, message);
    } else throw e;
  }
}

async function must(input: Input, n: number): Promise<void> {
  if (!(await input.need(n))) throw new Cut();
}

interface Header {
  readonly window: number;
  readonly checksum: boolean;
}

const DICTIONARY_OCTETS = [0, 1, 2, 4] as const;
const CONTENT_OCTETS = [0, 2, 4, 8] as const;

// 3.1.1.1, frame header. Null, with a finding, for frames that cannot be read here.
async function readHeader(input: Input, log: FindingLog): Promise<Header | null> {
  await must(input, 6);
  const at = input.at;
  const flags = input.bytes[input.pos + 4]!;
  const single = (flags & 0x20) !== 0;
  const dictionary = DICTIONARY_OCTETS[(flags & 3) as 0 | 1 | 2 | 3];
  const content = flags >> 6 === 0 && single ? 1 : CONTENT_OCTETS[(flags >> 6) as 0 | 1 | 2 | 3];
  const length = 5 + (single ? 0 : 1) + dictionary + content;
  await must(input, length);
  if ((flags & 8) !== 0) throw new Damage('a reserved bit in the frame header');
  const { bytes: b, pos } = input;
  const size = contentSize(b, pos + length - content, content);
  const window = single ? size! : windowSize(b[pos + 5]!);
  if (b.subarray(pos + length - content - dictionary, pos + length - content).some((octet) => octet !== 0)) {
    log.add(COMPRESSION_RULES.zstdDictionary, at, length, 'The frame cannot be read without it');
    return null;
  }
  if (window > LIMITS.zstdWindow) {
    const message = `A window of ${window} octets, ${LIMITS.zstdWindow} are given`;
    log.add(COMPRESSION_RULES.zstdWindow, at, length, message);
    return null;
  }
  input.pos += length;
  return { window: Math.max(1, size === null ? window : Math.min(window, size)), checksum: (flags & 4) !== 0 };
}

/** 3.1.1.1.2, window descriptor. */
function windowSize(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

function contentSize(b: Uint8Array, at: number, octets: number): number | null {
  if (octets === 0) return null;
  if (octets === 1) return b[at]!;
  if (octets === 2) return u16(b, at, true) + 256;
  return u32(b, at, true) + (octets === 8 ? u32(b, at + 4, true) * 4294967296 : 0);
}

type BlockType = 0 | 1 | 2 | 3;

// 3.1.1.2, blocks.
async function* frame(input: Input, header: Header, log: FindingLog): Chunks {
  const decoder = new BlockDecoder();
  const out = new Output(header.window);
  const checksum = header.checksum ? new Xxh64() : null;
  for (let last = false; !last; ) {
    await must(input, 3);
    const { bytes, pos } = input;
    const word = bytes[pos]! | (bytes[pos + 1]! << 8) | (bytes[pos + 2]! << 16);
    last = (word & 1) === 1;
    const type = ((word >> 1) & 3) as BlockType;
    const size = word >> 3;
    if (type === 3) throw new Damage('a block of the reserved type');
    if (size > MAX_BLOCK) throw new Damage('a block longer than allowed');
    await must(input, 3 + (type === 1 ? 1 : size));
    out.reserve();
    const start = out.filled;
    const first = input.pos + 3;
    if (type === 0) out.append(input.bytes, first, first + size, MAX_BLOCK);
    else if (type === 1) out.fill(input.bytes[first]!, size);
    else decoder.decode(input.bytes, first, first + size, out, MAX_BLOCK);
    input.pos = first + (type === 1 ? 1 : size);
    const part = out.since(start);
    checksum?.update(part);
    if (part.length > 0) yield part;
  }
  if (checksum === null) return;
  await must(input, 4);
  if (u32(input.bytes, input.pos, true) !== checksum.digest()) {
    const message = 'The checksum of a frame does not fit its data; it was used as it is';
    log.add(COMPRESSION_RULES.zstdChecksum, input.at, 4, message);
  }
  input.pos += 4;
}
