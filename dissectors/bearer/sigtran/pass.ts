// Ordinary texts in MAP forwards, and the ends of their dialogues, told by their octets alone: M3UA, SCCP, TCAP, MAP and
// the TPDU in one go. Whatever is not of the plainest form in any of them is left to the decoders.

import type { Moment, Pass, Passage } from '../../base/dissector.ts';
import type { Sink } from '../../base/message.ts';
import type { TextContent, TextSink } from '../../base/texts.ts';
import { isAt, type Pattern, patternOf } from '../../base/words.ts';
import { semiOctets, tpAddressAt } from '../../sms/address.ts';
import { decodeDcs } from '../../sms/dcs.ts';
import { isText } from '../../sms/text.ts';
import { looksLikeUdh } from '../../sms/udh.ts';
import { userDataOctets } from '../../sms/userdata.ts';
import { OPERATION } from './map/operations.ts';
import { BOTH_NAMED } from './map/user.ts';
import { MESSAGE } from './sccp/types.ts';
import { type Memory, newMemory, tellDropped } from './tcap/session.ts';
import { hashOfTitle } from './tcap/texts.ts';

/** What a data coding scheme makes of user data. */
const OTHER = 0;
const SEPTETS = 1;
const OCTETS = 2;
const CODING = Uint8Array.from({ length: 256 }, (_, dcs) => {
  if (!isText(dcs, 'tp') || decodeDcs(dcs).compressed) return OTHER;
  return userDataOctets(dcs, 8) === 7 ? SEPTETS : OCTETS;
});

/** 3GPP TS 23.003 8: subsystems of those who take part in short messages, as `tcap` is bound to them. */
const SUBSYSTEMS: ReadonlySet<number> = new Set([6, 7, 8, 147, 149, 150]);

/** {0 4 0 0 1 0 21 v} and 25: shortMsgMO-RelayContext, shortMsgMT-RelayContext (3GPP TS 29.002 17.3.2). */
const MO_CONTEXT = 21;
const MT_CONTEXT = 25;

const hex = (text: string): Pattern =>
  patternOf(Uint8Array.from(text.match(/../g) ?? [], (v) => Number.parseInt(v, 16)));
const hexOf = (identifier: number, size: number): string => (identifier >>> 0).toString(16).padStart(2 * size, '0');
/** Dialogue portions as nearly all are, before the number of the context and its version, and behind them. */
const REQUEST = hex('6b1e281c060700118605010101a011600f80020780a10906070400000100');
const RESPONSE = hex('6b2a2828060700118605010101a01d611b80020780a10906070400000100');
const ACCEPTED = hex('a203020100a305a103020100');

const u16 = (b: Uint8Array, at: number): number => (b[at]! << 8) | b[at + 1]!;
const u32 = (b: Uint8Array, at: number): number =>
  ((b[at]! << 24) | (b[at + 1]! << 16) | (b[at + 2]! << 8) | b[at + 3]!) >>> 0;

const LABEL = 12;

/** Where the one message of SCCP in a DATA message of M3UA begins, -1 where anything is otherwise; ends at `userEnd`. */
function userStart(b: Uint8Array, start: number, end: number): number {
  if (end - start < 8 || b[start] !== 1 || b[start + 2] !== 1 || b[start + 3] !== 1) return -1;
  if (u32(b, start + 4) !== end - start) return -1;
  let found = -1;
  for (let at = start + 8; at < end; ) {
    if (at + 4 > end) return -1;
    const next = at + u16(b, at + 2);
    if (next < at + 4 || next > end) return -1;
    if (b[at] === 0x02 && b[at + 1] === 0x10) {
      if (found >= 0 || next < at + 4 + LABEL + 1 || b[at + 12] !== SCCP) return -1;
      found = at + 4 + LABEL;
      userEnd = next;
    } else if (b[at] === 0x02 && b[at + 1] !== 0) return -1;
    at = next + ((at - next) & 3);
  }
  return found;
}

const SCCP = 3;
let userEnd = 0;

const SEED = 0x811c9dc5 | 0;
const PRIME = 0x01000193;
const mix = (h: number, code: number): number => Math.imul(h ^ code, PRIME);
const codes = (digits: string): Uint8Array => Uint8Array.from(digits, (d) => d.charCodeAt(0));
const NUMBER_DIGITS = codes('0123456789*#abc');

