// OMA-TS-MMS_ENC-V1_3: MMS PDUs in pushes. M-Notification.ind in full, others by their fields.

import { rules } from '../../../captures/finding.ts';
import type { Cursor } from '../../base/cursor.ts';
import { fields } from '../../base/fields.ts';
import { extentOf, readText } from '../../wap/wsp/primitives.ts';
import type { BinaryDecoder, Detail } from '../kinds.ts';
import { LABELS, MANDATORY, MMS_FIELDS, MMS_TYPES } from './names.ts';
import { mmsValue } from './values.ts';

const SPEC = 'OMA-TS-MMS_ENC-V1_3';

export const MMS = rules({
  truncated: {
    code: 'MMS-TRUNCATED',
    severity: 'error',
    title: 'The MMS PDU ends inside a field',
    clause: `${SPEC} 7.1`,
    receivers: 'Phones ignore the notification; the message is never fetched.',
  },
  order: {
    code: 'MMS-FIRST-FIELDS',
    severity: 'warning',
    title: 'The PDU does not begin with message type, transaction identifier and version',
    clause: `${SPEC} 6`,
  },
  missing: {
    code: 'MMS-MISSING-FIELD',
    severity: 'warning',
    title: 'A field that every notification has is missing',
    clause: `${SPEC} 6.2`,
  },
  value: {
    code: 'MMS-VALUE',
    severity: 'warning',
    title: 'The value of a field is not of its kind',
    clause: `${SPEC} 7.3`,
  },
  unknown: {
    code: 'MMS-UNKNOWN-FIELD',
    severity: 'note',
    title: 'A field number is not assigned',
    clause: `${SPEC} 7.4`,
  },
  location: {
    code: 'MMS-LOCATION',
    severity: 'warning',
    title: 'The message waits at an address that phones cannot load',
    clause: `${SPEC} 7.3.10`,
    receivers: 'Phones load from http and https only; the message stays where it is.',
  },
  empty: {
    code: 'MMS-SIZE-ZERO',
    severity: 'note',
    title: 'The notification announces a message of no octets',
    clause: `${SPEC} 7.3.44`,
    receivers: 'Some phones do not load it.',
  },
  garbage: {
    code: 'MMS-GARBAGE',
    severity: 'error',
    title: 'Octets of the PDU begin no field',
    clause: `${SPEC} 7.1`,
  },
});

const f = fields('mms', {
  field: { kind: 'group', label: 'Field', clause: `${SPEC} 7.3` },
  name: { kind: 'text', label: 'Name', clause: `${SPEC} 7.4` },
  value: { kind: 'text', label: 'Value', clause: `${SPEC} 7.3` },
  rest: { kind: 'bytes', label: 'Message body' },
});

/** X-Mms-Message-Type with its high bit: how every PDU begins (6). */
const MESSAGE_TYPE = 0x8c;
/** Behind this field comes the body (7.3.11). */
const CONTENT_TYPE = 'Content-Type';

interface MmsField {
  readonly name: string;
  readonly detail: Detail;
}

function fieldName(c: Cursor, first: number): string {
  const at = c.pos;
  if (first < 0x80) {
    const t = readText(c);
    c.rec?.leaf(f.name, at, c.pos - at, t.text);
    return t.text;
  }
  c.skip(1);
  const code = first & 0x7f;
  const hex = `0x${code.toString(16).toUpperCase().padStart(2, '0')}`;
  const known = MMS_FIELDS.get(code);
  if (known === undefined) c.report(MMS.unknown, at, 1, `Field ${hex} is not assigned`);
  const name = known ?? `field-${hex}`;
  c.rec?.leaf(f.name, at, 1, name);
  return name;
}

function readField(c: Cursor, first: number): MmsField | undefined {
  const at = c.pos;
  const name = fieldName(c, first);
  const valueAt = c.pos;
  const e = extentOf(c);
  if (e === undefined || e.overrun) {
    c.report(MMS.truncated, at, c.end - at, `The PDU ends inside ${name.slice(0, 40)}`);
    if (e === undefined) return undefined;
  }
  const v = mmsValue(name, e, c.bytes);
  c.pos = e.end;
  c.rec?.leaf(f.value, valueAt, c.pos - valueAt, v.text);
  if (!v.regular && !e.overrun)
    c.report(MMS.value, valueAt, c.pos - valueAt, `The value of ${name} is not of its kind`);
  return { name, detail: { label: LABELS[name] ?? name, value: v.text, range: { start: at, length: c.pos - at } } };
}

function readFields(c: Cursor): MmsField[] {
  const out: MmsField[] = [];
  while (c.left > 0) {
    const first = c.peek()!;
    if (first < 0x20 || first === 0x7f) {
      c.report(MMS.garbage, c.pos, c.left, `${c.left} octets begin no field`);
      c.raw(f.rest, c.left);
      break;
    }
    const row = c.rec?.open(f.field, c.pos) ?? -1;
    const field = readField(c, first);
    c.rec?.close(row, c.pos, field?.name ?? '');
    if (field === undefined) break;
    out.push(field);
    if (field.name === CONTENT_TYPE) {
      if (c.left > 0) c.raw(f.rest, c.left);
      break;
    }
  }
  return out;
}

/** What keeps a phone from fetching the message. */
function judge(c: Cursor, read: readonly MmsField[]): void {
  for (const { name, detail } of read) {
    const { range, value } = detail;
    if (range === null) continue;
    if (name === 'X-Mms-Content-Location' && !/^https?:\/\/./i.test(value))
      c.report(MMS.location, range.start, range.length, `The address is '${value.slice(0, 60)}'`);
    if (name === 'X-Mms-Message-Size' && value === '0 octets')
      c.report(MMS.empty, range.start, range.length, 'The size is 0');
  }
}

function decode(c: Cursor): Detail[] {
  const start = c.pos;
  if (c.left === 0) {
    c.report(MMS.truncated, start, 0, 'The body is empty');
    return [];
  }
  const read = readFields(c);
  const names = read.map((r) => r.name);
  const first = names.slice(0, 3);
  if (first[0] !== MANDATORY[0] || (first.length === 3 && (first[1] !== MANDATORY[1] || first[2] !== MANDATORY[2]))) {
    c.report(
      MMS.order,
      start,
      Math.min(3, c.end - start),
      'The first fields are not message type, transaction identifier and version',
    );
  }
  const isNotification = read.some((r) => r.name === MANDATORY[0] && r.detail.value === MMS_TYPES[2]);
  if (isNotification) {
    for (const name of MANDATORY) {
      if (!names.includes(name)) c.report(MMS.missing, start, 0, `${name} is missing`);
    }
    judge(c, read);
  }
  return read.map((r) => r.detail);
}

export const MMS_NOTIFICATION: BinaryDecoder = {
  form: 'binary',
  kind: 'mms-notification',
  mediaTypes: ['application/vnd.wap.mms-message'],
  applicationId: 'x-wap-application:mms.ua',
  looksLike: (c) =>
    c.peek() === MESSAGE_TYPE && MMS_TYPES[(c.peek(1) ?? 0) & 0x7f] !== undefined && (c.peek(1) ?? 0) >= 0x80,
  decode,
};
