// MTP level 2: signal units of a link, with or without the pseudo-header of capture files.

import type { Cursor } from '../../../base/cursor.ts';
import { type Context, type DatagramDissector, on } from '../../../base/dissector.ts';
import { mtp2Fields as f } from './fields.ts';
import { readMtp3 } from './mtp3.ts';

/** Length indicators of fill-in and status units; more is a message (ITU-T Q.703 2.3.3). */
const MOST_OF_STATUS = 2;
/** "In the case that the signalling information field is spanning 62 octets or more, the LI is set to 63." */
const LONG = 63;
const EXTENDED_LONG = 511;

/** LINKTYPE_MTP2_WITH_PHDR: Annex A is used; 2 means that whoever captured does not know. */
const ANNEX_A = 1;

// ITU-T Q.703 2.2 (basic) and Annex A.2 (extended): sequence numbers, length indicator, service information, check bits.
function signalUnit(c: Cursor, ctx: Context, extended: boolean): void {
  c.group(f.mtp2, undefined, () => {
    let length: number;
    if (extended) {
      c.u16(f.extendedBackward);
      c.u16(f.extendedForward);
      length = c.u16(f.extendedLength) & 0x1ff;
    } else {
      c.u8(f.backward);
      c.u8(f.forward);
      length = c.u8(f.lengthIndicator) & 0x3f;
    }
    if (length <= MOST_OF_STATUS) {
      if (length > 0) c.span(f.status, Math.min(length, c.left));
    } else {
      message(c, ctx, length, extended ? EXTENDED_LONG : LONG);
    }
    if (c.left > 0) c.span(f.check, c.left);
  });
}

/** The indicator does not count beyond `most`: then the rest of the frame is the message, check bits or not. */
function message(c: Cursor, ctx: Context, length: number, most: number): void {
  const lost = ctx.missing ?? 0;
  // The indicator counts what follows it, the service information octet included.
  const size = length < most ? Math.min(length, c.left) : c.left;
  const missing = length < most ? length - size : lost;
  readMtp3(c.window(size), ctx, missing);
}

function withPseudoHeader(c: Cursor, ctx: Context): void {
  let annexA = 0;
  c.group(f.pseudoHeader, undefined, () => {
    c.u8(f.sent);
    annexA = c.u8(f.annexA);
    c.u16(f.linkNumber);
  });
  signalUnit(c, ctx, annexA === ANNEX_A);
}

const common = {
  kind: 'datagram',
  refs: ['ITU-T Q.703'],
  fields: f,
  rules: [],
} as const;

export const mtp2: DatagramDissector = {
  ...common,
  id: 'mtp2',
  title: 'Message transfer part, level 2',
  carriedBy: [on('link.type', 140)],
  decode: (c, ctx) => signalUnit(c, ctx, false),
};

export const mtp2WithPseudoHeader: DatagramDissector = {
  ...common,
  id: 'mtp2-phdr',
  title: 'Message transfer part, level 2, with pseudo-header',
  carriedBy: [on('link.type', 139)],
  decode: withPseudoHeader,
};
