// WAP-230-WSP 8.4.2.7 to 8.4.2.72: header values as text, by the kind each header has.

import { Cursor } from '../../base/cursor.ts';
import { charsetName } from '../../content/charset.ts';
import { mediaTypeName } from './mediatypes.ts';
import { APPLICATION_IDS, BEARERS, headerName, LANGUAGES, PDU_TYPES } from './names.ts';
import { readParameters } from './parameters.ts';
import {
  bigEndian,
  dateText,
  type Extent,
  hexText,
  qText,
  readInteger,
  readText,
  readUintvar,
  unquote,
  versionText,
} from './primitives.ts';

export interface HeaderText {
  readonly text: string;
  /** False: not of the kind the header has; `text` is then the octets in hex, or the text as it is. */
  readonly regular: boolean;
  /** Holds a password. */
  readonly secret?: boolean;
}

/** Gives the text of a value from a short integer, or from the octets behind a value length. */
interface Kind {
  readonly short?: (v: number) => string | undefined;
  readonly data?: (c: Cursor) => string | undefined;
  /** False: a plain text is not a regular value. */
  readonly text?: false;
  readonly secret?: true;
}

const listed =
  (...names: string[]) =>
  (v: number): string | undefined =>
    names[v];

const number = (c: Cursor): number | undefined => bigEndian(c.bytes.subarray(c.pos, c.end));

const decimal: Kind = { short: String, data: (c) => number(c)?.toString() };

const date: Kind = {
  data: (c) => {
    const n = number(c);
    return n === undefined ? undefined : dateText(n);
  },
};

/** An element by number or text at the head of a general form, then parameters. */
function headed(name: (v: number) => string | undefined): (c: Cursor) => string | undefined {
  return (c) => {
    const first = c.peek();
    if (first === undefined) return undefined;
    const n = first >= 0x20 && first < 0x80 ? undefined : readInteger(c);
    const head = n !== undefined ? name(n) : first >= 0x20 && first < 0x80 ? readText(c).text : undefined;
    return head === undefined ? undefined : head + parameterText(c);
  };
}

function parameterText(c: Cursor): string {
  return readParameters(c)
    .map((p) => `; ${p.name}${p.value === '' ? '' : `=${p.value}`}`)
    .join('');
}

/** Element followed by a bare Q-value: Accept-Charset, Accept-Language, Accept-Encoding. */
function weighed(name: (v: number) => string | undefined): (c: Cursor) => string | undefined {
  return (c) => {
    const first = c.peek();
    if (first === undefined) return undefined;
    const n = first >= 0x20 && first < 0x80 ? undefined : readInteger(c);
    const head = n !== undefined ? name(n) : first >= 0x20 && first < 0x80 ? readText(c).text : undefined;
    if (head === undefined || c.left === 0) return head;
    const q = readUintvar(c, null);
    return q === undefined ? head : `${head}; q=${qText(q)}`;
  };
}

const media = (v: number): string => mediaTypeName(v) ?? `media type 0x${v.toString(16)}`;
const field = (v: number): string => headerName(1, v) ?? `header 0x${v.toString(16)}`;
const language = (v: number): string | undefined => LANGUAGES.get(v);
const encoding = (v: number): string | undefined => (v === 3 ? '*' : ['gzip', 'compress', 'deflate'][v]);

const CACHE = listed(
  'no-cache',
  'no-store',
  'max-age',
  'max-stale',
  'min-fresh',
  'only-if-cached',
  'public',
  'private',
  'no-transform',
  'must-revalidate',
  'proxy-revalidate',
  's-maxage',
);

function cacheControl(c: Cursor): string | undefined {
  const first = c.peek();
  if (first === undefined) return undefined;
  const n = readInteger(c);
  const name = n === undefined ? readText(c).text : CACHE(n);
  if (name === undefined || c.left === 0) return name;
  const rest: string[] = [];
  // no-cache and private: field names; the others: seconds.
  while (c.left > 0) {
    const v = readInteger(c);
    if (v === undefined && c.peek()! < 0x20) return undefined;
    rest.push(v === undefined ? readText(c).text : n === 0 || n === 7 ? field(v) : String(v));
  }
  return `${name}=${rest.join(', ')}`;
}

/** Credentials and challenges: 0x80 is Basic. */
function authorization(second: 'password' | null): (c: Cursor) => string | undefined {
  return (c) => {
    if (c.peek() === 0x80) {
      c.skip(1);
      const name = readText(c).text;
      return second === null ? `Basic realm="${unquote(name)}"` : `Basic ${name}, ${second} not shown`;
    }
    const scheme = readText(c).text;
    return scheme === '' ? undefined : scheme + (second === null ? parameterText(c) : ', credentials not shown');
  };
}

