// Short messages on a card: records of EF SMS, data downloaded to the card, messages it sends itself.

import type { Finding } from '../../../captures/finding.ts';
import { type Cursor, runLayer } from '../../base/cursor.ts';
import type { Context } from '../../base/dissector.ts';
import { type Address, formatAddress } from '../../base/message.ts';
import { addressOf, semiOctets, serviceCentre } from '../../sms/address.ts';
import { tpduToShortMessage } from '../../sms/message.ts';
import { tpduRules } from '../../sms/rules.ts';
import { decodeTpdu, type Tpdu } from '../../sms/tpdu.ts';
import { toolkitFields as f, smsRecordFields } from './fields.ts';

export interface CardMessage {
  readonly smsc: Address | null;
  readonly tpdu: Tpdu;
  readonly direction: 'mt' | 'mo';
}

/** An address of length FF is none. */
function centre(c: Cursor): Address | null {
  if (c.peek() !== 0xff) return serviceCentre(c, smsRecordFields.centre);
  c.span(smsRecordFields.padding, 1);
  return null;
}

/** Octets from the end that only fill. */
function padding(b: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && b[at - 1] === 0xff) at -= 1;
  return end - at;
}

// 3GPP TS 51.011 10.5.3: status, service centre address, TPDU, then FF.
/** Reads a record of EF SMS in the cursor's whole window; null for a free one. */
export function smsRecord(c: Cursor): CardMessage | null {
  const r = smsRecordFields;
  return c.group(r.record, undefined, () => {
    const status = c.u8(r.status) & 7;
    if ((status & 1) === 0) {
      if (c.left > 0) c.span(r.padding, c.left);
      return null;
    }
    const direction = (status & 4) === 0 ? 'mt' : 'mo';
    const smsc = centre(c);
    const padded = c.end - padding(c.bytes, c.pos, c.end);
    const before = c.findings.length;
    const tpdu = decodeTpdu(c.window(c.left), direction);
    // The TPDU says how long it is; FF behind it are padding.
    const isPadding = (x: Finding): boolean => x.rule === tpduRules.trailing && x.start >= padded;
    c.findings.push(...c.findings.splice(before).filter((x) => !isPadding(x)));
    return { smsc, tpdu, direction };
  });
}

const TPDU = 0x0b;
const ADDRESS = 0x06;
const DETAILS = 0x01;
/** ETSI TS 102 223 9.4 */
const SEND_SHORT_MESSAGE = 0x13;
const DOWNLOAD = 0xd1;
const PROACTIVE = 0xd0;

/** ETSI TS 102 223 Annex C: one octet, or 81 and one. */
function berLength(c: Cursor): number {
  const at = c.pos;
  const first = c.bytes[c.take(1)]!;
  const length = first === 0x81 ? c.bytes[c.take(1)]! : first;
  if (c.rec !== null) c.rec.leaf(f.length, at, c.pos - at, length, `${length} octets`);
  return length;
}

function toolkitAddress(c: Cursor): Address {
  const at = c.take(c.left);
  const address = addressOf(c.bytes[at]!, semiOctets(c.bytes, at + 1, c.pos, 2 * (c.pos - at - 1)));
  if (c.rec !== null) c.rec.leaf(f.address, at, c.pos - at, address.value, formatAddress(address));
  return address;
}

// ETSI TS 102 223 6.6, 7; 3GPP TS 31.111 7.1.1.2, 6.4.10: an object of objects.
/** Reads a toolkit object in the cursor's whole window; null where it carries no short message. */
export function toolkitObject(c: Cursor): CardMessage | null {
  const outer = c.peek();
  let command = 0;
  let smsc: Address | null = null;
  let tpdu: Tpdu | null = null;
  const direction = outer === DOWNLOAD ? 'mt' : 'mo';
  c.group(f.object, undefined, () => {
    c.u8(f.tag);
    const w = c.windowUpTo(berLength(c));
    while (w.left > 1 && (outer === DOWNLOAD || outer === PROACTIVE)) {
      const tag = w.u8(f.tag) & 0x7f;
      const v = w.windowUpTo(berLength(w));
      if (tag === DETAILS && v.left >= 2) command = v.bytes[v.pos + 1]!;
      if (tag === ADDRESS && v.left > 0) smsc = toolkitAddress(v);
      if (tag === TPDU && v.left > 0 && (outer === DOWNLOAD || command === SEND_SHORT_MESSAGE)) {
        tpdu = decodeTpdu(v, direction);
      }
      if (v.left > 0) v.span(f.value, v.left);
    }
    if (w.left > 0) w.span(f.value, w.left);
    if (c.left > 0) c.span(f.value, c.left);
  });
  return tpdu === null ? null : { smsc, tpdu, direction };
}

export interface Told {
  readonly operation: string;
  readonly imsi: string | null;
  readonly start: number;
  readonly length: number;
  readonly dissector: string;
  readonly answerKey: string | null;
  /** How many findings the cursor had before. */
  readonly before: number;
}

/** Tells the sink of a message of the card. Findings go with it. */
export function tellMessage(c: Cursor, ctx: Context, m: CardMessage, t: Told): void {
  if (!m.tpdu.complete && m.tpdu.address === null) return;
  const take = (): Finding[] =>
    c.findings.splice(t.before).map((x) => ({ ...x, of: 'pdu', start: Math.max(0, x.start - t.start) }));
  const isMessage = m.tpdu.kind === 'SMS-DELIVER' || m.tpdu.kind === 'SMS-SUBMIT';
  const out = tpduToShortMessage(m.tpdu, c.bytes, {
    bearer: 'sim-apdu',
    operation: t.operation,
    direction: m.direction,
    from: null,
    to: null,
    imsi: t.imsi,
    smsc: m.smsc,
    time: ctx.time,
    frame: ctx.frame,
    pdu: { bytes: c.bytes.subarray(t.start, t.start + t.length), map: ctx.origin(t.start, t.length) },
    dissector: t.dissector,
    chosenBy: ctx.chosenBy,
    answerKey: t.answerKey,
    findings: isMessage ? take() : [],
    origin: (start, length) => ctx.origin(start, length),
  });
  if (out === null) return;
  if ('message' in out) ctx.sink.shortMessage(out.message);
  else ctx.sink.receipt(out.receipt);
}

/** For the tree of a record or object that stands alone. */
export const readAlone = (c: Cursor, read: (c: Cursor) => unknown): void => {
  runLayer(c, () => void read(c));
};
