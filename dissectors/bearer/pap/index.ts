// Push Access Protocol between the push initiator and the gateway: control documents in HTTP requests and their answers.

import type { Finding } from '../../../captures/finding.ts';
import type { Mapped } from '../../base/bytemap.ts';
import { Cursor } from '../../base/cursor.ts';
import type { Address, Answer } from '../../base/message.ts';
import type { DocumentElement } from '../../content/document.ts';
import { readXml } from '../../content/xml/index.ts';
import {
  type Awaiting,
  type Exchanges,
  exchangeKey,
  ipAddress,
  isOk,
  isTemporary as isTemporaryHttp,
  type Message,
  mostRecipients,
  reasonOf,
  takeFindings,
  tell,
} from '../http/exchange.ts';
import { httpFields as f } from '../http/fields.ts';
import type { Request, Response } from '../http/lines.ts';
import { headerValue } from '../http/lines.ts';
import { decodeTransfer, entityOf, type Part, readMultipart } from '../http/mime.ts';
import { describeCode, isSuccess, isTemporary, STATES } from './codes.ts';
import { type Control, type PapAddress, type Result, readControl } from './control.ts';
import { papRules } from './rules.ts';

interface Pap {
  readonly control: Control;
  readonly parts: readonly Part[];
  /** The buffer that parts lie in. */
  readonly buffer: Cursor;
}

/** A cursor over the content of a body: the message's own where the content stands in it, so that the tree is complete. */
function contentCursor(m: Message<unknown>): Cursor {
  const { c, body } = m;
  const { plain, content } = body;
  return plain === null
    ? new Cursor(content.bytes, 0, content.bytes.length, null, [], 'pdu')
    : new Cursor(c.bytes, plain.start, plain.start + plain.length, c.rec, c.findings, c.of);
}

/** Is there '<pap' near the beginning? Other XML is somebody else's. */
const looksLikePap = (b: Uint8Array, start: number, end: number): boolean => {
  const text = String.fromCharCode(...b.subarray(start, Math.min(end, start + 1000)));
  return /<pap[\s>/]/.test(text);
};

function rootOf(c: Cursor, start: number, length: number): DocumentElement | null {
  return readXml(new Cursor(c.bytes, start, start + length, c.rec, c.findings, c.of)).root;
}

// WAP-247-PAP 8: the document alone, or the first entity of multipart/related.
function papIn(m: Message<unknown>): Pap | null {
  const type = headerValue(m.headers, 'Content-Type');
  const c = contentCursor(m);
  if (!looksLikePap(c.bytes, c.pos, c.end)) return null;
  if (!/^multipart\//i.test(type)) {
    const control = readControl(rootOf(c, c.pos, c.left));
    return control === null ? null : { control, parts: [], buffer: c };
  }
  const parts = readMultipart(c, type, f);
  const first = parts[0];
  if (first === undefined) return null;
  const control = readControl(rootOf(c, first.body.start, first.body.length));
  if (control === null) c.report(papRules.control, first.body.start, first.body.length, 'no operation was found in it');
  return control === null ? null : { control, parts: parts.slice(1), buffer: c };
}

const isCandidate = (m: Message<unknown>): boolean =>
  /^(?:multipart\/related|application\/xml|text\/xml|application\/vnd\.wap\.pap)/i.test(
    headerValue(m.headers, 'Content-Type'),
  );

/** Reads a request that carries PAP and says who takes its answer; null where it carries none. */
export function readPap(m: Message<Request>, x: Exchanges): Awaiting | null {
  if (!isCandidate(m)) return null;
  const pap = papIn(m);
  if (pap === null) return null;
  const { control } = pap;
  switch (control.operation) {
    case 'push-message':
      return push(m, x, pap);
    case 'resultnotification-message':
      notify(m, control.addresses, control.pushId, control.state, control.result);
      return (answer) => refusal(answer, 'resultnotification-message');
    case 'cancel-message':
      tell(m, papRules.cancelled, `push ${nameOf(control.pushId)}`);
      return (answer) => refusal(answer, 'cancel-message');
    case 'statusquery-message':
      return (answer) => status(answer);
    default:
      return (answer) => refusal(answer, control.operation);
  }
}

const nameOf = (pushId: string | null): string => (pushId === null ? 'without an identifier' : `'${pushId}'`);

// WAP-247-PAP 9.2: push-message. One message for each address.
function push(m: Message<Request>, x: Exchanges, pap: Pap): Awaiting {
  const { ctx, body } = m;
  const { control } = pap;
  const content = contentOf(m, pap);
  const key = exchangeKey(ctx, x);
  const most = mostRecipients(m);
  const named = control.addresses.slice(0, most);
  if (control.addresses.length > most) {
    tell(m, papRules.recipients, `${control.addresses.length} recipients, ${most} are listed`);
  }
  const recipients = named.length === 0 ? [null] : named;
  const { frame, time } = ctx;
  reportAddresses(m, named);
  const findings: Finding[] = takeFindings(m);
  recipients.forEach((to, i) => {
    ctx.sink.datagram({
      bearer: 'pap',
      operation: control.operation,
      direction: 'mt',
      from: ipAddress(ctx.sourceAddress),
      to: to?.address ?? null,
      imsi: null,
      ports: null,
      time,
      frame,
      content: 'mime',
      ...(body.cut ? { cut: true } : {}),
      data: content,
      pdu: m.pdu,
      dissector: 'http',
      chosenBy: ctx.chosenBy,
      answerKey: `${key}/${i}`,
      findings: [...findings],
    });
  });
  return (answer) => {
    const said = outcomeOf(answer, control.pushId);
    for (const i of recipients.keys()) ctx.sink.answer({ ...said, answerKey: `${key}/${i}` });
  };
}

