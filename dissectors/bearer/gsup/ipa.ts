// The multiplex of ip.access and Osmocom programs: a length, a protocol, a payload.

import { type Cursor, runLayer } from '../../base/cursor.ts';
import { type Context, NEED_MORE, NOT_OURS, on, type StreamDissector } from '../../base/dissector.ts';
import { ipaFields as f, MESSAGES, PROTOCOLS } from './fields.ts';

const RSL = 0x00;
const CONTROL = 0xfe;
const EXTENSION = 0xee;
const GSUP = 0x05;
/** OsmoHLR. */
const PORT = 4222;
const HEADER_LENGTH = 3;
const MAX_LENGTH = 4096;
/** High octet of the length: messages of this kind have less than 1024 octets. */
const FIRST_OCTETS: readonly number[] = [0, 1, 2, 3];

/** Key of `ipa.proto` for an extension. */
export const extension = (octet: number): number => (EXTENSION << 8) | octet;

/** GSUP: type, then the IMSI. */
const looksLikeGsup = (b: Uint8Array, start: number, end: number): boolean =>
  end - start >= 7 &&
  b[start + 3] === GSUP &&
  MESSAGES[b[start + 4]!] !== undefined &&
  b[start + 5] === 1 &&
  b[start + 6]! <= 8;

/** Connection control: ping, pong and acknowledgements are one octet long, identities begin with a length. */
function looksLikeControl(b: Uint8Array, start: number, end: number): boolean {
  const type = end - start > 3 ? b[start + 3]! : -1;
  const one = b[start] === 0 && b[start + 1] === 1;
  if (type === 0 || type === 1 || type === 6) return one;
  const next = end - start > 4 ? b[start + 4]! : -1;
  return b[start] === 0 && ((type === 4 && next === 1) || (type === 5 && next === 0));
}

/** 3GPP TS 48.058 8.3: radio link layer messages: channel number, then link identifier. */
const looksLikeRadioLink = (b: Uint8Array, start: number, end: number): boolean =>
  end - start >= 8 && (b[start + 3]! & 0xfe) === 2 && b[start + 4]! <= 0x0f && b[start + 5] === 1 && b[start + 7] === 2;

function looksLike(b: Uint8Array, start: number, end: number): boolean {
  if (end - start < 4 || b[start]! > 3) return false;
  const protocol = b[start + 2]!;
  if (protocol === EXTENSION) return looksLikeGsup(b, start, end);
  if (protocol === CONTROL) return looksLikeControl(b, start, end);
  return protocol === RSL && looksLikeRadioLink(b, start, end);
}

function frame(b: Uint8Array, start: number, end: number): number {
  if (b[start]! > 0x0f) return NOT_OURS;
  if (end - start < HEADER_LENGTH) return NEED_MORE;
  const length = (b[start]! << 8) | b[start + 1]!;
  return length === 0 || PROTOCOLS[b[start + 2]!] === undefined ? NOT_OURS : HEADER_LENGTH + length;
}

// ipaccess.h of libosmocore: struct ipaccess_head, ipaccess_head_ext.
function read(c: Cursor, ctx: Context): void {
  const length = c.u16(f.length);
  c.end = Math.min(c.end, c.pos + 1 + length);
  const protocol = c.u8(f.protocol);
  const key = protocol === EXTENSION ? extension(c.u8(f.extension)) : protocol;
  if (protocol === CONTROL) c.u8(f.control);
  else if (ctx.next('ipa.proto', key, c)) c.pos = c.end;
  if (c.left > 0) c.span(f.payload, c.left);
}

export const ipa: StreamDissector = {
  kind: 'stream',
  id: 'ipa',
  title: 'ip.access multiplex (IPA)',
  refs: ['ipaccess.h of libosmocore'],
  fields: f,
  rules: [],
  carriedBy: [on('tcp.port', PORT)],
  maxLength: MAX_LENGTH,
  firstOctets: FIRST_OCTETS,
  looksLike,
  frame,
  decode(c, ctx) {
    c.group(f.frame, undefined, () => {
      runLayer(c, () => read(c, ctx));
    });
  },
};
