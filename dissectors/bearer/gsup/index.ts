// Generic Subscriber Update Protocol of Osmocom networks: short messages between MSC, HLR and SMSC.

import type { Finding } from '../../../captures/finding.ts';
import { type Cursor, runLayer } from '../../base/cursor.ts';
import { type Context, type DatagramDissector, on } from '../../base/dissector.ts';
import type { Address } from '../../base/message.ts';
import { tpduToShortMessage } from '../../sms/message.ts';
import { describeRpCause, isTemporaryRp } from '../cprp/causes.ts';
import { type Elements, noElements, type Party, readElements } from './elements.ts';
import { gsupFields as f, MESSAGES } from './fields.ts';
import { extension } from './ipa.ts';
import { gsupRules } from './rules.ts';

const GSUP = 0x05;
const MO_FORWARD = 0x24;
const MT_FORWARD = 0x28;
const READY = 0x2c;
const INSERT_DATA = 0x10;
/** The two lowest bits: request, error, result. */
const KIND = 3;
const ERROR = 1;
const RESULT = 2;
const MEMORY_AVAILABLE = 2;

interface Sent {
  readonly key: string;
  readonly messageId: string | null;
}

/** Requests that wait for their result, by direction, operation, IMSI and reference. */
interface Memory {
  readonly sent: Map<string, Sent>;
}

const MOST = 8192;
const newMemory = (): Memory => ({ sent: new Map() });

const slot = (direction: number, operation: number, e: Elements): string =>
  `${direction}/${operation}/${e.imsi ?? ''}/${e.reference ?? ''}`;

function remember(m: Memory, at: string, sent: Sent): void {
  m.sent.delete(at);
  m.sent.set(at, sent);
  if (m.sent.size <= MOST) return;
  const [oldest] = m.sent.keys();
  if (oldest !== undefined) m.sent.delete(oldest);
}

const addressOf = (p: Party | null, kind: Party['kind']): Address | null => (p?.kind === kind ? p.address : null);

function forward(c: Cursor, ctx: Context, operation: number, e: Elements, start: number, before: number): void {
  const { tpdu } = e;
  if (tpdu === null || (!tpdu.complete && tpdu.address === null)) {
    c.report(gsupRules.noMessage, start, c.pos - start, 'SM-RP-UI holds no TPDU');
    return;
  }
  const direction = operation === MT_FORWARD ? 'mt' : 'mo';
  const key = `${ctx.conversation}/gsup/${ctx.direction}/${e.imsi}/${e.reference}@${ctx.frame}.${start}`;
  const subscriber = direction === 'mt' ? e.destination : e.originator;
  const centre = direction === 'mt' ? e.originator : e.destination;
  const number = addressOf(subscriber, 'msisdn');
  const out = tpduToShortMessage(tpdu, c.bytes, {
    bearer: 'gsup',
    operation: direction === 'mt' ? 'MT-forwardSM' : 'MO-forwardSM',
    direction,
    from: direction === 'mt' ? null : number,
    to: direction === 'mt' ? number : null,
    imsi: subscriber?.kind === 'imsi' ? subscriber.value : e.imsi,
    smsc: addressOf(centre, 'centre'),
    time: ctx.time,
    frame: ctx.frame,
    pdu: { bytes: c.bytes.subarray(start, c.pos), map: ctx.origin(start, c.pos - start) },
    dissector: 'gsup',
    chosenBy: ctx.chosenBy,
    answerKey: key,
    findings: c.findings.splice(before).map((x) => ({ ...x, of: 'pdu', start: Math.max(0, x.start - start) })),
    origin: (at, length) => ctx.origin(at, length),
  });
  if (out === null) return;
  const messageId = tpdu.kind === 'SMS-SUBMIT' && tpdu.reference !== null ? String(tpdu.reference) : null;
  if ('message' in out) {
    ctx.sink.shortMessage(out.message);
    remember(ctx.state(newMemory), slot(ctx.direction, operation, e), { key, messageId });
  } else ctx.sink.receipt(out.receipt);
}

function answer(c: Cursor, ctx: Context, operation: number, ok: boolean, e: Elements, start: number): void {
  const sent = ctx.state(newMemory).sent.get(slot(1 - ctx.direction, operation, e));
  const { relayCause, cause } = e;
  const code = relayCause !== null ? `RP-ERROR ${relayCause}` : `cause ${cause ?? '?'}`;
  const words = relayCause !== null ? describeRpCause(relayCause) : `GSUP ${code}`;
  if (sent === undefined) {
    if (!ok) c.report(gsupRules.untied, start, c.pos - start, `reference ${e.reference ?? '?'}: ${words}`);
    return;
  }
  ctx.sink.answer({
    bearer: 'gsup',
    operation: MESSAGES[operation + (ok ? RESULT : ERROR)] ?? 'result',
    answerKey: sent.key,
    time: ctx.time,
    frame: ctx.frame,
    ok,
    temporary: !ok && relayCause !== null && isTemporaryRp(relayCause),
    code: ok ? null : code,
    text: ok ? (operation === MT_FORWARD ? 'the phone has it' : 'accepted') : words,
    messageId: ok ? sent.messageId : null,
    ...(ok && operation === MT_FORWARD ? { delivered: true } : {}),
  });
}

function tell(c: Cursor, ctx: Context, type: number, e: Elements, start: number, before: number): void {
  const operation = type & ~KIND;
  const kind = type & KIND;
  if (MESSAGES[type] === undefined) c.report(gsupRules.type, start, 1, `type 0x${type.toString(16)}`);
  if (type === INSERT_DATA && e.imsi !== null && e.msisdn !== null && e.msisdn !== '') {
    const { time, frame } = ctx;
    ctx.sink.identity({ msisdn: e.msisdn, imsi: e.imsi, time, frame, text: 'InsertData request' });
  }
  if (type === READY) {
    const message = e.alertReason === MEMORY_AVAILABLE ? 'memory is available' : 'the phone is there';
    const finding: Finding = { rule: gsupRules.ready, message, of: 'frame', start: 0, length: 0 };
    ctx.sink.finding({ frame: ctx.frame, time: ctx.time, finding });
  }
  if (operation !== MT_FORWARD && operation !== MO_FORWARD) return;
  if (kind === 0) forward(c, ctx, operation, e, start, before);
  else if (kind === ERROR || kind === RESULT) answer(c, ctx, operation, kind === RESULT, e, start);
}

// OsmoHLR user manual, Generic Subscriber Update Protocol: a type, then elements.
function decode(c: Cursor, ctx: Context): void {
  const start = c.pos;
  const before = c.findings.length;
  const e = noElements();
  let type = -1;
  c.group(
    f.message,
    undefined,
    () => {
      runLayer(c, () => {
        type = c.u8(f.type);
        readElements(c, e, (type & ~KIND) === MO_FORWARD ? 'mo' : 'mt');
      });
    },
    () => MESSAGES[type] ?? 'reserved',
  );
  if (type >= 0) tell(c, ctx, type, e, start, before);
}

export const gsup: DatagramDissector = {
  kind: 'datagram',
  id: 'gsup',
  title: 'Generic Subscriber Update Protocol',
  refs: ['OsmoHLR user manual, Generic Subscriber Update Protocol', '3GPP TS 23.040'],
  fields: f,
  rules: Object.values(gsupRules),
  carriedBy: [on('ipa.proto', extension(GSUP))],
  decode,
};
