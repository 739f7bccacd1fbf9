// Nokia Smart Messaging 3.0.0: operator logo, caller logo, picture message.

import type { Cursor } from '../../base/cursor.ts';
import { fields } from '../../base/fields.ts';
import { latin1 } from '../charset.ts';
import type { BinaryDecoder, Detail } from '../kinds.ts';
import { bitmap, type Size } from './bitmap.ts';
import { NOKIA } from './rules.ts';

const f = fields('nokia', {
  version: { kind: 'u8', label: 'Version', hex: true },
  network: { kind: 'bytes', label: 'Network' },
  end: { kind: 'u8', label: 'End of the network', hex: true },
  item: { kind: 'group', label: 'Item' },
  itemType: {
    kind: 'u8',
    label: 'Kind',
    names: {
      0: 'text, ISO-8859-1',
      1: 'text, Unicode',
      2: 'picture',
      3: 'ringing tone',
      4: 'profile name',
      6: 'screen saver',
    },
  },
  itemLength: { kind: 'u16', label: 'Length', unit: 'octets' },
  text: { kind: 'text', label: 'Text' },
  data: { kind: 'bytes', label: 'Data' },
});

const VERSION = 0x30;
const LINE_FEED = 0x0a;

const LOGO: readonly Size[] = [
  { width: 72, height: 14 },
  { width: 78, height: 21 },
];
const PICTURE: readonly Size[] = [{ width: 72, height: 28 }];

/** Version '0', in front of messages of more than one part. */
function version(c: Cursor): void {
  if (c.peek() === VERSION) c.u8(f.version);
}

const nibbles = (octets: Uint8Array): string =>
  Array.from(octets, (o) => (o & 15).toString(16) + (o >> 4).toString(16)).join('');

/** Country in two octets, network in one, digits low half first, F as filler. */
function network(c: Cursor): Detail | undefined {
  if (c.left < 3) return undefined;
  const at = c.pos;
  const text = nibbles(c.bytes.subarray(at, at + 3));
  const country = text.slice(0, 3);
  const code = text.slice(4).replace(/f/g, '');
  const known = /^\d{3}$/.test(country) && /^\d{1,2}$/.test(code);
  const value = known ? `${country} ${code.padStart(2, '0')}` : text.toUpperCase();
  c.take(3);
  c.rec?.leaf(f.network, at, 3, c.bytes.subarray(at, at + 3), value);
  if (!known) c.report(NOKIA.network, at, 3, `The network is ${value}`);
  return { label: 'Network', value, range: { start: at, length: 3 } };
}

function operatorLogo(c: Cursor): Detail[] {
  version(c);
  const where = network(c);
  if (where === undefined) {
    c.report(NOKIA.logo, c.pos, c.left, `${c.left} octets hold no network`);
    if (c.left > 0) c.raw(f.data, c.left);
    return [];
  }
  if (c.peek() === LINE_FEED) c.u8(f.end);
  return [where, ...bitmap(c, LOGO)];
}

function callerLogo(c: Cursor): Detail[] {
  version(c);
  return bitmap(c, LOGO);
}

function utf16(octets: Uint8Array): string {
  let out = '';
  for (let i = 0; i + 1 < octets.length; i += 2) out += String.fromCharCode((octets[i]! << 8) | octets[i + 1]!);
  return out;
}

/** Kind, length, data. */
function item(c: Cursor): Detail[] {
  const at = c.pos;
  const type = c.u8(f.itemType);
  const length = c.u16(f.itemLength);
  if (length > c.left) c.report(NOKIA.picture, at, 3, `An item has ${length} octets, ${c.left} are left`);
  const w = c.windowUpTo(length);
  if (type === 2 || type === 6) return bitmap(w, PICTURE);
  const octets = w.bytes.subarray(w.pos, w.end);
  const range = { start: w.pos, length: w.left };
  if (type === 0 || type === 1 || type === 4) {
    const value = type === 1 ? utf16(octets) : latin1(octets);
    w.rec?.leaf(f.text, w.pos, w.left, value);
    return [{ label: type === 4 ? 'Profile' : 'Text', value, range }];
  }
  if (type !== 3) c.report(NOKIA.picture, at, 1, `Kind ${type} is not defined`);
  if (w.left > 0) w.raw(f.data, w.left);
  return [{ label: type === 3 ? 'Ringing tone' : `Item of kind ${type}`, value: `${octets.length} octets`, range }];
}

function pictureMessage(c: Cursor): Detail[] {
  version(c);
  const out: Detail[] = [];
  if (c.left === 0) c.report(NOKIA.picture, c.pos, 0, 'The message holds no item');
  while (c.left > 0) {
    if (c.left < 3) {
      c.report(NOKIA.picture, c.pos, c.left, `${c.left} octets begin no item`);
      c.raw(f.data, c.left);
      break;
    }
    out.push(...c.group(f.item, undefined, () => item(c)));
  }
  return out;
}

export const OPERATOR_LOGO: BinaryDecoder = {
  form: 'binary',
  kind: 'operator-logo',
  mediaTypes: ['application/vnd.nokia.operator-logo'],
  ports: [5506],
  decode: operatorLogo,
};

export const CALLER_LOGO: BinaryDecoder = {
  form: 'binary',
  kind: 'caller-logo',
  mediaTypes: ['application/vnd.nokia.cli-logo'],
  ports: [5507],
  decode: callerLogo,
};

export const PICTURE_MESSAGE: BinaryDecoder = {
  form: 'binary',
  kind: 'picture-message',
  mediaTypes: ['application/vnd.nokia.picture-message'],
  ports: [5512, 5514],
  decode: pictureMessage,
};
