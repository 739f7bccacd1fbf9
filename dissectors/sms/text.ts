// Text of short messages: septets, UCS2, and the single-octet codings of SMPP.

import { decodeDcs, smppAlphabet } from './dcs.ts';
import { LANGUAGES } from './elements.ts';
import { firstSeptetBit, type Shifts, septetsToText, shiftKnown, unpackSeptets } from './gsm7.ts';

/** User data as a bearer gave it. */
export interface UserDataText {
  readonly bytes: Uint8Array;
  /** Octets of the header in front, 0 without one. */
  readonly headerLength: number;
  readonly dcs: number;
  readonly dcsOf: 'smpp' | 'tp';
  /** TP-UDL where the bearer has it: septets for 7-bit data, else octets. */
  readonly udl: number | undefined;
  readonly shifts: Shifts;
}

/** What the octets behind the header are. */
export function isText(dcs: number, dcsOf: 'smpp' | 'tp'): boolean {
  const alphabet = dcsOf === 'smpp' ? smppAlphabet(dcs) : decodeDcs(dcs).alphabet;
  return alphabet !== '8bit';
}

const SINGLE_OCTET: Readonly<Record<number, string>> = {
  1: 'windows-1252',
  3: 'windows-1252',
  5: 'shift_jis',
  6: 'iso-8859-5',
  7: 'iso-8859-8',
  9: 'shift_jis',
  10: 'iso-2022-jp',
  13: 'euc-jp',
  14: 'euc-kr',
};

/** UTF-16, high octet first; a stray octet at the end is shown as a replacement. */
export function utf16(b: Uint8Array, start: number, end: number): string {
  let out = '';
  for (let i = start; i + 1 < end; i += 2) out += String.fromCharCode((b[i]! << 8) | b[i + 1]!);
  return (end - start) % 2 === 1 ? `${out}\ufffd` : out;
}

function singleOctet(b: Uint8Array, dcs: number): string {
  const label = SINGLE_OCTET[dcs] ?? 'windows-1252';
  try {
    return new TextDecoder(label).decode(b);
  } catch {
    // A host without that charset: octets are shown as Latin 1.
    return Array.from(b, (v) => String.fromCharCode(v)).join('');
  }
}

/** One octet a character; Latin 1 where octets above 0x7F show that the default alphabet was not meant. */
function unpacked(b: Uint8Array, shifts: Shifts): string {
  return b.some((v) => v >= 0x80) ? singleOctet(b, 3) : septetsToText(b, shifts);
}

/** The text, or null where the data coding says octets. */
export function decodeText(u: UserDataText): string | null {
  const b = u.bytes;
  const start = Math.min(u.headerLength, b.length);
  if (u.dcsOf === 'smpp') {
    const alphabet = smppAlphabet(u.dcs);
    const rest = b.subarray(start);
    if (alphabet === '8bit') return null;
    if (alphabet === 'ucs2') return utf16(b, start, b.length);
    // National tables are tables of the 7-bit alphabet, whatever data_coding says.
    const septets = alphabet !== 'single-octet' || (u.dcs === 1 && (u.shifts.locking ?? u.shifts.single) !== null);
    return septets ? unpacked(rest, u.shifts) : singleOctet(rest, u.dcs);
  }
  const d = decodeDcs(u.dcs);
  if (d.alphabet === '8bit' || d.compressed) return null;
  if (d.alphabet === 'ucs2') return utf16(b, start, b.length);
  const firstBit = firstSeptetBit(start);
  const total = u.udl ?? Math.floor((b.length * 8) / 7);
  return septetsToText(unpackSeptets(b, 0, b.length, firstBit, total - firstBit / 7), u.shifts);
}

/**
 * What the text would be if the language of the single shift table were meant for every character, as some senders
 * do; null where it reads the same.
 */
export function otherReading(
  u: UserDataText,
  text: string,
): { readonly text: string; readonly language: string } | null {
  const { single, locking } = u.shifts;
  if (single === null || locking !== null || !shiftKnown('locking', single)) return null;
  const other = decodeText({ ...u, shifts: { locking: single, single } });
  return other === null || other === text ? null : { text: other, language: LANGUAGES[single] ?? '' };
}

/** The legacy text form of a header: '//SCK' and hexadecimal numbers, then a blank. */
export interface TextHeader {
  /** Characters it takes, the delimiter included. */
  readonly length: number;
  readonly destination: number;
  readonly source: number | null;
  readonly concatenation: { readonly reference: number; readonly total: number; readonly part: number } | null;
}

const LONG = /^\/\/SCKL([0-9A-F]{4})([0-9A-F]{4})?([0-9A-F]{6})?[ \n\r]/i;
const SHORT = /^\/\/SCK([0-9A-F]{2})([0-9A-F]{2})?([0-9A-F]{6})?[ \n\r]/i;

// WAP-259-WDP, text based header of GSM SMS: for networks that can't carry a user data header.
/** Reads the text form of ports and concatenation at the start of `text`; null where there is none. */
export function parseTextHeader(text: string): TextHeader | null {
  const m = LONG.exec(text) ?? SHORT.exec(text);
  if (m === null) return null;
  const hex = (s: string): number => Number.parseInt(s, 16);
  const three = m[3];
  return {
    length: m[0].length,
    destination: hex(m[1]!),
    source: m[2] === undefined ? null : hex(m[2]),
    concatenation:
      three === undefined
        ? null
        : { reference: hex(three.slice(0, 2)), total: hex(three.slice(2, 4)), part: hex(three.slice(4, 6)) },
  };
}
