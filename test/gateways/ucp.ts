// UCP by hand.

import { ascii as latin1 } from '../generator/octets.ts';

/** EMI-UCP 4.0, the fields of operations 50 to 58, in their order. */
export const FIELDS = [
  ...[
    'adc',
    'oadc',
    'ac',
    'nrq',
    'nadc',
    'nt',
    'npid',
    'lrq',
    'lrad',
    'lpid',
    'dd',
    'ddt',
    'vp',
    'rpid',
    'scts',
    'dst',
  ],
  ...['rsn', 'dscts', 'mt', 'nb', 'message', 'mms', 'pr', 'dcs', 'mcls', 'rpi', 'cpg', 'rply', 'otoa', 'hplmn', 'xser'],
  ...['res4', 'res5'],
] as const;

export type Five = Readonly<Record<string, string>>;

export const five = (values: Five): string[] => FIELDS.map((name) => values[name] ?? '');

/** Extra service 01: the header, its length in octets in front. */
export const udhField = (udh: string): string =>
  `01${(udh.length / 2).toString(16).toUpperCase().padStart(2, '0')}${udh}`;

/** STX TRN/LEN/O|R/OT/fields/checksum ETX. */
export function ucpPdu(trn: number, type: 'O' | 'R', ot: number, fields: readonly string[]): Uint8Array {
  const tail = `/${type}/${String(ot).padStart(2, '0')}/${fields.join('/')}/`;
  const length = 2 + 1 + 5 + tail.length + 2;
  const text = `${String(trn).padStart(2, '0')}/${String(length).padStart(5, '0')}${tail}`;
  let sum = 0;
  for (const c of text) sum += c.charCodeAt(0);
  const checksum = (sum & 0xff).toString(16).toUpperCase().padStart(2, '0');
  return latin1(`\x02${text}${checksum}\x03`);
}
