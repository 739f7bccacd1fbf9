// draft-ietf-opsawg-pcapng-05 4, Block Definition: rows for the packets of a window, facts from the other blocks.

import type { FrameWriter } from '../columns.ts';
import type { FindingLog } from '../findinglog.ts';
import { LIMITS } from '../limits.ts';
import { u16, u32 } from '../octets.ts';
import type { HeaderRange } from '../reader.ts';
import type { Window } from '../window.ts';
import { BLOCK, blockName, byteOrder, guessByteOrder, leastLength, padded } from './format.ts';
import {
  absoluteTime,
  type CaptureInterface,
  readInterface,
  relativeTime,
  setBase,
  unknownInterface,
} from './interface.ts';
import { Losses } from './losses.ts';
import { eachOption, OPTION, optionText } from './options.ts';
import { PCAPNG_RULES } from './rules.ts';

/** Why the walk over the blocks stopped. */
export type Stop =
  | 'more' // the window holds no whole block any more
  | 'full' // a batch is full
  | 'trailer' // the length at the block's end is another one
  | 'damaged';

export interface Comment {
  readonly frame: number | null;
  readonly text: string;
}

export interface Walk {
  /** Next block in the window. */
  at: number;
  /** Octets from `at` that the next step needs. */
  need: number;
  /** Block in the window whose wrong trailer is forgiven. */
  believed: number;
  little: boolean;
  /** The section is of a version that must be skipped. */
  skip: boolean;
  sections: number;
  /** Interfaces of this section, and of all. */
  interfaces: CaptureInterface[];
  interfacesSeen: number;
  readonly unknown: CaptureInterface;
  base: bigint | null;
  readonly comments: Comment[];
  commentBytes: number;
  readonly skipped: Map<string, number>;
  readonly headers: HeaderRange[];
  readonly losses: Losses;
  readonly log: FindingLog;
}

export const startWalk = (log: FindingLog): Walk => ({
  at: 0,
  need: 12,
  believed: -1,
  little: true,
  skip: false,
  sections: 0,
  interfaces: [],
  interfacesSeen: 0,
  unknown: unknownInterface(),
  base: null,
  comments: [],
  commentBytes: 0,
  skipped: new Map(),
  headers: [],
  losses: new Losses(log),
  log,
});

/** Handles the blocks of the window from `walk.at` on. */
export function walkBlocks(walk: Walk, w: Window, frames: FrameWriter): Stop {
  const b = w.bytes;
  for (;;) {
    if (frames.count === frames.capacity) return 'full';
    const { at } = walk;
    if (at + 12 > w.end) {
      walk.need = 12;
      return 'more';
    }
    const type = u32(b, at, walk.little);
    if (type === BLOCK.sectionHeader) {
      const stop = orderOf(walk, w);
      if (stop !== null) return stop;
    }
    const total = u32(b, at + 4, walk.little);
    if (total < 12 || total > LIMITS.frameBytes || (type === BLOCK.sectionHeader && total < 28)) return 'damaged';
    const size = padded(total);
    if (at + size > w.end && (!w.ended || at + total > w.end)) {
      walk.need = size;
      return 'more';
    }
    let next = at + size;
    if (u32(b, at + size - 4, walk.little) !== total && at !== walk.believed) {
      if (size === total || u32(b, at + total - 4, walk.little) !== total) return 'trailer';
      next = at + total;
    }
    if (size !== total) {
      walk.log.once(PCAPNG_RULES.padding, w.origin + at, 8, `A block of ${total} octets`);
    }
    block(walk, w, frames, type, at, total);
    walk.at = next;
  }
}

/** A section header settles the byte order of what follows, even where the rest of it is damaged. */
function orderOf(walk: Walk, w: Window): Stop | null {
  const { at } = walk;
  let little = byteOrder(w.bytes, at);
  if (little === undefined) {
    little = guessByteOrder(w.bytes, at, w.end);
    if (little === undefined) {
      if (w.ended || w.end - at >= LIMITS.resyncBlockBytes) return 'damaged';
      walk.need = LIMITS.resyncBlockBytes;
      return 'more';
    }
    const message = `Read as ${little ? 'little' : 'big'}-endian, as the block lengths are`;
    walk.log.add(PCAPNG_RULES.byteOrder, w.origin + at + 8, 4, message);
  }
  walk.little = little;
  return null;
}

