// Where the headers of a Push really end: gateways get the headers length wrong.

import { Cursor } from '../../base/cursor.ts';
import { charsetByMib } from '../../content/charset.ts';
import { tableByPublicId } from '../../content/wbxml/tables.ts';
import { extentOf, readText, readUintvar } from './primitives.ts';

/** Headers looked at while searching. */
const STEPS = 200;

/** Do the octets at `start` begin a WBXML document of a known type, or an XML text? Strict. */
export function looksLikeBody(bytes: Uint8Array, start: number, end: number): boolean {
  return looksLikeWbxml(bytes, start, end) || looksLikeXml(bytes, start, end);
}

function looksLikeWbxml(bytes: Uint8Array, start: number, end: number): boolean {
  const c = new Cursor(bytes, start, end);
  const version = c.peek();
  if (version === undefined || version < 0x01 || version > 0x03) return false;
  c.skip(1);
  const id = readUintvar(c, null);
  // 1 is 'unknown', which the older settings documents have
  if (id === undefined || (id !== 0 && id !== 1 && tableByPublicId(id) === undefined)) return false;
  if (id === 0) readUintvar(c, null);
  const charset = readUintvar(c, null);
  if (charset === undefined || (charset !== 0 && charsetByMib(charset) === undefined)) return false;
  const table = readUintvar(c, null);
  if (table === undefined || table >= c.left) return false;
  c.skip(table);
  const token = c.peek();
  return token !== undefined && (token & 0x3f) >= 4;
}

function looksLikeXml(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 4 || bytes[start] !== 0x3c) return false;
  const next = bytes[start + 1]!;
  return next === 0x3f || next === 0x21 || (next >= 0x61 && next <= 0x7a);
}

export interface HeadersEnd {
  readonly end: number;
  /** What is wrong with the claimed length. */
  readonly fault: 'long' | 'short' | null;
}

/**
 * The end of the headers that begin at the cursor and claim `claimed` octets. The claim stands unless no document
 * begins where it says and one does begin at another header's edge.
 */
export function headersEnd(c: Cursor, claimed: number): HeadersEnd {
  const { pos: start, end: limit, bytes } = c;
  const told = start + claimed;
  const bodyAt = (at: number): boolean => at > start && looksLikeBody(bytes, at, limit);
  if (told === limit || (told < limit && bodyAt(told))) return { end: told, fault: null };
  if (told < limit) {
    // A text whose zero was forgotten, or counted although it isn't there.
    if (bytes[told] === 0 && bodyAt(told + 1)) return { end: told + 1, fault: 'short' };
    if (bodyAt(told - 1)) return { end: told - 1, fault: 'long' };
  }
  for (const edge of edges(c)) {
    if (bodyAt(edge)) return { end: edge, fault: edge < told ? 'long' : 'short' };
  }
  return told > limit ? { end: limit, fault: 'long' } : { end: told, fault: null };
}

/** Ends of the content type and of the headers behind it, as far as they make sense. */
function* edges(c: Cursor): Generator<number> {
  const at = new Cursor(c.bytes, c.pos, c.end);
  const first = extentOf(at);
  if (first === undefined || first.overrun) return;
  at.pos = first.end;
  yield at.pos;
  for (let n = 0; n < STEPS && at.left > 0; n += 1) {
    const o = at.peek()!;
    if (o === 0) return;
    if (o === 0x7f) at.skip(Math.min(2, at.left));
    else if (o < 0x20) at.skip(1);
    else {
      if (o < 0x80) readText(at);
      else at.skip(1);
      const value = extentOf(at);
      if (value === undefined || value.overrun) return;
      at.pos = value.end;
    }
    yield at.pos;
  }
}
