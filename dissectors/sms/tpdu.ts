// Short message transfer layer: the six TPDU types.

import { type Cursor, runLayer } from '../base/cursor.ts';
import type { Address } from '../base/message.ts';
import { tpAddress } from './address.ts';
import { describeFailure, describeStatus } from './causes.ts';
import { decodeDcs, describeDcs } from './dcs.ts';
import { describePid } from './pid.ts';
import { tpduRules } from './rules.ts';
import {
  absoluteValidity,
  enhancedValidity,
  relativeValidity,
  type TimeStamp,
  timeStamp,
  type Validity,
} from './time.ts';
import { tpduFields as f } from './tpdufields.ts';
import { decodeUserData, type UserData, userDataOctets } from './userdata.ts';

export type TpduKind =
  | 'SMS-DELIVER'
  | 'SMS-DELIVER-REPORT'
  | 'SMS-SUBMIT'
  | 'SMS-SUBMIT-REPORT'
  | 'SMS-STATUS-REPORT'
  | 'SMS-COMMAND';

export interface Tpdu {
  readonly kind: TpduKind;
  /** Everything the type demands was there. */
  readonly complete: boolean;
  /** TP-OA, TP-DA or TP-RA. */
  readonly address: Address | null;
  readonly reference: number | null;
  readonly pid: number | null;
  readonly dcs: number | null;
  readonly udhi: boolean;
  /** TP-MMS of DELIVER and STATUS-REPORT, as sent: 0 means that more messages wait. Gateways set it at random. */
  readonly moreMessages: boolean;
  readonly statusReport: boolean;
  readonly replyPath: boolean;
  readonly rejectDuplicates: boolean;
  readonly timeStamp: TimeStamp | null;
  readonly dischargeTime: TimeStamp | null;
  readonly validity: Validity | null;
  readonly status: number | null;
  readonly failureCause: number | null;
  readonly command: { readonly type: number; readonly number: number } | null;
  readonly userData: UserData | null;
}

type Reading = { -readonly [K in keyof Tpdu]: Tpdu[K] };

const KINDS: Readonly<Record<'mt' | 'mo', readonly TpduKind[]>> = {
  mt: ['SMS-DELIVER', 'SMS-SUBMIT-REPORT', 'SMS-STATUS-REPORT', 'SMS-DELIVER'],
  mo: ['SMS-DELIVER-REPORT', 'SMS-SUBMIT', 'SMS-COMMAND', 'SMS-SUBMIT'],
};

function pid(c: Cursor, out: Reading): void {
  const at = c.pos;
  const v = c.bytes[c.take(1)]!;
  out.pid = v;
  if (c.rec !== null) c.rec.leaf(f.protocolId, at, 1, v, describePid(v));
}

function dcs(c: Cursor, out: Reading): void {
  const at = c.pos;
  const v = c.bytes[c.take(1)]!;
  out.dcs = v;
  if (c.rec !== null) c.rec.leaf(f.dataCoding, at, 1, v, describeDcs(v));
  if (decodeDcs(v).reserved) c.report(tpduRules.dcsReserved, at, 1, `0x${v.toString(16).padStart(2, '0')}`);
}

const MOST_USER_DATA = 140;

// 9.2.3.16, 9.2.3.24
function userData(c: Cursor, out: Reading): void {
  const at = c.pos;
  const udl = c.u8(f.userDataLength);
  const needed = userDataOctets(out.dcs ?? 0, udl);
  const there = Math.min(needed, c.left);
  if (there < needed) {
    c.report(tpduRules.userDataLength, at, 1, `length ${udl} needs ${needed} octets, ${there} are left`);
  }
  if (needed > MOST_USER_DATA) c.report(tpduRules.tooLong, at, 1, `${needed} octets of user data`);
  out.userData = decodeUserData(c.window(there), out.dcs ?? 0, out.udhi, udl);
}

function trailing(c: Cursor): void {
  if (c.left === 0) return;
  c.report(tpduRules.trailing, c.pos, c.left, `${c.left} octets`);
  c.raw(f.rest, c.left);
}

// 9.2.2.1
function deliver(c: Cursor, out: Reading): void {
  out.address = tpAddress(c, f.originator);
  pid(c, out);
  dcs(c, out);
  out.timeStamp = timeStamp(c, f.timeStamp);
  userData(c, out);
}

// 9.2.2.2
function submit(c: Cursor, out: Reading, first: number): void {
  out.reference = c.u8(f.reference);
  out.address = tpAddress(c, f.destination);
  pid(c, out);
  dcs(c, out);
  // 9.2.3.3: bits 4 and 3.
  const format = (first >> 3) & 3;
  if (format === 2) out.validity = relativeValidity(c, f.validity);
  else if (format === 3) out.validity = absoluteValidity(c, f.validityTime);
  else if (format === 1) out.validity = enhancedValidity(c, f.validityEnhanced);
  userData(c, out);
}

