// RFC 3261 7, 18.3: where a SIP message in a stream begins and ends.

import { NEED_MORE, NOT_OURS } from '../../base/dissector.ts';
import { begins, CR, decimal, findHeader, headEnd, isText, LF, lineEnd, SPACE, spells } from '../http/octets.ts';

const MAX_HEAD = 32 * 1024;
export const MAX_SIP = 128 * 1024;

const RESPONSE = 'SIP/2.0 ';
const METHODS = [
  'MESSAGE ',
  'REGISTER ',
  'OPTIONS ',
  'INVITE ',
  'ACK ',
  'BYE ',
  'CANCEL ',
  'SUBSCRIBE ',
  'NOTIFY ',
  'PUBLISH ',
  'PRACK ',
  'UPDATE ',
  'REFER ',
  'INFO ',
] as const;
const SCHEMES = ['sip:', 'sips:', 'tel:', 'urn:'] as const;

/** 1 where a SIP message begins with these octets, 0 where they are too few to tell, -1 where none does. */
function startOf(b: Uint8Array, start: number, end: number): -1 | 0 | 1 {
  if (begins(b, start, end, RESPONSE)) {
    if (end - start < RESPONSE.length + 3) return 0;
    const digits = [0, 1, 2].every(
      (i) => b[start + RESPONSE.length + i]! >= 0x30 && b[start + RESPONSE.length + i]! <= 0x39,
    );
    return digits ? 1 : -1;
  }
  const method = METHODS.find((m) => begins(b, start, end, m));
  if (method === undefined) return -1;
  const uri = start + method.length;
  if (end - uri < 5) return 0;
  return SCHEMES.some((s) => spells(b, uri, end, s)) ? 1 : -1;
}

/** RFC 3261 7.1: the first line of a request ends with the version. */
function firstLineFits(b: Uint8Array, start: number, end: number): boolean {
  if (b[start] === 0x53 && isText(b, start, end, RESPONSE)) return true;
  const line = lineEnd(b, start, end);
  if (line >= end) return true;
  const stop = b[line - 1] === CR ? line - 1 : line;
  return stop - start > 8 && isText(b, stop - 7, stop, 'SIP/2.0') && b[stop - 8] === SPACE;
}

export const FIRST_OCTETS: readonly number[] = [...new Set([RESPONSE, ...METHODS].map((text) => text.charCodeAt(0)))];

export function looksLikeSip(b: Uint8Array, start: number, end: number): boolean {
  return startOf(b, start, end) === 1 && firstLineFits(b, start, end);
}

/** RFC 5626 3.5.1: empty lines between messages keep the connection open. */
function emptyLines(b: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && (b[at] === CR || b[at] === LF)) at += 1;
  return at - start;
}

export function frameSip(b: Uint8Array, start: number, end: number, last: boolean): number {
  const blank = emptyLines(b, start, end);
  if (blank > 0) return blank;
  const fits = startOf(b, start, end);
  if (fits < 0) return NOT_OURS;
  if (fits === 0) return NEED_MORE;
  const body = headEnd(b, start, Math.min(end, start + MAX_HEAD));
  if (body < 0) {
    if (end - start >= MAX_HEAD) return NOT_OURS;
    return last ? end - start : NEED_MORE;
  }
  if (!firstLineFits(b, start, body)) return NOT_OURS;
  const said = findHeader(b, start, body, 'content-length', 'l');
  const length = said === null ? 0 : decimal(b, said);
  return length < 0 ? NOT_OURS : body - start + length;
}
