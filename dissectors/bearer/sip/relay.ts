// 3GPP TS 24.341: short messages over IP, RP messages in SIP MESSAGE, and the reports on them in requests of their own.

import { Cursor } from '../../base/cursor.ts';
import type { Address } from '../../base/message.ts';
import { formatAddress } from '../../base/message.ts';
import { describeFailure } from '../../sms/causes.ts';
import { tpduToShortMessage } from '../../sms/message.ts';
import { describeRpCause } from '../cprp/causes.ts';
import { type RpMessage, readRp } from '../cprp/read.ts';
import { headerValue } from '../http/lines.ts';
import { recall, remember } from './memory.ts';
import type { SipBody, SipRequest } from './request.ts';
import { sipRules } from './rules.ts';
import { bestParty, type Party } from './uri.ts';

/** Reads the RP message in a body of type application/vnd.3gpp.sms. */
export function readRelay(r: SipRequest, body: SipBody): void {
  const { start, length } = body.at;
  const { c } = r;
  const own = body.plain
    ? new Cursor(c.bytes, start, start + length, c.rec, c.findings, c.of)
    : new Cursor(body.content.bytes, 0, body.content.bytes.length, null, c.findings, c.of);
  const rp = readRp(own);
  if (rp.reference === null) return;
  const who = subscriberOf(r, rp.direction);
  if (rp.type === 'RP-DATA') data(r, body, own, rp, who);
  else if (rp.type === 'RP-ACK' || rp.type === 'RP-ERROR') report(r, rp, who);
}

/** 24.341 5.3.1, 5.3.2: the network asserts who sends; the called identity is in the target, To or P-Called-Party-ID. */
function subscriberOf(r: SipRequest, direction: 'mt' | 'mo'): Party {
  const value = (...names: readonly string[]): string => headerValue(r.headers, ...names);
  return direction === 'mt'
    ? bestParty([value('To', 't'), value('P-Called-Party-ID'), r.target])
    : bestParty([value('P-Asserted-Identity'), value('P-Preferred-Identity'), value('From', 'f')]);
}

const nameOf = (p: Party): string => p.address?.value ?? p.imsi ?? '';

function data(r: SipRequest, body: SipBody, c: Cursor, rp: RpMessage, who: Party): void {
  const { ctx } = r;
  const { reference, direction, tpdu } = rp;
  if (reference !== null) remember(r.memory, nameOf(who), direction, reference, r.callId);
  tellIdentity(r, who);
  if (tpdu === null || (!tpdu.complete && tpdu.address === null)) return;
  const isMessage = tpdu.kind === 'SMS-DELIVER' || tpdu.kind === 'SMS-SUBMIT';
  const out = tpduToShortMessage(tpdu, c.bytes, {
    bearer: 'sip',
    direction,
    from: direction === 'mo' ? who.address : null,
    to: direction === 'mt' ? who.address : null,
    imsi: who.imsi,
    smsc: direction === 'mt' ? rp.originator : rp.destination,
    time: ctx.time,
    frame: ctx.frame,
    pdu: r.pdu,
    dissector: r.dissector,
    chosenBy: ctx.chosenBy,
    answerKey: r.answerKey,
    findings: isMessage ? r.c.findings.splice(r.before) : [],
    origin: (start, length) => (body.plain ? ctx.origin(start, length) : []),
    ...(r.cut ? { cut: true } : {}),
  });
  if (out === null) return;
  if ('message' in out) ctx.sink.shortMessage(out.message);
  else ctx.sink.receipt(out.receipt);
}

function tellIdentity(r: SipRequest, who: Party): void {
  const { imsi, address } = who;
  if (imsi === null) return;
  const msisdn = address === null || address.type === 'alphanumeric' ? null : formatAddress(address);
  const { frame, time } = r.ctx;
  r.ctx.sink.identity({ msisdn, imsi, time, frame, text: 'SIP MESSAGE, public identity made from the IMSI' });
}

interface Said {
  readonly state: 'delivered' | 'failed' | 'pending';
  readonly code: string | null;
  readonly text: string;
}

function said(rp: RpMessage, about: 'mt' | 'mo'): Said {
  if (rp.type === 'RP-ACK') {
    return about === 'mt'
      ? { state: 'delivered', code: null, text: 'RP-ACK: the phone has it' }
      : { state: 'pending', code: null, text: 'RP-ACK: the service centre has it' };
  }
  const cause = rp.cause === null ? 'without a cause' : describeRpCause(rp.cause);
  const failure = rp.tpdu?.failureCause ?? null;
  const because = failure === null ? '' : `, TP-FCS 0x${failure.toString(16)}: ${describeFailure(failure)}`;
  return { state: 'failed', code: `RP-ERROR ${rp.cause ?? '?'}`, text: `${cause}${because}` };
}

// 24.341 5.3.2.4, 5.3.3.4: the report is a MESSAGE of its own, which names the one it answers in In-Reply-To.
function report(r: SipRequest, rp: RpMessage, who: Party): void {
  const { ctx } = r;
  // Who reports is the phone for what went to it, the network for what came from it.
  const about = rp.direction === 'mo' ? 'mt' : 'mo';
  const subject = about === 'mt' ? who : subscriberOf(r, 'mt');
  const quoted = headerValue(r.headers, 'In-Reply-To').split(',')[0]?.trim() ?? '';
  const known = rp.reference === null ? undefined : recall(r.memory, nameOf(subject), about, rp.reference);
  const callId = quoted !== '' ? quoted : (known ?? null);
  const { state, code, text } = said(rp, about);
  const from: Address | null = about === 'mt' ? subject.address : null;
  ctx.sink.receipt({
    bearer: 'sip',
    operation: rp.type ?? 'RP-ACK',
    time: ctx.time,
    frame: ctx.frame,
    messageId: callId,
    from: from?.type === 'alphanumeric' ? null : from,
    to: null,
    state,
    code,
    text,
  });
  if (callId !== null) return;
  const rule = rp.type === 'RP-ERROR' ? sipRules.untied : sipRules.untiedReport;
  r.c.report(rule, 0, 0, `reference ${rp.reference}: ${text}`);
}
