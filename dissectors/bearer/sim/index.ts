// The interface between phone and card (ISO 7816): provisioning files, subscriber identity, short messages.

import { Cursor, runLayer } from '../../base/cursor.ts';
import type { Context, DatagramDissector } from '../../base/dissector.ts';
import { decodeWbxml } from '../../content/wbxml/decode.ts';
import { tpduFields } from '../../sms/tpdufields.ts';
import { decodeInside } from '../cprp/inside.ts';
import { prefixed } from '../cprp/prefixed.ts';
import { CONTENT_TYPE } from './documents.ts';
import { simFields as f, fileFields, smsRecordFields, toolkitFields } from './fields.ts';
import { readAlone, smsRecord, toolkitObject } from './messages.ts';
import { simRules } from './rules.ts';
import { addPiece, type Cards, cardOf, endCard, exchange, newCards, takePieces } from './session.ts';

/** gsmtap.h of libosmocore: sub-types of the card interface. */
const APDU = 0;
const ATR = 1;
const HEADER = 4;
const STATUS = 7;

/** The capture is over: documents that were not read to their end. */
export function endCards(m: Cards, ctx: Context): void {
  for (const card of m.cards.values()) endCard(card, ctx);
  m.cards.clear();
}

function whole(m: Cards, name: string, c: Cursor, ctx: Context, hasStatus: boolean): void {
  c.group(f.apdu, undefined, () => {
    runLayer(c, () => exchange(cardOf(m, name, ctx), c, ctx, hasStatus));
  });
}

function assembled(m: Cards, name: string, ctx: Context, hasStatus: boolean): void {
  const apdu = takePieces(m, name);
  if (apdu === null) return;
  const at = { time: ctx.time, frame: ctx.frame };
  decodeInside(ctx, apdu, at, (c, inside) => whole(m, name, c, inside, hasStatus));
}

/** Reads what GSMTAP carries of a card: whole APDUs, or their pieces. `name` tells cards apart. */
export function decodeSim(c: Cursor, ctx: Context, subType: number, name: string, m: Cards): void {
  if (subType === APDU) {
    whole(m, name, c, ctx, (ctx.missing ?? 0) === 0);
    return;
  }
  if (subType === ATR) endCard(cardOf(m, name, ctx), ctx);
  const start = c.pos;
  const length = c.left;
  if (length > 0) c.span(f.other, length);
  if (subType < HEADER || subType > STATUS) return;
  // A header while another APDU is open: its status is not in the trace.
  if (subType === HEADER) assembled(m, name, ctx, false);
  addPiece(m, name, { bytes: c.bytes.subarray(start, start + length), map: ctx.origin(start, length) });
  if (subType === STATUS) assembled(m, name, ctx, true);
}

const REFS = [
  'ETSI TS 102 221',
  'ETSI TS 102 223',
  '3GPP TS 31.102',
  '3GPP TS 31.111',
  '3GPP TS 51.011',
  'OMA-WAP-TS-ProvSC-V1_1',
];

/** Whole APDUs, one a datagram. */
export const simApdu: DatagramDissector = {
  kind: 'datagram',
  id: 'sim-apdu',
  title: 'APDUs between phone and card',
  refs: REFS,
  fields: {
    ...f,
    ...prefixed('sms', smsRecordFields),
    ...prefixed('toolkit', toolkitFields),
    ...prefixed('tpdu', tpduFields),
  },
  rules: Object.values(simRules),
  carriedBy: [],
  decode(c, ctx) {
    whole(ctx.shared?.(newCards, endCards) ?? ctx.state(newCards), ctx.conversation, c, ctx, true);
  },
};

/** A record of EF SMS: for the tree of a message. */
export const simSms: DatagramDissector = {
  kind: 'datagram',
  id: 'sim-sms',
  title: 'Record of EF SMS',
  refs: REFS,
  fields: smsRecordFields,
  rules: [],
  carriedBy: [],
  decode: (c) => readAlone(c, smsRecord),
};

/** An object of the toolkit: for the tree of a message. */
export const simToolkit: DatagramDissector = {
  kind: 'datagram',
  id: 'sim-toolkit',
  title: 'Toolkit object that carries a short message',
  refs: REFS,
  fields: toolkitFields,
  rules: [],
  carriedBy: [],
  decode: (c) => readAlone(c, toolkitObject),
};

/** A provisioning file put together from reads or writes: document and padding. */
export const simFile: DatagramDissector = {
  kind: 'datagram',
  id: 'sim-file',
  title: 'Provisioning file of a card',
  refs: REFS,
  fields: fileFields,
  rules: [],
  carriedBy: [],
  decode(c) {
    const quiet = new Cursor(c.bytes, c.pos, c.end);
    const { length } = decodeWbxml(quiet, { contentType: CONTENT_TYPE }).document;
    c.group(fileFields.file, undefined, () => {
      c.span(fileFields.document, length);
      if (c.left > 0) c.span(fileFields.padding, c.left);
    });
  },
};
