// Ordinary texts, and what is answered to them, told by their octets alone: most of what a message centre carries.
//
// Whatever has anything to be read, joined, reported or looked at again is left to the decoder.

import type { Moment, Pass, Passage } from '../../base/dissector.ts';
import { hashOfOctets, type TextContent, type TextSink } from '../../base/texts.ts';
import { isText } from '../../sms/text.ts';
import { looksLikeUdh } from '../../sms/udh.ts';
import { DELIVER_SM, SUBMIT_SM } from './commands.ts';
import { HEADER_LENGTH } from './header.ts';
import { latin1, toAddress } from './read.ts';
import { isTextAnswered, newSession, rememberText, type Session } from './session.ts';
import { TLV } from './tlvs.ts';

/** 1 where a data_coding says characters. */
const TEXT = Uint8Array.from({ length: 256 }, (_, dcs) => (isText(dcs, 'smpp') ? 1 : 0));

/** Strings of a PDU that are longer than this are left to the decoder. */
const LONGEST = 64;
/** As many optional parameters, likewise. */
const MOST_TLVS = 16;
const MESSAGE_ID = 65;

/** Bits of esm_class: user data header; message type, of a deliver_sm. */
const UDHI = 0x40;
const TYPE = 0x3c;

/** Parameters that say what the message is, or whose. */
const TELLING: ReadonlySet<number> = new Set([
  TLV.receiptedMessageId,
  TLV.sourcePort,
  TLV.destinationPort,
  TLV.sarMsgRefNum,
  TLV.sarTotalSegments,
  TLV.sarSegmentSeqnum,
  TLV.messagePayload,
  TLV.messageState,
]);

const u32 = (b: Uint8Array, at: number): number =>
  ((b[at]! << 24) | (b[at + 1]! << 16) | (b[at + 2]! << 8) | b[at + 3]!) >>> 0;

/** Behind the NUL of the string at `at`, -1 where it has none nearby. */
function behindString(b: Uint8Array, at: number, end: number): number {
  if (at < end && b[at] === 0) return at + 1;
  const stop = at + LONGEST < end ? at + LONGEST : end;
  for (let i = at; i < stop; i += 1) if (b[i] === 0) return i + 1;
  return -1;
}

/** Optional parameters in [at, end): does none of them matter? */
function harmlessTlvs(b: Uint8Array, start: number, end: number): boolean {
  let at = start;
  for (let n = 0; at < end; n += 1) {
    if (n === MOST_TLVS || at + 4 > end || TELLING.has((b[at]! << 8) | b[at + 1]!)) return false;
    at += 4 + ((b[at + 2]! << 8) | b[at + 3]!);
  }
  return at === end;
}

/** May the text of a deliver_sm be a receipt (Appendix B), which begins with 'id:'? */
function mayBeReceipt(b: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i += 1) {
    const v = b[i]!;
    if (v === 0x20 || (v >= 9 && v <= 13) || v === 0xa0) continue;
    return v === 0x69 || v === 0x49;
  }
  return false;
}

/** A push (WAP-230-WSP 8.2.4.1), a header written as text, or one that nobody announced. */
const mayBeMore = (b: Uint8Array, start: number, end: number): boolean =>
  b[start] === 0x2f || (end - start > 1 && b[start + 1] === 6) || looksLikeUdh(b, start, end);

/** Of '+4917...' the digits, of anything else all of it: as `toAddress` has it. */
function valueStart(b: Uint8Array, start: number, end: number): number {
  if (b[start] !== 0x2b || end - start < 2) return start;
  for (let i = start + 1; i < end; i += 1) if (b[i]! < 0x30 || b[i]! > 0x39) return start;
  return start + 1;
}