function contentRange(c: Cursor): string | undefined {
  const from = readUintvar(c, null);
  if (from === undefined) return undefined;
  const unknown = c.peek() === 0x80 && c.left === 1;
  const length = unknown ? undefined : readUintvar(c, null);
  return `bytes ${from}-/${length ?? '*'}`;
}

function range(c: Cursor): string | undefined {
  const kind = c.peek();
  if (kind !== 0x80 && kind !== 0x81) return undefined;
  c.skip(1);
  const first = readUintvar(c, null);
  if (first === undefined) return undefined;
  if (kind === 0x81) return `bytes=-${first}`;
  const last = c.left > 0 ? readUintvar(c, null) : undefined;
  return `bytes=${first}-${last ?? ''}`;
}

function retryAfter(c: Cursor): string | undefined {
  const kind = c.peek();
  if (kind !== 0x80 && kind !== 0x81) return undefined;
  c.skip(1);
  const n = readInteger(c);
  if (n === undefined) return undefined;
  return kind === 0x80 ? dateText(n) : `${n} s`;
}

const WARNINGS: Readonly<Record<number, string>> = {
  10: '110 Response is stale',
  11: '111 Revalidation failed',
  12: '112 Disconnected operation',
  13: '113 Heuristic expiration',
  14: '214 Transformation applied',
  99: '199 Miscellaneous warning',
};
const warningCode = (v: number): string => WARNINGS[v] ?? String(v);

function warning(c: Cursor): string | undefined {
  const n = readInteger(c);
  if (n === undefined) return undefined;
  const agent = readText(c).text;
  return `${warningCode(n)} ${agent} ${readText(c).text}`.trim();
}

const PROFILE_WARNINGS: Readonly<Record<number, string>> = {
  16: '100 OK',
  17: '101 Used stale profile',
  18: '102 Not used profile',
  32: '200 Not applied',
  33: '201 Content selection applied',
  34: '202 Content generation applied',
  35: '203 Transformation applied',
};
const profileCode = (v: number): string => PROFILE_WARNINGS[v] ?? String(v);

function profileWarning(c: Cursor): string | undefined {
  const n = readInteger(c);
  if (n === undefined) return undefined;
  const target = readText(c).text;
  const when = readInteger(c);
  const text = when === undefined ? undefined : dateText(when);
  return `${profileCode(n)} ${target}${text === undefined ? '' : ` ${text}`}`.trim();
}

function cookie(c: Cursor): string | undefined {
  const version = readInteger(c);
  if (version === undefined) return undefined;
  const parts: string[] = [];
  while (c.left > 0 && (c.peek()! >= 0x20 || c.peek() === 0)) {
    if (c.peek()! >= 0x80) break;
    const name = readText(c).text;
    const v = readText(c).text;
    parts.push(`${name}=${v}`);
  }
  return `version ${versionText(version)}; ${parts.join('; ')}${parameterText(c)}`;
}

function encodingVersion(c: Cursor): string | undefined {
  const page = readInteger(c);
  if (page === undefined) return undefined;
  const v = readInteger(c);
  return v === undefined ? `code page ${page}` : `${versionText(v)} (code page ${page})`;
}

const expect = (c: Cursor): string | undefined => {
  const name = readText(c).text;
  return name === '' ? undefined : `${name}=${unquote(readText(c).text)}${parameterText(c)}`;
};

const TRANSFER = listed('chunked');
const TE = (v: number): string | undefined =>
  [undefined, 'trailers', 'chunked', 'identity', 'gzip', 'compress', 'deflate'][v];

/** Push-Flag (8.4.2.59): three bits. */
function pushFlag(v: number): string {
  const on = ['initiator URI authenticated', 'content trusted', 'last push message'].filter(
    (_, i) => (v & (1 << i)) !== 0,
  );
  return on.length === 0 ? String(v) : `${v} (${on.join(', ')})`;
}

const application = (v: number): string => APPLICATION_IDS.get(v) ?? `0x${v.toString(16).toUpperCase()}`;

