// Push OTA over HTTP: the gateway posts the push to the terminal, whose answer acknowledges or refuses it.

import {
  type Awaiting,
  type Exchanges,
  exchangeKey,
  ipAddress,
  isOk,
  isTemporary,
  type Message,
  reasonOf,
  takeFindings,
} from '../http/exchange.ts';
import { isPushTypeText } from '../http/gate.ts';
import { headerOf, headerValue, type Request, type Response } from '../http/lines.ts';
import { entityOf } from '../http/mime.ts';
import { otaHttpRules } from './rules.ts';

/** WAP-230-WSP Table 36, abort reasons; terminals use them as push status, too. */
const REFUSALS: Readonly<Record<number, string>> = {
  235: 'refused, no retries',
  236: 'can not be delivered now',
  237: 'discarded for lack of resources',
  238: 'the content type can not be processed',
};
const PENDING = 236;

const isPush = (m: Message<Request>): boolean =>
  m.start.method === 'POST' &&
  m.pdu.bytes.length > m.head.start + m.head.length &&
  (isPushTypeText(headerValue(m.headers, 'Content-Type')) ||
    headerOf(m.headers, 'X-Wap-Push-OTA-Version', 'X-Wap-Application-Id', 'X-Wap-Push-Info') !== undefined);

// WAP-235-PushOTA 9: content push by POST, from whichever side opened the connection.
/** Reads a push to a terminal and says who takes its answer; null where the request is none. */
export function readTerminalPush(m: Message<Request>, x: Exchanges): Awaiting | null {
  if (!isPush(m)) return null;
  const { ctx, head, body, pdu } = m;
  const { frame, time } = ctx;
  const answerKey = exchangeKey(ctx, x);
  ctx.sink.datagram({
    bearer: 'ota-http',
    operation: `HTTP ${m.start.method}`,
    direction: 'mt',
    from: ipAddress(ctx.sourceAddress),
    to: ipAddress(ctx.destinationAddress),
    imsi: null,
    ports: null,
    time,
    frame,
    content: 'mime',
    ...(body.cut ? { cut: true } : {}),
    data: entityOf(pdu, head, body.plain, body.content),
    pdu,
    dissector: 'http',
    chosenBy: ctx.chosenBy,
    answerKey,
    findings: takeFindings(m),
  });
  return (answer) => acknowledge(answer, answerKey);
}

function acknowledge(m: Message<Response>, answerKey: string): void {
  const { ctx, start } = m;
  const { frame, time } = ctx;
  const said = Number.parseInt(headerValue(m.headers, 'X-Wap-Push-Status'), 10);
  const why = REFUSALS[said];
  const taken = isOk(start.status);
  if (taken && why !== undefined) {
    m.c.report(otaHttpRules.noAnswerStatus, 0, 0, `HTTP ${start.status} with push status ${said}`);
  }
  const ok = taken && why === undefined;
  const status = Number.isNaN(said) ? '' : `, push status ${said}`;
  ctx.sink.answer({
    bearer: 'ota-http',
    operation: `HTTP ${start.status}`,
    answerKey,
    time,
    frame,
    ok,
    temporary: said === PENDING || (!taken && isTemporary(start.status)),
    code: ok ? null : taken ? `push status ${said}` : `HTTP ${start.status}`,
    text: ok ? `${reasonOf(start)}${status}` : why === undefined ? reasonOf(start) : `${reasonOf(start)}: ${why}`,
    messageId: null,
  });
}