/** ITU-T Q.713 4.10, 4.18: the pointers of a UDT, or of an XUDT that has no optional part; -1 in other messages. */
function pointersAt(b: Uint8Array, user: number): number {
  if (b[user] === MESSAGE.udt) return user + 2;
  return b[user] === MESSAGE.xudt && b[user + 6] === 0 ? user + 3 : -1;
}

/** Of the last address that was looked at: its subsystem, and the digits of its global title. */
let subsystem = 0;
let titleStart = 0;
let titleEnd = 0;
let titleOdd = false;

/** Is the party whose address the pointer at `at` leads to named by a global title of the usual form (ITU-T Q.713 3.4)? */
function hasTitle(b: Uint8Array, at: number, end: number): boolean {
  const length = at + b[at]!;
  if (b[at] === 0 || length >= end) return false;
  titleEnd = length + b[length]!;
  const indicator = b[length + 1]!;
  // Global title with translation type, plan and nature; a subsystem; perhaps a point code.
  if (titleEnd >= end || b[length]! < 8 || (indicator & 0xbe) !== 0x12) return false;
  const p = length + 2 + 2 * (indicator & 1);
  subsystem = b[p]!;
  titleOdd = (b[p + 2]! & 0x0f) === 1;
  titleStart = p + 4;
  return true;
}

/** Contents of the element at `at`, which has the tag and ends at or before `end`; -1 elsewhere. They end at `elementEnd`. */
function inside(b: Uint8Array, at: number, end: number, tag: number): number {
  if (at + 2 > end || b[at] !== tag) return -1;
  let start = at + 2;
  let length = b[at + 1]!;
  if (length === 0x81) {
    if (at + 3 > end) return -1;
    length = b[at + 2]!;
    start = at + 3;
  } else if (length >= 0x80) return -1;
  elementEnd = start + length;
  return elementEnd > end ? -1 : start;
}

let elementEnd = 0;

/** Behind the element at `at`, -1 where there is none that ends in time. */
const behind = (b: Uint8Array, at: number, end: number): number =>
  at >= end || (b[at]! & 0x1f) === 0x1f || inside(b, at, end, b[at]!) < 0 ? -1 : elementEnd;

/** A transaction identifier as a number; `identifierSize` tells its octets, 0 where it is none. */
function identifierAt(b: Uint8Array, at: number, end: number, tag: number): number {
  const start = inside(b, at, end, tag);
  const size = start < 0 ? 0 : elementEnd - start;
  identifierSize = size > 4 ? 0 : size;
  let v = 0;
  for (let i = 0; i < identifierSize; i += 1) v = (v << 8) | b[start + i]!;
  return v;
}

let identifierSize = 0;

/** 3GPP TS 29.002 17.7.6: destination, origin and TPDU of a forward; who sends, at the end of it, where that is said. */
interface Forward {
  mt: boolean;
  /** Contents: IMSI of the destination, or number of the origin. */
  subscriber: number;
  subscriberEnd: number;
  tpdu: number;
  tpduEnd: number;
  /** IMSI of the sender; -1: not said. */
  own: number;
  ownEnd: number;
}

const forward: Forward = { mt: false, subscriber: 0, subscriberEnd: 0, tpdu: 0, tpduEnd: 0, own: -1, ownEnd: -1 };

const IMSI = 0x80;
const MSISDN = 0x82;
const CENTRE = 0x84;
const STRING = 0x04;
const INTEGER = 0x02;
const SEQUENCE = 0x30;

/** The one invoke in the component portion at `at`, which ends at `end`. */
function readForward(b: Uint8Array, at: number, end: number): boolean {
  const component = inside(b, at, end, 0x6c);
  if (component < 0 || elementEnd !== end) return false;
  const body = inside(b, component, end, 0xa1);
  if (body < 0 || elementEnd !== end) return false;
  // Invoke identifier and operation, each an integer of one octet.
  if (body + 6 > end || b[body] !== INTEGER || b[body + 1] !== 1 || b[body + 3] !== INTEGER || b[body + 4] !== 1) {
    return false;
  }
  const operation = b[body + 5]!;
  if (operation !== OPERATION.mtForward && operation !== OPERATION.forward) return false;
  const destination = inside(b, body + 6, end, SEQUENCE);
  if (destination < 0 || elementEnd !== end) return false;
  const origin = behind(b, destination, end);
  if (origin < 0) return false;
  const tpdu = behind(b, origin, end);
  if (tpdu < 0) return false;
  forward.mt = b[destination] === IMSI && b[origin] === CENTRE;
  const mo = b[destination] === CENTRE && b[origin] === MSISDN && operation === OPERATION.forward;
  if (!forward.mt && !mo) return false;
  forward.subscriber = inside(b, forward.mt ? destination : origin, end, forward.mt ? IMSI : MSISDN);
  forward.subscriberEnd = elementEnd;
  if (forward.subscriberEnd - forward.subscriber < 2) return false;
  forward.tpdu = inside(b, tpdu, end, STRING);
  if (forward.tpdu < 0) return false;
  forward.tpduEnd = elementEnd;
  forward.own = -1;
  if (forward.tpduEnd === end) return true;
  forward.own = forward.mt ? -1 : inside(b, forward.tpduEnd, end, STRING);
  forward.ownEnd = elementEnd;
  return forward.own >= 0 && elementEnd === end;
}

