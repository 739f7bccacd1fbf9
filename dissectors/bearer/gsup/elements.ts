// Elements of GSUP messages.

import type { Cursor } from '../../base/cursor.ts';
import type { Field } from '../../base/fields.ts';
import { type Address, formatAddress } from '../../base/message.ts';
import { addressOf, semiOctets } from '../../sms/address.ts';
import { decodeTpdu, type Tpdu } from '../../sms/tpdu.ts';
import { ELEMENTS, gsupFields as f } from './fields.ts';
import { gsupRules } from './rules.ts';

export interface Party {
  readonly kind: 'imsi' | 'msisdn' | 'centre' | 'none';
  readonly value: string;
  readonly address: Address | null;
}

/** What a message said; filled while reading. */
export interface Elements {
  imsi: string | null;
  msisdn: string | null;
  cause: number | null;
  reference: number | null;
  destination: Party | null;
  originator: Party | null;
  tpdu: Tpdu | null;
  relayCause: number | null;
  alertReason: number | null;
}

export const noElements = (): Elements => ({
  imsi: null,
  msisdn: null,
  cause: null,
  reference: null,
  destination: null,
  originator: null,
  tpdu: null,
  relayCause: null,
  alertReason: null,
});

/** Semi-octets of the whole window. */
function digits(c: Cursor, field: Field<'address'>): string {
  const at = c.take(c.left);
  const text = semiOctets(c.bytes, at, c.pos, 2 * (c.pos - at));
  if (c.rec !== null) c.rec.leaf(field, at, c.pos - at, text);
  return text;
}

/** An address behind its type octet, or digits alone. */
function number(c: Cursor, field: Field<'address'>): Address | null {
  const first = c.peek();
  if (first === undefined) return null;
  if ((first & 0x80) === 0) return { value: digits(c, field), type: 'unknown' };
  const at = c.take(c.left);
  const address = addressOf(first, semiOctets(c.bytes, at + 1, c.pos, 2 * (c.pos - at - 1)));
  if (c.rec !== null) c.rec.leaf(field, at, c.pos - at, address.value, formatAddress(address));
  return address;
}

/** gsup_sms.h of libosmocore: kind, then IMSI, MSISDN or service centre. */
function party(c: Cursor): Party {
  const kind = c.u8(f.addressType);
  if (kind === 1) return { kind: 'imsi', value: digits(c, f.imsi), address: null };
  const address = kind === 2 || kind === 3 ? number(c, f.address) : null;
  if (address === null) return { kind: 'none', value: '', address };
  return { kind: kind === 2 ? 'msisdn' : 'centre', value: address.value, address };
}

type Reader = (c: Cursor, out: Elements, direction: 'mt' | 'mo') => void;

const READERS: Readonly<Record<number, Reader>> = {
  1: (c, out) => {
    out.imsi = digits(c, f.imsi);
  },
  2: (c, out) => {
    out.cause = c.u8(f.cause);
  },
  8: (c, out) => {
    // The digits stand behind an octet that counts their octets.
    if (c.peek() === c.left - 1) c.u8(f.length);
    out.msisdn = digits(c, f.msisdn);
  },
  64: (c, out) => {
    out.reference = c.u8(f.reference);
  },
  65: (c, out) => {
    out.destination = party(c);
  },
  66: (c, out) => {
    out.originator = party(c);
  },
  67: (c, out, direction) => {
    out.tpdu = decodeTpdu(c, direction);
  },
  68: (c, out) => {
    out.relayCause = c.u8(f.relayCause) & 0x7f;
  },
  70: (c, out) => {
    out.alertReason = c.u8(f.alertReason);
  },
};

/** Reads identifier, length and value until the window ends. `direction`: which way a TPDU goes. */
export function readElements(c: Cursor, out: Elements, direction: 'mt' | 'mo'): void {
  while (c.left > 0) {
    let tag = 0;
    c.group(
      f.element,
      undefined,
      () => {
        tag = c.u8(f.tag);
        const at = c.pos;
        const claimed = c.u8(f.length);
        const there = Math.min(claimed, c.left);
        if (there < claimed) c.report(gsupRules.elementLength, at, 1, `claims ${claimed} octets, ${there} are left`);
        const value = c.window(there);
        if (there > 0) READERS[tag]?.(value, out, direction);
        if (value.left > 0) value.raw(f.value, value.left);
      },
      () => ELEMENTS[tag] ?? `element 0x${tag.toString(16)}`,
    );
  }
}
