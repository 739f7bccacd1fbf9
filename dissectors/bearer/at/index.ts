// AT commands of modems behind serial servers: short messages in PDU mode, answers, identities (3GPP TS 27.005, 27.007).

import type { Finding, Rule } from '../../../captures/finding.ts';
import { sliceMap } from '../../base/bytemap.ts';
import { type Cursor, runLayer } from '../../base/cursor.ts';
import type { Context, StreamDissector } from '../../base/dissector.ts';
import { addressFromText } from '../../sms/log.ts';
import { tpduToShortMessage } from '../../sms/message.ts';
import { latin1 } from '../text/delimited.ts';
import { type Answers, answered, commanded, isBefore, type Moment, momentOf, newAnswers } from './answers.ts';
import { describeCms, isTemporaryCms } from './codes.ts';
import { atRules, atFields as f } from './fields.ts';
import { CTRL_Z, ESC, frameAt, isHexDigit, looksLikeAt, MOST, messageStart, resumesAt } from './frame.ts';
import { carriesSecret, numberOf, type Unit, unquoted, valuesOf } from './lines.ts';
import { readSpelledPdu } from './pdu.ts';

interface Memory {
  /** Who sends commands; null while nobody did. */
  host: 0 | 1 | null;
  readonly answers: Answers;
  /** When AT+CIMI was sent and nothing but digits answers it; null: it was not, or is answered. */
  asksImsi: Moment | null;
  imsi: string | null;
  msisdn: string | null;
  toldTextMode: boolean;
}

const newMemory = (): Memory => ({
  host: null,
  answers: newAnswers(),
  asksImsi: null,
  imsi: null,
  msisdn: null,
  toldTextMode: false,
});

const isEnd = (b: number | undefined): boolean => b === 0x0d || b === 0x0a || b === 0;

/** Takes the unit apart: the line, and behind its end the message. */
function unitOf(c: Cursor): Unit {
  const { bytes, pos, end } = c;
  let stop = pos;
  while (stop < end && !isEnd(bytes[stop]) && bytes[stop] !== CTRL_Z && bytes[stop] !== ESC) stop += 1;
  const line = { start: pos, length: stop - pos };
  const text = latin1(bytes, line);
  const at = messageStart(bytes, stop, end);
  if (stop >= end || at >= end || isEnd(bytes[at])) return { line, text, message: null, end: bytes[stop] ?? null };
  let behind = at;
  while (behind < end && bytes[behind] !== CTRL_Z && bytes[behind] !== ESC) behind += 1;
  const ended = behind < end ? bytes[behind]! : null;
  let last = behind;
  while (last > at && (isEnd(bytes[last - 1]) || bytes[last - 1] === 0x20)) last -= 1;
  return { line, text, message: { start: at, length: last - at }, end: ended };
}

function tell(ctx: Context, rule: Rule, message: string): void {
  const { frame, time } = ctx;
  ctx.sink.finding({ frame, time, finding: { rule, message, of: 'frame', start: 0, length: 0 } });
}

/** Rows of the unit: its line and what stands between and behind. The message's own rows come in between. */
function record(c: Cursor, field: typeof f.command | typeof f.secret, u: Unit, message: () => void): void {
  const { rec, bytes, end } = c;
  if (rec === null) {
    message();
    return;
  }
  const filler = (from: number, to: number): void => {
    if (to <= from) return;
    const only = bytes[from]!;
    if (to - from === 1 && (only === CTRL_Z || only === ESC)) rec.leaf(f.end, from, 1, only);
    else rec.leaf(f.blank, from, to - from, bytes.subarray(from, to));
  };
  if (u.line.length > 0) rec.leaf(field, u.line.start, u.line.length, u.text);
  const behind = u.line.start + u.line.length;
  if (u.message === null) {
    filler(behind, end);
    return;
  }
  filler(behind, u.message.start);
  message();
  const stop = u.message.start + u.message.length;
  if (u.end === null) filler(stop, end);
  else {
    filler(stop, end - 1);
    filler(end - 1, end);
  }
}

function textMode(m: Memory, ctx: Context, what: string): void {
  if (m.toldTextMode) return;
  m.toldTextMode = true;
  tell(ctx, atRules.textMode, what);
}

interface Carried {
  readonly operation: string;
  readonly announced: number | null;
  /** Which way the TPDU goes: from the modem's network, or to it. */
  readonly direction: 'mt' | 'mo';
  readonly answerKey: string | null;
}

