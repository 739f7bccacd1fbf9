// vCard 2.1 and vCalendar 1.0 (versit Consortium), and their later forms (RFC 6350, RFC 5545): lines of a name, parameters and
// a value.

import { rules } from '../../../captures/finding.ts';
import type { Cursor } from '../../base/cursor.ts';
import { fields } from '../../base/fields.ts';
import { charsetByName, decodeText, UTF8 } from '../charset.ts';
import type { BinaryDecoder, Detail } from '../kinds.ts';

export const VOBJECT = rules({
  frame: {
    code: 'VOBJECT-FRAME',
    severity: 'warning',
    basis: 'remembered',
    title: 'The card or entry does not stand between BEGIN and END',
    clause: 'versit vCard 2.1, vCalendar 1.0',
    receivers: 'Phones refuse what they cannot find the end of.',
  },
  line: {
    code: 'VOBJECT-LINE',
    severity: 'note',
    basis: 'remembered',
    title: 'A line is no property',
    clause: 'versit vCard 2.1, vCalendar 1.0',
    receivers: 'Phones leave the line out.',
  },
});

const f = fields('vobject', {
  line: { kind: 'text', label: 'Line' },
  octets: { kind: 'bytes', label: 'Octets' },
});

const MOST_LINES = 512;

const CARD: Readonly<Record<string, string>> = {
  VERSION: 'Version',
  FN: 'Name',
  N: 'Name in parts',
  NICKNAME: 'Nickname',
  ORG: 'Organisation',
  TITLE: 'Title',
  TEL: 'Telephone',
  EMAIL: 'Mail',
  ADR: 'Address',
  URL: 'Web page',
  BDAY: 'Birthday',
  NOTE: 'Note',
};

const ENTRY: Readonly<Record<string, string>> = {
  VERSION: 'Version',
  BEGIN: 'Kind',
  SUMMARY: 'Summary',
  DESCRIPTION: 'Description',
  LOCATION: 'Place',
  DTSTART: 'Begins',
  DTEND: 'Ends',
  DUE: 'Due',
  AALARM: 'Alarm',
  DALARM: 'Alarm',
  RRULE: 'Repeated',
  CATEGORIES: 'Categories',
  UID: 'Identifier',
};

const MARK: Readonly<Record<string, string>> = { ...CARD, TITLE: 'Title', URL: 'Address', BODY: 'Text', FROM: 'From' };

interface Line {
  readonly octets: Uint8Array;
  readonly start: number;
  readonly length: number;
}

const CR = 0x0d;
const LF = 0x0a;
const EQUALS = 0x3d;

/** A line up to CR LF, CR or LF. */
function next(c: Cursor): Line {
  const start = c.pos;
  let end = start;
  while (end < c.end && c.bytes[end] !== LF && c.bytes[end] !== CR) end += 1;
  const octets = c.bytes.subarray(start, end);
  let behind = end;
  if (behind < c.end) behind += c.bytes[behind] === CR && behind + 1 < c.end && c.bytes[behind + 1] === LF ? 2 : 1;
  c.take(behind - start);
  return { octets, start, length: behind - start };
}

const isBlank = (o: number | undefined): boolean => o === 0x20 || o === 0x09;

const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) {
    out.set(p, at);
    at += p.length;
  }
  return out;
};

const QUOTED = /;(?:ENCODING=)?QUOTED-PRINTABLE/i;

/** A line with those that continue it: by a blank in front, or by '=' at the end of quoted-printable text. */
function logical(c: Cursor): Line {
  const first = next(c);
  const parts = [first.octets];
  const head = String.fromCharCode(...first.octets.subarray(0, 120));
  const soft = QUOTED.test(head.slice(0, head.indexOf(':') + 1));
  let last = first.octets;
  while (c.left > 0 && parts.length < MOST_LINES) {
    const continues = soft && last.at(-1) === EQUALS;
    if (!continues && !(isBlank(c.peek()) && first.octets.length > 0)) break;
    const more = next(c);
    last = more.octets;
    if (continues) {
      const before = parts.pop();
      if (before !== undefined) parts.push(before.subarray(0, before.length - 1));
      parts.push(last);
    } else {
      parts.push(last.subarray(1));
    }
  }
  return { octets: joined(parts), start: first.start, length: c.pos - first.start };
}

/** RFC 2045 6.7. */
function unquoted(octets: Uint8Array): Uint8Array {
  const out: number[] = [];
  for (let i = 0; i < octets.length; i += 1) {
    const digits = String.fromCharCode(...octets.subarray(i + 1, i + 3));
    if (octets[i] === EQUALS && /^[0-9A-Fa-f]{2}$/.test(digits)) {
      out.push(Number.parseInt(digits, 16));
      i += 2;
    } else {
      out.push(octets[i]!);
    }
  }
  return Uint8Array.from(out);
}

