// CIMD2: Computer Interface to Message Distribution, between the Nokia SMS centre and its clients.

import type { Finding } from '../../../captures/finding.ts';
import { concatMapped, EMPTY, type Mapped } from '../../base/bytemap.ts';
import { type Cursor, runLayer } from '../../base/cursor.ts';
import { type Context, NOT_OURS, type StreamDissector } from '../../base/dissector.ts';
import type { Address } from '../../base/message.ts';
import {
  delimitedFrame,
  ETX,
  isDigit,
  latin1,
  mappedHex,
  type Span,
  STX,
  split,
  textField,
} from '../text/delimited.ts';
import { ERRORS, OPERATIONS, PARAMETERS, RESPONSE, STATUSES, TEMPORARY } from './codes.ts';
import { cimd2Rules, cimd2Fields as f } from './fields.ts';

const TAB = 0x09;
const COLON = 0x3a;
/** STX operation ':' packet TAB */
const HEADER_LENGTH = 8;
const MAX_LENGTH = 4096;

const SUBMIT = 3;
const DELIVER = 20;
const STATUS_REPORT = 23;
const GENERAL_ERROR = 98;
const NACK = 99;

/** Parameters read by number. */
const P = {
  password: 11,
  destination: 21,
  originator: 23,
  originatingImsi: 26,
  alphanumeric: 27,
  dcs: 30,
  udh: 32,
  text: 33,
  binary: 34,
  timeStamp: 60,
  status: 61,
  statusError: 62,
  error: 900,
} as const;

const DCS_8BIT = 0x04;

function looksLike(b: Uint8Array, start: number, end: number): boolean {
  if (end - start < HEADER_LENGTH || b[start] !== STX || b[start + 3] !== COLON || b[start + 7] !== TAB) return false;
  return [1, 2, 4, 5, 6].every((i) => isDigit(b[start + i]));
}

const operationName = (op: number): string =>
  op >= RESPONSE && op < 98
    ? `${OPERATIONS[op - RESPONSE] ?? op - RESPONSE} response`
    : (OPERATIONS[op] ?? `operation ${op}`);

type Parameters = Map<number, Span>;

function readParameters(c: Cursor, spans: readonly Span[]): Parameters {
  const out: Parameters = new Map();
  for (const s of spans) {
    if (s.length === 0) continue;
    const number = Number(latin1(c.bytes, { start: s.start, length: Math.min(3, s.length) }));
    if (s.length < 4 || c.bytes[s.start + 3] !== COLON || Number.isNaN(number)) {
      c.report(
        cimd2Rules.parameter,
        s.start,
        s.length,
        `'${latin1(c.bytes, { start: s.start, length: Math.min(s.length, 20) })}'`,
      );
      continue;
    }
    const value: Span = { start: s.start + 4, length: s.length - 4 };
    if (!out.has(number)) out.set(number, value);
    const name = PARAMETERS[number] ?? `Parameter ${number}`;
    const shown = latin1(c.bytes, value);
    textField(
      c,
      number === P.password ? f.password : f.parameter,
      s,
      number === P.password ? undefined : `${name}: ${shown}`,
    );
  }
  return out;
}

const parameterText = (c: Cursor, p: Parameters, number: number): string => {
  const s = p.get(number);
  return s === undefined ? '' : latin1(c.bytes, s);
};

function address(text: string): Address | null {
  const digits = text.replace(/^\+/, '');
  return digits === '' ? null : { value: digits, type: digits === text ? 'unknown' : 'international' };
}

function hexParameter(c: Cursor, ctx: Context, p: Parameters, number: number): Mapped | null {
  const s = p.get(number);
  if (s === undefined) return null;
  const out = mappedHex(c, ctx, s);
  if (out.bytes.length * 2 !== s.length) {
    c.report(cimd2Rules.hex, s.start, s.length, `${s.length} characters spell ${out.bytes.length} octets`);
  }
  return out;
}

// CIMD 8.0 4.2.3, 4.3.1: submit and deliver.
function emitMessage(
  c: Cursor,
  ctx: Context,
  op: number,
  p: Parameters,
  whole: Span,
  key: string,
  take: () => Finding[],
): void {
  const udh = hexParameter(c, ctx, p, P.udh);
  const binary = hexParameter(c, ctx, p, P.binary);
  const text = p.get(P.text);
  const content: Mapped =
    binary ??
    (text === undefined
      ? EMPTY
      : { bytes: c.bytes.subarray(text.start, text.start + text.length), map: ctx.origin(text.start, text.length) });
  const alphanumeric = parameterText(c, p, P.alphanumeric);
  const dcs = parameterText(c, p, P.dcs);
  const imsi = parameterText(c, p, P.originatingImsi);
  ctx.sink.shortMessage({
    bearer: 'cimd2',
    operation: operationName(op),
    direction: op === SUBMIT ? 'mt' : 'mo',
    from:
      alphanumeric === '' ? address(parameterText(c, p, P.originator)) : { value: alphanumeric, type: 'alphanumeric' },
    to: address(parameterText(c, p, P.destination)),
    imsi: /^\d{6,15}$/.test(imsi) ? imsi : null,
    smsc: null,
    time: ctx.time,
    frame: ctx.frame,
    dcs: dcs === '' ? (binary === null ? 0 : DCS_8BIT) : Number(dcs) & 0xff,
    dcsOf: 'smpp',
    userData: udh === null ? content : concatMapped([udh, content]),
    udhi: udh !== null,
    pdu: {
      bytes: c.bytes.subarray(whole.start, whole.start + whole.length),
      map: ctx.origin(whole.start, whole.length),
    },
    dissector: 'cimd2',
    chosenBy: ctx.chosenBy,
    answerKey: key,
    findings: take(),
  });
}

