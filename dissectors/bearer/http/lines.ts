// Messages written as a start line, header lines, an empty line and a body (RFC 9112 2.1, RFC 3261 7, RFC 2045 3).

import type { Cursor } from '../../base/cursor.ts';
import { latin1, type Span } from '../text/delimited.ts';
import type { LineFields, StartFields } from './fields.ts';
import { COLON, CR, find, LF, lineEnd, SPACE, TAB } from './octets.ts';
import { httpRules } from './rules.ts';

/** More header lines than any gateway sends. */
const MOST_HEADERS = 256;

/** Ranges are octets of the cursor's buffer; one character of `name` and `value` an octet, but for folded values. */
export interface HeaderLine extends Span {
  readonly name: string;
  readonly value: string;
  readonly valueSpan: Span;
}

export interface Request {
  readonly kind: 'request';
  readonly method: string;
  /** Request target, as sent. */
  readonly target: string;
  readonly targetSpan: Span;
}

export interface Response {
  readonly kind: 'response';
  readonly status: number;
  readonly reason: string;
}

export type StartLine = Request | Response;

export interface Head {
  readonly start: StartLine;
  readonly headers: readonly HeaderLine[];
}

/** Credentials stand in these (RFC 9110 11.6, RFC 6265). */
const SECRET =
  /^(?:proxy-)?authorization$|^(?:set-)?cookie2?$|^(?:proxy-)?authentication-info$|^x-kannel-(?:pass|pin)|^referer$/i;

/** Value of the first header with one of these names, in any case. */
export function headerOf(headers: readonly HeaderLine[], ...names: readonly string[]): HeaderLine | undefined {
  return headers.find((h) => names.some((n) => n.length === h.name.length && n.toLowerCase() === h.name.toLowerCase()));
}

export const headerValue = (headers: readonly HeaderLine[], ...names: readonly string[]): string =>
  headerOf(headers, ...names)?.value ?? '';

/** The octets of a line without its end; the cursor moves behind it. */
function takeLine(c: Cursor): Span {
  const start = c.pos;
  const at = lineEnd(c.bytes, start, c.end);
  const length = at > start && at < c.end && c.bytes[at - 1] === CR ? at - 1 - start : at - start;
  c.pos = Math.min(c.end, at + 1);
  return { start, length };
}

const isFolded = (c: Cursor): boolean => c.peek() === SPACE || c.peek() === TAB;

// RFC 9112 5, RFC 3261 7.3.1: name, colon, value; a line that begins with a blank goes on with the one before.
/** Reads header lines up to and with the empty line, or to the end of the window. */
export function readHeaders(c: Cursor, f: LineFields): HeaderLine[] {
  const out: HeaderLine[] = [];
  let crowded = false;
  while (c.left > 0) {
    const start = c.pos;
    const first = takeLine(c);
    if (first.length === 0) break;
    let end = first.start + first.length;
    while (isFolded(c)) {
      const more = takeLine(c);
      end = more.start + more.length;
    }
    const line: Span = { start, length: end - start };
    const header = headerIn(c.bytes, line);
    if (out.length >= MOST_HEADERS) {
      if (!crowded) c.report(httpRules.headers, start, 0, `${MOST_HEADERS} lines are read`);
      crowded = true;
      continue;
    }
    if (header === null) {
      c.report(httpRules.header, start, line.length, `a line of ${line.length} octets has no name and colon`);
      c.rec?.leaf(f.noHeader, start, line.length, latin1(c.bytes, line));
      continue;
    }
    out.push(header);
    if (c.rec !== null) {
      const field = SECRET.test(header.name) ? f.secretHeader : f.header;
      c.rec.leaf(field, start, line.length, `${header.name}: ${header.value}`);
    }
  }
  return out;
}

function headerIn(b: Uint8Array, line: Span): HeaderLine | null {
  const end = line.start + line.length;
  const colon = find(b, COLON, line.start, end);
  if (colon <= line.start || colon >= end) return null;
  const name = latin1(b, { start: line.start, length: colon - line.start }).trimEnd();
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) return null;
  let from = colon + 1;
  let to = end;
  while (from < to && isBlank(b[from]!)) from += 1;
  while (to > from && isBlank(b[to - 1]!)) to -= 1;
  const valueSpan: Span = { start: from, length: to - from };
  const value = latin1(b, valueSpan).replace(/\r?\n[ \t]+/g, ' ');
  return { ...line, name, value, valueSpan };
}

const isBlank = (v: number): boolean => v === SPACE || v === TAB || v === CR || v === LF;

/**
 * Reads a start line of `protocol` ('HTTP/1.' or 'SIP/2.0'); null where the line is none, and then the cursor stays.
 * `target` records the request target, which may hold secrets.
 */
export function readStartLine(
  c: Cursor,
  protocol: string,
  f: StartFields,
  target: (c: Cursor, at: Span) => void,
): StartLine | null {
  const before = c.pos;
  const line = takeLine(c);
  const text = latin1(c.bytes, line);
  const answer = /^([A-Z]+\/[\d.]+) (\d{3})(?: (.*))?$/s.exec(text);
  if (answer !== null && answer[1]!.startsWith(protocol)) {
    const [, version = '', code = '', reason = ''] = answer;
    if (c.rec !== null) {
      c.rec.leaf(f.version, line.start, version.length, version);
      c.rec.leaf(f.status, line.start + version.length + 1, 3, code);
      if (reason !== '') c.rec.leaf(f.reason, line.start + version.length + 5, reason.length, reason);
    }
    return { kind: 'response', status: Number(code), reason };
  }
  const asked = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+) (.*) ([A-Z]+\/[\d.]+)$/s.exec(text);
  if (asked?.[3]?.startsWith(protocol) !== true) {
    c.pos = before;
    return null;
  }
  const [, method = '', wanted = '', version = ''] = asked;
  const targetSpan: Span = { start: line.start + method.length + 1, length: wanted.length };
  if (c.rec !== null) {
    c.rec.leaf(f.method, line.start, method.length, method);
    target(c, targetSpan);
    c.rec.leaf(f.version, targetSpan.start + targetSpan.length + 1, version.length, version);
  }
  return { kind: 'request', method, target: wanted, targetSpan };
}

/** First line and header lines; null where the first line is none of the protocol. */
export function readHead(
  c: Cursor,
  protocol: string,
  f: StartFields,
  target: (c: Cursor, at: Span) => void,
): Head | null {
  const start = readStartLine(c, protocol, f, target);
  return start === null ? null : { start, headers: readHeaders(c, f) };
}
