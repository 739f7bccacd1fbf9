// Addresses of 3GPP TS 29.002 17.7.8.

import { type Element, eachElement, leaf } from '../../../asn1/ber.ts';
import { type Cursor, runLayer } from '../../../base/cursor.ts';
import type { Field } from '../../../base/fields.ts';
import { type Address, formatAddress } from '../../../base/message.ts';
import { addressOf, semiOctets } from '../../../sms/address.ts';

// AddressString: extension, nature and plan in one octet, then digits in semi-octets.
export function addressString(c: Cursor, field: Field<'address'>, e: Element): Address | null {
  if (e.end <= e.start) {
    leaf(c, field, e, '', 'empty');
    return null;
  }
  const digits = semiOctets(c.bytes, e.start + 1, e.end, (e.end - e.start - 1) * 2);
  const address = addressOf(c.bytes[e.start]!, digits);
  leaf(c, field, e, digits, formatAddress(address));
  return address;
}

// IMSI: TBCD-STRING, digits in semi-octets, 15 fills the last one.
export function imsiOf(c: Cursor, field: Field<'address'>, e: Element): string | null {
  const digits = semiOctets(c.bytes, e.start, e.end, (e.end - e.start) * 2);
  leaf(c, field, e, digits);
  return digits === '' ? null : digits;
}

/** Element after element; what was read stays where the octets end early. */
export function readAll(c: Cursor, read: (e: Element) => boolean): void {
  runLayer(c, () => eachElement(c, read));
}
