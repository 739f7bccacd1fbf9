// EMI/UCP 4.x: Universal Computer Protocol between a short message centre and its clients.

import { type Cursor, runLayer } from '../../base/cursor.ts';
import { type Context, NOT_OURS, on, type StreamDissector } from '../../base/dissector.ts';
import { delimitedFrame, ETX, isDigit, latin1, type Span, STX, split, textField } from '../text/delimited.ts';
import { ERRORS, TEMPORARY } from './codes.ts';
import { ucpFields as f, operationName } from './fields.ts';
import { ucpRules } from './rules.ts';
import { readShortMessage } from './short-message.ts';

const SLASH = 0x2f;
const O = 0x4f;
const R = 0x52;
/** STX TRN / LEN / O|R / OT / */
const HEADER_LENGTH = 14;
const MAX_LENGTH = 8192;
/** Operations whose fields are the 5x set and that carry or concern a message. */
const MESSAGES: ReadonlySet<number> = new Set([51, 52, 53]);
/** Those that are messages, so that a result says what became of one. */
const CARRIERS: ReadonlySet<number> = new Set([51, 52]);

interface Memory {
  /** Key of the last message by direction and TRN: numbers wrap after 99. */
  readonly open: Map<string, string>;
}

/** The header's shape: two and five digits, O or R, two digits. */
function looksLike(b: Uint8Array, start: number, end: number): boolean {
  if (end - start < HEADER_LENGTH || b[start] !== STX) return false;
  const digits = (from: number, n: number) => {
    for (let i = 0; i < n; i += 1) if (!isDigit(b[start + from + i])) return false;
    return true;
  };
  const slashes = [3, 9, 11].every((i) => b[start + i] === SLASH);
  return slashes && digits(1, 2) && digits(4, 5) && (b[start + 10] === O || b[start + 10] === R) && digits(12, 2);
}

// EMI-UCP 4.0, message format: STX TRN/LEN/O|R/OT/fields/checksum ETX.
function decodePdu(c: Cursor, ctx: Context): void {
  const whole: Span = { start: c.pos, length: c.left };
  const inner = c.window(c.left);
  inner.skip(1);
  if (inner.bytes[inner.end - 1] === ETX) inner.end -= 1;
  const spans = split(inner, SLASH);
  const header = spans.slice(0, 4);
  const [trnSpan, lengthSpan, typeSpan, otSpan] = header;
  if (trnSpan === undefined || lengthSpan === undefined || typeSpan === undefined || otSpan === undefined) return;
  const trn = textField(inner, f.trn, trnSpan);
  const length = Number(textField(inner, f.length, lengthSpan));
  const type = textField(inner, f.type, typeSpan);
  const ot = Number(textField(inner, f.operation, otSpan, operationName(Number(latin1(inner.bytes, otSpan)))));
  if (length !== inner.end - inner.pos) {
    inner.report(
      ucpRules.length,
      lengthSpan.start,
      lengthSpan.length,
      `LEN is ${length}, ${inner.end - inner.pos} characters are there`,
    );
  }
  const last = spans.at(-1);
  const body = spans.slice(4, -1);
  const memory = ctx.state<Memory>(() => ({ open: new Map() }));
  const found = () => inner.findings.splice(0);
  if (last !== undefined && spans.length > 4) checkSum(inner, last);
  if (type === 'O') {
    const key = `${ctx.conversation}/${ctx.direction}/${trn}@${ctx.frame}.${whole.start}`;
    if (CARRIERS.has(ot)) memory.open.set(`${ctx.direction}/${trn}`, key);
    else memory.open.delete(`${ctx.direction}/${trn}`);
    if (MESSAGES.has(ot)) readShortMessage(inner, ctx, ot, body, whole, key, found);
    else for (const s of body) textField(inner, ot === 60 ? f.password : f.other, s);
  } else {
    readResult(inner, ctx, ot, body, memory.open.get(`${1 - ctx.direction}/${trn}`));
  }
  if (last !== undefined && spans.length > 4) textField(inner, f.checksum, last);
}

/** The sum of all characters from TRN to the slash before it, modulo 256, as two hex digits. */
function checkSum(c: Cursor, last: Span): void {
  let sum = 0;
  for (let i = c.pos; i < last.start; i += 1) sum += c.bytes[i]!;
  const expected = (sum & 0xff).toString(16).toUpperCase().padStart(2, '0');
  const said = latin1(c.bytes, last).toUpperCase();
  if (said !== expected)
    c.report(ucpRules.checksum, last.start, last.length, `it is ${said}, the characters sum to ${expected}`);
}

function readResult(c: Cursor, ctx: Context, ot: number, body: readonly Span[], answerKey: string | undefined): void {
  const [ackSpan, second, third] = body;
  if (ackSpan === undefined) return;
  const ok = textField(c, f.ack, ackSpan) === 'A';
  const error = !ok && second !== undefined ? Number(textField(c, f.error, second)) : null;
  // A positive result of operation 51 has MVP before SM, others have SM alone.
  const system = ok ? (third ?? second) : third;
  const sm = system === undefined ? '' : textField(c, f.system, system);
  if (answerKey === undefined) return;
  const meaning = error === null ? '' : (ERRORS[error] ?? `error ${error}`);
  ctx.sink.answer({
    bearer: 'ucp',
    operation: `${operationName(ot)}, result`,
    answerKey,
    time: ctx.time,
    frame: ctx.frame,
    ok,
    temporary: error !== null && TEMPORARY.has(error),
    code: error === null ? null : String(error).padStart(2, '0'),
    text: ok ? 'accepted' : meaning,
    messageId: ok && sm !== '' ? sm : null,
  });
}

export const ucp: StreamDissector = {
  kind: 'stream',
  id: 'ucp',
  title: 'Universal Computer Protocol (EMI/UCP)',
  refs: ['EMI-UCP Interface 4.0'],
  fields: f,
  rules: Object.values(ucpRules),
  carriedBy: [on('tcp.port', 5000)],
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
