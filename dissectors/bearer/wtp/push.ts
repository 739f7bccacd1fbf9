// Pushes in a session: each transaction is one message, its packets are parts, its retransmissions copies.

import type { Finding, Rule } from '../../../captures/finding.ts';
import type { Mapped } from '../../base/bytemap.ts';
import type { Context } from '../../base/dissector.ts';
import type { Address, Answer } from '../../base/message.ts';
import type { Memory, Transaction } from './memory.ts';
import { abortReason, LAST_OF_MESSAGE, NOT_SEGMENTED, PDU_NAMES } from './names.ts';
import type { Pdu } from './pdu.ts';
import { wtpRules } from './rules.ts';
import { judgePush, readQuietly } from './session.ts';

const address = (value: string): Address | null => (value === '' ? null : { value, type: 'ip' });

/** A PDU in its datagram, as octets of the cursor's buffer. */
export interface Placed {
  readonly pdu: Pdu;
  readonly whole: Mapped;
  readonly data: Mapped;
  /** Octets behind it that the capture does not hold. */
  readonly missing: number;
}

const seconds = (ns: number): string => (Number.isNaN(ns) ? '' : `, ${(ns / 1e9).toFixed(1)} s later`);

/** What is worth saying of this sending of a packet. */
function remarks(m: Memory, t: Transaction, p: Placed, ctx: Context, part: number): Finding[] {
  const { pdu, whole } = p;
  const out: Finding[] = [];
  const add = (rule: Rule, message: string) =>
    out.push({ rule, message, of: 'pdu', start: 0, length: whole.bytes.length });
  const before = t.sent.get(part);
  const name = pdu.trailer === NOT_SEGMENTED ? 'The push' : `Packet ${part - 1}`;
  if (before !== undefined) {
    const later = seconds(ctx.time - before.time);
    if (pdu.retransmission) add(wtpRules.retransmission, `${name} was sent again${later}`);
    else add(wtpRules.unmarked, `${name} came again${later}`);
  } else if (pdu.retransmission) add(wtpRules.firstMissing, `${name} is marked as sent again`);
  if (p.missing > 0) {
    add(wtpRules.cut, `${whole.bytes.length} of ${whole.bytes.length + p.missing} octets are in the capture`);
  }
  if (before !== undefined) return out;
  const size = p.data.bytes.length + [...t.sent.values()].reduce((n, s) => n + s.size, 0);
  const first = part === 1 ? readQuietly(p.data.bytes) : null;
  const last = pdu.trailer === NOT_SEGMENTED || pdu.trailer === LAST_OF_MESSAGE;
  const judged = judgePush(m, t, first, size);
  // What is said of the whole is said once: of the first packet, its size of the last.
  for (const [rule, message] of judged) {
    if (rule === wtpRules.tooLarge ? last : part === 1) add(rule, message);
  }
  if (t.invoke !== null && part === 1 && t.invoke.transactionClass !== (t.confirmed ? 1 : 0)) {
    add(wtpRules.transactionClass, `The class is ${t.invoke.transactionClass}`);
  }
  return out;
}

/** Gives out one packet of a push. */
export function emitPush(m: Memory, t: Transaction, p: Placed, ctx: Context): void {
  const { pdu } = p;
  const part = (pdu.number ?? 0) + 1;
  if (pdu.trailer === NOT_SEGMENTED) t.total = 1;
  else if (pdu.trailer === LAST_OF_MESSAGE) t.total = Math.max(t.total, part);
  const findings = remarks(m, t, p, ctx, part);
  const before = t.sent.get(part);
  const copies = before === undefined ? 0 : before.copies + 1;
  t.sent.set(part, { time: ctx.time, copies, size: before?.size ?? p.data.bytes.length });
  const answerKey = t.confirmed ? `${t.key}/${part}.${copies}` : null;
  if (answerKey !== null) t.waiting.set(part, answerKey);
  ctx.sink.datagram({
    bearer: 'wtp',
    operation: PDU_NAMES[pdu.type] ?? 'Invoke',
    direction: 'mt',
    from: address(ctx.sourceAddress),
    to: address(ctx.destinationAddress),
    imsi: null,
    ports: { source: ctx.sourcePort, destination: ctx.destinationPort },
    time: ctx.time,
    frame: ctx.frame,
    content: 'wsp',
    connectionOriented: true,
    transaction: { key: t.key, part, total: t.total },
    ...(p.missing > 0 ? { cut: true } : {}),
    data: p.data,
    pdu: p.whole,
    dissector: 'wtp',
    chosenBy: ctx.chosenBy,
    answerKey,
    findings,
  });
}

type Said = Pick<Answer, 'ok' | 'temporary' | 'code' | 'text'>;

/** Tells each sending that waits, and is meant, what became of it. */
function answer(t: Transaction, ctx: Context, operation: string, means: (part: number) => boolean, said: Said): void {
  for (const [part, answerKey] of t.waiting) {
    if (!means(part)) continue;
    t.waiting.delete(part);
    const { time, frame } = ctx;
    ctx.sink.answer({ bearer: 'wtp', operation, answerKey, time, frame, messageId: null, ...said });
  }
}

const OK = { ok: true, temporary: false, code: null } as const;

/** 8.3.3: an Ack of a group names its last packet; one without a number acknowledges the whole message. */
export function acknowledge(t: Transaction, pdu: Pdu, ctx: Context): void {
  const whole = t.total > 0 && (pdu.number === null || pdu.number + 1 >= t.total);
  if (!whole && pdu.number === null) return;
  const by = t.invoke?.userAck === false ? 'acknowledged by the transaction layer alone' : 'acknowledged';
  const text = whole ? by : 'group of packets received';
  const most = whole ? t.total : pdu.number! + 1;
  answer(t, ctx, 'Ack', (part) => part <= most, { ...OK, text });
  if (whole) t.closed = true;
}

const ASKED: Said = { ok: false, temporary: true, code: 'Negative Ack', text: 'did not arrive, asked for again' };

/** 8.3.7: packets that the receiver missed; none named: the last of the group. False: none of them is known. */
export function askedAgain(t: Transaction, pdu: Pdu, ctx: Context): boolean {
  const last = Math.max(0, ...t.waiting.keys());
  const missed = new Set(pdu.missing.length === 0 ? [last] : pdu.missing.map((n) => n + 1));
  const known = [...missed].some((part) => t.waiting.has(part));
  answer(t, ctx, 'Negative Ack', (part) => missed.has(part), ASKED);
  return known;
}

/** 7.7: the receiver refuses the push, or its sender gives it up. */
export function abort(t: Transaction, pdu: Pdu, ctx: Context): void {
  const a = pdu.abort;
  if (a === null) return;
  const reason = abortReason(a.type, a.reason);
  const text = `${pdu.response ? '' : 'given up by the sender: '}${reason.name}, ${reason.text}`;
  const said: Said = { ok: false, temporary: reason.temporary, code: reason.code, text };
  answer(t, ctx, 'Abort', () => true, said);
  t.closed = true;
}
