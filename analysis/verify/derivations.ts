// Keys that senders are known to use by mistake. A MAC that fits one of them says what is wrong with the sender.

import { ascii, EVEN, FILLER, fromHex, imsiKey, join, ODD, pinKeys, semiOctets, toHex } from './keys.ts';

/** One wrong way to make a key from what should have made the right one. */
export interface Derivation {
  /** Stable name, part of the report. */
  readonly name: string;
  /** Ends the sentence 'The MAC was made with ...'. */
  readonly title: string;
  /** What the sender has to change, one sentence. */
  readonly fix: string;
}

interface Form extends Derivation {
  readonly keys: (from: string) => readonly (Uint8Array | undefined)[];
}

const odd = (digits: string): boolean => digits.length % 2 === 1;
const pad = (digits: string, with_: string): string => (odd(digits) ? digits + with_ : digits);

/** MCC is three digits; networks have an MNC of two or three (3GPP TS 23.003 2.2), and the IMSI does not tell which. */
const splits = (digits: string): readonly (readonly [mcc: string, mnc: string, msin: string])[] =>
  [2, 3].map((n) => [digits.slice(0, 3), digits.slice(3, 3 + n), digits.slice(3 + n)] as const);

/**
 * A key with NULs behind it is the same key: HMAC fills keys up with them (RFC 2104 2). So a sender that takes the
 * terminator of a string along is right by luck, and nobody can tell.
 */

/** Forms of an IMSI that are not the key; NETWPIN and, before the PIN, USERNETWPIN. */
export const IMSI_FORMS: readonly Form[] = [
  {
    name: 'imsi-ascii',
    title: 'the digits of the IMSI as ASCII text',
    fix: 'Make the key of half octets, as in EF_IMSI: 9 (1 for an even number of digits), then the digits, low half first.',
    keys: (d) => [ascii(d)],
  },
  {
    name: 'imsi-tbcd',
    title: 'the IMSI as swapped digits without the parity nibble',
    fix: 'Put the parity nibble in front of the digits before they are swapped: 9 for an odd number of digits, 1 for an even one.',
    keys: (d) => [semiOctets(d), semiOctets(pad(d, '0'))],
  },
  {
    name: 'imsi-bcd',
    title: 'the IMSI as unswapped digits without the parity nibble',
    fix: 'Put the parity nibble in front of the digits, then swap the halves of every octet.',
    keys: (d) => [fromHex(pad(d, FILLER)), fromHex(pad(d, '0')), odd(d) ? fromHex(`0${d}`) : undefined],
  },
  {
    name: 'imsi-not-swapped',
    title: 'the parity nibble and the IMSI without swapping the digits',
    fix: 'Swap the halves of every octet: the first digit of a pair goes into the low half.',
    keys: (d) => [fromHex(odd(d) ? ODD + d : EVEN + d + FILLER)],
  },
  {
    name: 'imsi-parity-9',
    title: 'the parity nibble 9 although the IMSI has an even number of digits',
    fix: 'Use 1 as the parity nibble where the number of digits is even.',
    keys: (d) => (odd(d) ? [] : [semiOctets(ODD + d + FILLER)]),
  },
  {
    name: 'imsi-parity-1',
    title: 'the parity nibble 1 although the IMSI has an odd number of digits',
    fix: 'Use 9 as the parity nibble where the number of digits is odd.',
    keys: (d) => (odd(d) ? [semiOctets(EVEN + d)] : []),
  },
  {
    name: 'imsi-filler-0',
    title: 'the filler 0 instead of F',
    fix: 'Fill the last half octet with F.',
    keys: (d) => (odd(d) ? [] : [semiOctets(`${EVEN + d}0`)]),
  },
  {
    name: 'imsi-filler-first',
    title: 'the filler F in front of the digits',
    fix: 'Begin with the parity nibble; the filler F stands at the end, and only where the number of digits is even.',
    keys: (d) => [semiOctets(pad(FILLER + d, FILLER))],
  },
  {
    name: 'imsi-padded-15',
    title: 'the IMSI padded to 15 digits',
    fix: 'Use the digits the IMSI has: it is not padded to 15.',
    keys: (d) =>
      d.length >= 15
        ? []
        : [ODD, EVEN].flatMap((parity) => [
            semiOctets(parity + d.padEnd(15, FILLER)),
            semiOctets(parity + d.padEnd(15, '0')),
            semiOctets(parity + d.padStart(15, '0')),
          ]),
  },
  {
    name: 'imsi-last-digit-lost',
    title: 'the IMSI without its last digit',
    fix: 'Use all digits of the IMSI: an even number of them makes an octet more, which ends in the filler F.',
    keys: (d) => (odd(d) ? [imsiKey(d.slice(0, -1))] : [semiOctets(ODD + d.slice(0, -1))]),
  },
  {
    name: 'imsi-with-length',
    title: 'EF_IMSI with its length octet',
    fix: 'Leave out the length octet in front of the IMSI.',
    keys: (d) => [join(Uint8Array.of(imsiKey(d).length), imsiKey(d))],
  },
  {
    name: 'imsi-key-hex-ascii',
    title: 'the right key written as hex digits in ASCII',
    fix: 'Use the octets themselves as the key, not their hex digits.',
    keys: (d) => [ascii(toHex(imsiKey(d))), ascii(toHex(imsiKey(d)).toLowerCase())],
  },
  {
    name: 'imsi-digit-octets',
    title: 'one octet for each digit of the IMSI',
    fix: 'Pack two digits into an octet, the first of them into its low half, behind the parity nibble.',
    keys: (d) => [Uint8Array.from(d, Number)],
  },
  {
    name: 'imsi-reversed',
    title: 'the digits of the IMSI in reverse order',
    fix: 'Keep the digits in their order; only the halves of each octet are swapped.',
    keys: (d) => [imsiKey([...d].reverse().join(''))],
  },
  {
    name: 'imsi-mcc-mnc-swapped',
    title: 'the IMSI with MNC before MCC',
    fix: 'Begin with the MCC: the IMSI is MCC, MNC, MSIN.',
    keys: (d) => splits(d).map(([mcc, mnc, msin]) => imsiKey(mnc + mcc + msin)),
  },
  {
    name: 'imsi-msin-only',
    title: 'the MSIN alone, without MCC and MNC',
    fix: 'Use the whole IMSI, with MCC and MNC.',
    keys: (d) => splits(d).flatMap(([, , msin]) => [imsiKey(msin), semiOctets(msin), ascii(msin)]),
  },
  {
    name: 'imsi-mnc-zero-stripped',
    title: 'the IMSI without the leading zero of its MNC',
    fix: 'Keep the leading zero of the MNC: it is text, not a number.',
    keys: (d) => (d.charAt(3) === '0' ? [imsiKey(d.slice(0, 3) + d.slice(4))] : []),
  },
  {
    name: 'imsi-plmn',
    title: 'the IMSI with its MCC and MNC packed as a PLMN identity',
    fix: 'Write MCC and MNC as plain digits of the IMSI, not packed as in a PLMN identity.',
    keys: (d) =>
      splits(d).map(([mcc, mnc, msin]) =>
        semiOctets(mcc + (mnc.length === 2 ? FILLER : mnc.charAt(2)) + mnc.slice(0, 2) + msin),
      ),
  },
];

