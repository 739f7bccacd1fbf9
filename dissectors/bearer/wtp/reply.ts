// A document that a phone fetched in a session: the Reply of a method travels in a Result.

import type { Mapped } from '../../base/bytemap.ts';
import type { Context } from '../../base/dissector.ts';
import type { WspPush } from '../../wap/push.ts';
import type { Transaction } from './memory.ts';
import type { Placed } from './push.ts';

/** Documents worth a message of their own; the rest is browsing. */
const isProvisioning = (type: string | null): boolean =>
  type !== null && /^(?:application|text)\/vnd\.wap\.connectivity-/.test(type);

/** Gives out a Reply that carries a provisioning document. */
export function emitReply(t: Transaction, reply: WspPush, message: Mapped, last: Placed, ctx: Context): void {
  if (reply.pduType !== 'Reply' || !isProvisioning(reply.contentType)) return;
  t.replyKey = `${t.key}/reply`;
  const whole = message === last.data;
  ctx.sink.datagram({
    bearer: 'wtp',
    operation: 'Result',
    direction: 'mt',
    from: ctx.sourceAddress === '' ? null : { value: ctx.sourceAddress, type: 'ip' },
    to: ctx.destinationAddress === '' ? null : { value: ctx.destinationAddress, type: 'ip' },
    imsi: null,
    ports: { source: ctx.sourcePort, destination: ctx.destinationPort },
    time: ctx.time,
    frame: ctx.frame,
    content: 'wsp',
    connectionOriented: true,
    transaction: { key: t.replyKey, part: 1, total: 1 },
    data: message,
    pdu: whole ? last.whole : message,
    dissector: whole ? 'wtp' : 'wsp',
    chosenBy: ctx.chosenBy,
    answerKey: t.replyKey,
    findings: [],
  });
}

/** 7.2: the Ack of a Result says that it came. */
export function acknowledgeReply(t: Transaction, ctx: Context): void {
  if (t.replyKey === null) return;
  const { time, frame } = ctx;
  ctx.sink.answer({
    bearer: 'wtp',
    operation: 'Ack',
    answerKey: t.replyKey,
    time,
    frame,
    ok: true,
    temporary: false,
    code: null,
    text: 'acknowledged',
    messageId: null,
  });
}
