// WAP-235-PushOTA 8.2: session initiation, which asks a device to open a push session.

import { rules } from '../../../captures/finding.ts';
import type { Cursor } from '../../base/cursor.ts';
import { type Field, fields } from '../../base/fields.ts';
import { APPLICATION_IDS, BEARERS } from '../../wap/wsp/names.ts';
import { hexText, readInteger, readText, readUintvar } from '../../wap/wsp/primitives.ts';
import type { BinaryDecoder, Detail } from '../kinds.ts';

export const SIA = rules({
  length: {
    code: 'SIA-LENGTH',
    severity: 'warning',
    title: 'A length in the session initiation does not fit what follows',
    clause: 'WAP-235-PushOTA 8.2.1',
  },
  address: {
    code: 'SIA-CONTACT-POINT',
    severity: 'warning',
    title: 'A contact point of the session initiation is no address',
    clause: 'WAP-230-WSP 8.2.2.3',
    receivers: 'The device does not know whom to call and opens no session.',
  },
});

const f = fields('sia', {
  version: { kind: 'u8', label: 'Version', hex: true },
  applicationsLength: { kind: 'uintvar', label: 'Application list length', unit: 'octets' },
  application: { kind: 'text', label: 'Application' },
  contactsLength: { kind: 'uintvar', label: 'Contact points length', unit: 'octets' },
  contact: { kind: 'text', label: 'Contact point' },
  rest: { kind: 'bytes', label: 'Not read' },
});

const HAS_BEARER = 0x80;
const HAS_PORT = 0x40;

/** A list announced by its length; clipped to what is there. */
function list(c: Cursor, length: Field<'uintvar'>, what: string): Cursor | undefined {
  const at = c.pos;
  const n = readUintvar(c, length);
  if (n === undefined) {
    c.report(SIA.length, at, c.pos - at, `The ${what} are missing`);
    return undefined;
  }
  if (n > c.left) c.report(SIA.length, at, c.pos - at, `The ${what} claim ${n} octets, ${c.left} are left`);
  return c.windowUpTo(n);
}

function rest(c: Cursor): void {
  if (c.left > 0) c.raw(f.rest, c.left);
}

function applications(w: Cursor): Detail[] {
  const out: Detail[] = [];
  while (w.left > 0) {
    const at = w.pos;
    const first = w.peek()!;
    let value: string | undefined;
    if (first >= 0x20 && first < 0x80) {
      value = readText(w).text;
    } else {
      const id = readInteger(w);
      value = id === undefined ? undefined : (APPLICATION_IDS.get(id) ?? `0x${id.toString(16).toUpperCase()}`);
    }
    if (value === undefined) {
      w.report(SIA.length, at, w.left, `${w.left} octets are no application identifier`);
      rest(w);
      break;
    }
    w.rec?.leaf(f.application, at, w.pos - at, value);
    out.push({ label: 'Application', value, range: { start: at, length: w.pos - at } });
  }
  return out;
}

const DIGIT_OR_DOT = (v: number): boolean => v === 0x2e || (v >= 0x30 && v <= 0x39);

/** Kannel writes port and address as the characters of '9201127.0.0.1'. */
function textContact(w: Cursor, head: number): Detail | undefined {
  const at = w.pos;
  const octets = w.bytes.subarray(at + head, w.end);
  if (octets.length < 7 || !octets.every(DIGIT_OR_DOT)) return undefined;
  const value = String.fromCharCode(...octets.subarray(0, 64));
  w.report(SIA.address, at, w.left, `Port and address are written as the characters ${value}`);
  w.skip(w.left);
  w.rec?.leaf(f.contact, at, w.pos - at, value);
  return { label: 'Contact point', value, range: { start: at, length: w.pos - at } };
}

/** Flags and length, bearer type, port, address: as in a WSP Redirect. */
function contact(w: Cursor): Detail | undefined {
  const at = w.pos;
  const flags = w.peek()!;
  const head = 1 + ((flags & HAS_BEARER) !== 0 ? 1 : 0) + ((flags & HAS_PORT) !== 0 ? 2 : 0);
  const length = flags & 0x3f;
  const text = textContact(w, (flags & HAS_BEARER) !== 0 ? 2 : 1);
  if (text !== undefined) return text;
  if (length === 0 || head + length > w.left) return undefined;
  w.skip(1);
  const parts: string[] = [];
  if ((flags & HAS_BEARER) !== 0) parts.push(BEARERS[w.bytes[w.take(1)]!] ?? 'unknown bearer');
  const portAt = (flags & HAS_PORT) !== 0 ? w.take(2) : -1;
  const octets = w.bytes.subarray(w.pos, w.pos + length);
  w.skip(length);
  const address = length === 4 ? [...octets].join('.') : hexText(octets);
  parts.unshift(portAt < 0 ? address : `${address} port ${(w.bytes[portAt]! << 8) | w.bytes[portAt + 1]!}`);
  const value = parts.join(', ');
  if (length !== 4 && length !== 16) w.report(SIA.address, at, w.pos - at, `The address has ${length} octets`);
  w.rec?.leaf(f.contact, at, w.pos - at, value);
  return { label: 'Contact point', value, range: { start: at, length: w.pos - at } };
}

function decode(c: Cursor): Detail[] {
  if (c.left === 0) {
    c.report(SIA.length, c.pos, 0, 'The body is empty');
    return [];
  }
  const at = c.pos;
  const version = c.u8(f.version);
  const out: Detail[] = [{ label: 'Version', value: String(version), range: { start: at, length: 1 } }];
  const apps = list(c, f.applicationsLength, 'application identifiers');
  if (apps === undefined) return out;
  out.push(...applications(apps));
  const contacts = list(c, f.contactsLength, 'contact points');
  if (contacts === undefined) return out;
  while (contacts.left > 0) {
    const detail = contact(contacts);
    if (detail === undefined) {
      contacts.report(SIA.address, contacts.pos, contacts.left, `${contacts.left} octets are no contact point`);
      rest(contacts);
      break;
    }
    out.push(detail);
  }
  rest(c);
  return out;
}

export const SESSION_INITIATION: BinaryDecoder = {
  form: 'binary',
  kind: 'session-initiation',
  mediaTypes: ['application/vnd.wap.sia'],
  applicationId: 'x-wap-application:push.sia',
  decode,
};
