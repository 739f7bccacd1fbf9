// Is this a WSP Push? Asked of reassembled short messages without ports, and of datagrams nobody claims.

import { Cursor } from '../../base/cursor.ts';
import { looksLikeBody } from './framing.ts';
import { mediaTypeName } from './mediatypes.ts';
import { CONFIRMED_PUSH, HEADER_NAMES, PUSH } from './names.ts';
import { extentOf, readInteger, readText, readUintvar } from './primitives.ts';

/** Media types pushes have; the list of all content types has many that nobody pushes. */
const PUSHED =
  /^(?:(?:text|application)\/vnd\.wap\.|application\/vnd\.(?:oma|syncml|nokia|wv|cmcc|motorola)|application\/x-wap-prov|application\/vnd\.omaloc|text\/vnd\.)/;

/** Longest headers a push of a few short messages can have. */
const MOST_HEADERS = 1024;

/** The media type at the cursor, as text, without judging it. */
function mediaTypeAt(c: Cursor): string | undefined {
  const e = extentOf(c);
  if (e === undefined || e.overrun) return undefined;
  const inner = new Cursor(c.bytes, e.kind === 'data' ? e.start : c.pos, e.end);
  c.pos = e.end;
  const first = inner.peek();
  if (first === undefined) return undefined;
  if (first >= 0x20 && first < 0x80) {
    const t = readText(inner).text.toLowerCase();
    return /^[a-z0-9.+*-]+\/[a-z0-9.+*-]+(?:\s*;.*)?$/.test(t) ? t : undefined;
  }
  const code = readInteger(inner);
  return code === undefined ? undefined : mediaTypeName(code)?.toLowerCase();
}

/** Are there only assigned or textual headers up to the end of the window? */
function onlyHeaders(c: Cursor): boolean {
  while (c.left > 0) {
    const first = c.peek()!;
    if (first < 0x20 || first === 0x7f) return false;
    if (first >= 0x80) {
      if (!HEADER_NAMES.has(first & 0x7f)) return false;
      c.skip(1);
    } else if (!readText(c).terminated) return false;
    const e = extentOf(c);
    if (e === undefined || e.overrun) return false;
    c.pos = e.end;
  }
  return true;
}

/**
 * How sure the octets [start, end) are a connectionless Push: 0 no, 0.5 the frame fits, 0.8 a media type that is
 * pushed, 0.95 with a document of that kind behind it, too. Cheap: looks at the headers and the first octets of the
 * body.
 */
export function looksLikePush(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 4) return 0;
  const type = bytes[start + 1];
  if (type !== PUSH && type !== CONFIRMED_PUSH) return 0;
  const c = new Cursor(bytes, start + 2, end);
  const length = readUintvar(c, null);
  if (length === undefined || length === 0 || length > Math.min(c.left, MOST_HEADERS)) return 0;
  const body = c.pos + length;
  const headers = new Cursor(bytes, c.pos, body);
  const mediaType = mediaTypeAt(headers);
  if (mediaType === undefined || !onlyHeaders(headers)) return 0;
  if (!PUSHED.test(mediaType)) return 0.5;
  return looksLikeBody(bytes, body, end) ? 0.95 : 0.8;
}
