// Where an HTTP/1.x message ends. An own small framer and no library: it has to say how long a message is from what is
// there so far, keep nothing, and lead every octet back to its frame.

import { NEED_MORE, NOT_OURS } from '../../base/dissector.ts';
import { begins, COLON, CR, decimal, find, findHeader, headEnd, isText, LF, lineEnd, SPACE, spells } from './octets.ts';

/** More than gateways and proxies accept. */
const MAX_HEAD = 16 * 1024;
/** Documents are small; what is longer is another kind of traffic on the connection. */
export const MAX_MESSAGE = 1024 * 1024;
/** Each look begins at the first chunk again, so that nothing has to be kept. */
const MAX_CHUNKS = 1024;
const CHUNK_LINE = 64;
/** How much is asked for at once where only the end of the connection ends the body (RFC 9112 6.3). */
const MORE = 1024;

const METHODS = ['GET ', 'POST ', 'PUT ', 'HEAD ', 'OPTIONS ', 'DELETE ', 'PATCH '] as const;
const RESPONSE = 'HTTP/1.';
/** 'HTTP/1.1 204' */
const STATUS_AT = 9;

/** 'no': no message begins so; 'maybe': more octets are needed to tell. */
function startOf(b: Uint8Array, start: number, end: number): 'no' | 'maybe' | 'request' | 'response' {
  if (begins(b, start, end, RESPONSE)) return end - start >= RESPONSE.length ? 'response' : 'maybe';
  for (const m of METHODS) {
    if (begins(b, start, end, m)) return end - start >= m.length ? 'request' : 'maybe';
  }
  return 'no';
}

/** Can a message of any kind begin here, in a connection that is HTTP's already? */
export function resumesHttp(b: Uint8Array, start: number, end: number): boolean {
  const kind = startOf(b, start, end);
  return kind === 'request' || kind === 'response';
}

/** RFC 9112 3: a request line ends with the version. */
function isRequestLine(b: Uint8Array, start: number, end: number): boolean {
  let stop = lineEnd(b, start, end);
  if (stop > start && b[stop - 1] === CR) stop -= 1;
  return stop - start > 8 && isText(b, stop - 8, stop, RESPONSE) && b[stop - 9] === SPACE;
}

/** RFC 9112 6.3: these have no body whatever their headers say. */
function isBodiless(b: Uint8Array, start: number): boolean {
  const at = start + STATUS_AT;
  return b[at] === 0x31 || isText(b, at, at + 3, '204') || isText(b, at, at + 3, '304');
}

/**
 * Length of the message that begins at `start`: what is certain of it so far where its end is not there yet, NEED_MORE
 * or NOT_OURS. `last`: nothing will follow.
 */
export function frameHttp(b: Uint8Array, start: number, end: number, last: boolean): number {
  // RFC 9112 2.2: an empty line in front of a request is tolerated.
  if (b[start] === CR || b[start] === LF) return b[start] === CR && b[start + 1] === LF && start + 1 < end ? 2 : 1;
  const kind = startOf(b, start, end);
  if (kind === 'no') return NOT_OURS;
  if (kind === 'maybe') return NEED_MORE;
  const body = headEnd(b, start, Math.min(end, start + MAX_HEAD));
  if (body < 0) {
    if (end - start >= MAX_HEAD) return NOT_OURS;
    return last ? end - start : NEED_MORE;
  }
  if (kind === 'request' && !isRequestLine(b, start, body)) return NOT_OURS;
  if (kind === 'response' && isBodiless(b, start)) return body - start;
  const coding = findHeader(b, start, body, 'transfer-encoding');
  if (coding !== null && endsChunked(b, coding.start, coding.end)) return body - start + chunked(b, body, end, last);
  const said = findHeader(b, start, body, 'content-length');
  if (said !== null) {
    const length = decimal(b, said);
    if (length < 0) return NOT_OURS;
    // The answer to HEAD announces a body that does not come (RFC 9112 6.3); another answer tells.
    const headOnly = kind === 'response' && length > 0 && isText(b, body, end, RESPONSE);
    return body - start + (headOnly ? 0 : length);
  }
  if (kind === 'request') return body - start;
  return last ? end - start : end - start + MORE;
}

/** RFC 9112 6.1: 'chunked' is the last coding. */
const endsChunked = (b: Uint8Array, start: number, end: number): boolean =>
  end - start >= 7 && spells(b, end - 7, end, 'chunked');

/** A chunk of a body: the line with its size, and its octets. */
export interface Chunk {
  readonly start: number;
  readonly length: number;
  /** Behind the chunk and the end of its line. */
  readonly next: number;
}

/** The chunk at `at`; null where its line is not there or says no size. RFC 9112 7.1. */
export function chunkAt(b: Uint8Array, at: number, end: number): Chunk | null {
  const stop = lineEnd(b, at, Math.min(end, at + CHUNK_LINE));
  if (stop >= end || b[stop] !== LF) return null;
  let size = 0;
  let i = at;
  for (; i < stop; i += 1) {
    const v = b[i]!;
    const digit = v >= 0x30 && v <= 0x39 ? v - 0x30 : (v | 0x20) >= 0x61 && (v | 0x20) <= 0x66 ? (v | 0x20) - 0x57 : -1;
    if (digit < 0) break;
    size = size * 16 + digit;
    if (size > MAX_MESSAGE) return null;
  }
  if (i === at || (b[i] !== CR && b[i] !== LF && b[i] !== 0x3b && b[i] !== SPACE)) return null;
  const start = stop + 1;
  const after = start + size;
  const next = size === 0 ? after : b[after] === CR ? after + 2 : after + 1;
  return { start, length: size, next };
}

/** Octets of a chunked body as far as is certain. */
function chunked(b: Uint8Array, body: number, end: number, last: boolean): number {
  let at = body;
  for (let n = 0; n < MAX_CHUNKS; n += 1) {
    const chunk = chunkAt(b, at, end);
    if (chunk === null) {
      // A chunk line that is there and can't be read: what follows is not of this message.
      const broken = end - at >= CHUNK_LINE || lineEnd(b, at, end) < end;
      return broken || last ? at - body : end - body + 3;
    }
    if (chunk.length === 0) return trailer(b, chunk.next, end, last) - body;
    at = chunk.next;
    if (at >= end) return at - body + 5;
  }
  return MAX_MESSAGE + 1;
}

/** Behind the trailer section: header lines, if any, and an empty line. */
function trailer(b: Uint8Array, start: number, end: number, last: boolean): number {
  let at = start;
  while (at < end) {
    const stop = lineEnd(b, at, end);
    if (stop >= end) break;
    const isEmpty = stop === at || (stop === at + 1 && b[at] === CR);
    if (isEmpty) return stop + 1;
    // RFC 9112 7.1.2: nothing but headers; a line without a colon is of the next message.
    if (find(b, COLON, at, stop) === stop) return at;
    at = stop + 1;
  }
  return last ? end : end + 1;
}
