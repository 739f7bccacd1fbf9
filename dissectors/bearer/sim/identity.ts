// Who the card belongs to.

import type { Context } from '../../base/dissector.ts';
import { addressOf, semiOctets } from '../../sms/address.ts';
import { digitsFromHighNibble, isImsi } from '../cprp/identity.ts';
import type { Card, CardFile } from './card.ts';
import type { Exchange } from './exchange.ts';

export function identity(x: Exchange, file: CardFile, verb: 'read' | 'updated'): void {
  const { card, ctx } = x;
  const { bytes } = (verb === 'read' ? file.read : file.written).from(0);
  const length = bytes[0] ?? 0;
  // 3GPP TS 31.102 4.2.2: a length, then parity and digits as in a mobile identity.
  if (length < 4 || length > 8 || bytes.length < 1 + length || (bytes[1]! & 7) !== 1) return;
  const imsi = digitsFromHighNibble(bytes, 1, 1 + length);
  if (!isImsi(imsi) || imsi === card.imsi) return;
  card.imsi = imsi;
  tellIdentity(card, ctx, `EF IMSI ${verb}`);
}

function tellIdentity(card: Card, ctx: Context, text: string): void {
  if (card.imsi === null) return;
  const { time, frame } = ctx;
  ctx.sink.identity({ msisdn: card.msisdn, imsi: card.imsi, time, frame, text, of: 'card' });
}

/** 3GPP TS 31.102 4.2.26: a name, then length, type of number, ten octets of digits, and two more octets. */
export function number(x: Exchange, record: Uint8Array): void {
  const at = record.length - 14;
  if (at < 0) return;
  const length = record[at]!;
  const type = record[at + 1]!;
  if (length < 2 || length > 11 || type === 0xff) return;
  const address = addressOf(type, semiOctets(record, at + 2, at + 1 + length, 2 * (length - 1)));
  if (!/^\d{4,}$/.test(address.value) || address.value === x.card.msisdn) return;
  x.card.msisdn = address.value;
  tellIdentity(x.card, x.ctx, 'EF MSISDN of the card');
}
