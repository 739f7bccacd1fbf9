// From the octets behind the header section to the content: chunks joined, compression undone.

import { Inflate } from '../../../captures/compressed/inflate.ts';
import { Damage } from '../../../captures/compressed/input.ts';
import { concatMapped, type Mapped } from '../../base/bytemap.ts';
import type { Cursor } from '../../base/cursor.ts';
import type { Context } from '../../base/dissector.ts';
import type { Span } from '../text/delimited.ts';
import { httpFields as f } from './fields.ts';
import { chunkAt } from './frame.ts';
import { type HeaderLine, headerValue } from './lines.ts';
import { CR, decimal, LF } from './octets.ts';
import { httpRules } from './rules.ts';

/** Octets a compressed body may hold: far more than any document for a phone. */
const MOST_INFLATED = 1024 * 1024;

export interface Body {
  readonly content: Mapped;
  /** Where the content stands in the cursor's buffer; null where it is not there as it is. */
  readonly plain: Span | null;
  /** The capture, or the sender, has less of it than was announced. */
  readonly cut: boolean;
}

const mapped = (c: Cursor, ctx: Context, s: Span): Mapped => ({
  bytes: c.bytes.subarray(s.start, s.start + s.length),
  map: ctx.origin(s.start, s.length),
});

// RFC 9112 6, 7.1; RFC 9110 8.4.
/** Reads the body in the rest of the window. `missing`: octets behind it that the capture does not hold. */
export function readBody(c: Cursor, ctx: Context, headers: readonly HeaderLine[]): Body {
  const span: Span = { start: c.pos, length: c.left };
  const coding = headerValue(headers, 'Transfer-Encoding').toLowerCase();
  const isChunked = coding.endsWith('chunked');
  let cut = (ctx.missing ?? 0) > 0 || isShort(c, headers, isChunked);
  let plain: Span | null = span;
  let content: Mapped;
  if (isChunked) {
    const joined = joinChunks(c, ctx);
    content = joined.content;
    cut ||= joined.cut;
    plain = null;
  } else {
    content = mapped(c, ctx, span);
    if (span.length > 0) c.rec?.leaf(f.body, span.start, span.length, null, `${span.length} octets`);
  }
  c.pos = c.end;
  const encoding = headerValue(headers, 'Content-Encoding').trim().toLowerCase();
  if (encoding === '' || encoding === 'identity') return { content, plain, cut };
  const raw = unpack(c, span, content, encoding, cut);
  // The way back to frames ends here: no octet of the content is an octet of a frame.
  return { content: { bytes: raw ?? new Uint8Array(0), map: [] }, plain: null, cut: cut || raw === null };
}

function isShort(c: Cursor, headers: readonly HeaderLine[], isChunked: boolean): boolean {
  if (isChunked) return false;
  const said = headers.find((h) => h.name.toLowerCase() === 'content-length');
  if (said === undefined) return false;
  const { start, length } = said.valueSpan;
  const octets = decimal(c.bytes, { start, end: start + length });
  if (octets <= c.left) return false;
  c.report(httpRules.bodyShort, c.pos, c.left, `${c.left} of ${octets} octets are there`);
  return true;
}

function joinChunks(c: Cursor, ctx: Context): { readonly content: Mapped; readonly cut: boolean } {
  const parts: Mapped[] = [];
  let cut = true;
  while (c.left > 0) {
    const chunk = chunkAt(c.bytes, c.pos, c.end);
    if (chunk === null) break;
    if (chunk.length === 0) {
      cut = false;
      break;
    }
    const length = Math.min(chunk.length, c.end - chunk.start);
    parts.push(mapped(c, ctx, { start: chunk.start, length }));
    c.rec?.leaf(f.chunk, chunk.start, length, null, `${length} octets`);
    c.pos = Math.min(c.end, chunk.next);
  }
  if (cut) {
    const wrong = c.left > 0 && c.peek() !== CR && c.peek() !== LF;
    c.report(httpRules.chunk, c.pos, c.left, wrong ? 'a chunk has no size' : 'the last chunk is not there');
  }
  return { content: concatMapped(parts), cut };
}

/** null where nothing could be read. */
function unpack(c: Cursor, at: Span, body: Mapped, encoding: string, cut: boolean): Uint8Array | null {
  const from = startOfDeflate(body.bytes, encoding);
  if (from === 'unknown') {
    c.report(httpRules.encoding, at.start, at.length, `the encoding is ${encoding.slice(0, 40)}`);
    return null;
  }
  if (body.bytes.length === 0) return new Uint8Array(0);
  const out = from === 'damaged' ? null : inflate(body.bytes, from);
  if (out === null || (!out.whole && !out.large)) {
    const what = cut ? 'it is not all there' : 'its octets are damaged';
    c.report(httpRules.damaged, at.start, at.length, `after ${out?.bytes.length ?? 0} octets: ${what}`);
  } else if (out.large) {
    c.report(httpRules.large, at.start, at.length, `${MOST_INFLATED} octets were read`);
  }
  return out?.bytes ?? null;
}

/** Where the DEFLATE stream begins: behind the header of RFC 1952 2.3, of RFC 1950 2.2, or at once (sent by mistake). */
function startOfDeflate(b: Uint8Array, encoding: string): number | 'damaged' | 'unknown' {
  if (encoding === 'deflate') {
    const zlib = ((b[0] ?? 0) & 0x0f) === 8 && (((b[0] ?? 0) << 8) | (b[1] ?? 0)) % 31 === 0;
    return zlib ? 2 : 0;
  }
  if (encoding !== 'gzip' && encoding !== 'x-gzip') return 'unknown';
  if (b[0] !== 0x1f || b[1] !== 0x8b || b[2] !== 8 || b.length < 10) return 'damaged';
  const flags = b[3]!;
  let at = 10;
  if ((flags & 4) !== 0) at += 2 + ((b[at] ?? 0) | ((b[at + 1] ?? 0) << 8));
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue;
    while (at < b.length && b[at] !== 0) at += 1;
    at += 1;
  }
  if ((flags & 2) !== 0) at += 2;
  return at >= b.length ? 'damaged' : at;
}

interface Inflated {
  readonly bytes: Uint8Array;
  readonly whole: boolean;
  readonly large: boolean;
}

function inflate(b: Uint8Array, from: number): Inflated {
  const stream = new Inflate();
  const parts: Mapped[] = [];
  let total = 0;
  let at = from;
  let state: string = 'room';
  while (state === 'room' && total < MOST_INFLATED) {
    try {
      state = stream.run(b, at, b.length, true);
    } catch (e) {
      if (!(e instanceof Damage)) throw e;
      state = 'damaged';
    }
    at = stream.pos;
    const part = stream.take().slice(0, MOST_INFLATED - total);
    total += part.length;
    parts.push({ bytes: part, map: [] });
  }
  return { bytes: concatMapped(parts).bytes, whole: state === 'done', large: state === 'room' };
}
