// Information elements of both versions that say who connects, to what, and what came of it.

import type { Cursor } from '../../base/cursor.ts';
import type { Field } from '../../base/fields.ts';
import { formatAddressWords } from '../../net/address.ts';
import { FIXED_LENGTHS } from './codes.ts';
import { gtpFields as f } from './fields.ts';

/** What one message says. */
export interface Said {
  cause: number | null;
  imsi: string | null;
  msisdn: string | null;
  apn: string | null;
  readonly addresses: string[];
}

export const nothing = (): Said => ({ cause: null, imsi: null, msisdn: null, apn: null, addresses: [] });

/** Elements of one message that are looked at. */
const MAX_ELEMENTS = 256;

const DIGITS = '0123456789*#abc';

/** Octets of a number and of an access point name that are read; the standards allow fewer (3GPP TS 23.003 9.1: 100). */
const MAX_NUMBER = 16;
const MAX_NAME = 255;

/** Swapped digits up to the filler (3GPP TS 29.002 17.7.8, TBCD-STRING). */
export function bcd(b: Uint8Array, start: number, end: number): string {
  let out = '';
  for (let at = start; at < Math.min(end, start + MAX_NUMBER); at += 1) {
    for (const n of [b[at]! & 0x0f, b[at]! >> 4]) {
      if (n === 0x0f) return out;
      out += DIGITS[n] ?? '';
    }
  }
  return out;
}

// 3GPP TS 23.003 9.1: labels with their lengths.
export function accessPoint(b: Uint8Array, start: number, last: number): string {
  const labels: string[] = [];
  const end = Math.min(last, start + MAX_NAME);
  for (let at = start; at < end; ) {
    const n = Math.min(b[at]!, end - at - 1);
    labels.push(String.fromCharCode(...b.subarray(at + 1, at + 1 + n)));
    at += 1 + n;
  }
  return labels.filter((l) => l !== '').join('.');
}

const word = (b: Uint8Array, at: number): number =>
  ((b[at] ?? 0) << 24) | ((b[at + 1] ?? 0) << 16) | ((b[at + 2] ?? 0) << 8) | (b[at + 3] ?? 0);
const ipv4 = (b: Uint8Array, at: number): string => formatAddressWords(4, 0, 0, 0, word(b, at));
const ipv6 = (b: Uint8Array, at: number): string =>
  formatAddressWords(6, word(b, at), word(b, at + 4), word(b, at + 8), word(b, at + 12));

/** The whole of `c` as text. */
function text(c: Cursor, field: Field<'text'>, value: string): string {
  c.rec?.leaf(field, c.pos, c.left, value);
  c.skip(c.left);
  return value;
}

/** Addresses behind a head of `head` octets, by how many octets follow. */
function addresses(c: Cursor, head: number, out: Said): void {
  const at = c.pos + head;
  const left = c.end - at;
  const found = left === 4 ? [ipv4(c.bytes, at)] : left === 16 ? [ipv6(c.bytes, at)] : [];
  if (left === 20) found.push(ipv4(c.bytes, at), ipv6(c.bytes, at + 4));
  tellAddresses(c, found, out);
}

function tellAddresses(c: Cursor, found: readonly string[], out: Said): void {
  if (found.length === 0) {
    if (c.left > 0) c.span(f.value, c.left);
    return;
  }
  out.addresses.push(...found);
  text(c, f.address, found.join(', '));
}

// 3GPP TS 29.274 8.14: type, then IPv4, or the length of a prefix, IPv6, and perhaps IPv4.
function allocation(c: Cursor, out: Said): void {
  const b = c.bytes;
  const at = c.pos;
  const type = (b[at] ?? 0) & 0x07;
  const found =
    type === 1 && c.left >= 5
      ? [ipv4(b, at + 1)]
      : type === 2 && c.left >= 18
        ? [ipv6(b, at + 2)]
        : type === 3 && c.left >= 22
          ? [ipv6(b, at + 2), ipv4(b, at + 18)]
          : [];
  tellAddresses(c, found, out);
}

function value1(c: Cursor, type: number, out: Said): void {
  const { bytes, pos, end } = c;
  if (type === 1) out.cause = c.u8(f.cause1);
  else if (type === 2) out.imsi = text(c, f.imsi, bcd(bytes, pos, end));
  else if (type === 131) out.apn = text(c, f.apn, accessPoint(bytes, pos, end));
  // 3GPP TS 29.060 7.7.33: type of number and plan, then the digits.
  else if (type === 134 && c.left > 1) out.msisdn = text(c, f.msisdn, bcd(bytes, pos + 1, end));
  else if (type === 128 && c.left > 2) addresses(c, 2, out);
  else if (c.left > 0) c.span(f.value, c.left);
}

/** 3GPP TS 29.060 7.7: elements of GTPv1-C. Those below 128 that nobody knows end the walk: their lengths are not known. */
export function elements1(c: Cursor, out: Said): void {
  for (let i = 0; i < MAX_ELEMENTS && c.left > 0; i += 1) {
    const type = c.peek()!;
    const fixed = type < 128 ? FIXED_LENGTHS[type] : undefined;
    if (type < 128 && fixed === undefined) break;
    c.group(f.element, undefined, () => {
      c.u8(f.element1);
      value1(c.window(fixed ?? c.u16(f.elementLength)), type, out);
    });
  }
  if (c.left > 0) c.span(f.value, c.left);
}

function value2(c: Cursor, type: number, out: Said): void {
  const { bytes, pos, end } = c;
  if (type === 1) out.imsi = text(c, f.imsi, bcd(bytes, pos, end));
  else if (type === 2 && c.left > 0) out.cause = c.u8(f.cause2);
  else if (type === 71) out.apn = text(c, f.apn, accessPoint(bytes, pos, end));
  else if (type === 76) out.msisdn = text(c, f.msisdn, bcd(bytes, pos, end));
  else if (type === 79) allocation(c, out);
  if (c.left > 0) c.span(f.value, c.left);
}

/** 3GPP TS 29.274 8.2.1: elements of GTPv2-C. */
export function elements2(c: Cursor, out: Said): void {
  for (let i = 0; i < MAX_ELEMENTS && c.left > 0; i += 1) {
    c.group(f.element, undefined, () => {
      const type = c.u8(f.element2);
      const length = c.u16(f.elementLength);
      c.u8(f.instance);
      value2(c.window(length), type, out);
    });
  }
  if (c.left > 0) c.span(f.value, c.left);
}
