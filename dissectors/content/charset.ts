// Character sets by their IANA MIBenum, the number WBXML and WSP use (WAP-192 5.6, WAP-230 table 42).

export interface Charset {
  readonly mib: number;
  readonly name: string;
  /** Octets of a code unit; strings end with that many zero octets. */
  readonly unit: 1 | 2 | 4;
  /** Label for TextDecoder; undefined: read by the code below. */
  readonly label?: string;
}

const one = (mib: number, name: string): Charset => ({ mib, name, unit: 1, label: name.toLowerCase() });
const own = (mib: number, name: string, unit: 1 | 2 | 4 = 1): Charset => ({ mib, name, unit });

const CHARSETS: readonly Charset[] = [
  own(3, 'US-ASCII'),
  own(4, 'ISO-8859-1'),
  one(5, 'ISO-8859-2'),
  one(6, 'ISO-8859-3'),
  one(7, 'ISO-8859-4'),
  one(8, 'ISO-8859-5'),
  one(9, 'ISO-8859-6'),
  one(10, 'ISO-8859-7'),
  one(11, 'ISO-8859-8'),
  one(12, 'ISO-8859-9'),
  one(13, 'ISO-8859-10'),
  one(17, 'Shift_JIS'),
  one(18, 'EUC-JP'),
  one(36, 'KS_C_5601-1987'),
  one(38, 'EUC-KR'),
  one(39, 'ISO-2022-JP'),
  one(85, 'ISO-8859-8-I'),
  own(106, 'UTF-8'),
  one(109, 'ISO-8859-13'),
  one(110, 'ISO-8859-14'),
  one(111, 'ISO-8859-15'),
  one(112, 'ISO-8859-16'),
  one(113, 'GBK'),
  one(114, 'GB18030'),
  own(1000, 'ISO-10646-UCS-2', 2),
  own(1001, 'ISO-10646-UCS-4', 4),
  own(1013, 'UTF-16BE', 2),
  own(1014, 'UTF-16LE', 2),
  own(1015, 'UTF-16', 2),
  one(2025, 'GB2312'),
  one(2026, 'Big5'),
  one(2084, 'KOI8-R'),
  one(2088, 'KOI8-U'),
  one(2101, 'Big5-HKSCS'),
  one(2109, 'windows-874'),
  one(2250, 'windows-1250'),
  one(2251, 'windows-1251'),
  one(2252, 'windows-1252'),
  one(2253, 'windows-1253'),
  one(2254, 'windows-1254'),
  one(2255, 'windows-1255'),
  one(2256, 'windows-1256'),
  one(2257, 'windows-1257'),
  one(2258, 'windows-1258'),
  one(2259, 'TIS-620'),
];

const BY_MIB = new Map(CHARSETS.map((c) => [c.mib, c]));
const BY_NAME = new Map(CHARSETS.map((c) => [c.name.toLowerCase(), c]));

export const UTF8 = BY_MIB.get(106)!;

/** The character set of a MIBenum, or undefined where it is not known. */
export const charsetByMib = (mib: number): Charset | undefined => BY_MIB.get(mib);

/** By its IANA name or a usual alias, in any case. */
export function charsetByName(name: string): Charset | undefined {
  const n = name.trim().toLowerCase();
  const alias: Readonly<Record<string, string>> = {
    ascii: 'us-ascii',
    latin1: 'iso-8859-1',
    utf8: 'utf-8',
    'ucs-2': 'iso-10646-ucs-2',
    'x-sjis': 'shift_jis',
    'windows-31j': 'shift_jis',
    cp1252: 'windows-1252',
  };
  return BY_NAME.get(alias[n] ?? n);
}

export const charsetName = (mib: number): string => BY_MIB.get(mib)?.name ?? `charset ${mib}`;

export interface DecodedText {
  readonly text: string;
  /** True when octets did not fit the character set and another reading was used for them. */
  readonly misfit: boolean;
}

const decoders = new Map<string, TextDecoder | null>();

function decoderFor(label: string): TextDecoder | null {
  const known = decoders.get(label);
  if (known !== undefined) return known;
  let made: TextDecoder | null;
  try {
    made = new TextDecoder(label, { fatal: true, ignoreBOM: true });
  } catch {
    made = null;
  }
  decoders.set(label, made);
  return made;
}

