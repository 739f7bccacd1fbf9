// Short message relay layer: what its messages say.

import { type Cursor, runLayer } from '../../base/cursor.ts';
import type { Address } from '../../base/message.ts';
import { serviceCentre } from '../../sms/address.ts';
import { decodeTpdu, type Tpdu } from '../../sms/tpdu.ts';
import { rpFields as f } from './fields.ts';
import { rpRules } from './rules.ts';

export type RpType = 'RP-DATA' | 'RP-ACK' | 'RP-ERROR' | 'RP-SMMA';

export interface RpMessage {
  /** null: reserved, or not even the first octet was there. */
  readonly type: RpType | null;
  /** Which way this message goes: 'mt' from the network to the phone. */
  readonly direction: 'mt' | 'mo';
  readonly reference: number | null;
  /** RP-OA: the service centre of what goes to the phone. */
  readonly originator: Address | null;
  /** RP-DA: the service centre of what comes from the phone. */
  readonly destination: Address | null;
  /** RP-Cause of RP-ERROR. */
  readonly cause: number | null;
  readonly tpdu: Tpdu | null;
  /** Everything the type demands was there. */
  readonly complete: boolean;
}

type Reading = { -readonly [K in keyof RpMessage]: RpMessage[K] };

/** 8.2.2: the lowest bit is the direction, RP-SMMA is sent by the phone only. */
const TYPES: readonly (RpType | null)[] = [
  'RP-DATA',
  'RP-DATA',
  'RP-ACK',
  'RP-ACK',
  'RP-ERROR',
  'RP-ERROR',
  'RP-SMMA',
  null,
];
const USER_DATA = 0x41;

/** 8.2.5.3. Which TPDUs there are depends on the way they go. */
function userData(c: Cursor, out: Reading): boolean {
  const at = c.pos;
  const claimed = c.u8(f.userDataLength);
  const there = Math.min(claimed, c.left);
  if (there < claimed) c.report(rpRules.userDataLength, at, 1, `claims ${claimed} octets, ${there} are left`);
  if (there === 0) return false;
  out.tpdu = decodeTpdu(c.window(there), out.direction);
  return there === claimed;
}

// 7.3.1: both addresses are there, that of the phone is empty.
function data(c: Cursor, out: Reading): boolean {
  const originatorAt = c.pos;
  out.originator = serviceCentre(c, f.originator);
  const destinationAt = c.pos;
  out.destination = serviceCentre(c, f.destination);
  const [misplaced, at, end, centre] =
    out.direction === 'mt'
      ? [out.destination, destinationAt, c.pos, out.originator]
      : [out.originator, originatorAt, destinationAt, out.destination];
  if (misplaced !== null) c.report(rpRules.misplaced, at, end - at, `it says ${misplaced.value}`);
  if (centre === null) c.report(rpRules.noAddress, originatorAt, c.pos - originatorAt, 'its length is 0');
  const userDataAt = c.pos;
  const whole = userData(c, out);
  if (out.tpdu === null) c.report(rpRules.noUserData, userDataAt, 1, 'RP-User-Data is empty');
  return whole;
}

/** 7.3.3, 7.3.4: a report of the transfer layer may follow. */
function report(c: Cursor, out: Reading): boolean {
  if (c.peek() !== USER_DATA) return true;
  c.u8(f.userDataElement);
  return userData(c, out);
}

// 8.2.5.4
function error(c: Cursor, out: Reading): boolean {
  const at = c.pos;
  const claimed = c.u8(f.causeLength);
  if (claimed === 0) {
    c.report(rpRules.causeMissing, at, 1, 'the length of its cause is 0');
    return report(c, out);
  }
  const causeAt = c.pos;
  const value = c.bytes[c.take(1)]! & 0x7f;
  out.cause = value;
  if (c.rec !== null) c.rec.leaf(f.cause, causeAt, 1, value);
  if (claimed > 1) c.raw(f.diagnostic, claimed - 1);
  return report(c, out);
}

function body(c: Cursor, out: Reading): boolean {
  if (out.type === 'RP-DATA') return data(c, out);
  if (out.type === 'RP-ERROR') return error(c, out);
  return out.type === null || report(c, out);
}

// 3GPP TS 24.011 7.3, 8.2: RP-DATA, RP-ACK, RP-ERROR and RP-SMMA.
/** Reads the RP message in the cursor's whole window. Keeps what was readable when the octets end early. */
export function readRp(c: Cursor): RpMessage {
  const out: Reading = {
    type: null,
    direction: 'mt',
    reference: null,
    originator: null,
    destination: null,
    cause: null,
    tpdu: null,
    complete: false,
  };
  c.group(
    f.message,
    undefined,
    () => {
      const done = runLayer(c, () => {
        const at = c.pos;
        const first = c.u8(f.type);
        out.type = TYPES[first & 7] ?? null;
        out.direction = (first & 7) !== 6 && (first & 1) === 1 ? 'mt' : 'mo';
        if (out.type === null) c.report(rpRules.type, at, 1, `message type ${first & 7}`);
        if (first > 7) c.report(rpRules.spare, at, 1, `the first octet is 0x${first.toString(16)}`);
        out.reference = c.u8(f.reference);
        const whole = body(c, out);
        if (c.left > 0) {
          c.report(rpRules.trailing, c.pos, c.left, `${c.left} octets`);
          c.raw(f.rest, c.left);
        }
        return whole;
      });
      out.complete = done === true;
    },
    () => out.type ?? 'reserved',
  );
  return out;
}
