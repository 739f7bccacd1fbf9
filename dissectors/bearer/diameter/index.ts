// Diameter (RFC 6733) with the short message applications SGd, Gdd and S6c (3GPP TS 29.338), over TCP and SCTP.

import { type Cursor, runLayer } from '../../base/cursor.ts';
import {
  type Context,
  type DatagramDissector,
  NEED_MORE,
  NOT_OURS,
  on,
  type StreamDissector,
} from '../../base/dissector.ts';
import type { Tpdu } from '../../sms/tpdu.ts';
import { COMMANDS } from './codes.ts';
import { diameterRules, diameterFields as f } from './fields.ts';
import { HEADER_LENGTH, newAvps, readAvps, readHeader } from './read.ts';
import { emitAnswer, emitRequest, newMemory, readTpdu } from './short-message.ts';

const VERSION = 1;
/** Longer messages are a framing error: the length field could say 16 MiB. */
const MAX_LENGTH = 65_536;
const RESERVED_FLAGS = 0x0f;
/** IANA, SCTP payload protocol identifiers: Diameter in clear. */
const SCTP_PPID = 46;

const u24 = (b: Uint8Array, at: number): number => (b[at]! << 16) | (b[at + 1]! << 8) | b[at + 2]!;

/** Version 1, a length of whole words, no reserved flag, a command that is known. */
function looksLike(b: Uint8Array, start: number, end: number): boolean {
  if (b[start] !== VERSION || end - start < HEADER_LENGTH) return false;
  const length = u24(b, start + 1);
  if (length < HEADER_LENGTH || length > MAX_LENGTH || (length & 3) !== 0) return false;
  return (b[start + 4]! & RESERVED_FLAGS) === 0 && COMMANDS[u24(b, start + 5)] !== undefined;
}

function frame(b: Uint8Array, start: number, end: number): number {
  if (end > start && b[start] !== VERSION) return NOT_OURS;
  if (end - start < 8) return NEED_MORE;
  const length = u24(b, start + 1);
  if (length < HEADER_LENGTH || length > MAX_LENGTH || (length & 3) !== 0) return NOT_OURS;
  return (b[start + 4]! & RESERVED_FLAGS) === 0 ? length : NOT_OURS;
}

// RFC 6733 3: header, then AVPs to the end.
function decode(c: Cursor, ctx: Context): void {
  const whole = { start: c.pos, length: c.left };
  const findings = c.findings;
  const avps = newAvps();
  let tpdu: Tpdu | null = null;
  let header: ReturnType<typeof readHeader> | null = null;
  runLayer(c, (cursor) => {
    const h = readHeader(cursor);
    header = h;
    readAvps(cursor, avps, (window) => {
      tpdu = readTpdu(window, h.command, h.request);
    });
  });
  const h = header as ReturnType<typeof readHeader> | null;
  if (h !== null) {
    const memory = ctx.state(newMemory);
    if (h.request) emitRequest(c, ctx, h, avps, tpdu, whole, memory, findings);
    else emitAnswer(ctx, h, avps, memory);
  }
}

const about = {
  title: 'Diameter, short message service',
  refs: ['RFC 6733', '3GPP TS 29.338'],
  fields: f,
  rules: Object.values(diameterRules),
};

export const diameter: StreamDissector = {
  ...about,
  kind: 'stream',
  id: 'diameter',
  carriedBy: [on('tcp.port', 3868)],
  maxLength: MAX_LENGTH,
  firstOctets: [VERSION],
  looksLike,
  frame,
  decode,
};

export const diameterOverSctp: DatagramDissector = {
  ...about,
  kind: 'datagram',
  id: 'diameter-sctp',
  carriedBy: [on('sctp.ppid', SCTP_PPID)],
  looksLike: (bytes, start, end) => (looksLike(bytes, start, end) ? 1 : 0),
  decode,
};
