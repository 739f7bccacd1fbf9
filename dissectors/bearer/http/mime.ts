// MIME: multipart bodies, transfer encodings, and an entity of headers and body as a push.

import { concatMapped, type Mapped, sliceMapped } from '../../base/bytemap.ts';
import type { Cursor } from '../../base/cursor.ts';
import { charsetByName } from '../../content/charset.ts';
import type { WspPush } from '../../wap/push.ts';
import { parseMediaType } from '../../wap/wsp/mediatext.ts';
import { judgeSecurity } from '../../wap/wsp/security.ts';
import type { Span } from '../text/delimited.ts';
import { entityFields as e, type LineFields, type StartFields } from './fields.ts';
import { type HeaderLine, headerOf, headerValue, readHeaders } from './lines.ts';
import { CR, isText, LF, lineEnd } from './octets.ts';
import { httpRules } from './rules.ts';

const MOST_PARTS = 64;

export interface Part {
  readonly headers: readonly HeaderLine[];
  /** Header lines and the empty line behind them. */
  readonly head: Span;
  readonly body: Span;
}

/** Value of a media type's parameter, without quotes; '' where there is none. */
export const parameterOf = (type: string, name: string): string =>
  parseMediaType(type).parameters.find((p) => p.name === name)?.value ?? '';

// RFC 2046 5.1.1: parts stand between lines '--boundary', the last one is followed by '--boundary--'.
/** Cuts the cursor's window into parts; what is not closed ends with the window. */
export function readMultipart(c: Cursor, contentType: string, f: StartFields): Part[] {
  const boundary = parameterOf(contentType, 'boundary');
  const out: Part[] = [];
  const start = c.pos;
  if (boundary === '' || boundary.length > 70) {
    c.report(httpRules.multipart, c.pos, 0, boundary === '' ? 'no boundary is given' : 'the boundary is too long');
    return out;
  }
  const mark = `--${boundary}`;
  let open = -1;
  let closed = false;
  for (let at = c.pos; at < c.end && !closed; at = Math.min(c.end, lineEnd(c.bytes, at, c.end) + 1)) {
    if (!isText(c.bytes, at, c.end, mark)) continue;
    if (open >= 0) out.push(partIn(c, open, endOfPart(c.bytes, open, at), f));
    closed = isText(c.bytes, at + mark.length, c.end, '--') || out.length >= MOST_PARTS;
    open = Math.min(c.end, lineEnd(c.bytes, at, c.end) + 1);
  }
  if (!closed) {
    const what = open < 0 ? 'its boundary does not occur' : 'the closing boundary is not there';
    c.report(httpRules.multipart, start, c.end - start, what);
    if (open >= 0 && open < c.end) out.push(partIn(c, open, c.end, f));
  }
  c.pos = c.end;
  return out;
}

/** The end of line in front of a boundary belongs to the boundary. */
function endOfPart(b: Uint8Array, open: number, boundary: number): number {
  if (boundary <= open || b[boundary - 1] !== LF) return boundary;
  return boundary - 1 > open && b[boundary - 2] === CR ? boundary - 2 : boundary - 1;
}

function partIn(c: Cursor, start: number, end: number, f: StartFields): Part {
  c.pos = start;
  const stop = Math.max(start, end);
  const window = c.window(stop - start);
  return window.group(f.part, undefined, () => {
    const headers = readHeaders(window, f);
    const at = window.pos;
    if (at < stop) window.rec?.leaf(f.body, at, stop - at, null, `${stop - at} octets`);
    window.pos = stop;
    return { headers, head: { start, length: at - start }, body: { start: at, length: stop - at } };
  });
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const base64Value = new Int8Array(128).fill(-1);
for (let i = 0; i < BASE64.length; i += 1) base64Value[BASE64.charCodeAt(i)] = i;

// RFC 2045 6.8.
function fromBase64(b: Uint8Array): Uint8Array {
  const out = new Uint8Array((b.length * 3) >> 2);
  let n = 0;
  let bits = 0;
  let held = 0;
  for (const octet of b) {
    const v = octet < 128 ? base64Value[octet]! : -1;
    if (v < 0) continue;
    held = ((held << 6) | v) & 0xff_ffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out[n] = (held >> bits) & 0xff;
    n += 1;
  }
  return out.subarray(0, n);
}

/** The octets of a part's body with its transfer encoding undone; the way to the frames ends where octets are made anew. */
export function decodeTransfer(c: Cursor, headers: readonly HeaderLine[], body: Mapped, at: Span): Mapped {
  const encoding = headerValue(headers, 'Content-Transfer-Encoding').trim().toLowerCase();
  if (encoding === 'base64') return { bytes: fromBase64(body.bytes), map: [] };
  if (!['', '7bit', '8bit', 'binary', 'identity'].includes(encoding)) {
    c.report(httpRules.transfer, at.start, at.length, `the transfer encoding is ${encoding.slice(0, 40)}`);
  }
  return body;
}

/**
 * Header lines and body as one buffer, for `decodeEntity`: as they lie where they touch, else joined. `head` holds the
 * empty line.
 */
export function entityOf(whole: Mapped, head: Span, body: Span | null, content: Mapped): Mapped {
  if (body !== null && body.start === head.start + head.length) {
    return sliceMapped(whole, head.start, head.length + body.length);
  }
  return concatMapped([sliceMapped(whole, head.start, head.length), content]);
}

/** Headers that speak of the push, not of the hop it was sent over. */
const OF_PUSH = /^(?:content-(?!length|encoding|transfer)|x-wap-|push-flag$|date$|expires$|last-modified$)/i;

/** Names are the same in any case; whoever looks for this one writes it so. */
const asWritten = (name: string): string => (/^x-wap-application-id$/i.test(name) ? 'X-Wap-Application-Id' : name);

// RFC 2045 3 and 5; WAP-251-PushMessage 6: a push is headers and a body wherever they are written as text.
/** Reads the entity in the cursor's window: header lines, an empty line, the body. Ranges are octets of the buffer. */
export function decodeEntity(c: Cursor): WspPush {
  const start = c.pos;
  const headers = c.group(e.entity, undefined, () => readHeaders(c, e as LineFields));
  const type = headerOf(headers, 'Content-Type', 'c');
  if (type === undefined) c.report(httpRules.noType, start, c.pos - start, 'there is no Content-Type');
  const media = parseMediaType(type?.value ?? '', type?.valueSpan.start ?? start);
  const security = judgeSecurity(c, media.parameters);
  const charset = media.parameters.find((p) => p.name === 'charset');
  return {
    transactionId: null,
    pduType: 'Push',
    contentType: media.mediaType === '' ? null : media.mediaType,
    contentTypeRange: type === undefined ? { start, length: c.pos - start } : type.valueSpan,
    parameters: media.parameters,
    headers: headers
      .filter((h) => h !== type && OF_PUSH.test(h.name))
      .map(({ name, value, start: at, length }) => ({ name: asWritten(name), value, start: at, length })),
    sec: security.sec,
    mac: security.mac,
    macRange: security.macRange,
    charset: charset === undefined ? null : (charsetByName(charset.value)?.mib ?? null),
    body: { start: c.pos, length: c.left },
  };
}
