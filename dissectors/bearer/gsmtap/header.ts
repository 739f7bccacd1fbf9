// The pseudo header in front of frames of radio and card interfaces.

import type { Cursor } from '../../base/cursor.ts';
import { CHANNELS, gsmtapFields as f } from './fields.ts';

export const UM = 1;
export const ABIS = 2;
export const SIM = 4;
export const E1T1 = 7;
/** Sub-type of E1/T1. */
export const E1T1_LAPD = 1;
/** Set in the sub-type of Um frames that were sent on the slow associated channel. */
export const ACCH = 0x80;

const UPLINK = 0x4000;
const NUMBER = 0x3fff;
const VERSION = 2;
const WORDS = 4;

export interface GsmtapHeader {
  readonly version: number;
  /** Octets the header says it has; 16 or more, unless `short`. */
  readonly length: number;
  readonly short: boolean;
  readonly type: number;
  readonly timeslot: number;
  readonly arfcn: number;
  readonly uplink: boolean;
  readonly subType: number;
  readonly subSlot: number;
}

/** Is this the beginning of GSMTAP version 2? */
export const looksLikeGsmtap = (b: Uint8Array, start: number, end: number): boolean =>
  end - start >= 16 && b[start] === VERSION && b[start + 1] === WORDS;

const channelName = (type: number, subType: number): string | undefined => {
  if (type !== UM) return undefined;
  const name = CHANNELS[subType & ~ACCH] ?? 'channel unknown';
  return (subType & ACCH) === 0 ? name : `SACCH of ${name}`;
};

/** Reads the header and leaves the cursor at the payload. Only `version` and `type` say something when `version` is not 2. */
export function gsmtapHeader(c: Cursor): GsmtapHeader {
  return c.group(f.header, undefined, () => {
    const start = c.pos;
    const version = c.u8(f.version);
    const length = c.u8(f.headerLength) * 4;
    if (version !== VERSION) return { ...NOTHING, version, length };
    const type = c.u8(f.type);
    const timeslot = c.u8(f.timeslot);
    const arfcnAt = c.take(2);
    const arfcn = (c.bytes[arfcnAt]! << 8) | c.bytes[arfcnAt + 1]!;
    const uplink = (arfcn & UPLINK) !== 0;
    if (c.rec !== null) c.rec.leaf(f.arfcn, arfcnAt, 2, arfcn, `${arfcn & NUMBER}, ${uplink ? 'uplink' : 'downlink'}`);
    c.u8(f.signal);
    c.u8(f.noise);
    c.u32(f.frameNumber);
    const subTypeAt = c.take(1);
    const subType = c.bytes[subTypeAt]!;
    if (c.rec !== null) c.rec.leaf(f.subType, subTypeAt, 1, subType, channelName(type, subType));
    c.u8(f.antenna);
    const subSlot = c.u8(f.subSlot);
    c.u8(f.reserved);
    const more = length - (c.pos - start);
    if (more > 0) c.span(f.more, more);
    return { version, length, short: more < 0, type, timeslot, arfcn: arfcn & NUMBER, uplink, subType, subSlot };
  });
}

const NOTHING: GsmtapHeader = {
  version: 0,
  length: 0,
  short: false,
  type: 0,
  timeslot: 0,
  arfcn: 0,
  uplink: false,
  subType: 0,
  subSlot: 0,
};
