// One short message as a part: its content behind the header, its number, its ports, kept.

import type { Finding } from '../../captures/finding.ts';
import type { FrameId, Mapped } from '../base/bytemap.ts';
import { Cursor, runLayer } from '../base/cursor.ts';
import type {
  Address,
  Bearer,
  Concatenation,
  Datagram,
  Ports,
  ShortMessage,
  Time,
  TransactionPart,
  UserDataHeader,
} from '../base/message.ts';
import type { Part } from '../base/run.ts';
import { NO_SHIFTS, type Shifts, septetsToText, unpackSeptets } from './gsm7.ts';
import type { Segment, SegmentStatus } from './joined.ts';
import { joinRules } from './joinrules.ts';
import { tpduRules } from './rules.ts';
import { looksLikePush } from './sniff.ts';
import type { Slice, Store } from './store.ts';
import { decodeText, isText, otherReading, parseTextHeader, type UserDataText } from './text.ts';
import { decodeUdh } from './udh.ts';
import { shiftsOf } from './userdata.ts';

/** What is kept of a short message: no buffer of the bearer's is in it. */
export interface Kept {
  readonly bearer: Bearer;
  readonly operation: string;
  readonly direction: 'mt' | 'mo';
  readonly from: Address | null;
  readonly to: Address | null;
  readonly imsi: string | null;
  readonly smsc: Address | null;
  /** When the last octet of the PDU came, and when the first one did. */
  readonly time: Time;
  readonly began: Time;
  readonly frame: FrameId;
  readonly dissector: string;
  readonly chosenBy: string;
  readonly answerKey: string | null;
  readonly messageReference?: number;
  readonly cut: boolean;
  readonly pdu: Mapped;
  /** User data: `userLength` octets of `source` from `userAt` on; it is the PDU where the bearer carried octets. */
  readonly source: Mapped;
  /** Those of `source`, at hand. */
  readonly bytes: Uint8Array;
  readonly userAt: number;
  readonly userLength: number;
  /** Octets of the header in front of the content, and characters of a header written as text. */
  readonly headerLength: number;
  readonly textHeader: number;
  readonly concatenation: Concatenation | null;
  readonly ports: Ports | null;
  readonly dcs: number;
  readonly dcsOf: 'smpp' | 'tp';
  readonly udl: number | undefined;
  readonly shifts: Shifts;
  /** The data coding says characters. */
  readonly isText: boolean;
  /** What it is when it is no short message but a packet of a transaction. */
  readonly packet: Packet | null;
  readonly findings: readonly Finding[];
}

export interface Packet {
  readonly transaction: TransactionPart;
  readonly content: Datagram['content'];
  readonly contentType: string | undefined;
  readonly connectionOriented: boolean;
}

/** First octet of the content in `bytes`, and the one behind its last. */
const contentStart = (k: Kept): number =>
  k.userAt + Math.min(k.userLength, k.headerLength + (k.dcsOf === 'smpp' ? k.textHeader : 0));
const contentEnd = (k: Kept): number => k.userAt + k.userLength;
const contentLength = (k: Kept): number => contentEnd(k) - contentStart(k);

/** Content without headers, and where it came from. */
export function contentOf(k: Kept): Slice {
  return { of: k.source, start: contentStart(k), length: contentLength(k) };
}

const textInput = (k: Kept): UserDataText => ({
  bytes: k.bytes.subarray(k.userAt, k.userAt + k.userLength),
  headerLength: k.headerLength,
  dcs: k.dcs,
  dcsOf: k.dcsOf,
  udl: k.udl,
  shifts: k.shifts,
});

/** Characters of the content; null for octets. */
export function textOf(k: Kept): string | null {
  return k.isText ? (decodeText(textInput(k))?.slice(k.textHeader) ?? null) : null;
}

const NO_FINDINGS: readonly Finding[] = [];

/** 3GPP TS 23.038 4: 8-bit data. */
const OCTETS = 0x04;

/** Reports to nobody: whoever read the PDU first told what is wrong with its header. */
const quiet = new Cursor(new Uint8Array(0));

function headerOf(m: ShortMessage): UserDataHeader | null {
  if (m.header !== undefined) return m.header;
  if (!m.udhi || m.userData.bytes.length === 0) return null;
  const { bytes } = m.userData;
  quiet.findings.length = 0;
  return runLayer(quiet.reset(bytes, 0, bytes.length), decodeUdh) ?? null;
}

