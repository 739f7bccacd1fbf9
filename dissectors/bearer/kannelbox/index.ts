// What Kannel's boxes say to each other: a message is a length, a type and its members in a fixed order. No document
// describes it; the order was taken from recorded traffic of Kannel 1.4.5.

import { concatMapped, EMPTY, type Mapped } from '../../base/bytemap.ts';
import { type Cursor, runLayer } from '../../base/cursor.ts';
import { type Context, NEED_MORE, NOT_OURS, type StreamDissector } from '../../base/dissector.ts';
import type { Field } from '../../base/fields.ts';
import { address } from '../httpsmsc/parameters.ts';
import { latin1 } from '../text/delimited.ts';
import { kannelBoxFields as f, kannelBoxRules } from './fields.ts';

const SMS = 2;
const ACK = 3;
const LAST_TYPE = 4;
const MOBILE_ORIGINATED = 0;
const REPORT_MO = 3;
/** The length of what is not there, and an integer that is not set. */
const NOTHING = 0xffff_ffff;
const MAX_LENGTH = 64 * 1024;
const UUID = 36;
const HEADER = 8;

const u32 = (b: Uint8Array, at: number): number =>
  ((b[at]! << 24) | (b[at + 1]! << 16) | (b[at + 2]! << 8) | b[at + 3]!) >>> 0;

/** Behind the string at `at`; -1 where it reaches over the end. */
function behindString(b: Uint8Array, at: number, end: number): number {
  if (at < 0 || end - at < 4) return -1;
  const length = u32(b, at);
  if (length === NOTHING) return at + 4;
  return length <= end - at - 4 ? at + 4 + length : -1;
}

const isUuid = (b: Uint8Array, at: number, end: number): boolean =>
  at >= 0 && end - at >= 4 + UUID && u32(b, at) === UUID && b[at + 4 + 8] === 0x2d && b[at + 4 + 23] === 0x2d;

/** Strict: a message or an acknowledgement whose identifier stands where its members put it. */
function looksLike(b: Uint8Array, start: number, end: number): boolean {
  if (b[start] !== 0 || b[start + 1] !== 0 || end - start < HEADER + 8 + UUID) return false;
  const length = u32(b, start);
  const type = u32(b, start + 4);
  if (type === ACK) return length === 4 + 8 + 4 + UUID && isUuid(b, start + HEADER + 8, end);
  if (type !== SMS || length > MAX_LENGTH) return false;
  let at = start + HEADER;
  for (let i = 0; i < 4; i += 1) at = behindString(b, at, end);
  if (at >= 0) at += 4;
  for (let i = 0; i < 5; i += 1) at = behindString(b, at, end);
  return isUuid(b, at, end);
}

function frame(b: Uint8Array, start: number, end: number): number {
  if (b[start] !== 0) return NOT_OURS;
  if (end - start < HEADER) return end - start < 4 || u32(b, start) <= MAX_LENGTH ? NEED_MORE : NOT_OURS;
  const length = u32(b, start);
  return length < 4 || length > MAX_LENGTH || u32(b, start + 4) > LAST_TYPE ? NOT_OURS : 4 + length;
}

/** A string member; null where it is not set. */
function string(c: Cursor, ctx: Context, field: Field<'bytes'>): Mapped | null {
  const at = c.pos;
  const claimed = c.u32(f.stringLength);
  if (claimed === NOTHING) return null;
  const length = Math.min(claimed, c.left);
  if (length < claimed) c.report(kannelBoxRules.length, at, 4, `claims ${claimed} octets, ${length} are left`);
  const start = c.span(field, length);
  return { bytes: c.bytes.subarray(start, start + length), map: ctx.origin(start, length) };
}

const text = (m: Mapped | null): string => (m === null ? '' : latin1(m.bytes, { start: 0, length: m.bytes.length }));

const DCS = [0x03, 0x04, 0x08] as const;
const CLASSES = 0xf4;

/** 7-bit text comes as characters in octets of their own. */
function codingOf(coding: number, messageClass: number): { readonly dcs: number; readonly dcsOf?: 'smpp' } {
  if (coding === 0) return { dcs: DCS[0], dcsOf: 'smpp' };
  if (coding === 1 && messageClass <= 3) return { dcs: CLASSES | messageClass };
  return { dcs: DCS[coding] ?? DCS[1] };
}

function readSms(c: Cursor, ctx: Context, pdu: Mapped, before: number): void {
  const sender = text(string(c, ctx, f.sender));
  const receiver = text(string(c, ctx, f.receiver));
  const udh = string(c, ctx, f.udhdata);
  const content = string(c, ctx, f.msgdata) ?? EMPTY;
  c.u32(f.time);
  for (const field of [f.smscId, f.smscNumber, f.foreignId, f.service, f.account]) string(c, ctx, field);
  const id = text(string(c, ctx, f.id));
  const type = c.u32(f.smsType);
  const messageClass = c.u32(f.mclass);
  c.u32(f.mwi);
  const coding = c.u32(f.coding);
  c.span(f.rest, c.left);
  // Reports quote what only the boxes know.
  if (type >= REPORT_MO) return;
  const hasHeader = udh !== null && udh.bytes.length > 0;
  ctx.sink.shortMessage({
    bearer: 'kannel-box',
    operation: 'box sms',
    direction: type === MOBILE_ORIGINATED ? 'mo' : 'mt',
    from: address(sender),
    to: address(receiver),
    imsi: null,
    smsc: null,
    time: ctx.time,
    frame: ctx.frame,
    ...codingOf(coding, messageClass),
    ...((ctx.missing ?? 0) > 0 ? { cut: true } : {}),
    userData: hasHeader ? concatMapped([udh, content]) : content,
    udhi: hasHeader,
    pdu,
    dissector: 'kannel-box',
    chosenBy: ctx.chosenBy,
    answerKey: `${ctx.conversation}/box/${id}`,
    findings: c.findings.splice(before),
  });
}

const NACKS = ['taken', 'failed', 'failed for now', 'buffered'] as const;

function readAck(c: Cursor, ctx: Context): void {
  const nack = c.u32(f.nack);
  c.u32(f.time);
  const id = text(string(c, ctx, f.id));
  const ok = nack === 0 || nack === 3;
  ctx.sink.answer({
    bearer: 'kannel-box',
    operation: 'box ack',
    answerKey: `${ctx.conversation}/box/${id}`,
    time: ctx.time,
    frame: ctx.frame,
    ok,
    temporary: nack === 2,
    code: ok ? null : `nack ${nack}`,
    text: NACKS[nack] ?? `nack ${nack}`,
    messageId: null,
  });
}

function decodeMessage(c: Cursor, ctx: Context): void {
  const before = c.findings.length;
  const pdu: Mapped = { bytes: c.bytes.subarray(0, c.end), map: ctx.origin(0, c.end) };
  c.u32(f.length);
  const type = c.u32(f.type);
  if (type === SMS) readSms(c, ctx, pdu, before);
  else if (type === ACK) readAck(c, ctx);
  if (c.left > 0) c.span(f.rest, c.left);
}

export const kannelBox: StreamDissector = {
  kind: 'stream',
  id: 'kannel-box',
  title: "Between Kannel's boxes",
  refs: ['Kannel 1.4.5, as seen in captures'],
  fields: f,
  rules: Object.values(kannelBoxRules),
  carriedBy: [],
  maxLength: MAX_LENGTH + 4,
  firstOctets: [0],
  looksLike,
  frame,
  decode(c, ctx) {
    c.group(f.message, undefined, () => runLayer(c, (cursor) => decodeMessage(cursor, ctx)));
  },
};