/** Where the user data of the TPDU [at, end) begin, -1 where they are not a text and nothing else. */
function textIn(b: Uint8Array, at: number, end: number, mt: boolean): number {
  const first = b[at]!;
  // A header is announced, or another type of TPDU.
  if ((first & 0x40) !== 0 || (first & 3) !== (mt ? 0 : 1)) return -1;
  const address = mt ? at + 1 : at + 2;
  if (address + 2 > end) return -1;
  const coding = address + 3 + ((b[address]! + 1) >> 1);
  // 3GPP TS 23.040 9.2.3.3: validity of one octet or of seven.
  const format = (first >> 3) & 3;
  const length = coding + 1 + (mt ? 7 : format === 0 ? 0 : format === 2 ? 1 : 7);
  if (length >= end) return -1;
  const start = length + 1;
  const kind = CODING[b[coding]!]!;
  const size = kind === SEPTETS ? (b[length]! * 7 + 7) >> 3 : b[length]!;
  if (kind === OTHER || size === 0 || start + size !== end) return -1;
  // '//SCK' in septets, or a header that nobody announced.
  if ((b[start]! & 0x7f) === 0x2f || looksLikeUdh(b, start, end)) return -1;
  codingAt = coding;
  return start;
}

let codingAt = 0;

/** The hash that `hashOfName` gives of digits in semi-octets, 0 where there are none. */
function hashOfDigits(b: Uint8Array, start: number, end: number): number {
  let h = SEED;
  for (let i = start; i < end; i += 1) {
    const v = b[i]!;
    const low = v & 0x0f;
    const high = v >> 4;
    if (low === 0x0f) {
      if (i === start) return 0;
      break;
    }
    h = mix(h, NUMBER_DIGITS[low]!);
    if (high === 0x0f) break;
    h = mix(h, NUMBER_DIGITS[high]!);
  }
  return h === 0 ? 1 : h;
}

const digitsOf = (b: Uint8Array, start: number, end: number): string => semiOctets(b, start, end, (end - start) * 2);

// ITU-T Q.773 3.1: Begin, with the forward of a text and nothing else.
function passBegin(b: Uint8Array, at: number, end: number, owner: number, p: Passing, when: Moment): boolean {
  const identifier = identifierAt(b, at, end, 0x48);
  const size = identifierSize;
  if (size === 0) return false;
  let portion = elementEnd;
  if (b[portion] === 0x6b) {
    if (!isAt(b, portion, end, REQUEST)) return false;
    portion += REQUEST.length;
    if (portion + 2 > end || (b[portion] !== MO_CONTEXT && b[portion] !== MT_CONTEXT) || b[portion + 1]! > 3)
      return false;
    portion += 2;
  }
  if (!readForward(b, portion, end)) return false;
  const { mt, subscriber, subscriberEnd, tpdu, tpduEnd, own, ownEnd } = forward;
  const start = textIn(b, tpdu, tpduEnd, mt);
  if (start < 0) return false;
  const name = mt ? hashOfDigits(b, subscriber, subscriberEnd) : 1;
  if (name === 0) return false;
  const memory = p.memory();
  // An answer that was captured before its question.
  if (memory.early.size > 0 && memory.early.has(hexOf(identifier, size))) return false;
  memory.texts.add(identifier, size, owner, memory.dialogues.nextId());
  memory.user.passed();
  p.texts.passed(when.time);
  if (mt && p.texts.wants(name)) tell(b, portion, end, subscriber, subscriberEnd, name, p, when);
  if (own >= 0) tellIdentity(b, own, ownEnd, subscriber, subscriberEnd, p, when);
  return true;
}

