// OMA-WAP-TS-ProvBoot-V1_1 6: keys and MACs, written apart from the product's own so that one checks the other.

import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { ascii, join, toHex } from './octets.ts';
import { semiOctets } from './sms.ts';

export const SEC = { NETWPIN: 0, USERPIN: 1, USERNETWPIN: 2, USERPINMAC: 3 } as const;

/** The IMSI as in EF-IMSI without its length: parity nibble, then digits, F where a nibble is left. */
export const imsiKey = (imsi: string): Uint8Array => semiOctets(`${imsi.length % 2 === 1 ? '9' : '1'}${imsi}`);

export const mac = (key: Uint8Array, body: Uint8Array): string => toHex(hmac(sha1, key, body));

export const keyOf = {
  NETWPIN: (imsi: string) => imsiKey(imsi),
  USERPIN: (pin: string) => ascii(pin),
  USERNETWPIN: (imsi: string, pin: string) => join(imsiKey(imsi), ascii(pin)),
} as const;
