// Short message relay and control layers of 3GPP TS 24.011, for every road that carries them.

import type { Finding } from '../../../captures/finding.ts';
import type { ByteMap } from '../../base/bytemap.ts';
import { type Cursor, TRUNCATED } from '../../base/cursor.ts';
import type { Context, DatagramDissector } from '../../base/dissector.ts';
import type { Address, Bearer } from '../../base/message.ts';
import { describeFailure } from '../../sms/causes.ts';
import { tpduToShortMessage } from '../../sms/message.ts';
import { tpduRules } from '../../sms/rules.ts';
import { tpduFields } from '../../sms/tpdufields.ts';
import { udhFields } from '../../sms/udh.ts';
import { udhRules } from '../../sms/udhrules.ts';
import { describeRpCause, isTemporaryRp } from './causes.ts';
import { rpFields } from './fields.ts';
import { newRpMemory, type RpMemory, rememberReference, type Sent, sentUnder } from './memory.ts';
import { prefixed } from './prefixed.ts';
import { type RpMessage, readRp } from './read.ts';
import { rpRules } from './rules.ts';

/** What the layers below know about an RP message. */
export interface RpCarrier {
  readonly bearer: Bearer;
  /** Who waits for an answer; keep one for everything whose answers may come on the same road. */
  readonly memory: RpMemory;
  /** What RP references count in: a channel, a subscriber. The conversation where absent. */
  readonly scope?: string;
  /** The subscriber and the other party as the network addresses them; the TPDU's own address goes first. */
  readonly from?: Address | null;
  readonly to?: Address | null;
  readonly imsi?: string | null;
  /** The TPDU's name where absent: 'SMS-DELIVER'. */
  readonly operation?: string;
  /** PDU for the tree: octets of the cursor's buffer, and who reads them. The RP message and 'sm-rp' where absent. */
  readonly pdu?: { readonly start: number; readonly length: number; readonly dissector: string };
  /** How many of the cursor's findings were there before that PDU. All now where absent. */
  readonly findingsBefore?: number;
  /** Key of the message where answers of the carrying layer use one of their own; RP-ACK and RP-ERROR then use it too. */
  readonly answerKey?: string;
  /** The capture holds only the beginning. */
  readonly cut?: boolean;
  /** Origin of octets of the cursor's buffer where it is not the one the context knows. */
  origin?(start: number, length: number): ByteMap;
}

/** What a cut message makes decoders complain about: the capture's doing, not the sender's. */
const BY_CUTTING: ReadonlySet<string> = new Set([
  TRUNCATED.code,
  rpRules.userDataLength.code,
  tpduRules.userDataLength.code,
  udhRules.overrun.code,
  udhRules.elementOverrun.code,
  udhRules.strayOctet.code,
]);

interface Place {
  readonly start: number;
  readonly length: number;
  readonly dissector: string;
  readonly before: number;
  readonly scope: string;
}

/** Findings of a PDU that carries a message go with the message; their positions count in the PDU. */
const takeFindings = (c: Cursor, p: Place): Finding[] =>
  c.findings.splice(p.before).map((x) => ({ ...x, of: 'pdu', start: Math.max(0, x.start - p.start) }));

function emitData(c: Cursor, ctx: Context, carrier: RpCarrier, rp: RpMessage, p: Place): Sent {
  const { tpdu, direction } = rp;
  const key = carrier.answerKey ?? `${p.scope}/${direction}/${rp.reference}@${ctx.frame}.${p.start}`;
  const reference = tpdu?.kind === 'SMS-SUBMIT' || tpdu?.kind === 'SMS-COMMAND' ? tpdu.reference : null;
  const sent: Sent = { key, messageId: reference === null ? null : String(reference) };
  if (tpdu === null || (!tpdu.complete && tpdu.address === null)) return { ...sent, key: null };
  const origin = carrier.origin ?? ((start: number, length: number) => ctx.origin(start, length));
  const isMessage = tpdu.kind === 'SMS-DELIVER' || tpdu.kind === 'SMS-SUBMIT';
  const out = tpduToShortMessage(tpdu, c.bytes, {
    bearer: carrier.bearer,
    direction,
    from: carrier.from ?? null,
    to: carrier.to ?? null,
    imsi: carrier.imsi ?? null,
    smsc: direction === 'mt' ? rp.originator : rp.destination,
    time: ctx.time,
    frame: ctx.frame,
    pdu: { bytes: c.bytes.subarray(p.start, p.start + p.length), map: origin(p.start, p.length) },
    dissector: p.dissector,
    chosenBy: ctx.chosenBy,
    answerKey: key,
    findings: isMessage ? takeFindings(c, p) : [],
    origin,
    ...(carrier.operation === undefined ? {} : { operation: carrier.operation }),
    ...(carrier.cut === true ? { cut: true } : {}),
  });
  if (out !== null && 'message' in out) {
    ctx.sink.shortMessage(out.message);
    return sent;
  }
  if (out !== null) ctx.sink.receipt(out.receipt);
  return { ...sent, key: null };
}

