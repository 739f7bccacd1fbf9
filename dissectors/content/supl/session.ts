// OMA-TS-ULP-V2_0 11, ULP-Components: session identifiers and addresses.

import { type PackedReader, UNREADABLE } from '../../asn1/per.ts';
import type { Told } from './told.ts';

export const hex = (octets: Uint8Array): string =>
  Array.from(octets, (o) => o.toString(16).toUpperCase().padStart(2, '0')).join('');

/** Digits in swapped semi-octets, F or D as filler. */
function digits(octets: Uint8Array): string {
  const text = Array.from(octets, (o) => (o & 15).toString(16) + (o >> 4).toString(16)).join('');
  const end = text.search(/[a-f]/);
  const known = end < 0 ? text : text.slice(0, end);
  return /^[0-9]+$/.test(known) && known.length > 4 ? known : hex(octets);
}

/** IPAddress: four octets or sixteen. */
function ipAddress(p: PackedReader): string {
  if (p.option(2, false) === 0) return [...p.octetString(4)].join('.');
  const o = p.octetString(16);
  return Array.from({ length: 8 }, (_, i) => ((o[2 * i]! << 8) | o[2 * i + 1]!).toString(16)).join(':');
}

/** The 64 permitted characters in their order: each takes six bits (X.691 30.5). */
const FQDN = '-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function fqdn(p: PackedReader): string {
  const n = p.whole(1, 255);
  let out = '';
  for (let i = 0; i < n; i += 1) out += FQDN[p.bits(6)]!;
  return out;
}

/** SLPAddress: address or name of the location platform. */
export function slpAddress(p: PackedReader): string {
  const which = p.option(2, true);
  if (which === null) throw UNREADABLE;
  return which === 0 ? ipAddress(p) : fqdn(p);
}

/** SETId: who the device is. */
function setId(p: PackedReader): string {
  switch (p.option(6, true)) {
    case 0:
      return `MSISDN ${digits(p.octetString(8))}`;
    case 1:
      return `MDN ${digits(p.octetString(8))}`;
    case 2:
      return `MIN ${p.bits(34)}`;
    case 3:
      return `IMSI ${digits(p.octetString(8))}`;
    case 4: {
      const n = p.whole(1, 1000);
      let out = '';
      for (let i = 0; i < n; i += 1) out += String.fromCharCode(p.bits(7));
      return out;
    }
    case 5:
      return ipAddress(p);
    default:
      throw UNREADABLE;
  }
}

/** SessionID: the device's part is not there before it answered. */
export function sessionId(p: PackedReader, told: Told): void {
  const ofSet = p.flag();
  const ofSlp = p.flag();
  if (ofSet) {
    let from = p.at;
    told.say('sessionId', 'Session of the device', String(p.bits(16)), p, from);
    from = p.at;
    told.say('setId', 'Device', setId(p), p, from);
  }
  if (ofSlp) {
    let from = p.at;
    told.say('slpSessionId', 'Session of the server', `0x${hex(p.octetString(4))}`, p, from);
    from = p.at;
    told.say('slpId', 'Server', slpAddress(p), p, from);
  }
}
