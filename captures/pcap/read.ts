// draft-ietf-opsawg-pcap-08 5, Packet Record: a pcap file as batches of frames.

import { FrameWriter } from '../columns.ts';
import type { FindingLog } from '../findinglog.ts';
import { LIMITS } from '../limits.ts';
import { u32 } from '../octets.ts';
import type { CaptureReader, FrameBatch, HeaderRange, ReaderOptions } from '../reader.ts';
import type { ByteStream } from '../stream.ts';
import { Window } from '../window.ts';
import { isPcap, type PcapLayout, readFileHeader } from './header.ts';
import { findRecord, plausible } from './resync.ts';
import { PCAP_RULES } from './rules.ts';

/** Why the walk over the records stopped. */
type Stop =
  | 'more' // the window holds no whole record any more
  | 'full' // a batch is full
  | 'odd' // a record that is believed only if another follows it
  | 'damaged';

interface Walk {
  layout: PcapLayout;
  /** Next record header in the window. */
  at: number;
  /** Octets from `at` that the next step needs. */
  need: number;
  /** Captured octets of the record before `at`, as far as the window still holds it, else -1. */
  before: number;
  /** Header in the window that was looked at more closely and found good. */
  believed: number;
  /** Seconds of the last record, null before the first. */
  seconds: number | null;
  baseSeconds: number;
  baseFraction: number;
  based: boolean;
  readonly headers: HeaderRange[];
}

