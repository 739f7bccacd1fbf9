// OMA-TS-MMS_ENC-V1_3 7.3: values of fields as text.

import { Cursor } from '../../base/cursor.ts';
import {
  bigEndian,
  dateText,
  type Extent,
  hexText,
  readInteger,
  readText,
  unquote,
  versionText,
} from '../../wap/wsp/primitives.ts';
import { charsetByMib, decodeText } from '../charset.ts';
import { MMS_TYPES } from './names.ts';

type Reader = (e: Extent, bytes: Uint8Array) => string | undefined;

const window = (e: Extent, bytes: Uint8Array): Cursor => new Cursor(bytes, e.start, e.end);
const short = (e: Extent, bytes: Uint8Array): number | undefined =>
  e.kind === 'short' ? bytes[e.start]! & 0x7f : undefined;
const integer = (e: Extent, bytes: Uint8Array): number | undefined =>
  short(e, bytes) ?? (e.kind === 'data' ? bigEndian(bytes.subarray(e.start, e.end)) : undefined);

const listed =
  (...names: string[]): Reader =>
  (e, bytes) =>
    names[short(e, bytes) ?? -1];

/** Encoded-string-value (7.3.13): text, or a length, a character set and text. */
function encodedString(c: Cursor): string | undefined {
  const first = c.peek();
  if (first === undefined) return undefined;
  if (first >= 0x20 && first < 0x80) return unquote(readText(c).text);
  if (first > 0x1f) return undefined;
  // Value-length, character set, text
  const inner = new Cursor(c.bytes, c.pos + (first === 0x1f ? 2 : 1), c.end);
  const mib = readInteger(inner);
  if (mib === undefined) return undefined;
  const t = readText(inner);
  return decodeText(inner.bytes.subarray(t.start, t.start + t.length), charsetByMib(mib)).text;
}

const string: Reader = (e, bytes) => {
  if (e.kind === 'text') return unquote(readText(window(e, bytes)).text);
  if (e.kind !== 'data') return undefined;
  const c = window(e, bytes);
  const mib = readInteger(c);
  if (mib === undefined) return undefined;
  const t = readText(c);
  return decodeText(bytes.subarray(t.start, t.start + t.length), charsetByMib(mib)).text;
};

const text: Reader = (e, bytes) => (e.kind === 'text' ? unquote(readText(window(e, bytes)).text) : undefined);

const number: Reader = (e, bytes) => integer(e, bytes)?.toString();

const size: Reader = (e, bytes) => {
  const n = integer(e, bytes);
  return n === undefined ? undefined : `${n} octets`;
};

const date: Reader = (e, bytes) => {
  const n = integer(e, bytes);
  return n === undefined ? undefined : dateText(n);
};

/** From (7.3.15): 0x80 and an address, or 0x81: the relay inserts it. */
const from: Reader = (e, bytes) => {
  if (e.kind !== 'data' || e.start === e.end) return undefined;
  const c = window(e, bytes);
  const token = readInteger(c);
  if (token === 1) return 'inserted by the relay';
  return token === 0 ? encodedString(c) : undefined;
};

/** Expiry and the like (7.3.12): 0x80 and a date, or 0x81 and seconds. */
const expiry: Reader = (e, bytes) => {
  if (e.kind !== 'data' || e.start === e.end) return undefined;
  const c = window(e, bytes);
  const token = readInteger(c);
  const n = readInteger(c);
  if (n === undefined) return undefined;
  return token === 0 ? dateText(n) : token === 1 ? `${n} s` : undefined;
};

const messageClass: Reader = (e, bytes) =>
  listed('Personal', 'Advertisement', 'Informational', 'Auto')(e, bytes) ?? text(e, bytes);

const version: Reader = (e, bytes) => {
  const v = short(e, bytes);
  return v === undefined ? undefined : versionText(v);
};

const type: Reader = (e, bytes) => MMS_TYPES[short(e, bytes) ?? -1];
const yesNo = listed('Yes', 'No');

/** Numbers with gaps between kinds of failure (7.3.48, 7.3.50, 7.3.58). */
const numbered =
  (names: Readonly<Record<number, string>>): Reader =>
  (e, bytes) =>
    names[short(e, bytes) ?? -1];

const from80 = (first: number, words: string): [number, string][] =>
  words.split(',').map((w, i): [number, string] => [first + i, w]);

const RESPONSE = Object.fromEntries([
  ...from80(
    0x00,
    'Ok,Unspecified error,Service denied,Message format corrupt,Sending address unresolved,Message not found,' +
      'Network problem,Content not accepted,Unsupported message',
  ),
  ...from80(
    0x40,
    'Failed for now,Sending address unresolved for now,Message not found for now,Network problem for now,Partial success',
  ),
  ...from80(
    0x60,
    'Failed for good,Service denied for good,Message format corrupt for good,Sending address unresolved for good,' +
      'Message not found for good,Content not accepted for good,Reply charging limits not met,' +
      'Reply charging request not accepted,Reply charging forwarding denied,Reply charging not supported,' +
      'Hiding of the address not supported,No credit left',
  ),
]);

const RETRIEVE = Object.fromEntries([
  [0x00, 'Ok'],
  ...from80(0x40, 'Failed for now,Message not found for now,Network problem for now'),
  ...from80(0x60, 'Failed for good,Service denied for good,Message not found for good,Content unsupported for good'),
]);