/** Gives the component portion at `start`, which carries a text to a phone, where somebody wants it. */
function tell(
  bytes: Uint8Array,
  start: number,
  end: number,
  nameStart: number,
  nameEnd: number,
  nameHash: number,
  p: Passing,
  when: Moment,
): void {
  const { time } = when;
  p.texts.told({ bytes, start, end, nameStart, nameEnd, nameHash, time, frame: when.frame(), read: readText });
}

/** What `tell` gives, which was looked at before. */
function readText(b: Uint8Array, start: number, end: number): TextContent {
  readForward(b, start, end);
  const { subscriber, subscriberEnd, tpdu, tpduEnd } = forward;
  const content = textIn(b, tpdu, tpduEnd, true);
  return {
    to: digitsOf(b, subscriber, subscriberEnd),
    from: tpAddressAt(b, tpdu + 1),
    bytes: b.subarray(content, tpduEnd),
    dcs: b[codingAt]!,
    dcsOf: 'tp',
    udl: b[content - 1]!,
  };
}

/** MO-ForwardSM of version 3 may say who sends; everyone is told of it. */
function tellIdentity(
  b: Uint8Array,
  own: number,
  ownEnd: number,
  subscriber: number,
  subscriberEnd: number,
  p: Passing,
  when: Moment,
): void {
  const imsi = digitsOf(b, own, ownEnd);
  if (imsi === '') return;
  const msisdn = digitsOf(b, subscriber + 1, subscriberEnd);
  p.sink.identity({ msisdn, imsi, time: when.time, frame: when.frame(), text: BOTH_NAMED });
}

// ITU-T Q.773 3.1: End, with the answer to a text and nothing else; what it says concerns nobody.
function passEnd(b: Uint8Array, at: number, end: number, owner: number, p: Passing): boolean {
  const identifier = identifierAt(b, at, end, 0x49);
  const size = identifierSize;
  if (size === 0) return false;
  let portion = elementEnd;
  if (b[portion] === 0x6b) {
    if (!isAt(b, portion, end, RESPONSE) || !isAt(b, portion + RESPONSE.length + 2, end, ACCEPTED)) return false;
    portion += RESPONSE.length + 2 + ACCEPTED.length;
  }
  const component = inside(b, portion, end, 0x6c);
  if (component < 0 || elementEnd !== end || component === end) return false;
  const kind = b[component]!;
  if (kind !== 0xa2 && kind !== 0xa3 && kind !== 0xa4) return false;
  if (behind(b, component, end) !== end) return false;
  const memory = p.memory();
  return !memory.dialogues.mayHave(identifier) && memory.texts.end(identifier, size, owner);
}

interface Passing {
  readonly sink: Sink;
  readonly texts: TextSink;
  memory(): Memory;
}

/** Texts and their answers are passed over where texts are only counted. For whole messages of M3UA. */
export function passing({ sink, shared }: Passage): Pass | null {
  const { texts } = sink;
  if (texts === undefined) return null;
  let memory: Memory | null = null;
  const p: Passing = {
    sink,
    texts,
    memory() {
      memory ??= shared(TCAP, newMemory, tellDropped);
      return memory;
    },
  };
  return (b, start, end, when) => {
    const user = userStart(b, start, end);
    if (user < 0 || userEnd - user < 8) return false;
    const pointers = pointersAt(b, user);
    if (pointers < 0) return false;
    const data = pointers + 2 + b[pointers + 2]!;
    if (b[pointers + 2] === 0 || data + 3 > userEnd) return false;
    const dataEnd = data + 1 + b[data]!;
    if (dataEnd > userEnd) return false;
    const tag = b[data + 1]!;
    if (tag !== BEGIN && tag !== END) return false;
    // The dialogue is named by whoever chose its identifier.
    const owner = tag === BEGIN ? pointers + 1 : pointers;
    const other = tag === BEGIN ? pointers : pointers + 1;
    if (!hasTitle(b, other, userEnd)) return false;
    const far = subsystem;
    if (!hasTitle(b, owner, userEnd) || !SUBSYSTEMS.has(tag === BEGIN ? far : subsystem)) return false;
    const name = hashOfTitle(b, titleStart, titleEnd, titleOdd);
    if (name === 0) return false;
    const body = inside(b, data + 1, dataEnd, tag);
    if (body < 0 || elementEnd !== dataEnd) return false;
    return tag === BEGIN ? passBegin(b, body, dataEnd, name, p, when) : passEnd(b, body, dataEnd, name, p);
  };
}

const TCAP = 'tcap';
const BEGIN = 0x62;
const END = 0x64;