function emitAnswer(c: Cursor, ctx: Context, carrier: RpCarrier, rp: RpMessage, p: Place): void {
  const answered = rp.direction === 'mt' ? 'mo' : 'mt';
  const sent = sentUnder(carrier.memory, p.scope, answered, rp.reference ?? -1);
  const ok = rp.type === 'RP-ACK';
  const cause = rp.cause;
  const words = cause === null ? 'without a cause' : describeRpCause(cause);
  const failure = rp.tpdu?.failureCause ?? null;
  const because = failure === null ? '' : `, TP-FCS 0x${failure.toString(16)}: ${describeFailure(failure)}`;
  if (sent === undefined && !ok) {
    c.report(rpRules.untied, p.start, p.length, `reference ${rp.reference}: ${words}${because}`);
  }
  if (sent === undefined || sent.key === null) return;
  ctx.sink.answer({
    bearer: carrier.bearer,
    operation: rp.type ?? 'RP-ACK',
    answerKey: sent.key,
    time: ctx.time,
    frame: ctx.frame,
    ok,
    temporary: !ok && cause !== null && isTemporaryRp(cause),
    code: ok ? null : `RP-ERROR ${cause ?? '?'}`,
    text: ok ? (answered === 'mt' ? 'the phone has it' : 'accepted') : `${words}${because}`,
    messageId: ok ? sent.messageId : null,
    ...(ok && answered === 'mt' ? { delivered: true } : {}),
  });
}

// 3GPP TS 24.011 7.3: the RP message in the cursor's whole window.
/**
 * Reads an RP message and tells the sink: RP-DATA gives a short message or, for SMS-STATUS-REPORT, a receipt; RP-ACK
 * and RP-ERROR give the answer to the message that `carrier.memory` knows under their reference, which went the other
 * way in the same scope. Findings of a message go with it, others stay with the cursor. Also returns what was sent or
 * refused, so that CP-ERROR can be tied to it.
 */
export function decodeRp(c: Cursor, ctx: Context, carrier: RpCarrier): RpMessage & { readonly sent: Sent | null } {
  const start = c.pos;
  const length = c.left;
  const { memory, pdu, cut } = carrier;
  const p: Place = {
    ...(pdu ?? { start, length, dissector: 'sm-rp' }),
    before: carrier.findingsBefore ?? c.findings.length,
    scope: carrier.scope ?? ctx.conversation,
  };
  const rp = readRp(c);
  if (cut === true) c.findings.push(...c.findings.splice(p.before).filter((x) => !BY_CUTTING.has(x.rule.code)));
  if (rp.reference === null) return { ...rp, sent: null };
  let sent: Sent | null = null;
  if (rp.type === 'RP-DATA') sent = emitData(c, ctx, carrier, rp, p);
  if (rp.type === 'RP-SMMA') {
    sent = { key: null, messageId: null };
    const finding: Finding = { rule: rpRules.memoryAvailable, message: 'RP-SMMA', of: 'frame', start: 0, length: 0 };
    ctx.sink.finding({ frame: ctx.frame, time: ctx.time, finding });
  }
  if (sent !== null) rememberReference(memory, p.scope, rp.direction, rp.reference, sent);
  else if (rp.type !== null) emitAnswer(c, ctx, carrier, rp, p);
  return { ...rp, sent };
}

/** An RP message that stands alone, such as the body of application/vnd.3gpp.sms: for the tree of what carried it. */
export const rp: DatagramDissector = {
  kind: 'datagram',
  id: 'sm-rp',
  title: 'Short Message Relay Protocol',
  refs: ['3GPP TS 24.011', '3GPP TS 23.040'],
  fields: { ...rpFields, ...prefixed('tpdu', tpduFields), ...prefixed('udh', udhFields) },
  rules: [...Object.values(rpRules), ...Object.values(tpduRules), ...Object.values(udhRules)],
  carriedBy: [],
  decode(c, ctx) {
    decodeRp(c, ctx, { bearer: 'sip', memory: ctx.state(newRpMemory) });
  },
};
