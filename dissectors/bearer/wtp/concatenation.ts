// WAP-224-WTP 8.5: several PDUs in one datagram.

import type { Cursor } from '../../base/cursor.ts';
import { wtpFields as f } from './fields.ts';
import { isPduType } from './pdu.ts';
import { wtpRules } from './rules.ts';

/** First octet of a datagram that holds several PDUs. */
const INDICATOR = 0x00;
const LONG_LENGTH = 0x80;

/** Does the datagram begin like WTP does? */
export function beginsWtp(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start];
  if (first === undefined || start >= end) return false;
  return first === INDICATOR ? end - start >= 5 : isPduType(first) && end - start >= 3;
}

/** Calls `read` with a window for each PDU of the datagram; `last`: no other follows. */
export function eachPdu(c: Cursor, read: (pdu: Cursor, last: boolean) => void): void {
  if (c.peek() !== INDICATOR) {
    read(c.window(c.left), true);
    return;
  }
  c.u8(f.concatenated);
  while (c.left > 0) {
    const at = c.pos;
    const length = readLength(c);
    const w = c.windowUpTo(length);
    if (w.left < length) c.report(wtpRules.concatenation, at, 1, `${length} octets are announced, ${w.left} are left`);
    if (w.left === 0) {
      if (length === 0) c.report(wtpRules.concatenation, at, c.pos - at, 'The PDU is empty');
      continue;
    }
    if (isPduType(w.peek()!)) read(w, c.left === 0);
    else c.report(wtpRules.concatenation, w.pos, w.left, 'What is concatenated is no PDU');
  }
}

/** 7 bits, or 15 where the first one is set. */
function readLength(c: Cursor): number {
  const at = c.pos;
  const first = c.peek() ?? 0;
  const long = (first & LONG_LENGTH) !== 0;
  c.skip(1);
  let length = first & ~LONG_LENGTH;
  if (long) {
    const second = c.peek() ?? 0;
    c.skip(1);
    length = length * 256 + second;
  }
  if (c.rec !== null) c.rec.leaf(f.pduLength, at, c.pos - at, length);
  return length;
}
