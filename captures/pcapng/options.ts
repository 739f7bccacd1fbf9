// draft-ietf-opsawg-pcapng-05 3.5, Options.

import { u16 } from '../octets.ts';
import { padded } from './format.ts';

export const OPTION = {
  end: 0,
  comment: 1,
  interfaceName: 2,
  interfaceDescription: 3,
  timeResolution: 9,
  fcsLength: 13,
  timeOffset: 14,
  packetDropped: 4,
  statisticsEnd: 3,
  statisticsDropped: 5,
  statisticsOsDropped: 7,
} as const;

const utf8 = new TextDecoder();

/** Text of an option: UTF-8, some writers close it with NUL. */
export const optionText = (b: Uint8Array, at: number, length: number): string => {
  let end = at + length;
  while (end > at && b[end - 1] === 0) end--;
  return utf8.decode(b.subarray(at, end));
};

/**
 * Calls `visit` with each option of [at, end): its code and the place of its value. Returns the position of an option
 * that does not fit, or -1.
 */
export function eachOption(
  b: Uint8Array,
  at: number,
  end: number,
  little: boolean,
  visit: (code: number, at: number, length: number) => void,
): number {
  let pos = at;
  while (pos + 4 <= end) {
    const code = u16(b, pos, little);
    const length = u16(b, pos + 2, little);
    if (code === OPTION.end) return length === 0 ? -1 : pos;
    if (pos + 4 + length > end) return pos;
    visit(code, pos + 4, length);
    pos += 4 + padded(length);
  }
  return -1;
}