const STORE = Object.fromEntries([
  [0x00, 'Success'],
  ...from80(0x40, 'Failed for now,Network problem for now'),
  ...from80(
    0x60,
    'Failed for good,Service denied for good,Message format corrupt for good,Message not found for good,Box full',
  ),
]);

/** Previously-sent-by and -date (7.3.37, 7.3.38): how often it was forwarded, then who or when. */
const previously =
  (rest: (c: Cursor) => string | undefined): Reader =>
  (e, bytes) => {
    if (e.kind !== 'data') return undefined;
    const c = window(e, bytes);
    const n = readInteger(c);
    const value = rest(c);
    return n === undefined || value === undefined ? undefined : `${value} (${n})`;
  };

const dateAt = (c: Cursor): string | undefined => {
  const n = readInteger(c);
  return n === undefined ? undefined : dateText(n);
};

/** MM-Flags (7.3.32): add, remove or filter a keyword. */
const flags: Reader = (e, bytes) => {
  if (e.kind !== 'data' || e.start === e.end) return undefined;
  const c = window(e, bytes);
  const what = ['add', 'remove', 'filter'][readInteger(c) ?? -1];
  const word = encodedString(c);
  return what === undefined || word === undefined ? undefined : `${what} ${word}`;
};

const READERS: Readonly<Record<string, Reader>> = {
  Bcc: string,
  Cc: string,
  To: string,
  Subject: string,
  From: from,
  Date: date,
  'Message-ID': text,
  'X-Mms-Content-Location': text,
  'X-Mms-Delivery-Report': yesNo,
  'X-Mms-Delivery-Time': expiry,
  'X-Mms-Expiry': expiry,
  'X-Mms-Message-Class': messageClass,
  'X-Mms-Message-Type': type,
  'X-Mms-MMS-Version': version,
  'X-Mms-Message-Size': size,
  'X-Mms-Priority': listed('Low', 'Normal', 'High'),
  'X-Mms-Read-Report': yesNo,
  'X-Mms-Report-Allowed': yesNo,
  'X-Mms-Response-Status': numbered(RESPONSE),
  'X-Mms-Retrieve-Status': numbered(RETRIEVE),
  'X-Mms-Store-Status': numbered(STORE),
  'X-Mms-MM-State': listed('Draft', 'Sent', 'New', 'Retrieved', 'Forwarded'),
  'X-Mms-MM-Flags': flags,
  'X-Mms-Previously-Sent-By': previously(encodedString),
  'X-Mms-Previously-Sent-Date': previously(dateAt),
  'X-Mms-Totals': yesNo,
  'X-Mms-Quotas': yesNo,
  'X-Mms-Start': number,
  'X-Mms-Limit': number,
  'X-Mms-Content-Class': listed(
    'text',
    'image, basic',
    'image, rich',
    'video, basic',
    'video, rich',
    'megapixel',
    'content, basic',
    'content, rich',
  ),
  'X-Mms-Cancel-Status': listed('Request received', 'Request corrupted'),
  'X-Mms-Response-Text': string,
  'X-Mms-Sender-Visibility': listed('Hide', 'Show'),
  'X-Mms-Status': listed(
    'Expired',
    'Retrieved',
    'Rejected',
    'Deferred',
    'Unrecognised',
    'Indeterminate',
    'Forwarded',
    'Unreachable',
  ),
  'X-Mms-Transaction-Id': text,
  'X-Mms-Retrieve-Text': string,
  'X-Mms-Read-Status': listed('Read', 'Deleted without being read'),
  'X-Mms-Reply-Charging': listed('Requested', 'Requested text only', 'Accepted', 'Accepted text only'),
  'X-Mms-Reply-Charging-Deadline': expiry,
  'X-Mms-Reply-Charging-ID': text,
  'X-Mms-Reply-Charging-Size': size,
  'X-Mms-Store': yesNo,
  'X-Mms-Store-Status-Text': string,
  'X-Mms-Stored': yesNo,
  'X-Mms-Message-Count': number,
  'X-Mms-Distribution-Indicator': yesNo,
  'X-Mms-Recommended-Retrieval-Mode': listed('Manual'),
  'X-Mms-Recommended-Retrieval-Mode-Text': string,
  'X-Mms-Status-Text': string,
  'X-Mms-Applic-ID': text,
  'X-Mms-Reply-Applic-ID': text,
  'X-Mms-Aux-Applic-Info': text,
  'X-Mms-DRM-Content': yesNo,
  'X-Mms-Adaptation-Allowed': yesNo,
  'X-Mms-Replace-ID': text,
  'X-Mms-Cancel-ID': text,
};

/** The value as text; `regular` is false when it is not of the field's kind, and the text is then hex. */
export function mmsValue(
  name: string,
  e: Extent,
  bytes: Uint8Array,
): { readonly text: string; readonly regular: boolean } {
  const reader = READERS[name];
  const value = reader?.(e, bytes) ?? (reader === undefined && e.kind === 'text' ? text(e, bytes) : undefined);
  if (value !== undefined) return { text: value, regular: true };
  return { text: `0x${hexText(bytes.subarray(e.start, e.end))}`, regular: reader === undefined };
}
