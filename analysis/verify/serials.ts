// Serial numbers of CDMA phones as keys. OMA-WAP-TS-ProvBoot-V1_1 as remembered: where there is no IMSI, NETWPIN takes the
// ESN. A phone with a MEID has no ESN of its own and shows the network a pseudo-ESN made of it (3GPP2 C.S0072).

import { sha1 } from '@noble/hashes/legacy.js';
import { fromHex, toHex } from './keys.ts';

const plainOf = (text: string): string => text.replace(/[\s-]/g, '');

export interface SerialKey {
  readonly key: Uint8Array;
  /** 'the ESN given', inside a sentence. */
  readonly name: string;
  readonly steps: (secrets: boolean) => string[];
}

/** First octet of every pseudo-ESN: a manufacturer code that no phone with an ESN has. */
const PSEUDO = 0x80;

/** Decimal forms have the manufacturer's part and the serial part in a group each (TIA/EIA-95, 3GPP2 SC.R4002). */
function fromGroups(digits: string, split: number, octets: readonly [number, number]): Uint8Array | null {
  const parts = [Number(digits.slice(0, split)), Number(digits.slice(split))];
  const out: number[] = [];
  for (const [i, part] of parts.entries()) {
    const size = octets[i]!;
    if (part >= 256 ** size) return null;
    for (let at = size - 1; at >= 0; at -= 1) out.push(Math.floor(part / 256 ** at) % 256);
  }
  return Uint8Array.from(out);
}

/** Eight hex digits, or eleven decimal ones. */
function esnOctets(text: string): Uint8Array | null {
  if (/^[0-9a-f]{8}$/i.test(text)) return fromHex(text) ?? null;
  return /^\d{11}$/.test(text) ? fromGroups(text, 3, [1, 3]) : null;
}

/** Fourteen hex digits, with or without the check digit behind them, or eighteen decimal ones. */
function meidOctets(text: string): Uint8Array | null {
  if (/^[0-9a-f]{14,15}$/i.test(text)) return fromHex(text.slice(0, 14)) ?? null;
  return /^\d{18}$/.test(text) ? fromGroups(text, 10, [4, 3]) : null;
}

/** 3GPP2 C.S0072: 0x80 and the last three octets of the SHA-1 of the MEID's seven. */
export const pseudoEsn = (meid: Uint8Array): Uint8Array => Uint8Array.from([PSEUDO, ...sha1(meid).subarray(-3)]);

const shown = (key: Uint8Array, secrets: boolean): string => (secrets ? `: ${toHex(key)}` : '');

/**
 * Keys that a serial number gives, as people write it, with spaces and hyphens: one for an ESN; for a MEID that of its
 * pseudo-ESN, then its own seven octets, which nothing describes. Empty where it is no serial number.
 */
export function serialKeys(text: string): SerialKey[] {
  const plain = plainOf(text);
  const esn = esnOctets(plain);
  if (esn !== null) {
    return [
      {
        key: esn,
        name: 'the ESN given',
        steps: (s) => [`The ESN of a CDMA phone as four octets, the high one first${shown(esn, s)}.`],
      },
    ];
  }
  const meid = meidOctets(plain);
  if (meid === null) return [];
  const pseudo = pseudoEsn(meid);
  return [
    {
      key: pseudo,
      name: 'the pseudo-ESN of the MEID given',
      steps: (s) => [
        'The MEID of a CDMA phone as seven octets; the octet 80 and the last three of their SHA-1 are its pseudo-ESN.',
        `The pseudo-ESN as four octets, the high one first${shown(pseudo, s)}.`,
      ],
    },
    {
      key: meid,
      name: 'the MEID given, as it is',
      steps: (s) => [`The MEID of a CDMA phone as seven octets, the high one first${shown(meid, s)}.`],
    },
  ];
}

/** Has it the form of an ESN or a MEID? */
export const isSerial = (text: string): boolean => serialKeys(text).length > 0;
export const isMeid = (text: string): boolean => meidOctets(plainOf(text)) !== null;
