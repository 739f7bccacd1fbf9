// Fields of a message that a log gives apart: header, body, addresses, coding. Tables, key=value lines and URLs meet here.

import type { Moment } from './clock.ts';
import { momentOf, readTime } from './clock.ts';
import type { Draft } from './context.ts';
import { fromShape } from './context.ts';
import { hexOctets, hexOnly } from './hex.ts';
import { headerOctets, judge } from './shape.ts';

export type FieldName =
  | 'udh'
  | 'ud'
  | 'pdu'
  | 'from'
  | 'to'
  | 'time'
  | 'smsc'
  | 'dcs'
  | 'coding'
  | 'imsi'
  | 'esmClass'
  | 'direction';

const names = (text: string): readonly string[] => text.split(' ');

/** Names in use for each field, lower case, letters and digits only; the first that a log has is taken. */
const NAMES: Readonly<Record<FieldName, readonly string[]>> = {
  udh: names('udh userdataheader udhdata udhhex udheader'),
  ud: names(
    'ud userdata udhex msgdata shortmessage messagedata payload bindata binary text message msg data body content hex',
  ),
  pdu: names('pdu tpdu smspdu pduhex rawpdu hexpdu'),
  from: names('from sender sendernumber source src oa originator sourceaddr sourceaddress originatingaddress orig'),
  to: names(
    'to recipient receiver destination dest dst da destinationnumber destinationaddr destinationaddress destaddr msisdn',
  ),
  time: names(
    'receivingdatetime sendingdatetime datetime timestamp time date received receivedat sent sentat ts scts created createdat insertintodb',
  ),
  smsc: names('smsc smscnumber servicecentre servicecenter csca sca smscaddress'),
  dcs: names('dcs datacoding datacodingscheme tpdcs'),
  coding: names('coding'),
  imsi: names('imsi'),
  esmClass: names('esmclass'),
  direction: names('direction dir'),
};

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Which of `given` is which field; the index of each. */
export function fieldIndexes(given: readonly string[]): ReadonlyMap<FieldName, number> {
  const known = given.map(plain);
  const out = new Map<FieldName, number>();
  for (const [field, aliases] of Object.entries(NAMES) as [FieldName, readonly string[]][]) {
    const alias = aliases.find((a) => known.includes(a));
    if (alias !== undefined) out.set(field, known.indexOf(alias));
  }
  return out;
}

export type Values = (field: FieldName) => string | undefined;

/** A time as tables have it; a bare number counts seconds or milliseconds since 1970. */
export function fieldTime(text: string | undefined): { readonly moment: Moment; readonly zoned: boolean } | undefined {
  if (text === undefined || text === '') return undefined;
  if (/^1\d{9}(?:\d{3})?$/.test(text)) {
    const n = Number(text);
    return { moment: text.length === 10 ? { sec: n, ns: 0 } : split(n), zoned: true };
  }
  const day = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (day !== null) {
    const moment = momentOf([Number(day[1]), Number(day[2]), Number(day[3])], ['0', '0', '0']);
    return moment === undefined ? undefined : { moment, zoned: false };
  }
  const t = readTime(text);
  return t === undefined || t.kind !== 'full' ? undefined : { moment: t.moment, zoned: t.zoned };
}

const split = (ms: number): Moment => ({ sec: Math.floor(ms / 1000), ns: (ms % 1000) * 1e6 });

/** TP-DCS of a column in decimal or hex, or of the words gammu and Kannel have for a coding. */
export function fieldDcs(dcs: string | undefined, coding: string | undefined): number | undefined {
  const text = dcs ?? '';
  if (/^(?:0x[0-9a-f]{1,2}|\d{1,3})$/i.test(text)) {
    const n = Number(text);
    return n <= 255 ? n : undefined;
  }
  const word = (coding ?? text).toLowerCase();
  if (/^8.?bit/.test(word) || word === '1' || word === 'binary') return 4;
  if (/^(?:unicode|ucs.?2|utf-?16)/.test(word) || word === '2') return 8;
  return undefined;
}

/** A header whose length octet may have been left out. */
export function wholeHeader(udh: Uint8Array): Uint8Array | undefined {
  if (udh.length === 0) return udh;
  if (1 + udh[0]! === udh.length) return udh;
  const longer = new Uint8Array(udh.length + 1);
  longer[0] = udh.length;
  longer.set(udh, 1);
  return headerOctets(longer) === longer.length ? longer : undefined;
}

export function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const out = new Uint8Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}

type Read = Pick<Draft, 'content' | 'bytes'> & Partial<Draft> & { readonly odd?: boolean };

/**
 * The message that a row's fields make, without addresses and place. A sentence where it should have been one and is
 * not; undefined for an ordinary text.
 */
export function readFields(value: Values): Read | string | undefined {
  const pdu = value('pdu');
  if (pdu !== undefined && pdu !== '') return readPdu(pdu);
  const udhText = value('udh') ?? '';
  const udText = value('ud') ?? '';
  const udhDigits = /^(?:null|\\n|-|none)$/i.test(udhText) ? '' : hexOnly(udhText);
  if (udhDigits === undefined) return 'its header is not hex';
  const udDigits = hexOnly(udText);
  const dcs = fieldDcs(value('dcs'), value('coding'));
  if (udhDigits === '') return readBody(udDigits, dcs, value);
  if (udhDigits.length % 2 === 1) return 'its header has an odd number of digits';
  if (udDigits === undefined) return 'its content is not hex';
  const udh = wholeHeader(hexOctets(udhDigits));
  if (udh === undefined) return `its header is ${udhDigits.length / 2} octets, its first octet says otherwise`;
  const bytes = joined(udh, hexOctets(udDigits));
  return { content: 'user-data', bytes, udhi: true, dcs, ...(udDigits.length % 2 === 1 ? { odd: true } : {}) };
}

function readPdu(text: string): Read | string {
  const digits = hexOnly(text);
  if (digits === undefined) return 'its PDU is not hex';
  const bytes = hexOctets(digits);
  const s = judge(bytes);
  if (s === undefined) return 'its PDU is none that is known';
  return { ...fromShape(s), bytes, ...(digits.length % 2 === 1 ? { odd: true } : {}) };
}

function readBody(digits: string | undefined, dcs: number | undefined, value: Values): Read | undefined {
  if (digits === undefined || digits.length < 4 || digits.length % 2 === 1) return undefined;
  const bytes = hexOctets(digits);
  const s = judge(bytes);
  const udhi = (Number(value('esmClass') ?? 0) & 0x40) !== 0;
  if (s !== undefined && (s.fit === 'exact' || s.fit === 'open')) return { ...fromShape(s), bytes, dcs: s.dcs ?? dcs };
  return udhi || dcs !== undefined ? { content: 'user-data', bytes, udhi, dcs } : undefined;
}

/** Addresses as the fields give them. */
export function fieldAddresses(value: Values): Pick<Draft, 'from' | 'to' | 'smsc' | 'imsi' | 'direction'> {
  const imsi = value('imsi');
  const direction = (value('direction') ?? '').toLowerCase();
  return {
    from: value('from'),
    to: value('to'),
    smsc: value('smsc'),
    imsi: imsi !== undefined && /^\d{6,15}$/.test(imsi) ? imsi : undefined,
    direction: /^(?:mt|in|incoming)$/.test(direction)
      ? 'mt'
      : /^(?:mo|out|outgoing)$/.test(direction)
        ? 'mo'
        : undefined,
  };
}