/** Reads `stream`, which begins with a pcap file header. Findings are added to `log`. */
export function readPcap(
  stream: ByteStream,
  head: Uint8Array,
  format: string,
  log: FindingLog,
  options: ReaderOptions = {},
): CaptureReader {
  const layout = readFileHeader(head, 0, 0, log);
  const frames = new FrameWriter();
  const w = new Window(stream, options.blockSize ?? LIMITS.blockSize, options.signal);
  const walk: Walk | null = layout === undefined ? null : startWalk(layout);
  let truncatedAt: number | null = layout === undefined ? head.length : null;

  async function* batches(): AsyncGenerator<FrameBatch, void, void> {
    if (walk === null) return;
    await w.fill(0, walk.layout.fileHeader);
    walk.at = Math.min(walk.layout.fileHeader, w.end);
    let damages = 0;
    while (!w.aborted && options.signal?.aborted !== true) {
      const stop = walkRecords(walk, w, frames, log);
      if (frames.count > 0) yield frames.batch(w);
      if (stop === 'full') continue;
      if (stop === 'more') {
        if (!w.ended) {
          await move(w, walk, walk.at, walk.need);
          continue;
        }
        if (walk.at === w.end) return;
      }
      if (stop === 'odd' && (await believe(walk, w, log))) continue;
      if (w.aborted) return;
      if (stop === 'damaged' && (await anotherHeader(walk, w, log))) continue;
      if (damages++ === LIMITS.resyncs) {
        const left = 'what follows was not read';
        log.add(PCAP_RULES.givenUp, w.origin + walk.at, 0, `Damaged in ${LIMITS.resyncs} places; ${left}`);
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
    variant: layout?.variant ?? 'cut off inside its header',
    findings: log.list,
    comments: [],
    get headers() {
      return walk === null || walk.headers.length >= LIMITS.headers ? undefined : walk.headers;
    },
    get base() {
      if (walk === null || !walk.based) return null;
      return BigInt(walk.baseSeconds) * 1_000_000_000n + BigInt(walk.baseFraction);
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

const startWalk = (layout: PcapLayout): Walk => ({
  layout,
  at: 0,
  need: 0,
  before: -1,
  believed: -1,
  seconds: null,
  baseSeconds: 0,
  baseFraction: 0,
  based: false,
  headers: [{ at: 0, length: layout.fileHeader, begins: true }],
});

/** Writes rows for the records in the window from `walk.at` on. */
function walkRecords(walk: Walk, w: Window, frames: FrameWriter, log: FindingLog): Stop {
  const b = w.bytes;
  const { end, ended, origin } = w;
  const { little, unit, recordHeader, swapped, linkType } = walk.layout;
  const { start, length, wireLength, linkType: link, time, offset } = frames.now;
  const { capacity } = frames;
  const limit = 1e9 / unit;
  let n = frames.count;
  let at = walk.at;
  let stop: Stop;
  for (;;) {
    if (n === capacity) {
      stop = 'full';
      break;
    }
    if (at + recordHeader > end) {
      walk.need = recordHeader;
      stop = 'more';
      break;
    }
    const seconds = u32(b, at, little);
    const fraction = u32(b, at + 4, little);
    let captured = u32(b, at + 8, little);
    let original = u32(b, at + 12, little);
    if (swapped !== 'no' && (swapped === 'yes' || captured > original)) {
      const t = captured;
      captured = original;
      original = t;
    }
    const first = at + recordHeader;
    if (captured > LIMITS.frameBytes || (captured | original) === 0) {
      stop = 'damaged';
      break;
    }
    if ((captured > LIMITS.usualFrameBytes || fraction >= limit) && at !== walk.believed) {
      stop = 'odd';
      break;
    }
    const next = first + captured;
    // The next header has to be in sight, so that damage is found while this record is still in the window.
    if (next + recordHeader > end && (!ended || next > end)) {
      walk.need = next + recordHeader - at;
      stop = 'more';
      break;
    }
    if (!walk.based) {
      walk.based = true;
      walk.baseSeconds = seconds;
      walk.baseFraction = fraction * unit;
    }
    if (original < captured) {
      const message = `Captured ${captured} octets of ${original}`;
      log.once(PCAP_RULES.originalLength, origin + at, recordHeader, message);
      original = captured;
    }
    start[n] = first;
    length[n] = captured;
    wireLength[n] = Math.min(original, 0x7fffffff);
    link[n] = linkType;
    time[n] = (seconds - walk.baseSeconds) * 1e9 + (fraction * unit - walk.baseFraction);
    offset[n] = origin + first;
    n++;
    walk.before = first;
    walk.seconds = seconds;
    at = next;
  }
  walk.at = at;
  frames.count = n;
  return stop;
}

async function move(w: Window, walk: Walk, from: number, need: number): Promise<void> {
  const origin = w.origin;
  await w.fill(from, need);
  const moved = w.origin - origin;
  walk.at -= moved;
  walk.before = walk.before >= moved ? walk.before - moved : -1;
  walk.believed = walk.believed >= moved ? walk.believed - moved : -1;
}

/** Looks whether an odd record is followed by a good one, or by the end of the file. */
async function believe(walk: Walk, w: Window, log: FindingLog): Promise<boolean> {
  const { layout } = walk;
  const lengthAt = layout.swapped === 'yes' ? 12 : 8;
  const captured = u32(w.bytes, walk.at + lengthAt, layout.little);
  const whole = layout.recordHeader + captured;
  if (walk.at + whole + layout.recordHeader > w.end && !w.ended) {
    const from = walk.before >= 0 ? walk.before : walk.at;
    await move(w, walk, from, walk.at - from + whole + layout.recordHeader);
  }
  const next = walk.at + whole;
  const seconds = u32(w.bytes, walk.at, layout.little);
  const good =
    next + layout.recordHeader <= w.end
      ? plausible(w.bytes, next, layout, seconds) || plausible(w.bytes, next, layout, walk.seconds)
      : next === w.end;
  if (!good) return false;
  walk.believed = walk.at;
  const at = w.origin + walk.at;
  if (captured > LIMITS.usualFrameBytes) log.once(PCAP_RULES.long, at, 16, `A record of ${captured} octets`);
  const fraction = u32(w.bytes, walk.at + 4, layout.little);
  if (fraction * layout.unit >= 1e9) log.once(PCAP_RULES.fraction, at + 4, 4, `A time fraction of ${fraction}`);
  return true;
}

/** A second file header where a record should be: files that were appended to one another. */
async function anotherHeader(walk: Walk, w: Window, log: FindingLog): Promise<boolean> {
  const { fileHeader } = walk.layout;
  if (!isPcap(w.bytes.subarray(walk.at, w.end))) return false;
  if (walk.at + fileHeader > w.end) await move(w, walk, walk.at, fileHeader);
  const at = w.origin + walk.at;
  const layout = readFileHeader(w.bytes.subarray(0, w.end), walk.at, w.origin, log);
  if (layout === undefined) return false;
  log.add(PCAP_RULES.concatenated, at, layout.fileHeader, `Reading goes on with link type ${layout.linkType}`);
  if (walk.headers.length < LIMITS.headers) walk.headers.push({ at, length: layout.fileHeader, begins: true });
  walk.layout = layout;
  walk.at += layout.fileHeader;
  walk.before = -1;
  return true;
}

/**
 * Reports a damaged or cut-off record and looks for the next good one. Resolves to null when reading can go on, else to
 * the position of the record at which it ended.
 */
async function mend(walk: Walk, w: Window, log: FindingLog, stop: Stop): Promise<number | null> {
  const { layout } = walk;
  const at = w.origin + walk.at;
  const headed = walk.at + layout.recordHeader <= w.end;
  const claimed = headed ? u32(w.bytes, walk.at + (layout.swapped === 'yes' ? 12 : 8), layout.little) : 0;
  // The length of the record before may be what is wrong: its octets are searched too.
  const from = stop === 'more' || walk.before < 0 ? walk.at + 1 : walk.before;
  const found = await findRecord(w, from, layout, walk.seconds);
  if (w.aborted) return at;
  if (found >= 0) {
    const message = `The record header claims ${claimed} octets; reading went on at octet ${w.origin + found}`;
    log.add(PCAP_RULES.damaged, at, layout.recordHeader, message);
    walk.at = found;
    walk.before = -1;
    walk.believed = -1;
    return null;
  }
  const left = w.origin + w.end - at;
  if (stop === 'more') {
    const whole = headed ? ` of ${layout.recordHeader + claimed}` : '';
    log.add(PCAP_RULES.cut, at, left, `The last record has ${left}${whole} octets; everything before it was read`);
  } else {
    const message = `The record header claims ${claimed} octets and no further record was found; ${left} octets skipped`;
    log.add(PCAP_RULES.damaged, at, left, message);
  }
  return at;
}
