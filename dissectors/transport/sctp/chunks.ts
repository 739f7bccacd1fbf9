// Chunks of an SCTP packet: where each begins and ends, and what the driver needs of those that carry data.

import { u16At, wordAt } from '../../link/packet.ts';

/** RFC 9260 3.2; RFC 8260 2.1: I-DATA. */
export const CHUNK = {
  data: 0,
  init: 1,
  initAck: 2,
  sack: 3,
  abort: 6,
  error: 9,
  shutdownComplete: 14,
  iData: 64,
} as const;

/** RFC 9260 3.3.1, flags of DATA. */
export const ENDING = 0x01;
export const BEGINNING = 0x02;
export const UNORDERED = 0x04;

/** Source port, destination port, verification tag, checksum. */
export const COMMON_HEADER = 12;
/** Type, flags, length. */
export const CHUNK_HEADER = 4;
export const DATA_HEADER = 16;
export const I_DATA_HEADER = 20;
/** RFC 9260 3.3.2: what INIT has at least behind the chunk header. */
const INIT_VALUE = 16;

/** One chunk, overwritten by the next one. */
export interface Chunk {
  type: number;
  flags: number;
  /** Of the type octet. */
  at: number;
  /** Behind the last octet that is there. */
  end: number;
  /** Octets the length announces beyond `end`. */
  missing: number;
}

export const createChunk = (): Chunk => ({ type: 0, flags: 0, at: 0, end: 0, missing: 0 });

/**
 * RFC 9260 3.2: reads the chunk at `at`. Returns where the next one begins, `end` or behind it where there is none, -1
 * where no chunk can begin here: fewer than four octets, or a length below four.
 */
export function nextChunk(b: Uint8Array, at: number, end: number, into: Chunk): number {
  if (end - at < CHUNK_HEADER) return -1;
  const length = u16At(b, at + 2);
  if (length < CHUNK_HEADER) return -1;
  into.type = b[at]!;
  into.flags = b[at + 1]!;
  into.at = at;
  into.end = Math.min(at + length, end);
  into.missing = Math.max(0, at + length - end);
  // "The Chunk Length field does not count any chunk padding"; chunks begin at multiples of four octets.
  return at + ((length + 3) & ~3);
}

/** Initiate tag and initial TSN of INIT and INIT ACK; null where the chunk is cut before them. */
export function initOf(b: Uint8Array, k: Chunk): { readonly tag: number; readonly tsn: number } | null {
  if (k.end - k.at < CHUNK_HEADER + INIT_VALUE) return null;
  return { tag: wordAt(b, k.at + 4) >>> 0, tsn: wordAt(b, k.at + 16) >>> 0 };
}

/**
 * Can the octets be an SCTP packet? Asked where only a UDP port says so (RFC 6951): multiples of four octets, and a
 * first chunk that fits.
 */
export function looksLikeSctp(b: Uint8Array, start: number, end: number, missing: number): boolean {
  const length = end - start;
  if (length < COMMON_HEADER + CHUNK_HEADER || (missing === 0 && length % 4 !== 0)) return false;
  const at = start + COMMON_HEADER;
  const type = b[at]!;
  const known = type <= 15 || type === CHUNK.iData || (type >= 128 && type <= 132) || (type >= 192 && type <= 194);
  const size = u16At(b, at + 2);
  return known && size >= CHUNK_HEADER && at + size <= end + missing;
}

/** RFC 9260 3.3.10: causes of an ABORT, in numbers. */
export function causesOf(b: Uint8Array, k: Chunk): number[] {
  const out: number[] = [];
  for (let at = k.at + CHUNK_HEADER; k.end - at >= 4; ) {
    out.push(u16At(b, at));
    at += Math.max(4, (u16At(b, at + 2) + 3) & ~3);
  }
  return out;
}
