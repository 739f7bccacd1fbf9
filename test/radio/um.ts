// Frames of the radio interface by hand.

import { hex, toHex } from '../sms/support.ts';

export interface Place {
  readonly up?: boolean;
  readonly arfcn?: number;
  readonly timeslot?: number;
  readonly channel?: number;
  readonly subSlot?: number;
  readonly type?: number;
}

const octet = (v: number): string => v.toString(16).padStart(2, '0');
const size = (text: string): number => text.replace(/\s+/g, '').length / 2;

/** Header of GSMTAP, downlink on SDCCH/8 unless told otherwise, and the payload behind it. */
export function gsmtapFrame(payload: string, p: Place = {}): string {
  const arfcn = (p.arfcn ?? 871) | (p.up === true ? 0x4000 : 0);
  const place = `${octet(p.type ?? 1)} ${octet(p.timeslot ?? 1)} ${octet(arfcn >> 8)}${octet(arfcn & 0xff)}`;
  return `02 04 ${place} c4 14 00004e53 ${octet(p.channel ?? 8)} 00 ${octet(p.subSlot ?? 2)} 00 ${payload}`;
}

/** A LAPDm frame of 23 octets. */
export function lapdmFrame(control: number, info = '', more = false, sapi = 3): string {
  const n = size(info);
  const head = `${octet((sapi << 2) | 3)} ${octet(control)} ${octet((n << 2) | (more ? 2 : 0) | 1)}`;
  return `${head} ${info} ${'2b'.repeat(20 - n)}`;
}

export const SABM = 0x3f;
export const UA = 0x73;
export const DISC = 0x53;

/** I frames for a layer 3 message, numbered from `first`. */
export function iFrames(message: string, first = 0, p: Place = {}, sapi = 3): string[] {
  const digits = toHex(hex(message));
  const out: string[] = [];
  for (let at = 0; at < digits.length; at += 40) {
    const number = (first + out.length) & 7;
    out.push(gsmtapFrame(lapdmFrame(number << 1, digits.slice(at, at + 40), at + 40 < digits.length, sapi), p));
  }
  return out;
}

export const established = (sapi = 3, p: Place = {}): string => gsmtapFrame(lapdmFrame(SABM, '', false, sapi), p);