// SMPP 3.4 4.4.1, 4.6.1: submit_sm and deliver_sm.
function passText(b: Uint8Array, start: number, end: number, at: Moment, p: Passage, s: Session, t: TextSink): boolean {
  const submits = b[start + 7] === SUBMIT_SM;
  const source = behindString(b, start + HEADER_LENGTH, end);
  if (source < 0) return false;
  const destination = behindString(b, source + 2, end);
  if (destination < 0) return false;
  const fixed = behindString(b, destination + 2, end);
  if (fixed < 0 || fixed + 3 >= end) return false;
  const esmClass = b[fixed]!;
  if ((esmClass & UDHI) !== 0 || (!submits && (esmClass & TYPE) !== 0)) return false;
  // A message with times is rare: both strings are empty.
  const plain = fixed + 5 < end && b[fixed + 3] === 0 && b[fixed + 4] === 0;
  const rest = plain ? fixed + 5 : behindTimes(b, fixed + 3, end);
  if (rest < 0 || rest + 5 > end) return false;
  const content = rest + 5;
  const contentEnd = content + b[rest + 4]!;
  if (TEXT[b[rest + 2]!] === 0 || contentEnd === content || contentEnd > end) return false;
  if (mayBeMore(b, content, contentEnd) || (!submits && mayBeReceipt(b, content, contentEnd))) return false;
  if (contentEnd < end && !harmlessTlvs(b, contentEnd, end)) return false;
  if (!rememberText(s, p.direction, u32(b, start + 12))) return false;
  s.esme = submits === (p.direction === 0) ? 0 : 1;
  t.passed(at.time);
  if (!submits) return true;
  const name = valueStart(b, destination + 2, fixed - 1);
  const hash = hashOfOctets(b, name, fixed - 1);
  if (t.wants(hash)) tell(t, b, source, contentEnd, name, fixed - 1, hash, at);
  return true;
}

/** Behind schedule_delivery_time and validity_period. */
function behindTimes(b: Uint8Array, at: number, end: number): number {
  const validity = behindString(b, at, end);
  return validity < 0 ? -1 : behindString(b, validity, end);
}

/** Gives a submit_sm from its source address to the end of its text, where somebody wants it. */
function tell(
  t: TextSink,
  bytes: Uint8Array,
  start: number,
  end: number,
  nameStart: number,
  nameEnd: number,
  nameHash: number,
  at: Moment,
): void {
  const { time } = at;
  t.told({ bytes, start, end, nameStart, nameEnd, nameHash, time, frame: at.frame(), read: readText });
}

/** What `tell` gives, which was looked at before. */
function readText(b: Uint8Array, source: number, end: number): TextContent {
  const destination = behindString(b, source + 2, end);
  const fixed = behindString(b, destination + 2, end);
  const rest = behindTimes(b, fixed + 3, end);
  const name = valueStart(b, destination + 2, fixed - 1);
  return {
    to: latin1(b, name, fixed - 1),
    from: toAddress(b[source]!, b[source + 1]!, latin1(b, source + 2, destination - 1)),
    bytes: b.subarray(rest + 5, end),
    dcs: b[rest + 2]!,
    dcsOf: 'smpp',
    udl: undefined,
  };
}

// SMPP 3.4 4.4.2, 4.6.2: submit_sm_resp and deliver_sm_resp.
function passAnswer(b: Uint8Array, start: number, end: number, p: Passage, s: Session): boolean {
  const sequence = u32(b, start + 12);
  if (sequence === 0 || sequence > 0x7fff_ffff) return false;
  if (end > start + HEADER_LENGTH) {
    if (behindString(b, start + HEADER_LENGTH, end) !== end || end - start - HEADER_LENGTH > MESSAGE_ID) return false;
  }
  if (!isTextAnswered(s, p.direction, sequence)) return false;
  s.esme = (b[start + 7] === SUBMIT_SM) === (p.direction === 0) ? 1 : 0;
  return true;
}

/** Texts and their answers are passed over where texts are only counted. */
export function passing(passage: Passage): Pass | null {
  const { texts } = passage.sink;
  if (texts === undefined) return null;
  let session: Session | null = null;
  return (b, start, end, at) => {
    if (end - start < HEADER_LENGTH || b[start + 5] !== 0 || b[start + 6] !== 0) return false;
    const command = b[start + 7]!;
    if (command !== SUBMIT_SM && command !== DELIVER_SM) return false;
    session ??= passage.state<Session>(newSession);
    const kind = b[start + 4]!;
    if (kind === 0) return passText(b, start, end, at, passage, session, texts);
    return kind === 0x80 && passAnswer(b, start, end, passage, session);
  };
}
