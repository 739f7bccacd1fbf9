// Short message control layer of 3GPP TS 24.011, as it stands behind LAPDm, RSL, DTAP, or in a NAS container.

import { type Cursor, runLayer } from '../../base/cursor.ts';
import type { Context, DatagramDissector } from '../../base/dissector.ts';
import { describeCpCause, isTemporaryCp } from './causes.ts';
import { cpFields as f } from './fields.ts';
import { decodeRp, type RpCarrier, rp } from './index.ts';
import { newRpMemory, rememberTransaction, sentIn } from './memory.ts';
import { cpRules } from './rules.ts';

export interface CpCarrier extends RpCarrier {
  /** Which way the message goes, where the layer below tells. CP-DATA tells by itself. */
  readonly direction?: 'mt' | 'mo';
}

/** 3GPP TS 24.007 11.2.3.1.1: protocol discriminator of short messages. */
export const SMS_PROTOCOL = 9;
const CP_DATA = 0x01;
const CP_ACK = 0x04;
const CP_ERROR = 0x10;
const NAMES: Readonly<Record<number, string>> = { [CP_DATA]: 'CP-DATA', [CP_ACK]: 'CP-ACK', [CP_ERROR]: 'CP-ERROR' };
/** 3GPP TS 24.007 11.2.3.1.3: the identifier is in the next octet. */
const EXTENDED = 7;

/** Could a CP message begin here? What it looks at must be within [start, end). */
export function looksLikeCp(b: Uint8Array, start: number, end: number): boolean {
  if (end - start < 2 || (b[start]! & 0x0f) !== SMS_PROTOCOL) return false;
  const at = ((b[start]! >> 4) & 7) === EXTENDED ? start + 2 : start + 1;
  return at < end && NAMES[b[at]!] !== undefined;
}

interface Header {
  transaction: number;
  /** 11.2.3.1.3: set in messages to the side that opened the transaction. */
  flag: boolean;
  type: number;
}

// 3GPP TS 24.007 11.2.3.1: protocol discriminator and transaction identifier, message type.
function header(c: Cursor, h: Header): void {
  const at = c.pos;
  const first = c.bytes[c.take(1)]!;
  h.transaction = (first >> 4) & 7;
  h.flag = (first & 0x80) !== 0;
  if (c.rec !== null) {
    const side = h.flag ? 'to the side that opened it' : 'from the side that opened it';
    c.rec.leaf(f.discriminator, at, 1, first & 0x0f, (first & 0x0f) === SMS_PROTOCOL ? 'short messages' : undefined);
    c.rec.leaf(f.transaction, at, 1, h.transaction, `${h.transaction}, ${side}`);
  }
  if ((first & 0x0f) !== SMS_PROTOCOL) c.report(cpRules.discriminator, at, 1, `discriminator ${first & 0x0f}`);
  if (h.transaction === EXTENDED) h.transaction = c.u8(f.extension) & 0x7f;
  h.type = c.u8(f.type);
}

const opener = (direction: 'mt' | 'mo', flag: boolean): 'phone' | 'network' =>
  (direction === 'mo') !== flag ? 'phone' : 'network';

function data(c: Cursor, ctx: Context, carrier: CpCarrier, h: Header, start: number, before: number): void {
  const at = c.pos;
  const claimed = c.u8(f.userDataLength);
  const there = Math.min(claimed, c.left);
  const cut = carrier.cut === true && there < claimed;
  if (there < claimed && !cut) {
    c.report(cpRules.userDataLength, at, 1, `claims ${claimed} octets, ${there} are left`);
  }
  const scope = carrier.scope ?? ctx.conversation;
  const own = { start, length: at + 1 + there - start, dissector: 'sm-cp' };
  const all: RpCarrier = { ...carrier, scope, pdu: carrier.pdu ?? own, findingsBefore: before };
  const out = decodeRp(c.window(there), ctx, all);
  if (out.sent === null) return;
  rememberTransaction(carrier.memory, scope, opener(out.direction, h.flag), h.transaction, out.sent);
}

/** 5.3.4: the connection is over; what was sent in it is refused, unless it was answered before. */
function error(c: Cursor, ctx: Context, carrier: CpCarrier, h: Header, start: number): void {
  const cause = c.u8(f.cause);
  const text = describeCpCause(cause);
  const scope = carrier.scope ?? ctx.conversation;
  const openers =
    carrier.direction === undefined ? (['network', 'phone'] as const) : [opener(carrier.direction, h.flag)];
  for (const side of openers) {
    const sent = sentIn(carrier.memory, scope, side, h.transaction);
    if (sent === undefined || sent.key === null) continue;
    ctx.sink.answer({
      bearer: carrier.bearer,
      operation: 'CP-ERROR',
      answerKey: sent.key,
      time: ctx.time,
      frame: ctx.frame,
      ok: false,
      temporary: isTemporaryCp(cause),
      code: `CP-ERROR ${cause}`,
      text,
      messageId: null,
    });
    return;
  }
  c.report(cpRules.error, start, c.pos - start, `cause ${cause}, ${text}`);
}

function body(c: Cursor, ctx: Context, carrier: CpCarrier, h: Header, start: number, before: number): void {
  if (h.type === CP_DATA) data(c, ctx, carrier, h, start, before);
  else if (h.type === CP_ERROR) error(c, ctx, carrier, h, start);
  else if (h.type !== CP_ACK) c.report(cpRules.type, c.pos - 1, 1, `message type 0x${h.type.toString(16)}`);
  if (c.left === 0) return;
  c.report(cpRules.trailing, c.pos, c.left, `${c.left} octets`);
  c.raw(f.rest, c.left);
}

// 3GPP TS 24.011 7.2: CP-DATA, CP-ACK and CP-ERROR.
/**
 * Reads the CP message in the cursor's whole window, and the RP message in CP-DATA as `decodeRp` does. CP-ERROR refuses
 * what was sent in its transaction.
 */
export function decodeCp(c: Cursor, ctx: Context, carrier: CpCarrier): void {
  const start = c.pos;
  const before = carrier.findingsBefore ?? c.findings.length;
  const h: Header = { transaction: 0, flag: false, type: -1 };
  c.group(
    f.message,
    undefined,
    () => {
      runLayer(c, () => {
        header(c, h);
        body(c, ctx, carrier, h, start, before);
      });
    },
    () => NAMES[h.type] ?? 'reserved',
  );
}

/** A CP message that stands alone: for the tree of what carried it. */
export const cp: DatagramDissector = {
  kind: 'datagram',
  id: 'sm-cp',
  title: 'Short Message Control Protocol',
  refs: ['3GPP TS 24.011', '3GPP TS 24.007'],
  fields: { ...f, ...rp.fields },
  rules: [...Object.values(cpRules), ...rp.rules],
  carriedBy: [],
  decode(c, ctx) {
    decodeCp(c, ctx, { bearer: 'gsmtap', memory: ctx.state(newRpMemory) });
  },
};