const errorOf = (code: number) => ({
  code: String(code),
  text: ERRORS[code] ?? `error ${code}`,
  temporary: TEMPORARY.has(code),
});

function emitAnswer(c: Cursor, ctx: Context, op: number, p: Parameters, answerKey: string): void {
  const error = parameterText(c, p, P.error);
  const refused = op === NACK || op === GENERAL_ERROR;
  // CIMD 8.0 3.3.3: a nack says that the message could not be read; it is sent again.
  const nack = { code: 'nack', text: 'not understood, to be sent again', temporary: true };
  const failure = error === '' ? (refused ? nack : null) : errorOf(Number(error));
  const stamp = parameterText(c, p, P.timeStamp);
  const destination = parameterText(c, p, P.destination);
  ctx.sink.answer({
    bearer: 'cimd2',
    operation: operationName(op),
    answerKey,
    time: ctx.time,
    frame: ctx.frame,
    ok: failure === null,
    temporary: failure?.temporary ?? false,
    code: failure?.code ?? null,
    text: failure?.text ?? 'accepted',
    messageId: stamp === '' ? null : `${destination}:${stamp}`,
  });
}

function emitReceipt(c: Cursor, ctx: Context, op: number, p: Parameters): void {
  const [state, words] = STATUSES[Number(parameterText(c, p, P.status))] ?? ['unknown', 'Unknown status'];
  const error = parameterText(c, p, P.statusError);
  ctx.sink.receipt({
    bearer: 'cimd2',
    operation: operationName(op),
    time: ctx.time,
    frame: ctx.frame,
    messageId: `${parameterText(c, p, P.destination)}:${parameterText(c, p, P.timeStamp)}`,
    from: address(parameterText(c, p, P.destination)),
    to: null,
    state,
    code: error === '' ? null : error,
    text: words,
  });
}

interface Memory {
  readonly open: Map<string, string>;
}

// CIMD 8.0 3.2: STX operation:packet TAB parameters TAB checksum ETX.
function decodePdu(c: Cursor, ctx: Context): void {
  const whole: Span = { start: c.pos, length: c.left };
  const inner = c.window(c.left);
  inner.skip(1);
  if (inner.bytes[inner.end - 1] === ETX) inner.end -= 1;
  const spans = split(inner, TAB);
  const head = spans[0];
  const last = spans.at(-1);
  if (head === undefined || last === undefined || head.length < 6) return;
  const op = Number(latin1(inner.bytes, { start: head.start, length: 2 }));
  textField(
    inner,
    f.operation,
    { start: head.start, length: 2 },
    `${operationName(op)} (${String(op).padStart(2, '0')})`,
  );
  const packet = textField(inner, f.packet, { start: head.start + 3, length: 3 });
  const p = readParameters(inner, spans.slice(1, -1));
  checkSum(inner, last);
  const { open } = ctx.state<Memory>(() => ({ open: new Map() }));
  const take = () => inner.findings.splice(0);
  if (op < RESPONSE) {
    const key = `${ctx.conversation}/${ctx.direction}/${packet}@${ctx.frame}.${whole.start}`;
    const carries = op === SUBMIT || op === DELIVER;
    if (carries) open.set(`${ctx.direction}/${packet}`, key);
    else open.delete(`${ctx.direction}/${packet}`);
    if (carries) emitMessage(inner, ctx, op, p, whole, key, take);
    if (op === STATUS_REPORT) emitReceipt(inner, ctx, op, p);
  } else {
    const key = open.get(`${1 - ctx.direction}/${packet}`);
    if (key !== undefined) emitAnswer(inner, ctx, op, p, key);
  }
  textField(inner, f.checksum, last);
}

/** The sum of all octets from STX to the last TAB, modulo 256, as two hex digits; it may be left out. */
function checkSum(c: Cursor, last: Span): void {
  if (last.length === 0) return;
  let sum = STX;
  for (let i = c.pos; i < last.start; i += 1) sum += c.bytes[i]!;
  const expected = (sum & 0xff).toString(16).toUpperCase().padStart(2, '0');
  const said = latin1(c.bytes, last).toUpperCase();
  if (said !== expected)
    c.report(cimd2Rules.checksum, last.start, last.length, `it is ${said}, the octets sum to ${expected}`);
}

export const cimd2: StreamDissector = {
  kind: 'stream',
  id: 'cimd2',
  title: 'Computer Interface to Message Distribution (CIMD2)',
  refs: ['CIMD Interface Specification 8.0'],
  fields: f,
  rules: Object.values(cimd2Rules),
  carriedBy: [],
  maxLength: MAX_LENGTH,
  firstOctets: [STX],
  looksLike,
  frame: (bytes, start, end) =>
    end - start >= HEADER_LENGTH && !looksLike(bytes, start, end)
      ? NOT_OURS
      : delimitedFrame(bytes, start, end, MAX_LENGTH),
  decode(c, ctx) {
    runLayer(c, (cursor) => decodePdu(cursor, ctx));
  },
};
