// Gateways that take short messages as parameters of HTTP requests: Kannel's sendsms and sendota, and services like them.

import { concatMapped, type Mapped } from '../../base/bytemap.ts';
import type { Address } from '../../base/message.ts';
import {
  type Awaiting,
  type Exchanges,
  exchangeKey,
  ipAddress,
  isOk,
  isTemporary,
  type Message,
  mostRecipients,
  reasonOf,
  shortText,
  takeFindings,
  tell,
} from '../http/exchange.ts';
import { httpFields as f } from '../http/fields.ts';
import { isGatewayTarget } from '../http/gate.ts';
import type { Request, Response } from '../http/lines.ts';
import { headerValue } from '../http/lines.ts';
import { parametersIn, recordParameters } from '../http/query.ts';
import { address, Parameters, recipientsOf, senderOf, userDataOf } from './parameters.ts';
import { httpSmscRules } from './rules.ts';

/** Kannel user guide, sendsms: coding 0 is 7-bit, 1 is 8-bit, 2 is UCS-2. */
const DCS = [0x00, 0x04, 0x08] as const;
const CLASS_IN_DCS = 0xf0;
const DATA_8BIT = 0x04;
/** SMPP 3.4 5.2.19: characters in octets of their own. */
const LATIN_1 = 0x03;

const pathOf = (m: Message<Request>): string => m.start.target.split('?')[0] ?? '';

/** Reads a request to a gateway and says who takes its answer; null where the request is none. */
export function readGatewayRequest(m: Message<Request>, x: Exchanges): Awaiting | null {
  const { targetSpan } = m.start;
  if (!isGatewayTarget(m.c.bytes, targetSpan.start, targetSpan.start + targetSpan.length)) return null;
  recordForm(m);
  return /\/sendota$/i.test(pathOf(m)) ? sendSettings(m, x) : sendMessage(m, x);
}

function recordForm(m: Message<Request>): void {
  const { plain } = m.body;
  if (m.c.rec === null || plain === null) return;
  if (!/^application\/x-www-form-urlencoded/i.test(headerValue(m.headers, 'Content-Type'))) return;
  recordParameters(m.c, parametersIn(m.c.bytes, plain.start, plain.start + plain.length), f);
}

interface Coding {
  readonly dcs: number;
  readonly dcsOf?: 'smpp';
}

/** 'coding' and 'mclass' as Kannel has them; where neither is given, a header makes it data. */
function codingOf(p: Parameters, hasHeader: boolean): Coding {
  const alternative = Number.parseInt(p.text('alt-dcs', 'dcs'), 10);
  if (alternative > 3 && alternative < 256) return { dcs: alternative };
  const given = Number.parseInt(p.text('coding'), 10);
  const coding = Number.isNaN(given) ? (hasHeader ? 1 : 0) : given;
  // Characters come as octets of their own, not packed.
  if (coding === 0) return { dcs: LATIN_1, dcsOf: 'smpp' };
  const dcs = DCS[coding] ?? DATA_8BIT;
  const messageClass = Number.parseInt(p.text('mclass'), 10);
  return messageClass >= 0 && messageClass <= 3 && coding === 1
    ? { dcs: CLASS_IN_DCS | DATA_8BIT | messageClass }
    : { dcs };
}

function addressees(m: Message<Request>, to: readonly Address[]): readonly Address[] {
  if (to.length === 0) tell(m, httpSmscRules.noRecipient, 'no parameter names one');
  const most = mostRecipients(m);
  if (to.length > most) tell(m, httpSmscRules.recipients, `${to.length} recipients, ${most} are listed`);
  return to.slice(0, most);
}

// Kannel user guide, "SMS Push: the sendsms interface": header and content are parameters.
function sendMessage(m: Message<Request>, x: Exchanges): Awaiting {
  const { c, ctx, pdu } = m;
  const { frame, time } = ctx;
  const p = new Parameters(m);
  const { udh, content, regular } = userDataOf(p);
  const { start, length } = m.start.targetSpan;
  if (udh !== null && !regular) {
    c.report(httpSmscRules.header, start, length, `${udh.bytes.length} octets, the first is ${udh.bytes[0] ?? 'none'}`);
  }
  const to = addressees(m, recipientsOf(p));
  const key = exchangeKey(ctx, x);
  const userData: Mapped = udh === null ? content : concatMapped([udh, content]);
  const findings = takeFindings(m);
  to.forEach((recipient, i) => {
    ctx.sink.shortMessage({
      bearer: 'http',
      operation: 'sendsms',
      direction: 'mt',
      from: senderOf(p),
      to: recipient,
      imsi: null,
      smsc: null,
      time,
      frame,
      ...codingOf(p, udh !== null),
      ...(m.body.cut ? { cut: true } : {}),
      userData,
      udhi: udh !== null && regular,
      pdu,
      dissector: 'http',
      chosenBy: ctx.chosenBy,
      answerKey: `${key}/${i}`,
      findings: [...findings],
    });
  });
  return (answer) => accept(answer, key, to.length);
}

// Kannel user guide, "OTA settings and bookmarks: the sendota interface": the document as text; the gateway compiles,
// signs and sends it. What opens it on the phone, `pin`, stands in the request too.
function sendSettings(m: Message<Request>, x: Exchanges): Awaiting {
  const { ctx, pdu } = m;
  const { frame, time } = ctx;
  const p = new Parameters(m);
  const headers = (name: string): Address | null => address(headerValue(m.headers, name));
  const asked = recipientsOf(p);
  const header = headers('X-Kannel-To');
  const to = addressees(m, asked.length > 0 || header === null ? asked : [header]);
  const data = p.octets('text') ?? (m.body.content.bytes.length > 0 ? m.body.content : null);
  const key = exchangeKey(ctx, x);
  if (data === null) {
    tell(m, httpSmscRules.byName, p.find('otaid') === undefined ? 'no text is given' : 'it is named by otaid');
    return () => undefined;
  }
  const findings = takeFindings(m);
  to.forEach((recipient, i) => {
    ctx.sink.datagram({
      bearer: 'http',
      operation: 'sendota',
      direction: 'mt',
      from: senderOf(p) ?? headers('X-Kannel-From') ?? ipAddress(ctx.sourceAddress),
      to: recipient,
      imsi: null,
      ports: null,
      time,
      frame,
      content: 'xml',
      ...(m.body.cut ? { cut: true } : {}),
      data,
      pdu,
      dissector: 'http',
      chosenBy: ctx.chosenBy,
      answerKey: `${key}/${i}`,
      findings: [...findings],
    });
  });
  return (answer) => accept(answer, key, to.length);
}

/** What some services answer with HTTP's own success. */
const REFUSED = /^(?:ERR|ERROR|FAILED|-\d)/i;

function accept(m: Message<Response>, key: string, recipients: number): void {
  const { ctx, start } = m;
  const { frame, time } = ctx;
  const text = shortText(m);
  const ok = isOk(start.status) && !REFUSED.test(text);
  const [, messageId = null] = /^(?:ID|MessageID): ?([\w.-]{1,64})/i.exec(text) ?? [];
  for (let i = 0; i < recipients; i += 1) {
    ctx.sink.answer({
      bearer: 'http',
      operation: `HTTP ${start.status}`,
      answerKey: `${key}/${i}`,
      time,
      frame,
      ok,
      temporary: !ok && isTemporary(start.status),
      code: ok ? null : `HTTP ${start.status}`,
      text: text === '' ? reasonOf(start) : text,
      messageId: ok ? messageId : null,
    });
  }
}
