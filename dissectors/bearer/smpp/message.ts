// From a decoded PDU to a short message, an answer or a receipt.

import type { Finding } from '../../../captures/finding.ts';
import { EMPTY, sliceMap } from '../../base/bytemap.ts';
import type { Cursor } from '../../base/cursor.ts';
import type { Context } from '../../base/dissector.ts';
import type { Address, Answer, Concatenation, Ports, ShortMessage } from '../../base/message.ts';
import { isPlainText } from '../../sms/parts.ts';
import { udhRules } from '../../sms/udhrules.ts';
import { type Body, hasUdhi } from './body.ts';
import { commandName, DATA_SM, DELIVER_SM, RESPONSE, SUBMIT_MULTI, SUBMIT_SM } from './commands.ts';
import { contentText, parseReceiptText, readReceipt, receiptKind } from './receipt.ts';
import { smppRules } from './rules.ts';
import {
  A_TEXT,
  answered,
  EARLY_SPAN,
  type Early,
  remember,
  rememberEarly,
  type Sent,
  type Session,
  takeEarly,
} from './session.ts';
import { TLV } from './tlvs.ts';
import { isTemporary, statusCode, statusText } from './values.ts';

export interface Pdu {
  readonly start: number;
  readonly end: number;
  readonly id: number;
  readonly status: number;
  readonly sequence: number;
  readonly body: Body;
  readonly cut: boolean;
}

/** SMPP 3.4 5.3.2.22 to 24: segmentation by TLVs. */
function segmentation(c: Cursor, p: Pdu): Concatenation | undefined {
  const n = p.body.tlvs?.numbers;
  if (n === undefined) return undefined;
  const reference = n.get(TLV.sarMsgRefNum);
  const total = n.get(TLV.sarTotalSegments);
  const part = n.get(TLV.sarSegmentSeqnum);
  if (reference === undefined && total === undefined && part === undefined) return undefined;
  if (reference === undefined || total === undefined || part === undefined) {
    c.report(smppRules.sarIncomplete, p.start, p.end - p.start, 'only a part of the segmentation parameters is there');
    return undefined;
  }
  if (part === 0 || part > total) {
    c.report(smppRules.sarNumber, p.start, p.end - p.start, `segment ${part} of ${total}`);
  }
  return { reference, bits: 16, total, part };
}