function block(walk: Walk, w: Window, frames: FrameWriter, type: number, at: number, total: number): void {
  if (walk.skip && type !== BLOCK.sectionHeader) {
    skip(walk, 'block of a section that must be skipped');
    return;
  }
  if (total < leastLength(type)) {
    const message = `A block of type ${type} with ${total} octets`;
    walk.log.add(PCAPNG_RULES.short, w.origin + at, total, message);
    return;
  }
  const { little } = walk;
  const b = w.bytes;
  switch (type) {
    case BLOCK.enhancedPacket:
      packet(walk, w, frames, at, total, u32(b, at + 8, little));
      break;
    case BLOCK.packet:
      packet(walk, w, frames, at, total, u16(b, at + 8, little), u16(b, at + 10, little));
      break;
    case BLOCK.simplePacket:
      simplePacket(walk, w, frames, at, total);
      break;
    case BLOCK.sectionHeader:
      section(walk, w, at, total);
      break;
    case BLOCK.interfaceDescription:
      describe(walk, w, at, total);
      break;
    case BLOCK.interfaceStatistics:
      statistics(walk, w, at, total);
      break;
    default:
      skip(walk, blockName(type));
  }
}

/** Appendix A: nobody counted. */
const DROPS_UNKNOWN = 0xffff;

// 4.3 Enhanced Packet Block and appendix A, Packet Block: they differ in the width of the interface number, and in where
// they tell of packets that were lost before them.
function packet(walk: Walk, w: Window, frames: FrameWriter, at: number, total: number, id: number, drops = 0): void {
  const b = w.bytes;
  const { little } = walk;
  const f = id < walk.interfaces.length ? walk.interfaces[id]! : lostInterface(walk, w.origin + at, id);
  const high = u32(b, at + 12, little);
  const low = u32(b, at + 16, little);
  const claimed = u32(b, at + 20, little);
  const room = total - 32;
  const captured = Math.min(claimed, room);
  if (claimed > room) {
    const message = `${claimed} octets claimed, room for ${room}`;
    walk.log.add(PCAPNG_RULES.capturedLength, w.origin + at + 20, 4, message);
  }
  if (walk.base === null) useBase(walk, absoluteTime(f, high, low));
  const before = f.last;
  write(walk, w, frames, at + 28, captured, u32(b, at + 24, little), f, relativeTime(f, high, low));
  const number = frames.given + frames.count;
  if (drops !== 0 && drops !== DROPS_UNKNOWN) {
    walk.losses.between(f, id, { before, packets: drops, number }, w.origin + at + 10, 2);
  }
  const options = at + 28 + padded(captured);
  if (options + 4 >= at + total - 4) return;
  readComments(walk, w, options, at + total - 4, number, (code, pos, length) => {
    if (code !== OPTION.packetDropped || length < 8) return;
    walk.losses.between(f, id, { before, packets: count64(b, pos, little), number }, w.origin + pos, 8);
  });
}

const count64 = (b: Uint8Array, at: number, little: boolean): number =>
  u32(b, little ? at + 4 : at, little) * 4294967296 + u32(b, little ? at : at + 4, little);

// 4.4 Simple Packet Block: interface 0, no time; the captured length follows from the snapshot length.
function simplePacket(walk: Walk, w: Window, frames: FrameWriter, at: number, total: number): void {
  const f = walk.interfaces.length > 0 ? walk.interfaces[0]! : lostInterface(walk, w.origin + at, 0);
  const original = u32(w.bytes, at + 8, walk.little);
  const snap = f.snapLength === 0 ? original : Math.min(original, f.snapLength);
  const room = total - 16;
  if (snap > room) {
    const message = `${snap} octets expected, room for ${room}`;
    walk.log.add(PCAPNG_RULES.capturedLength, w.origin + at + 8, 4, message);
  }
  write(walk, w, frames, at + 12, Math.min(snap, room), original, f, Number.NaN);
}

function write(
  walk: Walk,
  w: Window,
  frames: FrameWriter,
  start: number,
  captured: number,
  original: number,
  f: CaptureInterface,
  time: number,
): void {
  const { now, count } = frames;
  if (original < captured) {
    const message = `Captured ${captured} octets of ${original}`;
    walk.log.once(PCAPNG_RULES.originalLength, w.origin + start - 4, 4, message);
  }
  now.start[count] = start;
  now.length[count] = captured;
  now.wireLength[count] = Math.min(Math.max(original, captured), 0x7fffffff);
  now.linkType[count] = f.linkType;
  now.time[count] = time;
  f.last = time;
  now.offset[count] = w.origin + start;
  frames.count = count + 1;
}

function lostInterface(walk: Walk, at: number, id: number): CaptureInterface {
  const first = walk.interfaces[0];
  const instead = first === undefined ? 'its link type is unknown' : 'it is read as one of interface 0';
  walk.log.add(PCAPNG_RULES.noInterface, at, 12, `A packet of interface ${id}; ${instead}`);
  return first ?? walk.unknown;
}

function useBase(walk: Walk, base: bigint): void {
  walk.base = base;
  for (const f of walk.interfaces) setBase(f, base);
  setBase(walk.unknown, base);
}