// 9.2.3.27: which of PID, DCS and user data follow; bit 7 says that another octet does.
function optional(c: Cursor, out: Reading): void {
  if (c.left === 0) return;
  const at = c.pos;
  const first = c.u8(f.parameterIndicator);
  let more = first;
  while ((more & 0x80) !== 0 && c.left > 0) more = c.u8(f.parameterIndicator);
  if ((more & 0x80) !== 0) {
    c.report(tpduRules.parameterIndicator, at, c.pos - at, 'no octet is left for the parameters');
    return;
  }
  if ((first & 1) !== 0) pid(c, out);
  if ((first & 2) !== 0) dcs(c, out);
  if ((first & 4) !== 0) userData(c, out);
}

// 9.2.2.3
function statusReport(c: Cursor, out: Reading): void {
  out.reference = c.u8(f.reference);
  out.address = tpAddress(c, f.recipient);
  out.timeStamp = timeStamp(c, f.timeStamp);
  out.dischargeTime = timeStamp(c, f.dischargeTime);
  const at = c.pos;
  const status = c.bytes[c.take(1)]!;
  out.status = status;
  if (c.rec !== null) c.rec.leaf(f.status, at, 1, status, describeStatus(status));
  optional(c, out);
}

/** 9.2.3.22: TP-FCS stands only in answers that refuse; its values begin at 0x80, where TP-PI has its extension bit. */
function failureCause(c: Cursor, out: Reading): void {
  const next = c.peek();
  if (next === undefined || next < 0x80) return;
  const at = c.pos;
  out.failureCause = next;
  c.skip(1);
  if (c.rec !== null) c.rec.leaf(f.failureCause, at, 1, next, describeFailure(next));
}

// 9.2.2.1a
function deliverReport(c: Cursor, out: Reading): void {
  failureCause(c, out);
  optional(c, out);
}

// 9.2.2.2a
function submitReport(c: Cursor, out: Reading): void {
  failureCause(c, out);
  if (c.left === 0) return;
  const at = c.pos;
  const first = c.u8(f.parameterIndicator);
  let more = first;
  while ((more & 0x80) !== 0 && c.left > 0) more = c.u8(f.parameterIndicator);
  if ((more & 0x80) !== 0) {
    c.report(tpduRules.parameterIndicator, at, c.pos - at, 'no octet is left for the parameters');
    return;
  }
  out.timeStamp = timeStamp(c, f.timeStamp);
  if ((first & 1) !== 0) pid(c, out);
  if ((first & 2) !== 0) dcs(c, out);
  if ((first & 4) !== 0) userData(c, out);
}

// 9.2.2.4
function command(c: Cursor, out: Reading): void {
  out.reference = c.u8(f.reference);
  pid(c, out);
  const type = c.u8(f.commandType);
  const number = c.u8(f.messageNumber);
  out.command = { type, number };
  out.address = tpAddress(c, f.destination);
  const size = c.u8(f.commandLength);
  const there = Math.min(size, c.left);
  if (there < size) c.report(tpduRules.userDataLength, c.pos - 1, 1, `${size} octets announced, ${there} are left`);
  if (there > 0) c.raw(f.commandData, there);
}

const BODIES: Readonly<Record<TpduKind, (c: Cursor, out: Reading, first: number) => void>> = {
  'SMS-DELIVER': deliver,
  'SMS-DELIVER-REPORT': deliverReport,
  'SMS-SUBMIT': submit,
  'SMS-SUBMIT-REPORT': submitReport,
  'SMS-STATUS-REPORT': statusReport,
  'SMS-COMMAND': command,
};

// 3GPP TS 23.040 9.2.2: PDU types; 9.2.3.1: which one it is depends on the direction.
/**
 * Reads the TPDU in the cursor's window. What was readable is kept when the octets end early: then `complete` is false
 * and BASE-TRUNCATED was reported.
 */
export function decodeTpdu(c: Cursor, direction: 'mt' | 'mo'): Tpdu {
  const out: Reading = {
    kind: direction === 'mt' ? 'SMS-DELIVER' : 'SMS-SUBMIT',
    complete: false,
    address: null,
    reference: null,
    pid: null,
    dcs: null,
    udhi: false,
    moreMessages: false,
    statusReport: false,
    replyPath: false,
    rejectDuplicates: false,
    timeStamp: null,
    dischargeTime: null,
    validity: null,
    status: null,
    failureCause: null,
    command: null,
    userData: null,
  };
  c.group(
    f.tpdu,
    undefined,
    () => {
      const done = runLayer(c, () => {
        const at = c.pos;
        const first = c.u8(f.firstOctet);
        const type = first & 3;
        out.kind = KINDS[direction][type]!;
        if (type === 3) c.report(tpduRules.messageType, at, 1, 'message type 3');
        out.udhi = (first & 0x40) !== 0;
        const carriesText = out.kind === 'SMS-DELIVER' || out.kind === 'SMS-SUBMIT';
        out.moreMessages = (out.kind === 'SMS-DELIVER' || out.kind === 'SMS-STATUS-REPORT') && (first & 4) === 0;
        out.rejectDuplicates = out.kind === 'SMS-SUBMIT' && (first & 4) !== 0;
        out.statusReport = (first & 0x20) !== 0;
        out.replyPath = carriesText && (first & 0x80) !== 0;
        BODIES[out.kind](c, out, first);
        trailing(c);
        return true;
      });
      out.complete = done === true;
    },
    () => out.kind,
  );
  return out;
}