interface Property {
  readonly name: string;
  readonly parameters: string;
  readonly value: string;
}

function property(octets: Uint8Array): Property | undefined {
  const colon = octets.indexOf(0x3a);
  if (colon <= 0) return undefined;
  const head = String.fromCharCode(...octets.subarray(0, Math.min(colon, 200)));
  const [name = '', ...parameters] = head.split(';');
  if (!/^[A-Za-z0-9.-]+$/.test(name)) return undefined;
  const all = parameters.join(';');
  const set = /CHARSET="?([^;"]+)/i.exec(all)?.[1];
  const value = octets.subarray(colon + 1);
  const { text } = decodeText(
    QUOTED.test(`;${all}`) ? unquoted(value) : value,
    set === undefined ? UTF8 : charsetByName(set),
  );
  return { name: (name.split('.').at(-1) ?? '').toUpperCase(), parameters: all, value: text };
}

const kindsOf = (parameters: string): string =>
  parameters
    .split(';')
    .filter((p) => p !== '' && !/^(?:CHARSET|ENCODING|QUOTED-PRINTABLE|LANGUAGE|VALUE|PREF$)/i.test(p))
    .map((p) => p.replace(/^TYPE=/i, '').toLowerCase())
    .join(', ');

/** '19990630T080000Z' as people read it. */
const dateText = (text: string): string =>
  text.replace(/\b(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z?)/g, '$1-$2-$3T$4:$5:$6$7');

function read(c: Cursor, labels: Readonly<Record<string, string>>): Detail[] {
  const at = c.pos;
  const out: Detail[] = [];
  const begun: string[] = [];
  let frames = 0;
  for (let n = 0; n < MOST_LINES && c.left > 0; n += 1) {
    const line = logical(c);
    if (line.octets.length === 0 && line.length > 0) continue;
    const p = property(line.octets);
    c.rec?.leaf(f.line, line.start, line.length, decodeText(line.octets, UTF8).text);
    if (p === undefined) {
      if (line.octets.some((o) => o !== 0))
        c.report(VOBJECT.line, line.start, line.length, 'A line has no name and colon');
      continue;
    }
    if (p.name === 'BEGIN') {
      begun.push(p.value.trim().toUpperCase());
      frames += 1;
    } else if (p.name === 'END' && begun.at(-1) === p.value.trim().toUpperCase()) begun.pop();
    const label = labels[p.name];
    if (label === undefined || (p.name === 'BEGIN' && frames === 1)) continue;
    const kinds = kindsOf(p.parameters);
    const value = dateText(p.value.replace(/^;+|;+$/g, '').replace(/;/g, ', ')).trim();
    if (value !== '')
      out.push({
        label: kinds === '' ? label : `${label} (${kinds})`,
        value,
        range: { start: line.start, length: line.length },
      });
  }
  if (frames === 0 || begun.length > 0)
    c.report(
      VOBJECT.frame,
      at,
      c.pos - at,
      frames === 0 ? 'BEGIN is missing' : `END of ${begun.at(-1)?.slice(0, 20)} is missing`,
    );
  if (c.left > 0) c.raw(f.octets, c.left);
  return out;
}

/** 'BEGIN:' and a word. */
const begins =
  (...words: readonly string[]) =>
  (c: Cursor): boolean => {
    const text = String.fromCharCode(...c.bytes.subarray(c.pos, Math.min(c.end, c.pos + 24))).toUpperCase();
    return words.some((w) => text.startsWith(`BEGIN:${w}`));
  };

export const BUSINESS_CARD: BinaryDecoder = {
  form: 'binary',
  kind: 'business-card',
  mediaTypes: ['text/x-vcard', 'text/vcard', 'text/directory'],
  ports: [9204, 9206, 226, 227],
  looksLike: begins('VCARD'),
  decode: (c) => read(c, CARD),
};

export const CALENDAR_ENTRY: BinaryDecoder = {
  form: 'binary',
  kind: 'calendar-entry',
  mediaTypes: ['text/x-vcalendar', 'text/calendar'],
  ports: [9205, 9207, 228, 229],
  looksLike: begins('VCALENDAR'),
  decode: (c) => read(c, ENTRY),
};

/** Bookmarks and messages in the same form. */
export const OTHER_VOBJECT: BinaryDecoder = {
  form: 'binary',
  kind: 'other-push',
  mediaTypes: ['text/x-vmessage', 'text/x-vbookmark'],
  looksLike: begins('VBKM', 'VMSG', 'VNOTE'),
  decode: (c) => read(c, MARK),
};