/** Forms of a PIN that are not the key. */
export const PIN_FORMS: readonly Form[] = [
  {
    name: 'pin-bcd',
    title: 'the digits of the PIN packed two to an octet',
    fix: 'Use the characters of the PIN in ASCII, one octet each.',
    keys: (p) => digitsOnly(p, [p, `0${p}`]),
  },
  {
    name: 'pin-semi-octets',
    title: 'the PIN as swapped digits',
    fix: 'Use the characters of the PIN in ASCII, one octet each.',
    keys: (p) => (/^\d+$/.test(p) ? [semiOctets(p)] : []),
  },
  {
    name: 'pin-hex-ascii',
    title: 'the octets of the PIN written as hex digits',
    fix: 'Use the characters of the PIN themselves, not the hex digits of their codes.',
    keys: (p) => pinKeys(p).flatMap((k) => [ascii(toHex(k)), ascii(toHex(k).toLowerCase())]),
  },
  {
    name: 'pin-quoted',
    title: 'the PIN in quotation marks',
    fix: 'Leave out the quotation marks.',
    keys: (p) => pinKeys(`"${p}"`),
  },
  {
    name: 'pin-line-end',
    title: 'the PIN with the end of its line',
    fix: 'Cut white space off the PIN where it is read.',
    keys: (p) => pinKeys(p).flatMap((k) => ['\n', '\r\n', ' '].map((end) => join(k, ascii(end)))),
  },
  {
    name: 'pin-binary',
    title: 'the PIN as a binary number',
    fix: 'Use the characters of the PIN in ASCII, one octet each.',
    keys: (p) => (/^\d{1,9}$/.test(p) ? binaryForms(Number(p)) : []),
  },
  {
    name: 'pin-digit-octets',
    title: 'one octet with the value of each digit of the PIN',
    fix: 'Use the characters of the PIN in ASCII, where the digit 0 is the octet 30.',
    keys: (p) => (/^\d+$/.test(p) ? [Uint8Array.from(p, Number)] : []),
  },
  {
    name: 'pin-zeros-stripped',
    title: 'the PIN without its leading zeros',
    fix: 'Keep the leading zeros of the PIN: it is text, not a number.',
    keys: (p) => (/^0\d/.test(p) ? pinKeys(p.replace(/^0+(?=.)/, '')) : []),
  },
  {
    name: 'pin-utf16',
    title: 'the PIN in two-octet characters',
    fix: 'Use the characters of the PIN in ASCII, one octet each.',
    keys: (p) => {
      const big = Array.from({ length: p.length }, (_, i) => p.charCodeAt(i)).flatMap((c) => [c >> 8, c & 0xff]);
      const little = big.map((_, i) => big[i ^ 1] ?? 0);
      return [Uint8Array.from(big), Uint8Array.from(little)];
    },
  },
];

