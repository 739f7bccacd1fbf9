// EMI-UCP 4.0, operations 51 to 53: the 5x field set.

import type { Finding } from '../../../captures/finding.ts';
import { concatMapped, type Mapped } from '../../base/bytemap.ts';
import type { Cursor } from '../../base/cursor.ts';
import type { Context } from '../../base/dissector.ts';
import type { Field } from '../../base/fields.ts';
import type { Address, Receipt } from '../../base/message.ts';
import { septetsToText, unpackSeptets } from '../../sms/gsm7.ts';
import { hexOctets, mappedHex, type Span, textField } from '../text/delimited.ts';
import { REASONS } from './codes.ts';
import { ucpFields as f, operationName } from './fields.ts';
import { ucpRules } from './rules.ts';

/** Positions of the 5x fields that are read; the rest is shown by number. */
const AT = {
  adc: 0,
  oadc: 1,
  ac: 2,
  scts: 14,
  dst: 15,
  rsn: 16,
  dscts: 17,
  mt: 18,
  nb: 19,
  message: 20,
  mcls: 24,
  otoa: 28,
  xser: 30,
};
const NAMES: ReadonlyMap<number, keyof typeof AT> = new Map(
  Object.entries(AT).map(([name, at]) => [at, name as keyof typeof AT]),
);
/** Fields of a complete 5x operation, the checksum not among them. */
const FIELDS = 33;

/** OTOA: alphanumeric, or a number of the E.164 plan. */
const ALPHANUMERIC = '5039';
const INTERNATIONAL = '1139';

/** XSer types. */
const XSER_UDH = 0x01;
const XSER_DCS = 0x02;

/** DCS of transparent data whose class MCLs gives, or of 8-bit data without a class (3GPP TS 23.038 4). */
const DCS_8BIT = 0x04;
const DCS_8BIT_CLASS = 0xf4;

type Values = Record<keyof typeof AT, { readonly text: string; readonly span: Span }>;

function readFields(c: Cursor, spans: readonly Span[]): Values {
  const out = {} as Values;
  for (const name of Object.keys(AT) as (keyof typeof AT)[]) {
    const span = spans[AT[name]] ?? { start: c.end, length: 0 };
    out[name] = { text: '', span };
  }
  spans.forEach((span, i) => {
    const name = NAMES.get(i);
    const field: Field<'text'> = name === undefined ? f.other : f[name];
    const text = textField(c, field, span);
    if (name !== undefined) out[name] = { text, span };
  });
  return out;
}

const numeric = (value: string, international: boolean): Address | null => {
  const digits = value.replace(/^(\+|00)/, '');
  if (digits === '') return null;
  return { value: digits, type: international || digits !== value ? 'international' : 'unknown' };
};

function originator(v: Values): Address | null {
  if (v.otoa.text !== ALPHANUMERIC) return numeric(v.oadc.text, v.otoa.text === INTERNATIONAL);
  const packed = hexOctets(
    Uint8Array.from(v.oadc.text, (ch) => ch.charCodeAt(0)),
    { start: 0, length: v.oadc.text.length },
  );
  // The first octet counts the semi-octets that follow.
  const count = Math.floor(((packed.bytes[0] ?? 0) * 4) / 7);
  const value = septetsToText(unpackSeptets(packed.bytes, 1, packed.bytes.length, 0, count));
  return { value, type: 'alphanumeric' };
}

interface Extras {
  readonly udh: Mapped | null;
  readonly dcs: number | null;
}

/** XSer: type, length, data, each octet as two digits, one service after the other. */
function extraServices(c: Cursor, ctx: Context, span: Span): Extras {
  const { bytes } = hexOctets(c.bytes, span);
  let udh: Mapped | null = null;
  let dcs: number | null = null;
  for (let at = 0; at + 2 <= bytes.length; ) {
    const type = bytes[at]!;
    const length = bytes[at + 1]!;
    const there = Math.min(length, bytes.length - at - 2);
    if (there < length)
      c.report(ucpRules.xser, span.start, span.length, `service ${type} claims ${length} octets, has ${there}`);
    const data: Span = { start: span.start + 2 * (at + 2), length: 2 * there };
    if (type === XSER_UDH) udh = mappedHex(c, ctx, data);
    if (type === XSER_DCS && there > 0) dcs = bytes[at + 2]!;
    at += 2 + there;
  }
  return { udh, dcs };
}