// 4.1 Section Header Block.
function section(walk: Walk, w: Window, at: number, total: number): void {
  const { little, log } = walk;
  const major = u16(w.bytes, at + 12, little);
  const minor = u16(w.bytes, at + 14, little);
  walk.sections++;
  keepHeader(walk, w.origin + at, total, true);
  walk.interfaces = [];
  walk.skip = major !== 1;
  if (walk.skip) {
    log.add(PCAPNG_RULES.version, w.origin + at + 12, 2, `Version ${major}.${minor}; the section is skipped`);
  } else if (minor !== 0 && minor !== 2) {
    log.add(PCAPNG_RULES.minorVersion, w.origin + at + 14, 2, `Version ${major}.${minor}; read as 1.0`);
  }
  readComments(walk, w, at + 24, at + total - 4, null);
}

function keepHeader({ headers }: Walk, at: number, total: number, begins: boolean): void {
  if (headers.length < LIMITS.headers) headers.push({ at, length: padded(total), begins });
}

function describe(walk: Walk, w: Window, at: number, total: number): void {
  if (walk.interfaces.length >= LIMITS.interfaces) {
    const message = `More than ${LIMITS.interfaces} interfaces; further ones are unknown`;
    walk.log.once(PCAPNG_RULES.interfaces, w.origin + at, total, message);
    return;
  }
  const comment = (text: string) => keepComment(walk, w.origin + at, null, text);
  const f = readInterface(w.bytes, at, at + total, walk.little, w.origin, walk.log, comment);
  if (walk.base !== null) setBase(f, walk.base);
  keepHeader(walk, w.origin + at, total, false);
  walk.interfaces.push(f);
  walk.interfacesSeen++;
}

// 4.6 Interface Statistics Block: only what was lost matters here. Its counts are those since the capture began.
function statistics(walk: Walk, w: Window, at: number, total: number): void {
  skip(walk, blockName(BLOCK.interfaceStatistics));
  const { little } = walk;
  const b = w.bytes;
  const id = u32(b, at + 8, little);
  const f = walk.interfaces[id];
  const time = (pos: number): number =>
    f === undefined || walk.base === null ? Number.NaN : relativeTime(f, u32(b, pos, little), u32(b, pos + 4, little));
  let until = time(at + 12);
  const lost = { dropped: 0, droppedByOs: 0 };
  const bad = eachOption(b, at + 20, at + total - 4, little, (code, pos, length) => {
    if (code === OPTION.comment) keepComment(walk, w.origin + at, null, optionText(b, pos, length));
    if (length < 8) return;
    if (code === OPTION.statisticsEnd) until = time(pos);
    if (code !== OPTION.statisticsDropped && code !== OPTION.statisticsOsDropped) return;
    const packets = count64(b, pos, little);
    const own = code === OPTION.statisticsDropped;
    lost[own ? 'dropped' : 'droppedByOs'] = packets;
    if (packets === 0) return;
    const by = own ? 'the interface' : 'the operating system';
    walk.log.add(PCAPNG_RULES.dropped, w.origin + pos, 8, `Interface ${id}: ${packets} packets dropped by ${by}`);
  });
  if (bad >= 0) reportOption(walk, w, bad, at + total - 4);
  if (f !== undefined) walk.losses.until(f, id, until, lost);
}

function readComments(
  walk: Walk,
  w: Window,
  at: number,
  end: number,
  frame: number | null,
  other?: (code: number, at: number, length: number) => void,
): void {
  const bad = eachOption(w.bytes, at, end, walk.little, (code, pos, length) => {
    if (code === OPTION.comment) keepComment(walk, w.origin + pos, frame, optionText(w.bytes, pos, length));
    else other?.(code, pos, length);
  });
  if (bad >= 0) reportOption(walk, w, bad, end);
}

function reportOption(walk: Walk, w: Window, at: number, end: number): void {
  walk.log.add(PCAPNG_RULES.options, w.origin + at, end - at, 'The rest of the options was not read');
}

function keepComment(walk: Walk, at: number, frame: number | null, text: string): void {
  if (walk.comments.length >= LIMITS.comments || walk.commentBytes + text.length > LIMITS.commentBytes) {
    walk.log.once(PCAPNG_RULES.comments, at, 0, `${walk.comments.length} comments are kept, further ones are not`);
    return;
  }
  walk.comments.push({ frame, text });
  walk.commentBytes += text.length;
}

const NAMES_KEPT = 100;

function skip(walk: Walk, what: string): void {
  const { skipped } = walk;
  const name = skipped.has(what) || skipped.size < NAMES_KEPT ? what : 'other unknown blocks';
  skipped.set(name, (skipped.get(name) ?? 0) + 1);
}
