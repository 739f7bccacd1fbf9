// Wireless Transaction Protocol over UDP, with WSP sessions in it: confirmed pushes and what becomes of them.

import type { Rule } from '../../../captures/finding.ts';
import type { Mapped } from '../../base/bytemap.ts';
import { type Cursor, runLayer } from '../../base/cursor.ts';
import { type Context, type DatagramDissector, on } from '../../base/dissector.ts';
import { decodeWsp } from '../../wap/wsp/index.ts';
import { CONFIRMED_PUSH, PUSH } from '../../wap/wsp/names.ts';
import { isSessionPdu } from '../../wap/wsp/session.ts';
import { beginsWtp, eachPdu } from './concatenation.ts';
import { wtpFields as f } from './fields.ts';
import { gather } from './gather.ts';
import { known, type Memory, newMemory, ongoing, remember, signature } from './memory.ts';
import {
  ABORT,
  ACK,
  abortReason,
  INVOKE,
  NEGATIVE_ACK,
  NOT_SEGMENTED,
  RESULT,
  SEGMENTED_INVOKE,
  SEGMENTED_RESULT,
} from './names.ts';
import { type Pdu, readPdu } from './pdu.ts';
import { abort, acknowledge, askedAgain, emitPush, type Placed } from './push.ts';
import { acknowledgeReply, emitReply } from './reply.ts';
import { wtpRules } from './rules.ts';
import { learn, readQuietly } from './session.ts';

/** WAP-259-WDP Appendix B: WSP over WTP. */
const WAP_WSP_WTP = 9201;

function tell(ctx: Context, rule: Rule, message: string): void {
  const { frame, time } = ctx;
  ctx.sink.finding({ frame, time, finding: { rule, message, of: 'frame', start: 0, length: 0 } });
}

const other = (direction: 0 | 1): 0 | 1 => (direction === 0 ? 1 : 0);

const newKey = (ctx: Context, pdu: Pdu, at: number): string =>
  `${ctx.conversation}/${ctx.direction}/${pdu.tid}@${ctx.frame}.${at}`;

/** Servers listen on the port; what they begin is a push. */
const fromServer = (ctx: Context): boolean => ctx.sourcePort === WAP_WSP_WTP && ctx.destinationPort !== WAP_WSP_WTP;

/** WSP PDUs of a session are shown behind the transaction that carries them; pushes and methods are not. */
function showSession(c: Cursor, pdu: Pdu): void {
  const type = c.bytes[pdu.data.start];
  if (pdu.trailer !== NOT_SEGMENTED || type === undefined || pdu.data.length === 0 || !isSessionPdu(type)) {
    if (pdu.data.length > 0) c.span(f.data, pdu.data.length);
    return;
  }
  decodeWsp(c, { connectionOriented: true });
  if (c.left > 0) c.span(f.data, c.left);
}

// 8.3.1 Invoke.
function onInvoke(m: Memory, p: Placed, ctx: Context, at: number): void {
  const { pdu } = p;
  const type = p.data.bytes[0];
  const push = type === PUSH || type === CONFIRMED_PUSH;
  const content = signature(p.data.bytes);
  const before = ongoing(m, ctx.direction, pdu.tid, ctx.time);
  // A closed transaction goes on only with a packet that says so: its Ack was lost.
  const again =
    before !== undefined && (pdu.retransmission || !before.closed) && (before.content ?? content) === content;
  const t =
    again && before !== undefined
      ? before
      : remember(m, ctx.direction, pdu.tid, {
          key: newKey(ctx, pdu, at),
          invoke: pdu.invoke,
          content,
          kind: push ? 'push' : 'other',
          confirmed: push ? type === CONFIRMED_PUSH : pdu.invoke?.transactionClass !== 0,
          time: ctx.time,
        });
  t.content = content;
  t.last = ctx.time;
  if (push) emitPush(m, t, p, ctx);
  else takeSession(m, gather(t.asked, pdu, p.data), ctx);
}

// 8.3.5 Segmented Invoke.
function onSegment(m: Memory, p: Placed, ctx: Context, at: number): void {
  const { pdu } = p;
  const t =
    ongoing(m, ctx.direction, pdu.tid, ctx.time) ??
    remember(m, ctx.direction, pdu.tid, {
      key: newKey(ctx, pdu, at),
      invoke: null,
      content: null,
      kind: fromServer(ctx) ? 'push' : 'other',
      confirmed: true,
      time: ctx.time,
    });
  t.last = ctx.time;
  if (t.kind === 'push') emitPush(m, t, p, ctx);
  else takeSession(m, gather(t.asked, pdu, p.data), ctx);
}