function tryDecode(label: string, bytes: Uint8Array): string | undefined {
  const d = decoderFor(label);
  if (d === null) return undefined;
  try {
    return d.decode(bytes);
  } catch {
    return undefined;
  }
}

/** False where this host has no decoder for the character set. */
export const isReadable = (charset: Charset): boolean =>
  charset.label === undefined || decoderFor(charset.label) !== null;

/** Octets as ISO-8859-1, which reads anything. */
export function latin1(bytes: Uint8Array): string {
  let out = '';
  for (let i = 0; i < bytes.length; i += 4096) out += String.fromCharCode(...bytes.subarray(i, i + 4096));
  return out;
}

/** Octets as UTF-8, or undefined when they are not. */
export const utf8Strict = (bytes: Uint8Array): string | undefined => tryDecode('utf-8', bytes);

/** True when all octets are below 128. */
function ascii(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i += 1) if (bytes[i]! >= 0x80) return false;
  return true;
}

/** A TextDecoder call costs more than a string of so many ASCII characters. */
const SHORT = 48;

/** A short run of ASCII as text; undefined when it is longer or something else. */
export function shortAscii(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (end - start > SHORT) return undefined;
  let out = '';
  for (let i = start; i < end; i += 1) {
    const b = bytes[i]!;
    if (b >= 0x80) return undefined;
    out += String.fromCharCode(b);
  }
  return out;
}

function utf16(bytes: Uint8Array, little: boolean): string {
  const units: number[] = [];
  let out = '';
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    units.push(little ? bytes[i]! | (bytes[i + 1]! << 8) : (bytes[i]! << 8) | bytes[i + 1]!);
    if (units.length === 4096) out += String.fromCharCode(...units.splice(0));
  }
  return out + String.fromCharCode(...units);
}

function ucs4(bytes: Uint8Array): DecodedText {
  let text = '';
  let misfit = bytes.length % 4 !== 0;
  for (let i = 0; i + 3 < bytes.length; i += 4) {
    const v = ((bytes[i]! << 24) | (bytes[i + 1]! << 16) | (bytes[i + 2]! << 8) | bytes[i + 3]!) >>> 0;
    misfit ||= v > 0x10ffff;
    text += v > 0x10ffff ? '\uFFFD' : String.fromCodePoint(v);
  }
  return { text, misfit };
}

/**
 * Reads octets in a character set. Octets that don't fit are read as UTF-8 where they are that, else as
 * ISO-8859-1, and `misfit` says so: nothing is lost and nothing throws.
 */
export function decodeText(bytes: Uint8Array, charset: Charset | undefined): DecodedText {
  if (bytes.length === 0) return { text: '', misfit: false };
  const misread = (): DecodedText => ({ text: utf8Strict(bytes) ?? latin1(bytes), misfit: true });
  if (charset === undefined) return ascii(bytes) ? { text: latin1(bytes), misfit: false } : misread();
  if (charset.mib === 4) return { text: latin1(bytes), misfit: false };
  if (charset.mib === 3) return ascii(bytes) ? { text: latin1(bytes), misfit: false } : misread();
  if (charset.mib === 106) {
    const text = utf8Strict(bytes);
    return text === undefined ? misread() : { text, misfit: false };
  }
  if (charset.unit === 4) return ucs4(bytes);
  if (charset.unit === 2) {
    const marked = charset.mib === 1015 || charset.mib === 1000;
    const le = marked && bytes[0] === 0xff && bytes[1] === 0xfe;
    const be = marked && bytes[0] === 0xfe && bytes[1] === 0xff;
    const text = utf16(le || be ? bytes.subarray(2) : bytes, le || charset.mib === 1014);
    return { text, misfit: bytes.length % 2 !== 0 };
  }
  const text = charset.label === undefined ? undefined : tryDecode(charset.label, bytes);
  return text === undefined ? misread() : { text, misfit: false };
}

/** True when octets beyond ASCII make well-formed UTF-8: by chance that is rare. */
export const isMultibyteUtf8 = (bytes: Uint8Array): boolean => !ascii(bytes) && utf8Strict(bytes) !== undefined;
