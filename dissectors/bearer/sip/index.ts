// Session Initiation Protocol: MESSAGE requests that carry short messages or pushes, and what is answered to them.

import type { Mapped } from '../../base/bytemap.ts';
import { type Cursor, runLayer } from '../../base/cursor.ts';
import { type Context, type DatagramDissector, on, type StreamDissector } from '../../base/dissector.ts';
import { tpduRules } from '../../sms/rules.ts';
import { tpduFields } from '../../sms/tpdufields.ts';
import { udhFields } from '../../sms/udh.ts';
import { udhRules } from '../../sms/udhrules.ts';
import { rpFields } from '../cprp/fields.ts';
import { prefixed } from '../cprp/prefixed.ts';
import { rpRules } from '../cprp/rules.ts';
import { sipFields as f } from '../http/fields.ts';
import { isPushTypeText } from '../http/gate.ts';
import { type Head, type HeaderLine, headerOf, headerValue, readHead } from '../http/lines.ts';
import { decodeTransfer, readMultipart } from '../http/mime.ts';
import { CR, decimal, find, LF } from '../http/octets.ts';
import { httpRules } from '../http/rules.ts';
import { latin1, type Span } from '../text/delimited.ts';
import { FIRST_OCTETS, frameSip, looksLikeSip, MAX_SIP } from './frame.ts';
import { isFresh, newSipMemory, type SipMemory } from './memory.ts';
import { readPushBody, readPushContainer } from './push.ts';
import { readRelay } from './relay.ts';
import type { SipBody, SipRequest } from './request.ts';
import { sipRules } from './rules.ts';

const OMA_PUSH = 'application/vnd.oma.push';
const RELAY = 'application/vnd.3gpp.sms';
const CDMA = 'application/vnd.3gpp2.sms';
/** Bodies in bodies: RFC 2046 sets no bound. */
const DEEPEST = 4;

const mediaTypeOf = (type: string): string => (type.split(';')[0] ?? '').trim().toLowerCase();

/** RFC 3261 19.1.1 lets a URI hold a password. */
function recordTarget(c: Cursor, at: Span): void {
  const uri = latin1(c.bytes, at);
  c.rec?.leaf(/^sips?:[^@;:]*:[^@;]*@/i.test(uri) ? f.secretQuery : f.path, at.start, at.length, uri);
}

// RFC 3261 7: start line, header lines, empty line, body.
function decodeMessage(c: Cursor, ctx: Context, dissector: string, isStream: boolean): void {
  if (c.peek() === CR || c.peek() === LF) {
    c.span(f.keepAlive, c.left);
    return;
  }
  const before = c.findings.length;
  const begin = c.pos;
  const found = readHead(c, 'SIP/2.0', f, recordTarget);
  if (found === null) return;
  const behind = Math.min(c.pos, find(c.bytes, LF, begin, c.pos) + 1);
  const head: Span = { start: behind, length: c.pos - behind };
  const cut = boundBody(c, ctx, found.headers, isStream);
  const [number = '', method = ''] = headerValue(found.headers, 'CSeq').split(/\s+/);
  const callId = headerValue(found.headers, 'Call-ID', 'i');
  const answerKey = `${ctx.conversation}/sip/${callId}/${number}`;
  if (found.start.kind === 'response') {
    if (method === 'MESSAGE') answer(ctx, found, answerKey, callId);
    return;
  }
  if (found.start.method !== 'MESSAGE') return;
  const memory = ctx.state<SipMemory>(newSipMemory);
  const branch = /;\s*branch\s*=\s*([^;,\s]+)/i.exec(headerValue(found.headers, 'Via', 'v'))?.[1] ?? '';
  const pdu: Mapped = { bytes: c.bytes.subarray(0, c.end), map: ctx.origin(0, c.end) };
  const r: SipRequest = {
    c,
    ctx,
    target: found.start.target,
    headers: found.headers,
    callId,
    answerKey,
    memory,
    pdu,
    dissector,
    before,
    cut,
  };
  if (!isFresh(memory, `${callId} ${number} ${branch} ${ctx.direction}`)) {
    c.report(sipRules.repeated, begin, 0, `Call-ID ${callId.slice(0, 80)}`);
    return;
  }
  const encoding = headerValue(found.headers, 'Content-Encoding', 'e').trim().toLowerCase();
  if (encoding !== '' && encoding !== 'identity') {
    c.report(sipRules.encoded, c.pos, c.left, `the encoding is ${encoding.slice(0, 40)}`);
    return;
  }
  readBody(r, found.headers, head, { start: c.pos, length: c.left }, 0);
}