/** When the first octet of a PDU came, where its frames tell; else when it was complete. */
export function beginOf(pdu: Mapped, complete: Time, timeOf: ((frame: FrameId) => Time) | undefined): Time {
  if (timeOf === undefined) return complete;
  let began = complete;
  for (const piece of pdu.map) {
    const time = timeOf(piece.frame);
    if (time < began) began = time;
  }
  return began;
}

/** Where the user data lie in the PDU's own octets; -1 where the bearer wrote them another way. */
function placeIn(pdu: Uint8Array, userData: Uint8Array): number {
  if (pdu.buffer !== userData.buffer) return -1;
  const at = userData.byteOffset - pdu.byteOffset;
  return at >= 0 && at + userData.length <= pdu.length ? at : -1;
}

const SCK = [0x2f, 0x2f, 0x53, 0x43, 0x4b] as const;

/** '//SCK' in front of the characters, in octets or in septets. */
function startsWithTextHeader(bytes: Uint8Array, start: number, end: number, packed: boolean): boolean {
  if (packed) return septetsToText(unpackSeptets(bytes, start, end, 0, 5)) === '//SCK';
  return SCK.every((v, i) => start + i < end && bytes[start + i] === v);
}

function remark(rule: Finding['rule'], message: string, pdu: Uint8Array): Finding {
  return { rule, message, of: 'pdu', start: 0, length: pdu.length };
}

