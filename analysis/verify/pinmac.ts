// USERPINMAC from the sender's side: what the user has to type (OMA-WAP-TS-ProvBoot-V1_1 6, USERPINMAC).

import { SHORTEST_HALF } from './candidates.ts';
import { ascii } from './keys.ts';
import { decimalDigits } from './mac.ts';

export interface TypedNumber {
  readonly pin: string;
  readonly digits: string;
}

/**
 * The number that a PIN makes with this document: the PIN, then as many check digits. null for what can't be a first
 * half: fewer than five digits, or more than an HMAC has octets.
 */
export function typedNumber(pin: string, mac: (key: Uint8Array) => string): TypedNumber | null {
  if (!/^\d+$/.test(pin) || pin.length < SHORTEST_HALF || pin.length > 20) return null;
  return { pin, digits: decimalDigits(mac(ascii(pin)), pin.length) };
}

export function typedSteps({ pin, digits }: TypedNumber, secrets: boolean): string[] {
  const which = secrets ? `${pin}${digits}` : `the PIN and ${digits.length} check digits behind it`;
  return [
    `As the standard has it, the user types ${which}: digit i of the second half is octet i of the HMAC modulo 10.`,
  ];
}
