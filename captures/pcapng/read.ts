// draft-ietf-opsawg-pcapng-05: a pcapng file as batches of frames.

import { FrameWriter } from '../columns.ts';
import type { FindingLog } from '../findinglog.ts';
import { LIMITS } from '../limits.ts';
import { u32 } from '../octets.ts';
import type { CaptureReader, FrameBatch, ReaderOptions } from '../reader.ts';
import type { ByteStream } from '../stream.ts';
import { Window } from '../window.ts';
import { padded } from './format.ts';
import { candidate, findBlock } from './resync.ts';
import { PCAPNG_RULES } from './rules.ts';
import { type Stop, startWalk, type Walk, walkBlocks } from './walk.ts';

/**
 * Reads `stream`, which begins with a section header block. Frames of simple packet blocks have no time. `base` is the
 * time of the first frame that has one; where frames without time come first it is set later than the first batch.
 */
export function readPcapng(
  stream: ByteStream,
  format: string,
  log: FindingLog,
  options: ReaderOptions = {},
): CaptureReader {
  const frames = new FrameWriter();
  const w = new Window(stream, options.blockSize ?? LIMITS.blockSize, options.signal);
  const walk = startWalk(log);
  let truncatedAt: number | null = null;

  async function* batches(): AsyncGenerator<FrameBatch, void, void> {
    await w.fill(0, 12);
    let damages = 0;
    while (!w.aborted && options.signal?.aborted !== true) {
      const stop = walkBlocks(walk, w, frames);
      if (frames.count > 0) yield frames.batch(w);
      if (stop === 'full') continue;
      if (stop === 'more') {
        if (!w.ended) {
          await move(walk, w, walk.need);
          continue;
        }
        if (walk.at === w.end) return;
      }
      if (stop === 'trailer' && (await forgive(walk, w, log))) continue;
      if (w.aborted) return;
      if (damages++ === LIMITS.resyncs) {
        const left = 'what follows was not read';
        log.add(PCAPNG_RULES.givenUp, w.origin + walk.at, 0, `Damaged in ${LIMITS.resyncs} places; ${left}`);
        return;
      }
      const cut = await mend(walk, w, log, stop);
      if (cut !== null) {
        if (stop === 'more' && !w.aborted) truncatedAt = cut;
        return;
      }
    }
  }

  return {
    format,
    findings: log.list,
    comments: walk.comments,
    losses: walk.losses.list,
    get variant() {
      const order = walk.little ? 'little-endian' : 'big-endian';
      return `${order}, sections: ${walk.sections}, interfaces: ${walk.interfacesSeen}`;
    },
    get skipped() {
      return [...walk.skipped].map(([what, count]) => ({ what, count }));
    },
    get headers() {
      return walk.headers.length >= LIMITS.headers ? undefined : walk.headers;
    },
    get base() {
      return walk.base;
    },
    get frames() {
      return frames.given;
    },
    get truncatedAt() {
      return truncatedAt;
    },
    batches,
  };
}

async function move(walk: Walk, w: Window, need: number): Promise<void> {
  const { at, believed } = walk;
  await w.fill(at, need);
  walk.at = 0;
  walk.believed = believed === at ? 0 : -1;
}

/** A wrong trailer alone: the next block, or the end of the file, is where the length at the start says. */
async function forgive(walk: Walk, w: Window, log: FindingLog): Promise<boolean> {
  const total = u32(w.bytes, walk.at + 4, walk.little);
  const size = padded(total);
  if (walk.at + size + 12 > w.end && !w.ended) await move(walk, w, size + 12);
  const next = walk.at + size;
  const good = next + 12 <= w.end ? candidate(w.bytes, next, walk.little) !== 0 : next === w.end;
  if (!good) return false;
  const trailer = u32(w.bytes, next - 4, walk.little);
  const message = `${total} at the start of the block, ${trailer} at its end`;
  log.add(PCAPNG_RULES.trailer, w.origin + next - 4, 4, message);
  walk.believed = walk.at;
  return true;
}

/**
 * Reports a damaged or cut-off block and looks for the next good one. Resolves to null when reading can go on, else to
 * the position of the block at which it ended.
 */
async function mend(walk: Walk, w: Window, log: FindingLog, stop: Stop): Promise<number | null> {
  const at = w.origin + walk.at;
  const claimed = walk.at + 8 <= w.end ? u32(w.bytes, walk.at + 4, walk.little) : 0;
  const found = await findBlock(w, walk.at + 1, walk.little);
  if (w.aborted) return at;
  if (found >= 0) {
    const message = `The block claims ${claimed} octets; reading went on at octet ${w.origin + found}`;
    log.add(PCAPNG_RULES.blockLength, at, 8, message);
    walk.at = found;
    walk.believed = -1;
    return null;
  }
  const left = w.origin + w.end - at;
  if (stop === 'more') {
    const whole = claimed === 0 ? '' : ` of ${claimed}`;
    log.add(PCAPNG_RULES.cut, at, left, `The last block has ${left}${whole} octets; everything before it was read`);
  } else {
    const message = `The block claims ${claimed} octets and no further block was found; ${left} octets skipped`;
    log.add(PCAPNG_RULES.blockLength, at, left, message);
  }
  return at;
}