// 8.3.2 Result, 8.3.6 Segmented Result.
function onResult(m: Memory, p: Placed, ctx: Context, at: number): void {
  const { pdu } = p;
  const initiator = other(ctx.direction);
  const t =
    ongoing(m, initiator, pdu.tid, ctx.time) ??
    remember(m, initiator, pdu.tid, {
      key: newKey(ctx, pdu, at),
      invoke: null,
      content: null,
      kind: 'other',
      confirmed: true,
      time: ctx.time,
    });
  t.last = ctx.time;
  const message = gather(t.answered, pdu, p.data);
  if (message === null) return;
  const wsp = readQuietly(message.bytes);
  if (wsp === null) return;
  learn(m, wsp, ctx);
  emitReply(t, wsp, message, p, ctx);
}

function takeSession(m: Memory, message: Mapped | null, ctx: Context): void {
  const type = message?.bytes[0];
  if (message === null || type === undefined || !isSessionPdu(type)) return;
  const wsp = readQuietly(message.bytes);
  if (wsp !== null) learn(m, wsp, ctx);
}

// 8.3.3 Ack, 8.3.4 Abort, 8.3.7 Negative Ack: they name the transaction by whose identifier they carry.
function onAnswer(m: Memory, pdu: Pdu, ctx: Context): void {
  const initiator = pdu.response ? other(ctx.direction) : ctx.direction;
  const t = known(m, initiator, pdu.tid);
  const name = `Transaction ${pdu.tid}`;
  if (pdu.type === ABORT) {
    if (t?.kind === 'push') abort(t, pdu, ctx);
    else if (pdu.abort !== null) {
      const reason = abortReason(pdu.abort.type, pdu.abort.reason);
      tell(ctx, wtpRules.aborted, `${name} was aborted: ${reason.name}, ${reason.text}`);
    }
  } else if (pdu.type === NEGATIVE_ACK) {
    if (t?.kind === 'push' && askedAgain(t, pdu, ctx)) return;
    const which = pdu.missing.length === 0 ? 'the last packet' : `packet ${pdu.missing.join(', ')}`;
    tell(ctx, wtpRules.asked, `${name}: ${which} is missing`);
  } else if (pdu.verification) {
    if (pdu.response) tell(ctx, wtpRules.verification, `${name} is verified`);
  } else if (pdu.response) {
    if (t?.kind === 'push') acknowledge(t, pdu, ctx);
  } else if (t !== undefined) acknowledgeReply(t, ctx);
}

function onPdu(c: Cursor, ctx: Context, m: Memory, missing: number): void {
  const start = c.pos;
  const length = c.left;
  const pdu = readPdu(c);
  showSession(c, pdu);
  const mapped = (from: number, n: number): Mapped => ({
    bytes: c.bytes.subarray(from, from + n),
    map: ctx.origin(from, n),
  });
  if (pdu.type === ACK || pdu.type === ABORT || pdu.type === NEGATIVE_ACK) {
    onAnswer(m, pdu, ctx);
    return;
  }
  const data = mapped(pdu.data.start, pdu.data.length);
  const placed: Placed = { pdu, whole: mapped(start, length), data, missing };
  if (pdu.type === INVOKE) onInvoke(m, placed, ctx, start);
  else if (pdu.type === SEGMENTED_INVOKE) onSegment(m, placed, ctx, start);
  else if (pdu.type === RESULT || pdu.type === SEGMENTED_RESULT) onResult(m, placed, ctx, start);
}

// WAP-224-WTP 8: one PDU, or several after the indicator of a concatenation.
function decode(c: Cursor, ctx: Context): void {
  const m = ctx.state<Memory>(newMemory);
  if (!beginsWtp(c.bytes, c.pos, c.end)) {
    if (!m.told.has(wtpRules.foreign.code)) {
      m.told.add(wtpRules.foreign.code);
      tell(ctx, wtpRules.foreign, `UDP port ${ctx.sourcePort} to ${ctx.destinationPort}`);
    }
    if (c.left > 0) c.span(f.data, c.left);
    return;
  }
  const missing = ctx.missing ?? 0;
  eachPdu(c, (window, last) => {
    runLayer(window, () => onPdu(window, ctx, m, last ? missing : 0));
  });
}

export const wtp: DatagramDissector = {
  kind: 'datagram',
  id: 'wtp',
  title: 'Wireless Transaction Protocol with WSP sessions',
  refs: ['WAP-224-WTP', 'WAP-230-WSP'],
  fields: f,
  rules: Object.values(wtpRules),
  carriedBy: [on('udp.port', WAP_WSP_WTP)],
  decode,
};