/** Characters and nothing else: no header, no ports, no part of anything, no push in disguise. */
export function isPlainText(m: ShortMessage): boolean {
  const dcsOf = m.dcsOf ?? 'tp';
  const { bytes } = m.userData;
  if (m.udhi || m.ports !== undefined || m.concatenation !== undefined || m.cut === true) return false;
  if (!isText(m.dcs, dcsOf) || startsWithTextHeader(bytes, 0, bytes.length, dcsOf === 'tp')) return false;
  return dcsOf === 'tp' || !looksLikePush(bytes, 0, bytes.length);
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Ports and concatenation that stand in the text (//SCK). */
function readTextHeader(k: Mutable<Kept>): void {
  const legacy = parseTextHeader(decodeText(textInput(k)) ?? '');
  if (legacy === null) return;
  k.ports ??= { destination: legacy.destination, source: legacy.source };
  if (legacy.concatenation !== null) k.concatenation ??= { ...legacy.concatenation, bits: 8 };
  k.textHeader = legacy.length;
  k.findings = [...k.findings, remark(joinRules.textHeader, `the text says port ${legacy.destination}`, k.pdu.bytes)];
}

function remarkOtherReading(k: Mutable<Kept>): void {
  const all = textInput(k);
  const other = otherReading(all, decodeText(all) ?? '');
  if (other === null) return;
  const words = `with the ${other.language} table it reads '${other.text}'`;
  k.findings = [...k.findings, remark(tpduRules.singleShiftUnused, words, k.pdu.bytes)];
}

type Place = Pick<Kept, 'pdu' | 'source' | 'bytes' | 'userAt'>;

/** Keeps a PDU, and what it carries once where it lies in the PDU's own octets. */
function keepOctets(pdu: Mapped, carried: Mapped, store: Store): Place {
  const kept = store.keep(pdu);
  const at = placeIn(pdu.bytes, carried.bytes);
  const source = at >= 0 ? kept : store.keep(carried);
  return { pdu: kept, source, bytes: source.bytes, userAt: Math.max(0, at) };
}

let lastFrom: Address | null = null;
let lastPorts: Ports | null = null;

/** Senders and ports are the same for thousands of messages: one object stands for those that follow each other. */
function sameFrom(a: Address | null): Address | null {
  const same =
    a !== null &&
    lastFrom !== null &&
    a.value === lastFrom.value &&
    a.type === lastFrom.type &&
    a.plan === lastFrom.plan;
  if (!same) lastFrom = a;
  return lastFrom;
}

function samePorts(p: Ports | null): Ports | null {
  const same =
    p !== null && lastPorts !== null && p.destination === lastPorts.destination && p.source === lastPorts.source;
  if (!same) lastPorts = p;
  return lastPorts;
}

/** Takes a short message apart; what it keeps outlives the batch. */
export function keepPart(m: ShortMessage, store: Store, timeOf?: (frame: FrameId) => Time): Kept {
  const header = headerOf(m);
  const dcsOf = m.dcsOf ?? 'tp';
  const user = m.userData.bytes;
  const place = keepOctets(m.pdu, m.userData, store);
  const k: Mutable<Kept> = {
    bearer: m.bearer,
    operation: m.operation,
    direction: m.direction,
    from: sameFrom(m.from),
    to: m.to,
    imsi: m.imsi,
    smsc: m.smsc,
    time: m.time,
    began: beginOf(m.pdu, m.time, timeOf),
    frame: m.frame,
    dissector: m.dissector,
    chosenBy: m.chosenBy,
    answerKey: m.answerKey,
    ...(m.messageReference === undefined ? {} : { messageReference: m.messageReference }),
    cut: m.cut === true,
    pdu: place.pdu,
    source: place.source,
    bytes: place.bytes,
    userAt: place.userAt,
    userLength: user.length,
    headerLength: Math.min(header?.length ?? 0, user.length),
    textHeader: 0,
    concatenation: header?.concatenation ?? m.concatenation ?? null,
    ports: samePorts(header?.ports ?? m.ports ?? null),
    dcs: m.dcs,
    dcsOf,
    udl: m.udl,
    shifts: header === null ? NO_SHIFTS : shiftsOf(header),
    isText: isText(m.dcs, dcsOf),
    packet: null,
    findings: m.findings.length === 0 ? NO_FINDINGS : [...m.findings],
  };
  if (!k.isText) return k;
  if (startsWithTextHeader(user, k.headerLength, user.length, dcsOf === 'tp')) readTextHeader(k);
  if (dcsOf === 'smpp' && k.shifts.single !== null) remarkOtherReading(k);
  return k;
}

/** A packet of a transaction as a part; what it keeps outlives the batch. */
export function keepPacket(
  d: Datagram,
  transaction: TransactionPart,
  store: Store,
  timeOf?: (frame: FrameId) => Time,
): Kept {
  const place = keepOctets(d.pdu, d.data, store);
  return {
    bearer: d.bearer,
    operation: d.operation,
    direction: d.direction,
    from: d.from,
    to: d.to,
    imsi: d.imsi,
    smsc: null,
    time: d.time,
    began: beginOf(d.pdu, d.time, timeOf),
    frame: d.frame,
    dissector: d.dissector,
    chosenBy: d.chosenBy,
    answerKey: d.answerKey,
    cut: d.cut === true,
    pdu: place.pdu,
    source: place.source,
    bytes: place.bytes,
    userAt: place.userAt,
    userLength: d.data.bytes.length,
    headerLength: 0,
    textHeader: 0,
    concatenation: null,
    ports: d.ports,
    dcs: OCTETS,
    dcsOf: 'tp',
    udl: undefined,
    shifts: NO_SHIFTS,
    isText: false,
    packet: {
      transaction,
      content: d.content,
      contentType: d.contentType,
      connectionOriented: d.connectionOriented === true,
    },
    findings: d.findings.length === 0 ? NO_FINDINGS : [...d.findings],
  };
}

/** `total`: how many parts there turned out to be, where the part itself did not say. */
export function segmentOf(k: Kept, status: SegmentStatus, total?: number): Segment {
  const c = k.concatenation;
  return {
    part: c?.part ?? k.packet?.transaction.part ?? 1,
    of: c?.total ?? total ?? 1,
    reference: c?.reference ?? null,
    referenceBits: c?.bits ?? null,
    frame: k.frame,
    time: k.time,
    length: contentLength(k),
    status,
    operation: k.operation,
    pdu: k.pdu,
    dissector: k.dissector,
    chosenBy: k.chosenBy,
    answerKey: k.answerKey,
    ...(k.messageReference === undefined ? {} : { messageReference: k.messageReference }),
    findings: k.findings,
  };
}

/** Octets of bookkeeping for a part, about. */
const OVERHEAD = 1000;

export const partOf = (k: Kept, number: number, total: number): Part<Kept> => ({
  number,
  total,
  bytes: k.bytes,
  start: contentStart(k),
  end: contentEnd(k),
  time: k.time,
  size: k.pdu.bytes.length + OVERHEAD,
  value: k,
  status: 'used',
});

const addressKey = (a: Address | null): string => (a === null ? '-' : `${a.type} ${a.plan ?? ''} ${a.value}`);

/**
 * Parts with the same key may belong together: the same hop (bearer and operation), both parties with their type of
 * number, the IMSI, and the reference in its own number space. The direction follows from who the parties are.
 */
export function keyOf(k: Kept, c: Concatenation): string {
  const hop = `${k.bearer}|${k.operation}|${addressKey(k.from)}|${addressKey(k.to)}`;
  return `${hop}|${k.imsi ?? '-'}|${c.bits}|${c.reference}`;
}
