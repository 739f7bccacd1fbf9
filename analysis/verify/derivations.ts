// Keys that senders are known to use by mistake. A MAC that fits one of them says what is wrong with the sender.

import { ascii, EVEN, FILLER, fromHex, imsiKey, join, ODD, pinKeys, semiOctets, toHex } from './keys.ts';

/** One wrong way to make a key from what should have made the right one. */
export interface Derivation {
  /** Stable name, part of the report. */
  readonly name: string;
  /** Ends the sentence 'The MAC was made with ...'. */
  readonly title: string;
}

interface Form extends Derivation {
  readonly keys: (from: string) => readonly (Uint8Array | undefined)[];
}

const odd = (digits: string): boolean => digits.length % 2 === 1;
const pad = (digits: string, with_: string): string => (odd(digits) ? digits + with_ : digits);

/** MCC is three digits; networks have an MNC of two or three (3GPP TS 23.003 2.2), and the IMSI does not tell which. */
const splits = (digits: string): readonly (readonly [mcc: string, mnc: string, msin: string])[] =>
  [2, 3].map((n) => [digits.slice(0, 3), digits.slice(3, 3 + n), digits.slice(3 + n)] as const);

/** Forms of an IMSI that are not the key; NETWPIN and, before the PIN, USERNETWPIN. */
export const IMSI_FORMS: readonly Form[] = [
  {
    name: 'imsi-ascii',
    title: 'the digits of the IMSI as ASCII text',
    keys: (d) => [ascii(d)],
  },
  {
    name: 'imsi-tbcd',
    title: 'the IMSI as swapped digits without the parity nibble',
    keys: (d) => [semiOctets(d), semiOctets(pad(d, '0'))],
  },
  {
    name: 'imsi-bcd',
    title: 'the IMSI as unswapped digits without the parity nibble',
    keys: (d) => [fromHex(pad(d, FILLER)), fromHex(pad(d, '0')), odd(d) ? fromHex(`0${d}`) : undefined],
  },
  {
    name: 'imsi-not-swapped',
    title: 'the parity nibble and the IMSI without swapping the digits',
    keys: (d) => [fromHex(odd(d) ? ODD + d : EVEN + d + FILLER)],
  },
  {
    name: 'imsi-parity-9',
    title: 'the parity nibble 9 although the IMSI has an even number of digits',
    keys: (d) => (odd(d) ? [] : [semiOctets(ODD + d + FILLER)]),
  },
  {
    name: 'imsi-parity-1',
    title: 'the parity nibble 1 although the IMSI has an odd number of digits',
    keys: (d) => (odd(d) ? [semiOctets(EVEN + d)] : []),
  },
  {
    name: 'imsi-filler-0',
    title: 'the filler 0 instead of F',
    keys: (d) => (odd(d) ? [] : [semiOctets(`${EVEN + d}0`)]),
  },
  {
    name: 'imsi-filler-first',
    title: 'the filler F in front of the digits',
    keys: (d) => [semiOctets(pad(FILLER + d, FILLER))],
  },
  {
    name: 'imsi-padded-15',
    title: 'the IMSI padded to 15 digits',
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
    keys: (d) => (odd(d) ? [imsiKey(d.slice(0, -1))] : [semiOctets(ODD + d.slice(0, -1))]),
  },
  {
    name: 'imsi-with-length',
    title: 'EF_IMSI with its length octet',
    keys: (d) => [join(Uint8Array.of(imsiKey(d).length), imsiKey(d))],
  },
  {
    name: 'imsi-key-hex-ascii',
    title: 'the right key written as hex digits in ASCII',
    keys: (d) => [ascii(toHex(imsiKey(d))), ascii(toHex(imsiKey(d)).toLowerCase())],
  },
  {
    name: 'imsi-reversed',
    title: 'the digits of the IMSI in reverse order',
    keys: (d) => [imsiKey([...d].reverse().join(''))],
  },
  {
    name: 'imsi-mcc-mnc-swapped',
    title: 'the IMSI with MNC before MCC',
    keys: (d) => splits(d).map(([mcc, mnc, msin]) => imsiKey(mnc + mcc + msin)),
  },
  {
    name: 'imsi-msin-only',
    title: 'the MSIN alone, without MCC and MNC',
    keys: (d) => splits(d).flatMap(([, , msin]) => [imsiKey(msin), semiOctets(msin), ascii(msin)]),
  },
  {
    name: 'imsi-mnc-zero-stripped',
    title: 'the IMSI without the leading zero of its MNC',
    keys: (d) => (d.charAt(3) === '0' ? [imsiKey(d.slice(0, 3) + d.slice(4))] : []),
  },
  {
    name: 'imsi-plmn',
    title: 'the IMSI with its MCC and MNC packed as a PLMN identity',
    keys: (d) =>
      splits(d).map(([mcc, mnc, msin]) =>
        semiOctets(mcc + (mnc.length === 2 ? FILLER : mnc.charAt(2)) + mnc.slice(0, 2) + msin),
      ),
  },
];

/** Forms of a PIN that are not the key. */
export const PIN_FORMS: readonly Form[] = [
  { name: 'pin-bcd', title: 'the digits of the PIN packed two to an octet', keys: (p) => digitsOnly(p, [p, `0${p}`]) },
  {
    name: 'pin-semi-octets',
    title: 'the PIN as swapped digits',
    keys: (p) => (/^\d+$/.test(p) ? [semiOctets(p)] : []),
  },
  {
    name: 'pin-hex-ascii',
    title: 'the octets of the PIN written as hex digits',
    keys: (p) => pinKeys(p).flatMap((k) => [ascii(toHex(k)), ascii(toHex(k).toLowerCase())]),
  },
  { name: 'pin-quoted', title: 'the PIN in quotation marks', keys: (p) => pinKeys(`"${p}"`) },
  {
    name: 'pin-zeros-stripped',
    title: 'the PIN without its leading zeros',
    keys: (p) => (/^0\d/.test(p) ? pinKeys(p.replace(/^0+(?=.)/, '')) : []),
  },
  {
    name: 'pin-utf16',
    title: 'the PIN in two-octet characters',
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
    keys: (n) => {
      const d = n.replace(/\D/g, '');
      return d.length < 5 ? [] : [ascii(d), ascii(`+${d}`), semiOctets(d), imsiKey(d)];
    },
  },
];

function digitsOnly(pin: string, forms: readonly string[]): (Uint8Array | undefined)[] {
  return /^\d+$/.test(pin) ? forms.map((f) => fromHex(f.length % 2 === 0 ? f : `${f}${FILLER}`)) : [];
}

export const PIN_BEFORE_IMSI: Derivation = {
  name: 'pin-before-imsi',
  title: 'the PIN before the IMSI instead of after it',
};
export const EMPTY_KEY: Derivation = { name: 'empty-key', title: 'an empty key' };
export const NETWPIN_KEY: Derivation = { name: 'netwpin-key', title: 'the key of NETWPIN, the IMSI alone' };
export const USERPIN_KEY: Derivation = { name: 'userpin-key', title: 'the key of USERPIN, the PIN alone' };
export const USERNETWPIN_KEY: Derivation = {
  name: 'usernetwpin-key',
  title: 'the key of USERNETWPIN, the IMSI followed by the PIN',
};
export const USERPINMAC_HALF: Derivation = {
  name: 'userpinmac-key',
  title: 'the first half of the number, the key of USERPINMAC',
};
export const MAC_MOD_10: Derivation = {
  name: 'mac-mod-10',
  title: 'the decimal digits of USERPINMAC instead of the forty hex digits',
};
