// Can a message of the signalling connection control part begin here?

import { MESSAGE } from './types.ts';

/** Octets that may follow: check bits of the link. */
const MOST_TRAILING = 3;

/** The shortest called or calling address has an indicator and something it points at; the longest is a long number. */
const MOST_ADDRESS = 40;

/** A one-octet pointer at `at` leads to a length that fits; its end, or -1. */
function variableEnd(b: Uint8Array, at: number, end: number, most: number): number {
  const p = b[at] ?? 0;
  const start = at + p;
  if (p === 0 || start >= end) return -1;
  const length = b[start]!;
  return length === 0 || length > most || start + 1 + length > end ? -1 : start + 1 + length;
}

function unitdata(b: Uint8Array, pointers: number, end: number, optional: boolean): boolean {
  const called = variableEnd(b, pointers, end, MOST_ADDRESS);
  const calling = variableEnd(b, pointers + 1, end, MOST_ADDRESS);
  const data = variableEnd(b, pointers + 2, end, 255);
  if (called < 0 || calling < 0 || data < 0) return false;
  return optional || end - Math.max(called, calling, data) <= MOST_TRAILING;
}

function longUnitdata(b: Uint8Array, pointers: number, end: number): boolean {
  for (const at of [pointers, pointers + 2]) {
    const start = at + 1 + (b[at] ?? 0) + 256 * (b[at + 1] ?? 0);
    if (start >= end || b[start]! === 0 || b[start]! > MOST_ADDRESS) return false;
  }
  return true;
}

/** Judges octets [at, end): 2 where the parameters of a message lie in them as they should, 1 where they may, else 0. */
export function looksLikeSccp(b: Uint8Array, at: number, end: number): 0 | 1 | 2 {
  const size = end - at;
  if (size < 2) return 0;
  switch (b[at]) {
    case MESSAGE.udt:
    case MESSAGE.udts:
      return size > 5 && unitdata(b, at + 2, end, false) ? 2 : 0;
    case MESSAGE.xudt:
    case MESSAGE.xudts:
      return size > 7 && unitdata(b, at + 3, end, true) ? 2 : 0;
    case MESSAGE.ludt:
    case MESSAGE.ludts:
      return size > 11 && longUnitdata(b, at + 3, end) ? 2 : 0;
    case MESSAGE.cr:
      return size > 7 && (b[at + 4]! & 0x0e) === 2 && variableEnd(b, at + 5, end, MOST_ADDRESS) > 0 ? 2 : 0;
    case MESSAGE.cc:
      return size > 8 && (b[at + 7]! & 0x0e) === 2 ? 1 : 0;
    case MESSAGE.dt1:
      return size > 6 && b[at + 4]! <= 1 && variableEnd(b, at + 5, end, 255) > 0 ? 1 : 0;
    case MESSAGE.dt2:
      return size > 7 && variableEnd(b, at + 6, end, 255) > 0 ? 1 : 0;
    case MESSAGE.rlc:
      return size >= 7 && size <= 7 + MOST_TRAILING ? 1 : 0;
    default:
      return b[at]! >= MESSAGE.cref && b[at]! <= 0x10 && size >= 5 && size < 300 ? 1 : 0;
  }
}
