// The MAC as sent and as computed.

import { hmacSha1, prepared, prepareKey, prepareText } from './guess/hmac.ts';
import { ascii, fromHex, toHex } from './keys.ts';

/** Octets of HMAC-SHA1 (RFC 2104 2, FIPS 180-4 6.1). */
const MAC_OCTETS = 20;

/** HMAC-SHA1 over the document, upper-case hex (OMA-WAP-TS-ProvBoot-V1_1 6). */
export const macOf = (key: Uint8Array, body: Uint8Array): string => toHex(hmacSha1(key, body));

/** The same of one body for many keys: what they share is computed once. */
export function macsOf(body: Uint8Array): (key: Uint8Array) => string {
  const text = prepareText(body);
  return (key) => toHex(prepared(prepareKey(key), text));
}

/** How a MAC was written where it should have been forty upper-case hex digits. */
export type MacForm = 'hex' | 'lower-case' | 'quoted' | 'spaced' | 'raw-octets' | 'length' | 'not-hex';

export interface SentMac {
  /** Upper-case hex where the text was hex at all, else the text without its surroundings. */
  readonly hex: string;
  /** What is odd about it; 'hex' alone when nothing is. */
  readonly forms: readonly MacForm[];
  /** Forty hex digits once tidied. */
  readonly wellFormed: boolean;
}

/** Tidies the MAC parameter; null for none and for an empty one. */
export function readMac(sent: string | null): SentMac | null {
  if (sent === null) return null;
  if (sent.length === MAC_OCTETS && /[^0-9a-fA-F]/.test(sent) && Array.from(sent).every((c) => c.charCodeAt(0) < 256)) {
    return { hex: toHex(Uint8Array.from(sent, (c) => c.charCodeAt(0))), forms: ['raw-octets'], wellFormed: true };
  }
  const forms: MacForm[] = [];
  let text = sent;
  const trimmed = text.replace(/^\s+|\s+$/g, '');
  if (trimmed !== text) forms.push('spaced');
  text = trimmed.replace(/^"|"$/g, '');
  if (text !== trimmed) forms.push('quoted');
  if (text === '') return null;
  if (!/^[0-9a-fA-F]+$/.test(text)) return { hex: text, forms: [...forms, 'not-hex'], wellFormed: false };
  if (/[a-f]/.test(text)) forms.push('lower-case');
  const hex = text.toUpperCase();
  const wellFormed = hex.length === 2 * MAC_OCTETS;
  if (!wellFormed) forms.push('length');
  return { hex, forms: forms.length === 0 ? ['hex'] : forms, wellFormed };
}

/** Digit i of USERPINMAC is octet i of the HMAC modulo 10 (OMA-WAP-TS-ProvBoot-V1_1 6, USERPINMAC). */
export const decimalDigits = (mac: string, count = MAC_OCTETS): string =>
  Array.from((fromHex(mac) ?? new Uint8Array(0)).subarray(0, count), (b) => String(b % 10)).join('');

/** True where the sender wrote the decimal digits of USERPINMAC, bare or as the hex of their ASCII, into MAC. */
export function isDecimalForm(sent: SentMac, expected: string): boolean {
  const digits = decimalDigits(expected);
  return sent.hex.length >= 5 && (digits.startsWith(sent.hex) || toHex(ascii(digits)).startsWith(sent.hex));
}