/** SMPP 3.4 5.3.2.20, 21: ports by TLVs; the destination is what matters. */
function ports(p: Pdu): Ports | undefined {
  const destination = p.body.tlvs?.numbers.get(TLV.destinationPort);
  if (destination === undefined) return undefined;
  return { destination, source: p.body.tlvs?.numbers.get(TLV.sourcePort) ?? null };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const carried = (body: Body) => body.content ?? body.tlvs?.payload ?? null;

function compare(c: Cursor, p: Pdu, sar: Concatenation | undefined, tlvPorts: Ports | undefined): void {
  const udh = carried(p.body)?.udh ?? null;
  const own = udh?.concatenation ?? null;
  if (sar !== undefined && own !== null) {
    const same = sar.total === own.total && sar.part === own.part;
    const message = same
      ? `both say part ${own.part} of ${own.total}`
      : `they contradict: the header says part ${own.part} of ${own.total}, the parameters ${sar.part} of ${sar.total}`;
    c.report(smppRules.sarAndUdh, p.start, p.end - p.start, message);
  }
  if (tlvPorts !== undefined && udh?.ports && udh.ports.destination !== tlvPorts.destination) {
    const message = `the header says port ${udh.ports.destination}, the parameter ${tlvPorts.destination}`;
    c.report(smppRules.portsTwice, p.start, p.end - p.start, message);
  }
}

/** Ports that only make sense towards a phone. */
const toPhone = (port: number): boolean =>
  port === 2948 || port === 2949 || (port >= 9200 && port <= 9209) || port >= 49152 || (port >= 5501 && port <= 5514);

/** 'mt' towards the phone. deliver_sm goes to a client, unless an application port says that the client is a phone. */
function directionOf(p: Pdu, ctx: Context, session: Session, port: number | undefined): 'mt' | 'mo' {
  if (p.id === SUBMIT_SM || p.id === SUBMIT_MULTI) return 'mt';
  if (p.id === DATA_SM && session.esme === ctx.direction) return 'mt';
  if (port !== undefined && toPhone(port)) return 'mt';
  return p.id === DATA_SM && session.esme === null ? 'mt' : 'mo';
}

function nextKey(ctx: Context, session: Session, p: Pdu): string {
  session.requests += 1;
  return `${ctx.conversation}/${ctx.direction}/${p.sequence}.${session.requests}`;
}

/** Parameters only receipts have, or their text, without the message type that says so. */
function readsAsReceipt(bytes: Uint8Array, p: Pdu): boolean {
  const { tlvs } = p.body;
  if (tlvs?.texts.has(TLV.receiptedMessageId) === true && tlvs.numbers.has(TLV.messageState)) return true;
  return p.id === DELIVER_SM && parseReceiptText(contentText(bytes, p.body)) !== null;
}

/** A request that carries content: one short message for each destination, or a receipt. */
export function emitMessage(c: Cursor, ctx: Context, session: Session, p: Pdu, takeFindings: () => Finding[]): void {
  const { body } = p;
  const key = nextKey(ctx, session, p);
  const many = p.id === SUBMIT_MULTI ? body.destinations : null;
  const sent: Sent = { key, destinations: many };

  if (p.id === DELIVER_SM || p.id === DATA_SM) {
    const kind = receiptKind(body.esmClass);
    const unmarked = kind === null && readsAsReceipt(c.bytes, p);
    if (kind !== null || unmarked) {
      if (unmarked) {
        c.report(smppRules.receiptUnmarked, p.start, p.end - p.start, `esm_class is 0x${body.esmClass.toString(16)}`);
      }
      ctx.sink.receipt({
        bearer: 'smpp',
        operation: commandName(p.id),
        time: ctx.time,
        frame: ctx.frame,
        from: body.from,
        to: body.to,
        ...readReceipt(c.bytes, body, kind),
      });
      remember(session, ctx.direction, p.sequence, sent);
      emitEarly(ctx, session, p, sent);
      return;
    }
  }

  const sar = segmentation(c, p);
  const tlvPorts = ports(p);
  compare(c, p, sar, tlvPorts);
  const data = carried(body);
  if (body.content !== null && body.tlvs?.payload) {
    c.report(smppRules.bothPayloads, p.start, p.end - p.start, 'sm_length is not 0');
  }
  if ((data === null || data.length === 0) && hasUdhi(body.esmClass) && !p.cut) {
    c.report(udhRules.noUserData, p.start, p.end - p.start, 'sm_length is 0 and there is no message_payload');
  }
  const port = data?.udh?.ports?.destination ?? tlvPorts?.destination;
  const pduMap = ctx.origin(p.start, p.end - p.start);
  const findings = takeFindings();
  const udh = data?.udh ?? null;
  const messageTo = (to: Address | null, answerKey: string): ShortMessage => {
    const m: Mutable<ShortMessage> = {
      bearer: 'smpp',
      operation: commandName(p.id),
      direction: directionOf(p, ctx, session, port),
      from: body.from,
      to,
      imsi: null,
      smsc: null,
      time: ctx.time,
      frame: ctx.frame,
      dcs: body.dataCoding ?? (data?.udhi === true || hasUdhi(body.esmClass) ? 0x04 : 0),
      dcsOf: 'smpp',
      userData:
        data === null
          ? EMPTY
          : {
              bytes: c.bytes.subarray(data.start, data.start + data.length),
              map: sliceMap(pduMap, data.start - p.start, data.length),
            },
      udhi: data?.udhi ?? hasUdhi(body.esmClass),
      pdu: { bytes: c.bytes.subarray(p.start, p.end), map: pduMap },
      dissector: 'smpp',
      chosenBy: ctx.chosenBy,
      answerKey,
      findings,
    };
    if (udh !== null) m.header = udh;
    if (sar !== undefined) m.concatenation = sar;
    if (tlvPorts !== undefined) m.ports = tlvPorts;
    if (p.cut) m.cut = true;
    return m;
  };
  let remembered = sent;
  if (many === null) {
    const m = messageTo(body.to, key);
    if (ctx.sink.texts !== undefined && isPlainText(m)) remembered = A_TEXT;
    ctx.sink.shortMessage(m);
  } else many.forEach((to, i) => void ctx.sink.shortMessage(messageTo(to, `${key}#${i}`)));
  remember(session, ctx.direction, p.sequence, remembered);
  emitEarly(ctx, session, p, remembered);
}

function emitEarly(ctx: Context, session: Session, p: Pdu, sent: Sent): void {
  const early = takeEarly(session, ctx.direction, p.sequence);
  // Only what the capture reordered; an old response belongs to an old request.
  if (early === null || ctx.time - early.answer.time > EARLY_SPAN) return;
  emitAnswers(ctx, sent, early);
}

type Outcome = Pick<Answer, 'ok' | 'temporary' | 'code' | 'text'>;

const ACCEPTED: Outcome = { ok: true, temporary: false, code: null, text: statusText(0) };

const outcome = (status: number): Outcome =>
  status === 0
    ? ACCEPTED
    : { ok: false, temporary: isTemporary(status), code: statusCode(status), text: statusText(status) };

function emitAnswers(ctx: Context, sent: Sent, a: Early): void {
  const { key, destinations: many } = sent;
  if (sent === A_TEXT) return;
  if (many === null) {
    ctx.sink.answer({ ...a.answer, answerKey: key });
    return;
  }
  many.forEach((to, i) => {
    const refused = a.refused.find((r) => r.address?.value === to.value);
    const own = refused === undefined ? a.answer : { ...a.answer, ...outcome(refused.status) };
    ctx.sink.answer({ ...own, answerKey: `${key}#${i}` });
  });
}

const TIED: ReadonlySet<number> = new Set([SUBMIT_SM, SUBMIT_MULTI, DELIVER_SM, DATA_SM].map((id) => id + RESPONSE));

/** A response, or generic_nack. False when it answers nothing that was seen. */
export function emitResponse(ctx: Context, session: Session, p: Pdu): boolean {
  const sent = answered(session, ctx.direction, p.sequence);
  if (sent === null && !TIED.has(p.id)) return false;
  if (sent === A_TEXT) return true;
  const result = outcome(p.status);
  const answer: Answer = {
    bearer: 'smpp',
    operation: commandName(p.id),
    answerKey: sent?.key ?? '',
    time: ctx.time,
    frame: ctx.frame,
    ok: result.ok,
    temporary: result.temporary,
    code: result.code,
    text: result.text,
    messageId: p.body.messageId === '' ? null : p.body.messageId,
  };
  if (sent === null) rememberEarly(session, ctx.direction, p.sequence, { answer, refused: p.body.refused });
  else if (sent.destinations === null) ctx.sink.answer(answer);
  else emitAnswers(ctx, sent, { answer, refused: p.body.refused });
  return sent !== null;
}
