// RFC 6733 3, 4.1: a message and its AVPs.

import type { Cursor } from '../../base/cursor.ts';
import { semiOctets } from '../../sms/address.ts';
import { AVP, AVP_NAMES, DIGITS, GROUPED, NUMBERS, OCTETS } from './codes.ts';
import { diameterRules, diameterFields as f } from './fields.ts';

export const HEADER_LENGTH = 20;
const AVP_HEADER = 8;
const VENDOR_BIT = 0x80;
/** Grouped AVPs in one another. */
const MAX_DEPTH = 8;
/** AVPs of one message that are read. */
const MAX_AVPS = 1024;

export interface Header {
  readonly length: number;
  readonly request: boolean;
  /** The answer is an error of the protocol itself. */
  readonly error: boolean;
  readonly command: number;
  readonly application: number;
  readonly hopByHop: number;
  readonly endToEnd: number;
}

export function readHeader(c: Cursor): Header {
  c.u8(f.version);
  const length = c.u24(f.length);
  const flags = c.u8(f.flags);
  return {
    length,
    request: (flags & 0x80) !== 0,
    error: (flags & 0x20) !== 0,
    command: c.u24(f.command),
    application: c.u32(f.application),
    hopByHop: c.u32(f.hopByHop),
    endToEnd: c.u32(f.endToEnd),
  };
}

/** What the AVPs of interest said; the first of each counts. */
export interface Avps {
  readonly texts: Map<number, string>;
  readonly numbers: Map<number, number>;
  readonly digits: Map<number, string>;
  payload: { readonly start: number; readonly length: number } | null;
  experimental: number | null;
  count: number;
}

export const newAvps = (): Avps => ({
  texts: new Map(),
  numbers: new Map(),
  digits: new Map(),
  payload: null,
  experimental: null,
  count: 0,
});

const utf8 = new TextDecoder('utf-8');

/** Reads AVPs to the end of the window. `payload` is called for SM-RP-UI with a window over its octets. */
export function readAvps(c: Cursor, out: Avps, payload: (c: Cursor) => void, depth = 0): void {
  while (c.left > 0 && out.count < MAX_AVPS) {
    out.count += 1;
    const start = c.pos;
    const known = peekCode(c);
    const ok = c.group(f.avp, AVP_NAMES[known] ?? `code ${known}`, () => readAvp(c, out, payload, depth, start));
    if (!ok) return;
  }
}

function peekCode(c: Cursor): number {
  let code = 0;
  for (let i = 0; i < 4; i += 1) code = code * 256 + (c.peek(i) ?? 0);
  return code;
}

function readAvp(c: Cursor, out: Avps, payload: (c: Cursor) => void, depth: number, start: number): boolean {
  const code = c.u32(f.avpCode);
  const flags = c.u8(f.avpFlags);
  const length = c.u24(f.avpLength);
  const header = (flags & VENDOR_BIT) === 0 ? AVP_HEADER : AVP_HEADER + 4;
  if (header > AVP_HEADER) c.u32(f.vendor);
  const claimed = length - header;
  if (claimed < 0 || claimed > c.left) {
    c.report(
      diameterRules.avpLength,
      start,
      c.pos - start,
      `AVP ${code} claims ${length} octets, ${c.end - start} are left`,
    );
    if (claimed < 0) return false;
  }
  const size = Math.min(claimed, c.left);
  const value = c.window(size);
  readValue(value, code, out, payload, depth);
  const padding = Math.min((4 - (length % 4)) % 4, c.left);
  if (padding > 0) c.span(f.padding, padding);
  return true;
}

function readValue(v: Cursor, code: number, out: Avps, payload: (c: Cursor) => void, depth: number): void {
  if (code === AVP.smRpUi) {
    out.payload ??= { start: v.pos, length: v.left };
    v.group(f.tpdu, `${v.left} octets`, () => payload(v));
  } else if (GROUPED.has(code)) {
    if (depth >= MAX_DEPTH) v.report(diameterRules.depth, v.pos, v.left, `AVP ${code} is at depth ${depth}`);
    else readAvps(v, out, payload, depth + 1);
  } else if (NUMBERS.has(code) && v.left >= 4) {
    const field = code === AVP.smEnumeratedCause ? f.cause : code === AVP.absentUserDiagnostic ? f.absent : f.number;
    const number = v.u32(field);
    if (!out.numbers.has(code)) out.numbers.set(code, number);
    if (code === AVP.experimentalResultCode) out.experimental ??= number;
  } else if (DIGITS.has(code)) {
    const digits = semiOctets(v.bytes, v.pos, v.end, v.left * 2).replace(/f+$/i, '');
    if (v.rec !== null) v.rec.leaf(f.digits, v.pos, v.left, digits);
    if (!out.digits.has(code)) out.digits.set(code, digits);
  } else if (OCTETS.has(code) || v.left > 255) {
    v.span(f.octets, v.left);
  } else {
    const text = utf8.decode(v.bytes.subarray(v.pos, v.end));
    if (v.rec !== null) v.rec.leaf(f.text, v.pos, v.left, text);
    if (!out.texts.has(code)) out.texts.set(code, text);
  }
}
