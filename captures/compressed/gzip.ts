// RFC 1952, gzip: one member after the other.

import type { FindingLog } from '../findinglog.ts';
import { u16, u32 } from '../octets.ts';
import type { ByteStream } from '../stream.ts';
import { crc32 } from './crc32.ts';
import { Inflate } from './inflate.ts';
import { type Chunks, Damage, Input } from './input.ts';
import { COMPRESSION_RULES } from './rules.ts';

const FLAG = { headerCrc: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 } as const;
const LONGEST_NAME = 64 * 1024;

/** Data of all members in order. What was decoded before damage is given; the checks at a member's end are made. */
export async function* gunzip(stream: ByteStream, log: FindingLog): Chunks {
  const input = new Input(stream);
  for (let members = 0; await input.need(1); members++) {
    const at = input.at;
    const header = await readHeader(input);
    if (header === 'other' && members > 0) {
      log.add(COMPRESSION_RULES.gzipTrailing, at, 0, `The octets from ${at} of the compressed file on were not read`);
      return;
    }
    if (header !== 'good') {
      if (header === 'cut') log.add(COMPRESSION_RULES.gzipCut, at, 0, 'The file ends inside the header of a member');
      else log.add(COMPRESSION_RULES.gzipDamaged, at, 0, `The member header at octet ${at} cannot be read`);
      return;
    }
    if (!(yield* member(input, log))) return;
  }
}

type Header = 'good' | 'cut' | 'other';

/** 2.3, member header. */
async function readHeader(input: Input): Promise<Header> {
  if (!(await input.need(10))) return input.bytes[input.pos] === 0x1f ? 'cut' : 'other';
  const { bytes: b, pos } = input;
  const flags = b[pos + 3]!;
  if (b[pos] !== 0x1f || b[pos + 1] !== 0x8b || b[pos + 2] !== 8 || (flags & FLAG.reserved) !== 0) return 'other';
  input.pos += 10;
  if ((flags & FLAG.extra) !== 0) {
    if (!(await input.need(2))) return 'cut';
    if (!(await input.skip(2 + u16(input.bytes, input.pos, true)))) return 'cut';
  }
  for (const flag of [FLAG.name, FLAG.comment]) {
    if ((flags & flag) !== 0 && !(await skipText(input))) return 'cut';
  }
  if ((flags & FLAG.headerCrc) !== 0 && !(await input.skip(2))) return 'cut';
  return 'good';
}

async function skipText(input: Input): Promise<boolean> {
  for (let n = 0; n < LONGEST_NAME; n++) {
    if (input.left === 0 && !(await input.need(1))) return false;
    if (input.bytes[input.pos++] === 0) return true;
  }
  return false;
}

/** Data and trailer of a member; false when reading cannot go on behind it. */
async function* member(input: Input, log: FindingLog): AsyncGenerator<Uint8Array, boolean, void> {
  const inflate = new Inflate();
  let crc = 0;
  let size = 0;
  for (;;) {
    let state: ReturnType<Inflate['run']> | Damage;
    try {
      state = inflate.run(input.bytes, input.pos, input.end, input.last);
    } catch (e) {
      if (!(e instanceof Damage)) throw e;
      state = e;
    }
    input.pos = Math.min(inflate.pos, input.end);
    const part = inflate.take();
    if (part.length > 0) {
      crc = crc32(crc, part);
      size = (size + part.length) >>> 0;
      yield part;
    }
    if (state instanceof Damage) {
      const message = `Near octet ${input.at} of the compressed file: ${state.what}; everything before it was read`;
      log.add(COMPRESSION_RULES.gzipDamaged, input.at, 0, message);
      return false;
    }
    if (state === 'done') break;
    if (state === 'cut') {
      log.add(COMPRESSION_RULES.gzipCut, input.at, 0, 'The data ends inside a member; everything before it was read');
      return false;
    }
    if (state === 'input') await input.need(input.left + 1);
  }
  const at = input.at;
  if (!(await input.need(8))) {
    log.add(COMPRESSION_RULES.gzipCut, at, input.left, 'The check values at the end of a member are missing');
    return false;
  }
  const { bytes: b, pos } = input;
  if (u32(b, pos, true) !== crc || u32(b, pos + 4, true) !== size) {
    const what = u32(b, pos, true) !== crc ? 'checksum' : 'length';
    log.add(
      COMPRESSION_RULES.gzipChecksum,
      at,
      8,
      `The ${what} of a member does not fit its data; it was used as it is`,
    );
  }
  input.pos += 8;
  return true;
}
