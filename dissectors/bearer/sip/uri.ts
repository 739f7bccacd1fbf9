// Who a SIP or tel URI names: a number, an IMSI, or somebody by name.

import type { Address } from '../../base/message.ts';

export interface Party {
  readonly address: Address | null;
  readonly imsi: string | null;
}

export const NOBODY: Party = { address: null, imsi: null };

/** The URI of a name-addr or addr-spec (RFC 3261 25.1), without parameters. */
export function uriIn(header: string): string {
  const bracketed = /<([^<>]*)>/.exec(header)?.[1];
  if (bracketed !== undefined) return bracketed.trim();
  return (header.split(/[;,]/)[0] ?? '').trim();
}

function number(text: string, isTelephone: boolean): Address | null {
  // RFC 3966 3: visual separators.
  const digits = text.replace(/[-.()]/g, '');
  if (/^\+\d{3,20}$/.test(digits)) return { value: digits.slice(1), type: 'international' };
  if (/^\d{3,20}$/.test(digits)) return { value: digits, type: 'unknown' };
  return isTelephone && digits !== '' ? { value: digits, type: 'unknown' } : null;
}

// RFC 3966 3, RFC 3261 19.1; 3GPP TS 23.003 13.4B: an identity made from the IMSI.
/** Reads the party in a header value or a request URI. */
export function partyOf(header: string): Party {
  const uri = uriIn(header);
  const m = /^(tel|sips?):([^;?]*)/i.exec(uri);
  if (m === null) return NOBODY;
  const [, scheme = '', rest = ''] = m;
  if (scheme.toLowerCase() === 'tel') return { address: number(rest, true), imsi: null };
  const at = rest.indexOf('@');
  const user = at < 0 ? '' : (rest.slice(0, at).split(/[;:]/)[0] ?? '');
  const host = rest.slice(at + 1).toLowerCase();
  if (/^\d{14,15}$/.test(user) && /\.3gppnetwork\.org(?::|$)/.test(host)) return { address: null, imsi: user };
  const named = user === '' ? host : `${user}@${host}`;
  return { address: number(user, false) ?? { value: named, type: 'alphanumeric' }, imsi: null };
}

const isNumber = (p: Party): boolean => p.address !== null && p.address.type !== 'alphanumeric';

/** The first that is a number, else the first that names anybody; with the first IMSI of any. */
export function bestParty(headers: readonly string[]): Party {
  const all = headers.filter((h) => h !== '').map(partyOf);
  const address = (all.find(isNumber) ?? all.find((p) => p.address !== null))?.address ?? null;
  return { address, imsi: all.find((p) => p.imsi !== null)?.imsi ?? null };
}
