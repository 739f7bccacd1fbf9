// Is this a PDU? Structure only: enough to tell hex that is a message from hex that is not.

import type { RecordContent } from '../reader.ts';
import type { Moment } from './clock.ts';
import { isDocument, isPush, isXmlOctets } from './sniff.ts';

export type Fit =
  | 'exact' // ends where its own length says
  | 'open' // has no length of its own
  | 'short' // octets are missing at the end
  | 'long'; // octets are left over

export interface Shape {
  readonly content: RecordContent;
  readonly fit: Fit;
  /** Octets it should have; the octets given where `open`. */
  readonly octets: number;
  readonly direction?: 'mt' | 'mo';
  readonly udhi?: boolean;
  readonly dcs?: number;
  /** Service centre time stamp, of a report the discharge time. */
  readonly scts?: Moment;
  /** Header read as far as it makes a message and no accident. */
  readonly sure: boolean;
}

const MAX_DIGITS = 20;
const MAX_UD = 140;

/** 3GPP TS 23.040 9.1.2.5, address fields: octets after the length, -1 where they can't be one. */
function addressOctets(b: Uint8Array, at: number): number {
  const digits = b[at]!;
  if (digits > MAX_DIGITS || at + 2 > b.length) return -1;
  const type = b[at + 1]!;
  if ((type & 0x80) === 0 || (type & 0x70) === 0x70) return -1;
  const octets = (digits + 1) >> 1;
  if (at + 2 + octets > b.length) return -1;
  if ((type & 0x70) === 0x50) return octets + 1;
  for (let i = 0; i < digits; i += 1) {
    const o = b[at + 2 + (i >> 1)]!;
    if ((i % 2 === 0 ? o & 15 : o >> 4) === 15) return -1;
  }
  if (digits % 2 === 1 && b[at + 1 + octets]! >> 4 !== 15) return -1;
  return octets + 1;
}

/** 3GPP TS 24.011 8.2.5.1, as 3GPP TS 27.005 3.1 puts it before the TPDU: octets with the length, -1 for none. */
function serviceCentreOctets(b: Uint8Array): number {
  const n = b[0]!;
  if (n === 0) return 1;
  if (n > 12 || n < 2 || 1 + n > b.length || (b[1]! & 0x80) === 0) return -1;
  for (let i = 2; i <= n; i += 1) {
    const o = b[i]!;
    if ((o & 15) > 9) return -1;
    if (o >> 4 > 9 && !(i === n && o >> 4 === 15)) return -1;
  }
  return 1 + n;
}

const swapped = (o: number): number => ((o & 15) > 9 || o >> 4 > 9 ? -1 : (o & 15) * 10 + (o >> 4));

/** 3GPP TS 23.040 9.2.3.11, TP-Service-Centre-Time-Stamp: null for zeros, undefined where it is none. */
export function timeStamp(b: Uint8Array, at: number): Moment | null | undefined {
  if (at + 7 > b.length) return undefined;
  let zeros = true;
  for (let i = 0; i < 7; i += 1) if (b[at + i] !== 0) zeros = false;
  if (zeros) return null;
  const [year, month, day, hour, minute, second] = [0, 1, 2, 3, 4, 5].map((i) => swapped(b[at + i]!));
  if (year! < 0 || month! < 1 || month! > 12 || day! < 1 || day! > 31) return undefined;
  if (hour! < 0 || hour! > 23 || minute! < 0 || minute! > 59 || second! < 0 || second! > 59) return undefined;
  const zone = b[at + 6]!;
  if (zone >> 4 > 9) return undefined;
  const quarters = (zone & 7) * 10 + (zone >> 4);
  const offset = (zone & 8 ? -quarters : quarters) * 900;
  const full = year! >= 90 ? 1900 + year! : 2000 + year!;
  return { sec: Date.UTC(full, month! - 1, day!, hour!, minute!, second!) / 1000 - offset, ns: 0 };
}

/** 3GPP TS 23.038 4: octets of user data for a TP-User-Data-Length. */
function userDataOctets(udl: number, dcs: number): number {
  const group = dcs >> 4;
  const alphabet = group < 8 ? (dcs >> 2) & 3 : group === 15 ? (dcs >> 2) & 1 : group === 14 ? 2 : 0;
  const octets = alphabet === 1 || alphabet === 2 || (group < 8 && (dcs & 0x20) !== 0);
  return octets ? udl : (udl * 7 + 7) >> 3;
}

interface Tpdu {
  readonly end: number;
  readonly direction: 'mt' | 'mo';
  readonly udhi: boolean;
  readonly dcs: number;
  readonly scts: Moment | null;
  readonly sure: boolean;
}

/** 3GPP TS 23.040 9.2.2, the TPDU types a log has; undefined where the header is none of them. */
function tpdu(b: Uint8Array, at: number): Tpdu | undefined {
  const first = b[at];
  if (first === undefined) return undefined;
  const type = first & 3;
  if (type === 0) return deliver(b, at, first);
  if (type === 1) return submit(b, at, first);
  return type === 2 ? statusReport(b, at, first) : undefined;
}

function deliver(b: Uint8Array, at: number, first: number): Tpdu | undefined {
  const address = at + 1 < b.length ? addressOctets(b, at + 1) : -1;
  if (address < 0) return undefined;
  const pid = at + 2 + address;
  const scts = timeStamp(b, pid + 2);
  const length = b[pid + 9];
  if (scts === undefined || length === undefined) return undefined;
  return { ...userData(b, pid + 1, pid + 10, length, first), direction: 'mt', scts, sure: scts !== null };
}

/** Octets of TP-Validity-Period by TP-Validity-Period-Format: none, enhanced, relative, absolute. */
const VALIDITY = [0, 7, 1, 7] as const;

