// OMA-WAP-TS-ProvBoot-V1_1 6: what the secret of each method looks like as octets.

/** Longest IMSI (3GPP TS 23.003 2.2); the shortest that can hold MCC, MNC and a digit. */
const IMSI = /^\d{6,15}$/;

/** Parity nibble of EF_IMSI (3GPP TS 31.102 4.2.2): 9 before an odd number of digits, 1 before an even one. */
export const ODD = '9';
export const EVEN = '1';
export const FILLER = 'F';

export const ascii = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0) & 0x7f);

const HEX = Array.from({ length: 256 }, (_, b) => b.toString(16).toUpperCase().padStart(2, '0'));

/** Upper-case hex, without spaces. */
export function toHex(bytes: Uint8Array): string {
  let out = '';
  for (let i = 0; i < bytes.length; i += 1) out += HEX[bytes[i]!]!;
  return out;
}

/** Octets of hex digits; undefined where the text is anything else. */
export function fromHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) return undefined;
  return Uint8Array.from({ length: text.length / 2 }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16));
}

/** Semi-octets, low half first: '2162' gives 12 26. An odd nibble at the end is filled with F. */
export function semiOctets(nibbles: string): Uint8Array {
  const even = nibbles.length % 2 === 0 ? nibbles : nibbles + FILLER;
  const out = new Uint8Array(even.length / 2);
  for (let i = 0; i < out.length; i += 1) {
    out[i] = Number.parseInt(even.charAt(2 * i + 1) + even.charAt(2 * i), 16);
  }
  return out;
}

export function join(...parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) {
    out.set(p, at);
    at += p.length;
  }
  return out;
}

/** The digits of an IMSI as people write it, with spaces or hyphens; null when it can't be one. */
export function imsiDigits(text: string): string | null {
  const digits = text.replace(/[\s-]/g, '');
  return IMSI.test(digits) ? digits : null;
}

/** Nibbles of EF_IMSI in order, without the length octet: parity, digits, filler where the digits are even in number. */
const imsiNibbles = (digits: string): string => (digits.length % 2 === 1 ? ODD + digits : EVEN + digits + FILLER);

/**
 * NETWPIN key of a GSM/UMTS/LTE subscriber: the IMSI as in EF_IMSI without its length octet
 * (OMA-WAP-TS-ProvBoot-V1_1 6, NETWPIN; 3GPP TS 31.102 4.2.2). `digits` are 6 to 15 decimal digits.
 */
export const imsiKey = (digits: string): Uint8Array => semiOctets(imsiNibbles(digits));

/**
 * USERPIN key forms: the octets of the PIN as typed. Digits have one form; other characters are tried in UTF-8 and,
 * where they fit, in ISO 8859-1.
 */
export function pinKeys(pin: string): Uint8Array[] {
  const utf8 = new TextEncoder().encode(pin);
  const codes = Array.from(pin, (c) => c.codePointAt(0) ?? 0);
  const latin = codes.every((c) => c <= 0xff) && codes.some((c) => c > 0x7f);
  return latin ? [utf8, Uint8Array.from(codes)] : [utf8];
}

/** Where the digits of the key came from, octet by octet. Without `secrets` positions are named, not digits. */
export function imsiSteps(digits: string, secrets: boolean): string[] {
  const nibbles = imsiNibbles(digits);
  const odd = digits.length % 2 === 1;
  const key = imsiKey(digits);
  const steps = [
    `The IMSI has ${digits.length} digits, an ${odd ? 'odd' : 'even'} number, so the parity nibble is ${odd ? ODD : EVEN}` +
      `${odd ? '' : ` and the last half octet is the filler ${FILLER}`}.`,
  ];
  const what = (i: number): string => {
    if (i === 0) return `parity ${nibbles.charAt(0)}`;
    if (i > digits.length) return `filler ${FILLER}`;
    return secrets ? `digit ${i} (${nibbles.charAt(i)})` : `digit ${i}`;
  };
  for (let i = 0; i < key.length; i += 1) {
    const shown = secrets ? ` = ${toHex(key.subarray(i, i + 1))}` : '';
    steps.push(`Octet ${i + 1}${shown}: low half ${what(2 * i)}, high half ${what(2 * i + 1)}.`);
  }
  return steps;
}

export function pinSteps(pin: string, key: Uint8Array, secrets: boolean): string[] {
  const plain = /^[\x20-\x7e]*$/.test(pin);
  const utf8 = new TextEncoder().encode(pin).length === key.length;
  const form = plain ? 'ASCII' : utf8 ? 'UTF-8' : 'ISO 8859-1';
  const octets = key.length === 1 ? '1 octet' : `${key.length} octets`;
  return [`The characters of the PIN in ${form}: ${octets}${secrets ? ` ${toHex(key)}` : ''}.`];
}
