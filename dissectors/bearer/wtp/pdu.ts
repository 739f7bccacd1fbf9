// WAP-224-WTP 8.2 to 8.4: one PDU, its fixed header, its items and where its user data lie.

import type { Cursor } from '../../base/cursor.ts';
import type { Field } from '../../base/fields.ts';
import { wtpFields as f } from './fields.ts';
import {
  ABORT,
  ACK,
  INVOKE,
  ITEM_NAMES,
  NEGATIVE_ACK,
  NOT_SEGMENTED,
  NUMBER_ITEM,
  OPTION_ITEM,
  PDU_NAMES,
  SEGMENTED_INVOKE,
  SEGMENTED_RESULT,
  USER_ABORT,
} from './names.ts';
import { wtpRules } from './rules.ts';

export interface Pdu {
  readonly type: number;
  /** 8.2.3; of Invoke, Result and their segments. */
  readonly trailer: number;
  readonly retransmission: boolean;
  /** 15 bits. */
  readonly tid: number;
  /** Sent by the side that did not begin the transaction (8.2.4). */
  readonly response: boolean;
  readonly invoke: Invoke | null;
  /** Of an Ack: identifiers are verified, nothing is acknowledged. */
  readonly verification: boolean;
  readonly abort: { readonly type: number; readonly reason: number } | null;
  /** Of segments in the header, of Ack in an item: the last packet of the acknowledged group. */
  readonly number: number | null;
  readonly missing: readonly number[];
  /** Octets of the buffer. */
  readonly data: { readonly start: number; readonly length: number };
}

export interface Invoke {
  readonly version: number;
  readonly tidNew: boolean;
  readonly userAck: boolean;
  readonly transactionClass: number;
}

const CONTINUED = 0x80;
const RESPONSE = 0x8000;
const LONG_ITEM = 0x04;

const bits = (c: Cursor, field: Field<'bits'>, at: number, value: number): number => {
  if (c.rec !== null) c.rec.leaf(field, at, 1, value);
  return value;
};

/** Can a WTP PDU begin with this octet? Type 0 is the indicator of a concatenation. */
export const isPduType = (octet: number): boolean => {
  const type = (octet >> 3) & 0x0f;
  return type >= INVOKE && type <= NEGATIVE_ACK;
};

/** Reads the PDU that fills the window; its type must be one of `isPduType`. */
export function readPdu(c: Cursor): Pdu {
  const name = PDU_NAMES[((c.peek() ?? 0) >> 3) & 0x0f];
  return c.group(f.pdu, name, () => readHeader(c));
}

function readHeader(c: Cursor): Pdu {
  const at = c.pos;
  const first = c.u8(f.octet);
  const type = bits(c, f.type, at, (first >> 3) & 0x0f);
  const segments = type !== ACK && type !== ABORT && type !== NEGATIVE_ACK;
  const trailer = segments ? bits(c, f.trailer, at, (first >> 1) & 0x03) : NOT_SEGMENTED;
  const verification = type === ACK && bits(c, f.verification, at, (first >> 2) & 0x01) === 1;
  const abortType = type === ABORT ? bits(c, f.abortType, at, first & 0x07) : 0;
  const retransmission = type !== ABORT && bits(c, f.retransmission, at, first & 0x01) === 1;
  const tid = c.u16(f.tid);
  const invoke = type === INVOKE ? readInvoke(c) : null;
  const abort = type === ABORT ? { type: abortType, reason: readReason(c, abortType) } : null;
  let number = type === SEGMENTED_INVOKE || type === SEGMENTED_RESULT ? c.u8(f.number) : null;
  const missing = type === NEGATIVE_ACK ? readMissing(c) : [];
  if ((first & CONTINUED) !== 0) {
    const inItem = readItems(c);
    if (type === ACK) number = inItem;
  }
  const data = { start: c.pos, length: c.left };
  return {
    type,
    trailer,
    retransmission,
    tid: tid & ~RESPONSE,
    response: (tid & RESPONSE) !== 0,
    invoke,
    verification,
    abort,
    number,
    missing,
    data,
  };
}

// 8.3.1.
function readInvoke(c: Cursor): Invoke {
  const at = c.pos;
  const flags = c.u8(f.invoke);
  const version = bits(c, f.version, at, flags >> 6);
  if (version !== 0) c.report(wtpRules.version, at, 1, `The version is ${version}`);
  return {
    version,
    tidNew: bits(c, f.tidNew, at, (flags >> 5) & 1) === 1,
    userAck: bits(c, f.userAck, at, (flags >> 4) & 1) === 1,
    transactionClass: bits(c, f.transactionClass, at, flags & 0x03),
  };
}

// 8.3.4.
const readReason = (c: Cursor, type: number): number =>
  type === USER_ABORT ? c.u8(f.userReason) : c.u8(f.providerReason);

// 8.3.7: how many packets, then their numbers. None: the last one of the group is missing.
function readMissing(c: Cursor): number[] {
  const at = c.pos;
  const count = c.u8(f.missing);
  if (count > c.left) c.report(wtpRules.missing, at, 1, `${count} numbers are announced, ${c.left} are there`);
  return Array.from({ length: Math.min(count, c.left) }, () => c.u8(f.number));
}

// 8.4.1: identity, length of 2 or 8 bits, value. The packet sequence number is given back.
function readItems(c: Cursor): number | null {
  let number: number | null = null;
  let more = true;
  while (more) {
    const identity = ((c.peek() ?? 0) >> 3) & 0x0f;
    c.group(f.item, ITEM_NAMES[identity] ?? `identity ${identity}`, () => {
      const at = c.pos;
      const header = c.u8(f.itemHeader);
      more = (header & CONTINUED) !== 0;
      bits(c, f.itemIdentity, at, identity);
      const length = (header & LONG_ITEM) === 0 ? header & 0x03 : c.u8(f.itemLength);
      if (length > c.left) {
        c.report(wtpRules.item, at, c.pos - at, `${length} octets are announced, ${c.left} are left`);
        more = false;
      }
      const value = c.windowUpTo(length);
      if (identity === NUMBER_ITEM && value.left > 0) number = value.u8(f.itemNumber);
      else if (identity === OPTION_ITEM && value.left > 0) value.u8(f.option);
      if (value.left > 0) value.span(f.itemData, value.left);
    });
  }
  return number;
}