/** Forms of the recipient's number, which is no secret of any method. */
export const MSISDN_FORMS: readonly Form[] = [
  {
    name: 'msisdn',
    title: "the recipient's number instead of the IMSI",
    fix: "Use the IMSI: the recipient's number is no key of any method.",
    keys: (n) => {
      const d = n.replace(/\D/g, '');
      return d.length < 5 ? [] : [ascii(d), ascii(`+${d}`), semiOctets(d), imsiKey(d)];
    },
  },
];

/** A number in two and four octets, either end first. */
function binaryForms(n: number): Uint8Array[] {
  const big = Uint8Array.of(n >>> 24, n >>> 16, n >>> 8, n);
  const wide = [big, big.slice().reverse()];
  return n > 0xffff ? wide : [...wide, big.slice(2), big.slice(2).reverse()];
}

function digitsOnly(pin: string, forms: readonly string[]): (Uint8Array | undefined)[] {
  return /^\d+$/.test(pin) ? forms.map((f) => fromHex(f.length % 2 === 0 ? f : `${f}${FILLER}`)) : [];
}

export const PIN_BEFORE_IMSI: Derivation = {
  name: 'pin-before-imsi',
  title: 'the PIN before the IMSI instead of after it',
  fix: 'Put the PIN behind the octets of the IMSI.',
};
export const EMPTY_KEY: Derivation = {
  name: 'empty-key',
  title: 'an empty key',
  fix: 'Give the signing step its key: it got none.',
};
export const NETWPIN_KEY: Derivation = {
  name: 'netwpin-key',
  title: 'the key of NETWPIN, the IMSI alone',
  fix: 'Make key and SEC agree: this key is that of SEC 0.',
};
export const USERPIN_KEY: Derivation = {
  name: 'userpin-key',
  title: 'the key of USERPIN, the PIN alone',
  fix: 'Make key and SEC agree: this key is that of SEC 1.',
};
export const USERNETWPIN_KEY: Derivation = {
  name: 'usernetwpin-key',
  title: 'the key of USERNETWPIN, the IMSI followed by the PIN',
  fix: 'Make key and SEC agree: this key is that of SEC 2.',
};
export const USERPINMAC_HALF: Derivation = {
  name: 'userpinmac-key',
  title: 'the first half of the number, the key of USERPINMAC',
  fix: 'Make key and SEC agree: this key is that of SEC 3.',
};
export const MAC_MOD_10: Derivation = {
  name: 'mac-mod-10',
  title: 'the decimal digits of USERPINMAC instead of the forty hex digits',
  fix: 'Write the twenty octets as forty upper-case hex digits; digits modulo 10 are for the number that the user types.',
};
export const ARGUMENTS_SWAPPED: Derivation = {
  name: 'hmac-arguments-swapped',
  title: 'the document as the key and the key as the text',
  fix: 'Swap the arguments of the HMAC: the secret is the key, the document is the text.',
};
export const PLAIN_SHA1: Derivation = {
  name: 'sha1-without-hmac',
  title: 'a plain SHA-1 over key and document',
  fix: 'Use HMAC with SHA-1 (RFC 2104), not SHA-1 over the two joined.',
};
export const SHA256: Derivation = {
  name: 'hmac-sha256',
  title: 'HMAC with SHA-256, cut to twenty octets',
  fix: 'Use SHA-1: the method knows no other hash.',
};