/** Reads the PDU of the unit and hands on what it carries. */
function emit(
  c: Cursor,
  ctx: Context,
  m: Memory,
  u: Unit,
  carried: Carried,
  whole: { start: number; end: number },
): boolean {
  if (u.message === null) return false;
  const { direction, operation, answerKey } = carried;
  const read = readSpelledPdu(c, ctx, u.message, carried.announced, direction);
  if (read === null) return false;
  const { tpdu, smsc, octets } = read;
  const findings: Finding[] = c.findings.splice(0);
  const own = m.msisdn === null ? null : addressFromText(m.msisdn);
  const out = tpduToShortMessage(tpdu, octets.bytes, {
    bearer: 'at',
    operation,
    direction,
    from: direction === 'mo' ? own : null,
    to: direction === 'mt' ? own : null,
    imsi: direction === 'mt' ? m.imsi : null,
    smsc,
    time: ctx.time,
    frame: ctx.frame,
    pdu: { bytes: c.bytes.subarray(whole.start, whole.end), map: ctx.origin(whole.start, whole.end - whole.start) },
    dissector: 'at',
    chosenBy: ctx.chosenBy,
    answerKey,
    findings,
    ...((ctx.missing ?? 0) > 0 ? { cut: true } : {}),
    origin: (start, length) => sliceMap(octets.map, start, length),
  });
  if (out === null || (!tpdu.complete && tpdu.address === null)) {
    c.findings.push(...findings);
    tell(ctx, atRules.tpdu, `${operation}: ${octets.bytes.length} octets`);
    return false;
  }
  if ('message' in out) ctx.sink.shortMessage(out.message);
  else ctx.sink.receipt(out.receipt);
  return 'message' in out;
}

// 27.005 3.5.1, 4.3: AT+CMGS=<length><CR>PDU<Ctrl-Z>, AT+CMGW likewise; 27.007 5.6: AT+CIMI.
function onCommand(c: Cursor, ctx: Context, m: Memory, u: Unit): void {
  const whole = { start: c.pos, end: c.end };
  const given = /^AT\+(CMGS|CMGW)=(.*)$/i.exec(u.text);
  record(c, carriesSecret(u.text) ? f.secret : f.command, u, () => {
    if (u.message === null) return;
    if (given === null) {
      c.rec?.leaf(f.text, u.message.start, u.message.length, latin1(c.bytes, u.message));
      return;
    }
    const command = `AT+${given[1]!.toUpperCase()}`;
    const values = valuesOf(given[2] ?? '');
    const announced = numberOf(values[0]);
    if (u.end === ESC) tell(ctx, atRules.cancelled, command);
    if (announced === null || u.end === ESC) {
      if (announced === null) textMode(m, ctx, command);
      c.rec?.leaf(f.text, u.message.start, u.message.length, latin1(c.bytes, u.message));
      return;
    }
    const key = `${ctx.conversation}/${ctx.direction}@${ctx.frame}.${whole.start}`;
    if (emit(c, ctx, m, u, { operation: command, announced, direction: 'mo', answerKey: key }, whole)) {
      commanded(m.answers, key, ctx);
    }
  });
  if (given === null) commanded(m.answers, null, ctx);
  if (/^AT\+CIMI\s*$/i.test(u.text)) m.asksImsi = momentOf(ctx);
}

const ACCEPTED = { ok: true, temporary: false, code: null } as const;

// 27.005 3.2.5: +CMS ERROR: <err>, a number or, with verbose results, words.
function refused(ctx: Context, m: Memory, kind: string, said: string): void {
  const number = numberOf(said);
  const cms = kind === '+CMS ERROR';
  answered(m.answers, ctx, {
    operation: kind,
    ok: false,
    temporary: cms && number !== null && isTemporaryCms(number),
    code: said === '' ? kind : `${kind} ${said}`,
    text: said === '' ? 'refused without a reason' : cms && number !== null ? describeCms(number) : said,
    messageId: null,
  });
}

/** 27.005 3.4.2: the status of a stored message; 2 and 3 are messages of the phone. */
const storedDirection = (status: string | undefined): 'mt' | 'mo' => (status === '2' || status === '3' ? 'mo' : 'mt');

// 27.005 3.4: +CMT: [<alpha>],<length>; +CDS: <length>; +CMGR: <stat>,[<alpha>],<length>; +CMGL with an index in front.
function onTold(c: Cursor, ctx: Context, m: Memory, u: Unit, name: string, rest: string): void {
  const whole = { start: c.pos, end: c.end };
  const values = valuesOf(rest.trim());
  const status = name === '+CMGR' ? values[0] : name === '+CMGL' ? values[1] : undefined;
  const inWords = status?.startsWith('"') === true || (name === '+CMT' && values.length > 2);
  record(c, f.answer, u, () => {
    if (u.message === null) return;
    if (inWords) {
      c.rec?.leaf(f.text, u.message.start, u.message.length, latin1(c.bytes, u.message));
      return;
    }
    const direction = storedDirection(status);
    emit(c, ctx, m, u, { operation: name, announced: numberOf(values.at(-1)), direction, answerKey: null }, whole);
  });
  if (inWords || (u.message === null && (ctx.missing ?? 0) === 0)) textMode(m, ctx, name);
}