const text: Kind = {};
const KINDS: Readonly<Record<string, Kind>> = {
  Accept: { short: media, data: headed(media) },
  'Accept-Charset': {
    short: (v) => (v === 0 ? '*' : charsetName(v)),
    data: weighed((v) => (v === 0 ? '*' : charsetName(v))),
  },
  'Accept-Encoding': { short: encoding, data: weighed(encoding) },
  'Accept-Language': { short: language, data: weighed(language) },
  'Accept-Ranges': { short: listed('none', 'bytes') },
  Age: decimal,
  Allow: { short: (v) => PDU_TYPES[v] ?? PDU_TYPES[v | 0x40] },
  Authorization: { data: authorization('password'), secret: true },
  'Cache-Control': { short: CACHE, data: cacheControl },
  Connection: { short: listed('close') },
  'Content-Base': text,
  'Content-Encoding': { short: encoding },
  'Content-Language': { short: language, data: (c) => language(number(c) ?? -1) },
  'Content-Length': { ...decimal, text: false },
  'Content-Location': text,
  'Content-MD5': { data: (c) => (c.left === 16 ? hexText(c.bytes.subarray(c.pos, c.end)) : undefined) },
  'Content-Range': { data: contentRange },
  'Content-Type': { short: media, data: headed(media) },
  Date: date,
  Etag: text,
  Expires: date,
  From: text,
  Host: text,
  'If-Modified-Since': date,
  'If-Match': text,
  'If-None-Match': text,
  'If-Range': date,
  'If-Unmodified-Since': date,
  Location: text,
  'Last-Modified': date,
  'Max-Forwards': decimal,
  Pragma: { short: listed('no-cache'), data: (c) => parameterText(c).slice(2) || undefined },
  'Proxy-Authenticate': { data: authorization(null) },
  'Proxy-Authorization': { data: authorization('password'), secret: true },
  Public: { short: (v) => PDU_TYPES[v] ?? PDU_TYPES[v | 0x40] },
  Range: { data: range },
  Referer: text,
  'Retry-After': { data: retryAfter },
  Server: text,
  'Transfer-Encoding': { short: TRANSFER, data: headed(TRANSFER) },
  Upgrade: text,
  'User-Agent': text,
  Vary: { short: field },
  Via: text,
  Warning: { short: warningCode, data: warning },
  'WWW-Authenticate': { data: authorization(null) },
  'Content-Disposition': { data: headed(listed('form-data', 'attachment', 'inline')) },
  'X-Wap-Application-Id': {
    short: application,
    data: (c) => {
      const n = number(c);
      return n === undefined ? undefined : application(n);
    },
  },
  'X-Wap-Content-URI': text,
  'X-Wap-Initiator-URI': text,
  'Accept-Application': {
    short: (v) => (v === 0 ? '*' : application(v)),
    data: (c) => {
      const n = number(c);
      return n === undefined ? undefined : application(n);
    },
  },
  'Bearer-Indication': { short: (v) => BEARERS[v] ?? String(v), data: (c) => number(c)?.toString() },
  'Push-Flag': { short: pushFlag, text: false },
  Profile: text,
  'Profile-Diff': { data: (c) => hexText(c.bytes.subarray(c.pos, c.end)) },
  'Profile-Warning': { short: profileCode, data: profileWarning },
  Expect: { short: listed('100-continue'), data: expect },
  TE: { short: TE, data: headed(TE) },
  Trailer: { short: field },
  'X-Wap-Tod': { ...date, short: (v) => (v === 0 ? 'requested' : undefined) },
  'Content-ID': text,
  'Set-Cookie': { data: cookie },
  Cookie: { data: cookie },
  'Encoding-Version': { short: versionText, data: encodingVersion },
  'X-WAP-Security': { short: listed('close-subordinate') },
};

/** The value of a header as text; nothing of it is lost: what is not of the header's kind is given as hex. */
export function headerText(name: string, e: Extent, bytes: Uint8Array): HeaderText {
  const kind = KINDS[name];
  const secret = kind?.secret === true ? { secret: true } : {};
  const raw = bytes.subarray(e.start, e.end);
  if (e.kind === 'text') {
    const t = readText(new Cursor(bytes, e.start, e.end));
    const value = kind?.secret === true ? 'credentials not shown' : unquote(t.text);
    return { text: value, regular: kind?.text !== false, ...secret };
  }
  const v =
    e.kind === 'short'
      ? (kind?.short ?? kindless(kind))?.(raw[0]! & 0x7f)
      : kind?.data?.(new Cursor(bytes, e.start, e.end));
  if (v !== undefined) return { text: v, regular: true, ...secret };
  if (kind?.secret === true) return { text: 'credentials not shown', regular: false, ...secret };
  return { text: `0x${hexText(raw)}`, regular: kind === undefined };
}

/** A short integer of a header nobody knows is at least a number. */
const kindless = (kind: Kind | undefined): ((v: number) => string) | undefined =>
  kind === undefined ? String : undefined;