/** Ends the window where the body does (RFC 3261 18.3). True where the body is not all there. */
function boundBody(c: Cursor, ctx: Context, headers: readonly HeaderLine[], isStream: boolean): boolean {
  const said = headerOf(headers, 'Content-Length', 'l');
  const cut = (ctx.missing ?? 0) > 0;
  if (said === undefined) {
    if (isStream) c.report(sipRules.noLength, 0, 0, 'there is no Content-Length');
    return cut;
  }
  const { start, length } = said.valueSpan;
  const octets = decimal(c.bytes, { start, end: start + length });
  if (octets < 0) return cut;
  if (octets > c.left) c.report(httpRules.bodyShort, c.pos, c.left, `${c.left} of ${octets} octets are there`);
  else c.end = c.pos + octets;
  return cut || octets > c.left;
}

/** A body, or a part of one, by its type. */
function readBody(r: SipRequest, headers: readonly HeaderLine[], head: Span, at: Span, depth: number): void {
  const { c, ctx } = r;
  const type = headerValue(headers, 'Content-Type', 'c');
  const mediaType = mediaTypeOf(type);
  if (at.length === 0) return;
  if (mediaType.startsWith('multipart/') && depth < DEEPEST) {
    c.pos = at.start;
    const window = c.window(at.length);
    for (const p of readMultipart(window, type, f)) readBody(r, p.headers, p.head, p.body, depth + 1);
    return;
  }
  if (depth === 0 && mediaType !== RELAY) c.rec?.leaf(f.body, at.start, at.length, null, `${at.length} octets`);
  const raw: Mapped = {
    bytes: c.bytes.subarray(at.start, at.start + at.length),
    map: ctx.origin(at.start, at.length),
  };
  const content = decodeTransfer(c, headers, raw, at);
  const body: SipBody = { type, headers, head, at, content, plain: content === raw };
  if (mediaType === RELAY) readRelay(r, body);
  else if (mediaType === OMA_PUSH) readPushContainer(r, body);
  else if (mediaType === CDMA) c.report(sipRules.cdma, at.start, at.length, `${at.length} octets`);
  else if (isPushTypeText(type)) readPushBody(r, body);
}

/** RFC 3261 21, 3GPP TS 24.341 5.3: what may be tried again. */
const TEMPORARY: ReadonlySet<number> = new Set([401, 407, 408, 423, 430, 480, 486, 491, 494, 500, 503, 504, 600]);

// RFC 3261 8.1.3, RFC 3428 7: final responses. 202 says that it was accepted, 200 that the phone's SIP stack took it.
function answer(ctx: Context, head: Head, answerKey: string, callId: string): void {
  if (head.start.kind !== 'response' || head.start.status < 200) return;
  const { status, reason } = head.start;
  const ok = status < 300;
  ctx.sink.answer({
    bearer: 'sip',
    operation: `SIP ${status}`,
    answerKey,
    time: ctx.time,
    frame: ctx.frame,
    ok,
    temporary: TEMPORARY.has(status),
    code: ok ? null : `SIP ${status}`,
    text: reason === '' ? `status ${status}` : reason,
    messageId: ok && callId !== '' ? callId : null,
  });
}

const about = {
  refs: ['RFC 3261', 'RFC 3428', '3GPP TS 24.341', '3GPP TS 24.011'],
  fields: {
    ...f,
    ...prefixed('rp', rpFields),
    ...prefixed('tpdu', tpduFields),
    ...prefixed('udh', udhFields),
  },
  rules: [sipRules, httpRules, rpRules, tpduRules, udhRules].flatMap((table) => Object.values(table)),
} as const;

function decodeAs(id: string, isStream: boolean): (c: Cursor, ctx: Context) => void {
  return (c, ctx) => {
    c.group(f.message, undefined, () => runLayer(c, (cursor) => decodeMessage(cursor, ctx, id, isStream)));
  };
}

/** RFC 3261 19.1.2: the default port. Elsewhere SIP over UDP is read where the user says so. */
const SIP_PORT = 5060;

export const sip: DatagramDissector = {
  kind: 'datagram',
  id: 'sip',
  title: 'SIP over UDP',
  ...about,
  carriedBy: [on('udp.port', SIP_PORT)],
  decode: decodeAs('sip', false),
};

export const sipOverTcp: StreamDissector = {
  kind: 'stream',
  id: 'sip-tcp',
  title: 'SIP over TCP',
  ...about,
  carriedBy: [],
  maxLength: MAX_SIP,
  firstOctets: FIRST_OCTETS,
  looksLike: looksLikeSip,
  frame: frameSip,
  decode: decodeAs('sip-tcp', true),
};