function onAnswer(c: Cursor, ctx: Context, m: Memory, u: Unit): void {
  const told = /^(\+CMT|\+CDS|\+CMGL|\+CMGR):(.*)$/i.exec(u.text);
  if (told !== null) {
    onTold(c, ctx, m, u, told[1]!.toUpperCase(), told[2] ?? '');
    return;
  }
  record(c, f.answer, u, () => undefined);
  const reference = /^\+CMGS:\s*(\d{1,3})\b/.exec(u.text);
  const index = /^\+CMGW:\s*(\d{1,5})\b/.exec(u.text);
  const failed = /^(\+CM[SE] ERROR)\s*:\s*(.{0,80})$/.exec(u.text);
  if (reference !== null) {
    answered(m.answers, ctx, { operation: '+CMGS', ...ACCEPTED, text: 'accepted', messageId: reference[1] ?? null });
  } else if (index !== null) {
    answered(m.answers, ctx, { operation: '+CMGW', ...ACCEPTED, text: `stored at ${index[1]}`, messageId: null });
  } else if (failed !== null) refused(ctx, m, failed[1]!, failed[2]!.trim());
  else if (u.text.trim() === 'ERROR') refused(ctx, m, 'ERROR', '');
  else onIdentity(ctx, m, u.text.trim());
}

// 27.007 5.6 +CIMI, 7.1 +CNUM: who the modem is.
function onIdentity(ctx: Context, m: Memory, text: string): void {
  const own = /^\+CNUM:(.*)$/.exec(text);
  if (own !== null) {
    const number = unquoted(valuesOf(own[1]!.trim())[1]);
    if (/^\+?\d{3,20}$/.test(number)) m.msisdn = number;
  } else {
    const imsi = /^(?:\+CIMI:\s*)?"?(\d{14,15})"?$/.exec(text);
    const asked = m.asksImsi !== null && !isBefore(momentOf(ctx), m.asksImsi);
    if (imsi === null || (!asked && !text.startsWith('+CIMI'))) return;
    m.asksImsi = null;
    m.imsi = imsi[1]!;
  }
  if (m.imsi === null) return;
  const { time, frame } = ctx;
  const text2 = m.msisdn === null ? 'answer to AT+CIMI' : 'answers to AT+CIMI and AT+CNUM';
  ctx.sink.identity({
    msisdn: m.msisdn?.replace(/^\+/, '') ?? null,
    imsi: m.imsi,
    time,
    frame,
    text: text2,
    of: 'card',
  });
}

const FROM_MODEM = /^(?:> ?|OK|ERROR|\+CM[SE] ERROR:.*|\+CMG[SW]: ?\d+)$/;

function decodeUnit(c: Cursor, ctx: Context): void {
  const m = ctx.state<Memory>(newMemory);
  const first = c.peek();
  if (first === undefined) return;
  if (isEnd(first)) {
    c.span(f.blank, c.left);
    return;
  }
  const u = unitOf(c);
  const command = /^AT/i.test(u.text);
  // An echo may be read before the command, which waits for its message: only modems say these.
  if (FROM_MODEM.test(u.text)) m.host = ctx.direction === 0 ? 1 : 0;
  if (u.text === '> ' || u.text === '>') {
    record(c, f.prompt, u, () => undefined);
  } else if (command && (m.host === null || m.host === ctx.direction)) {
    m.host = ctx.direction;
    onCommand(c, ctx, m, u);
  } else if (command || (isHexDigit(first) && u.end === CTRL_Z)) {
    // What the host sent comes back.
    record(c, carriesSecret(u.text) ? f.secret : f.echo, u, () => undefined);
  } else if (m.host !== ctx.direction) {
    m.host ??= ctx.direction === 0 ? 1 : 0;
    onAnswer(c, ctx, m, u);
  } else record(c, f.text, u, () => undefined);
  c.pos = c.end;
}

export const at: StreamDissector = {
  kind: 'stream',
  id: 'at',
  title: 'AT commands for short messages',
  refs: ['3GPP TS 27.005', '3GPP TS 27.007', 'ITU-T V.250'],
  fields: f,
  rules: Object.values(atRules),
  carriedBy: [],
  maxLength: 2 * MOST,
  looksLike: looksLikeAt,
  resumes: resumesAt,
  frame: frameAt,
  decode(c, ctx) {
    runLayer(c, (cursor) => decodeUnit(cursor, ctx));
  },
};
