// 3GPP TS 44.006 2 and 3: one LAPDm frame of the formats A, B and B4.

import type { Cursor } from '../../base/cursor.ts';
import { lapdmFields as f } from './fields.ts';
import { lapdmRules } from './rules.ts';

export type Unnumbered = 'SABM' | 'DM' | 'UI' | 'DISC' | 'UA' | null;

export interface LapdmFrame {
  readonly sapi: number;
  readonly kind: 'I' | 'S' | 'U';
  /** N(S) of I frames. */
  readonly sendNumber: number;
  readonly unnumbered: Unnumbered;
  /** Another segment of the same layer 3 message follows. */
  readonly more: boolean;
  /** Information field: first octet in the cursor's buffer, and how many are there. */
  readonly start: number;
  readonly length: number;
  /** Octets of the information field that the frame claims and does not hold. */
  readonly lacking: number;
}

/** 3.8.1: commands and responses without numbers, without their P/F bit. */
const UNNUMBERED: Readonly<Record<number, Unnumbered>> = {
  47: 'SABM',
  15: 'DM',
  3: 'UI',
  67: 'DISC',
  99: 'UA',
};
const SUPERVISORY = ['RR', 'RNR', 'REJ', 'reserved'] as const;
const POLL_FINAL = 0x10;

interface Control {
  readonly kind: LapdmFrame['kind'];
  readonly sendNumber: number;
  readonly unnumbered: Unnumbered;
  readonly text: string;
}

// 3.4: I frames have a 0 in bit 1, S frames 01, U frames 11.
function control(v: number): Control {
  if ((v & 1) === 0) {
    const sendNumber = (v >> 1) & 7;
    return { kind: 'I', sendNumber, unnumbered: null, text: `I, N(S) ${sendNumber}, N(R) ${v >> 5}` };
  }
  if ((v & 3) === 1) {
    return { kind: 'S', sendNumber: 0, unnumbered: null, text: `${SUPERVISORY[(v >> 2) & 3]}, N(R) ${v >> 5}` };
  }
  const unnumbered = UNNUMBERED[v & ~POLL_FINAL] ?? null;
  return { kind: 'U', sendNumber: 0, unnumbered, text: unnumbered ?? 'reserved' };
}

/**
 * Reads the header of the frame in the cursor's window and leaves the cursor at its information field, narrowed to it;
 * fill octets are recorded and cut off. Null for a frame that is no LAPDm frame of these formats (a longer address,
 * the cell broadcast link, an SACCH frame without a length).
 */
export function lapdmFrame(c: Cursor): LapdmFrame | null {
  const address = c.bytes[c.take(1)]!;
  // 3.3: EA is 1 in the only octet; LPD 0 is normal GSM.
  if ((address & 1) === 0 || (address & 0xe0) !== 0) return null;
  const sapi = (address >> 2) & 7;
  const controlAt = c.take(1);
  const k = control(c.bytes[controlAt]!);
  if (c.rec !== null) {
    c.rec.leaf(f.address, controlAt - 1, 1, address, `SAPI ${sapi}, C/R ${(address >> 1) & 1}`);
    c.rec.leaf(f.control, controlAt, 1, c.bytes[controlAt]!, k.text);
  }
  // 2.1: UI frames of the SACCH downlink (format B4) have no length field; nothing in them is read here.
  if (k.unnumbered === 'UI') return null;
  const lengthAt = c.pos;
  const field = c.u8(f.length);
  const claimed = field >> 2;
  const length = Math.min(claimed, c.left);
  const start = c.pos;
  if (length < claimed) c.report(lapdmRules.length, lengthAt, 1, `claims ${claimed} octets, ${length} are there`);
  if (c.rec !== null && start + length < c.end) {
    const fill = c.end - start - length;
    c.rec.leaf(f.fill, start + length, fill, c.bytes.subarray(start + length, c.end));
  }
  c.end = start + length;
  return { ...k, sapi, more: (field & 2) !== 0, start, length, lacking: claimed - length };
}