function reportAddresses(m: Message<Request>, addresses: readonly PapAddress[]): void {
  const { start, length } = m.head;
  if (addresses.length === 0) m.c.report(papRules.noAddress, start, length, 'there is no address element');
  for (const a of addresses) {
    if (!a.odd) continue;
    const type = /\/TYPE=([^@]*)/i.exec(a.text)?.[1] ?? 'none';
    m.c.report(papRules.address, start, length, `the type is ${type.slice(0, 20)}, the value does not fit it`);
  }
}

/** The content entity: headers and body of the second part. */
function contentOf(m: Message<Request>, pap: Pap): Mapped {
  const [part] = pap.parts;
  if (part === undefined || part.head.length + part.body.length === 0) {
    const what = part === undefined ? 'there is no second part' : 'the second part is empty';
    m.c.report(papRules.noContent, m.head.start, m.head.length, what);
    return { bytes: new Uint8Array(0), map: [] };
  }
  const { plain, content } = m.body;
  const whole = plain === null ? content : m.pdu;
  const at = { start: part.body.start, length: part.body.length };
  const raw: Mapped = { bytes: whole.bytes.subarray(at.start, at.start + at.length), map: [] };
  const decoded = decodeTransfer(pap.buffer, part.headers, raw, at);
  return decoded === raw ? entityOf(whole, part.head, part.body, raw) : entityOf(whole, part.head, null, decoded);
}

type Outcome = Omit<Answer, 'answerKey'>;

/** What the answer to a push says: push-response, badmessage-response, or nothing but HTTP's own status. */
function outcomeOf(m: Message<Response>, pushId: string | null): Outcome {
  const { ctx } = m;
  const { frame, time } = ctx;
  const control = papIn(m)?.control ?? null;
  const base = { bearer: 'pap', frame, time } as const;
  const code = control?.result?.code ?? null;
  if (control === null || code === null) {
    const ok = isOk(m.start.status);
    return {
      ...base,
      operation: control?.operation ?? `HTTP ${m.start.status}`,
      ok,
      temporary: isTemporaryHttp(m.start.status),
      code: ok ? null : `HTTP ${m.start.status}`,
      text: reasonOf(m.start),
      messageId: ok ? pushId : null,
    };
  }
  const ok = isSuccess(code) && control.operation !== 'badmessage-response';
  return {
    ...base,
    operation: control.operation,
    ok,
    temporary: isTemporary(code),
    code: ok ? null : `PAP ${code}`,
    text: wordsOf(control.result),
    messageId: ok ? (control.pushId ?? pushId) : null,
  };
}

function wordsOf(r: Result | null): string {
  if (r === null) return 'without a code';
  if (r.description !== '') return r.description.slice(0, 200);
  return r.code === null ? 'with a code that is no number' : describeCode(r.code);
}

// WAP-247-PAP 9.7, 9.9: what became of a push, told or asked for.
function notify(
  m: Message<unknown>,
  addresses: readonly PapAddress[],
  pushId: string | null,
  said: string | null,
  result: Result | null,
): void {
  const { ctx } = m;
  const { frame, time } = ctx;
  const state = (said === null ? undefined : STATES[said]) ?? 'unknown';
  const words = `${said ?? 'no state'}: ${wordsOf(result)}`;
  const code = result?.code == null ? null : `PAP ${result.code}`;
  const subjects: readonly (Address | null)[] = addresses.length === 0 ? [null] : addresses.map((a) => a.address);
  for (const from of subjects) {
    ctx.sink.receipt({
      bearer: 'pap',
      operation: 'resultnotification-message',
      time,
      frame,
      messageId: pushId,
      from,
      to: null,
      state,
      code,
      text: words,
    });
  }
  const rule =
    state === 'failed' ? papRules.notDelivered : state === 'delivered' ? papRules.delivered : papRules.pending;
  tell(m, rule, `push ${nameOf(pushId)}: ${words}${code === null ? '' : ` (${code})`}`);
}

function status(m: Message<Response>): void {
  const control = papIn(m)?.control;
  if (control === undefined || control.operation !== 'statusquery-response') {
    refusal(m, 'statusquery-message');
    return;
  }
  for (const r of control.results) notify(m, r.addresses, control.pushId, r.state, r.result);
  if (control.results.length === 0) refusal(m, 'statusquery-message');
}

/** Anything but success is worth telling. */
function refusal(m: Message<Response>, what: string): void {
  const said = outcomeOf(m, null);
  if (!said.ok) tell(m, papRules.refused, `${what}: ${said.text} (${said.code})`);
}