function submit(b: Uint8Array, at: number, first: number): Tpdu | undefined {
  const address = at + 2 < b.length ? addressOctets(b, at + 2) : -1;
  if (address < 0) return undefined;
  const pid = at + 3 + address;
  const length = pid + 2 + VALIDITY[((first >> 3) & 3) as 0 | 1 | 2 | 3];
  const udl = b[length];
  if (udl === undefined) return undefined;
  const sure = at > 0 && b[at + 2]! > 2 && isUsualNumber(b, at + 2) && isUsual(b[pid]!, b[pid + 1]!);
  return { ...userData(b, pid + 1, length + 1, udl, first), direction: 'mo', scts: null, sure };
}

/** A type of number and a numbering plan that phones use, digits, '*' and '#'. */
function isUsualNumber(b: Uint8Array, at: number): boolean {
  const type = b[at + 1]!;
  if (type > 0xb0 || ((type & 15) > 1 && (type & 15) < 8) || (type & 15) > 9) return false;
  for (let i = 0; i < b[at]!; i += 1) {
    const o = b[at + 2 + (i >> 1)]!;
    if ((i % 2 === 0 ? o & 15 : o >> 4) > 11) return false;
  }
  return true;
}

/** TP-PID and TP-DCS in use; a submit has no time stamp to go by. */
const isUsual = (pid: number, dcs: number): boolean =>
  (pid === 0 || (pid >= 0x20 && pid < 0x80)) && ((dcs < 0x20 && (dcs & 12) !== 12) || (dcs >= 0xc0 && dcs !== 0xff));

function userData(b: Uint8Array, dcsAt: number, at: number, udl: number, first: number) {
  const dcs = b[dcsAt]!;
  return { end: at + userDataOctets(udl, dcs), udhi: (first & 0x40) !== 0, dcs };
}

function statusReport(b: Uint8Array, at: number, first: number): Tpdu | undefined {
  const address = at + 2 < b.length ? addressOctets(b, at + 2) : -1;
  if (address < 0) return undefined;
  const stamps = at + 3 + address;
  const sent = timeStamp(b, stamps);
  const discharged = timeStamp(b, stamps + 7);
  if (sent === undefined || discharged === undefined || stamps + 15 > b.length) return undefined;
  let end = stamps + 15;
  let dcs = 0;
  if (end < b.length) {
    const indicator = b[end]!;
    end += 1;
    if ((indicator & 1) !== 0) end += 1;
    if ((indicator & 2) !== 0) dcs = b[end++] ?? 0;
    if ((indicator & 4) !== 0) end += 1 + userDataOctets(b[end] ?? 0, dcs);
  }
  return { end, direction: 'mt', udhi: (first & 0x40) !== 0, dcs, scts: discharged ?? sent, sure: true };
}

function shaped(b: Uint8Array, at: number, content: RecordContent): Shape | undefined {
  const t = tpdu(b, at);
  if (t === undefined) return undefined;
  const fit: Fit = t.end === b.length ? 'exact' : t.end > b.length ? 'short' : 'long';
  return {
    content,
    fit,
    octets: t.end,
    direction: t.direction,
    udhi: t.udhi,
    dcs: t.dcs,
    ...(t.scts === null ? {} : { scts: t.scts }),
    sure: t.sure && t.end <= at + 25 + MAX_DIGITS / 2 + MAX_UD,
  };
}

/** The TPDU with its service centre address, as modems give it. */
export function withServiceCentre(b: Uint8Array): Shape | undefined {
  const at = b.length === 0 ? -1 : serviceCentreOctets(b);
  return at < 0 ? undefined : shaped(b, at, 'tpdu-sc');
}

/** The TPDU alone. */
export const withoutServiceCentre = (b: Uint8Array): Shape | undefined => shaped(b, 0, 'tpdu');

/** 3GPP TS 23.040 9.2.3.24: octets of the header with its length, 0 where `b` begins with none that names a part or a port. */
export function headerOctets(b: Uint8Array): number {
  const end = 1 + (b[0] ?? 0);
  if (end < 3 || end > b.length || end > MAX_UD) return 0;
  let known = false;
  let at = 1;
  while (at + 2 <= end) {
    const size = b[at + 1]!;
    const id = b[at]!;
    if (id === 0 && size === 3 && b[at + 3] !== 0) known = true;
    if (id === 8 && size === 4 && b[at + 4] !== 0) known = true;
    if ((id === 5 && size === 4) || (id === 4 && size === 2)) known = true;
    at += 2 + size;
  }
  return at === end && known ? end : 0;
}

/** A submit without service centre address has little to tell it by. */
const isUsualSubmit = (b: Uint8Array): boolean =>
  b[2]! > 2 && isUsualNumber(b, 2) && isUsual(b[4 + ((b[2]! + 1) >> 1)]!, b[5 + ((b[2]! + 1) >> 1)]!);

const open = (content: RecordContent, octets: number): Shape => ({ content, fit: 'open', octets, sure: true });

/** What `b` is, the surest reading first; undefined where it is nothing of ours. */
export function judge(b: Uint8Array): Shape | undefined {
  if (b.length < 4) return undefined;
  const sc = withServiceCentre(b);
  if (sc?.fit === 'exact') return sc;
  const bare = withoutServiceCentre(b);
  if (bare?.fit === 'exact' && (bare.direction === 'mt' || isUsualSubmit(b))) return bare;
  const header = headerOctets(b);
  if (header > 0 && header < b.length) return { ...open('user-data', b.length), udhi: true };
  if (isPush(b)) return open('wsp', b.length);
  if (isDocument(b)) return open('wbxml', b.length);
  if (isXmlOctets(b)) return open('xml', b.length);
  if (sc?.sure === true) return sc;
  return bare?.sure === true ? bare : undefined;
}