const plainText = (c: Cursor, ctx: Context, s: Span): Mapped => ({
  bytes: c.bytes.subarray(s.start, s.start + s.length),
  map: ctx.origin(s.start, s.length),
});

const receiptState = (dst: string): Receipt['state'] =>
  dst === '0' ? 'delivered' : dst === '1' ? 'pending' : dst === '2' ? 'failed' : 'unknown';

/** Operation 53 says what became of a message; operations 51 and 52 carry one. */
export function readShortMessage(
  c: Cursor,
  ctx: Context,
  ot: number,
  spans: readonly Span[],
  whole: Span,
  answerKey: string,
  takeFindings: () => Finding[],
): void {
  const v = readFields(c, spans);
  if (spans.length < FIELDS)
    c.report(ucpRules.fields, whole.start, whole.length, `it has ${spans.length} of ${FIELDS}`);
  const operation = operationName(ot);
  if (ot === 53) {
    const reason = v.rsn.text === '' ? undefined : REASONS[Number(v.rsn.text)];
    ctx.sink.receipt({
      bearer: 'ucp',
      operation,
      time: ctx.time,
      frame: ctx.frame,
      messageId: v.scts.text === '' ? null : `${v.oadc.text}:${v.scts.text}`,
      from: numeric(v.oadc.text, false),
      to: numeric(v.adc.text, false),
      state: receiptState(v.dst.text),
      code: v.rsn.text === '' || v.dst.text === '0' ? null : v.rsn.text,
      text:
        reason === undefined || v.dst.text === '0'
          ? receiptState(v.dst.text)
          : `${receiptState(v.dst.text)}: ${reason}`,
    });
    return;
  }
  // MT 2 is a numeric message: its digits are the text.
  const numericText = v.mt.text === '2';
  const content = numericText ? plainText(c, ctx, v.message.span) : mappedHex(c, ctx, v.message.span);
  const spelled = numericText || content.bytes.length * 2 === v.message.span.length;
  if (!spelled) {
    c.report(
      ucpRules.hex,
      v.message.span.start,
      v.message.span.length,
      `${v.message.span.length} characters spell ${content.bytes.length} octets`,
    );
  }
  const transparent = v.mt.text === '4';
  if (transparent && spelled && v.nb.text !== '' && Math.ceil(Number(v.nb.text) / 8) !== content.bytes.length) {
    c.report(
      ucpRules.bits,
      v.nb.span.start,
      v.nb.span.length,
      `NB says ${v.nb.text} bits, the data has ${content.bytes.length} octets`,
    );
  }
  const extras = extraServices(c, ctx, v.xser.span);
  const messageClass = /^[0-3]$/.test(v.mcls.text) ? Number(v.mcls.text) : null;
  const dcs = extras.dcs ?? (!transparent ? 0 : messageClass === null ? DCS_8BIT : DCS_8BIT_CLASS + messageClass);
  ctx.sink.shortMessage({
    bearer: 'ucp',
    operation,
    direction: ot === 51 ? 'mt' : 'mo',
    from: originator(v),
    to: numeric(v.adc.text, false),
    imsi: null,
    smsc: null,
    time: ctx.time,
    frame: ctx.frame,
    dcs,
    // IRA text stands one character an octet, as SMPP has it.
    dcsOf: 'smpp',
    userData: extras.udh === null ? content : concatMapped([extras.udh, content]),
    udhi: extras.udh !== null,
    pdu: {
      bytes: c.bytes.subarray(whole.start, whole.start + whole.length),
      map: ctx.origin(whole.start, whole.length),
    },
    dissector: 'ucp',
    chosenBy: ctx.chosenBy,
    answerKey,
    findings: takeFindings(),
  });
}
