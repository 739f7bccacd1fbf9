// Octets of a datagram or stream that came out of order: a sorted list without overlaps, in which the first copy wins.

import { type ByteMap, type FrameId, sliceMap } from '../base/bytemap.ts';
import type { Carrier } from '../link/carrier.ts';

export interface Extent {
  /** Position in the datagram or stream. */
  readonly at: number;
  readonly length: number;
  /** null: sent, but left out by the snapshot length. */
  readonly bytes: Uint8Array | null;
  /** Where the octets begin in `bytes`. */
  readonly start: number;
  /** Counted from the first octet of the extent. */
  readonly map: ByteMap;
  readonly frame: FrameId;
  readonly time: number;
  readonly order: number;
}

/** Octets [start, start+length) of a buffer, borrowed. */
export const extentOf = (at: number, bytes: Uint8Array, start: number, length: number, from: Carrier): Extent => ({
  at,
  length,
  bytes,
  start,
  map: from.origin(start, length),
  frame: from.frame(),
  time: from.time,
  order: from.order,
});

/** As many octets that the capture left out. */
export const lostExtent = (at: number, length: number, from: Carrier): Extent => ({
  at,
  length,
  bytes: null,
  start: 0,
  map: [],
  frame: from.frame(),
  time: from.time,
  order: from.order,
});

/** Octets [from, from+length) of an extent, still borrowed. */
export const partOf = (e: Extent, from: number, length: number): Extent =>
  from === 0 && length === e.length
    ? e
    : { ...e, at: e.at + from, length, start: e.start + from, map: sliceMap(e.map, from, length) };

/** A copy that outlives the batch. */
const owned = (e: Extent): Extent =>
  e.bytes === null ? e : { ...e, bytes: e.bytes.slice(e.start, e.start + e.length), start: 0 };

export interface Inserted {
  /** Octets that were new. */
  added: number;
  /** Octets that were there before with the same values, or with unknown ones. */
  repeated: number;
  /** Octets that were there before with other values. */
  conflicting: number;
}

/** Puts `e` into the list; what is there already stays. New octets are copied. */
export function insertExtent(list: Extent[], e: Extent): Inserted {
  const result: Inserted = { added: 0, repeated: 0, conflicting: 0 };
  const end = e.at + e.length;
  let at = e.at;
  let i = firstEndingAfter(list, at);
  while (at < end) {
    const next = list[i];
    const free = Math.min(end, next === undefined ? end : next.at);
    if (at < free) {
      list.splice(i, 0, owned(partOf(e, at - e.at, free - at)));
      result.added += free - at;
      at = free;
      i += 1;
      continue;
    }
    if (next === undefined) break;
    const upTo = Math.min(end, next.at + next.length);
    const differing = differences(e, next, at, upTo);
    result.conflicting += differing;
    result.repeated += upTo - at - differing;
    at = upTo;
    i += 1;
  }
  return result;
}

/** Index of the first extent that ends after `at`. Most arrive at the end of the list. */
function firstEndingAfter(list: readonly Extent[], at: number): number {
  let i = list.length;
  while (i > 0 && list[i - 1]!.at + list[i - 1]!.length > at) i -= 1;
  return i;
}

function differences(a: Extent, b: Extent, from: number, to: number): number {
  if (a.bytes === null || b.bytes === null) return 0;
  let n = 0;
  for (let at = from; at < to; at++) {
    if (a.bytes[a.start + at - a.at] !== b.bytes[b.start + at - b.at]) n += 1;
  }
  return n;
}
