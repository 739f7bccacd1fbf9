// What MAP dialogues mean: short messages, answers to them, whose number belongs to which subscriber, and what the
// registers say about who can be reached.

import type { Finding, Rule } from '../../../../captures/finding.ts';
import type { Cursor } from '../../../base/cursor.ts';
import type { Context } from '../../../base/dissector.ts';
import { type Address, type Answer, formatAddress, type Sink, type Time } from '../../../base/message.ts';
import { describeFailure } from '../../../sms/causes.ts';
import { tpduToShortMessage } from '../../../sms/message.ts';
import { isPlainText } from '../../../sms/parts.ts';
import type { Tell } from '../shared.ts';
import { describeContext } from '../tcap/dialogueportion.ts';
import type { Dialogue, Dialogues, Side } from '../tcap/dialogues.ts';
import { invokeKey } from '../tcap/dialogues.ts';
import type { Component } from '../tcap/types.ts';
import { absentDiagnostics, alertReasons, errorOf, outcomes } from './errors.ts';
import { operationNames } from './operations.ts';
import type { Forward, MapParameter, Routing } from './parameters.ts';
import { mapRules } from './rules.ts';

/** What waits for an answer. */
export type Waiting =
  | { readonly what: 'forward'; readonly key: string; readonly operation: string; readonly mt: boolean }
  | { readonly what: 'routing'; readonly about: Routing };

/** What a dialogue's first message said about its parties, for those after it. */
export interface DialogueData {
  imsi: string | null;
  msisdn: Address | null;
  smsc: Address | null;
  /** All it carried was an ordinary text behind which no other is announced, and texts are only counted. */
  isText: boolean;
}

export type MapDialogue = Dialogue<Waiting, DialogueData>;
export type MapDialogues = Dialogues<Waiting, DialogueData>;
type MapComponent = Component<MapParameter>;

/** Why a number and an IMSI belong together. */
export const BOTH_NAMED = 'mo-forwardSM names both';

/** Local subscriber identities kept. */
const MOST_LOCAL = 16_384;

/** When and in which frame something was said. */
export interface Moment {
  readonly time: Time;
  readonly frame: number;
  readonly sink: Sink;
}

export class MapUser {
  readonly #tell: Tell;
  readonly #dialogues: MapDialogues;
  /** IMSI by the number of the visited register and its local identity. */
  readonly #local = new Map<string, string>();
  #keys = 0;

  constructor(dialogues: MapDialogues, tell: Tell) {
    this.#dialogues = dialogues;
    this.#tell = tell;
  }

  /** Something is asked. `c`: the buffer the component was read from. */
  invoke(p: MapComponent, d: MapDialogue, side: Side, c: Cursor, ctx: Context): void {
    const said = p.parameter;
    switch (said?.what) {
      case 'forward':
        this.#forward(p, said, d, side, c, ctx);
        return;
      case 'routing':
        this.#dialogues.remember(d, side, p.invokeId, { what: 'routing', about: said });
        break;
      case 'status':
        this.#status(said, ctx);
        break;
      case 'alert':
        this.#note(ctx, mapRules.alert, `${numberText(said.msisdn)} for ${numberText(said.smsc)}`);
        break;
      case 'inform': {
        const why = [...said.flags, diagnosticText(said.diagnostic)].filter((x) => x !== '').join(', ');
        this.#note(ctx, mapRules.waiting, `${numberText(said.msisdn)}${why === '' ? '' : `: ${why}`}`);
        break;
      }
      case 'ready': {
        const why = said.reason === null ? '' : `: ${alertReasons[said.reason] ?? said.reason}`;
        this.#note(ctx, mapRules.ready, `${said.imsi ?? 'a subscriber'}${why}`);
        break;
      }
      default:
    }
    c.findings.push(...p.findings);
  }

  #forward(p: MapComponent, m: Forward, d: MapDialogue, side: Side, c: Cursor, ctx: Context): void {
    const parties = this.#parties(m, d, ctx.destinationAddress);
    const operation = m.mt ? 'mt-forwardSM' : 'mo-forwardSM';
    const findings: Finding[] = p.findings.map((x) => ({ ...x, of: 'pdu' }));
    const note = (rule: Rule, message: string) =>
      findings.push({ rule, message, of: 'pdu', start: p.at, length: p.end - p.at });
    if (m.cut) note(mapRules.cut, `${c.bytes.length} octets are there`);
    if (m.tpdu === null && !m.cut) note(mapRules.argument, 'sm-RP-UI is missing');
    if (ctx.returned !== undefined) note(mapRules.returned, ctx.returned.text);
    this.#keys += 1;
    const key = `map ${d.id}/${side}/${this.#keys}`;
    if (m.tpdu === null) {
      c.findings.push(...findings);
      return;
    }
    const read = tpduToShortMessage(m.tpdu, c.bytes, {
      bearer: 'gsm-map',
      operation,
      direction: m.mt ? 'mt' : 'mo',
      from: m.mt ? null : parties.msisdn,
      to: null,
      imsi: parties.imsi,
      smsc: parties.smsc,
      time: ctx.time,
      frame: ctx.frame,
      pdu: { bytes: c.bytes, map: ctx.origin(0, c.bytes.length) },
      dissector: ctx.root ?? 'tcap',
      chosenBy: `${ctx.chosenBy}, ${d.context === null ? 'no application context' : describeContext(d.context)}`,
      answerKey: key,
      findings,
      cut: m.cut,
      origin: (start, length) => ctx.origin(start, length),
    });
    this.#dialogues.remember(d, side, p.invokeId, { what: 'forward', key, operation, mt: m.mt });
    if (read === null) c.findings.push(...findings);
    else if ('message' in read) {
      d.data.isText = ctx.sink.texts !== undefined && !m.moreMessages && isPlainText(read.message);
      ctx.sink.shortMessage(read.message);
    } else ctx.sink.receipt(read.receipt);
    if (!m.mt && parties.imsi !== null && parties.msisdn !== null) {
      const text = BOTH_NAMED;
      ctx.sink.identity({ msisdn: parties.msisdn.value, imsi: parties.imsi, time: ctx.time, frame: ctx.frame, text });
    }
  }

  /** A text was passed over. */
  passed(): void {
    this.#keys += 1;
  }

  /** Messages after the first one of a dialogue say 'none' where they mean the same. */
  #parties(m: Forward, d: MapDialogue, node: string): Omit<DialogueData, 'isText'> {
    const { data } = d;
    const byLocal = m.lmsi === null ? null : (this.#local.get(`${node} ${m.lmsi}`) ?? null);
    const imsi = m.imsi ?? byLocal ?? (m.lmsi !== null || m.sameParties ? data.imsi : null);
    const smsc = m.smsc ?? (m.sameParties ? data.smsc : null);
    const msisdn = m.msisdn ?? (m.sameParties ? data.msisdn : null);
    data.imsi ??= imsi;
    data.smsc ??= smsc;
    data.msisdn ??= msisdn;
    return { imsi, smsc, msisdn };
  }

  #status(said: Extract<MapParameter, { what: 'status' }>, ctx: Context): void {
    const outcome = said.outcome === null ? 'no outcome given' : (outcomes[said.outcome] ?? `outcome ${said.outcome}`);
    const why = diagnosticText(said.diagnostic);
    const text = why === '' ? outcome : `${outcome} (${why})`;
    this.#note(ctx, mapRules.deliveryStatus, `${numberText(said.msisdn)}: ${text}`);
    ctx.sink.receipt({
      bearer: 'gsm-map',
      operation: 'reportSM-DeliveryStatus',
      time: ctx.time,
      frame: ctx.frame,
      messageId: null,
      from: said.msisdn,
      to: said.smsc,
      state: said.outcome === 2 ? 'delivered' : said.outcome === null ? 'unknown' : 'failed',
      code: said.outcome === null ? null : `sm-DeliveryOutcome ${said.outcome}`,
      text,
    });
  }

  /** Something is answered by `side`. */
  answer(p: MapComponent, d: MapDialogue, side: Side, at: Moment): void {
    const asked = invokeKey(side === 0 ? 1 : 0, p.invokeId);
    const waiting = d.invokes.get(asked);
    if (waiting === undefined || p.kind === 'result-part') return;
    d.invokes.delete(asked);
    const o = outcomeOf(p);
    if (waiting.what === 'forward') this.#answer(waiting, `${waiting.operation} ${o.word}`, o, at);
    else if (!o.ok) this.#routingRefused(waiting.about, o.text, at);
    else if (p.parameter?.what === 'routing-result') this.#routed(waiting.about, p.parameter, at);
  }

  /** Nothing of what still waits will be answered. `side`: who ended it; null: the network gave the question back. */
  failed(d: MapDialogue, side: Side | null, why: Failure, at: Moment): void {
    for (const [key, waiting] of d.invokes) {
      const own = side !== null && key.startsWith(`${side}/`);
      const text = own ? `given up by its sender: ${why.text}` : why.text;
      const o: Outcome = { ...why, ok: false, text, temporary: own || why.temporary };
      if (waiting.what === 'forward') this.#answer(waiting, o.word, o, at);
      else this.#routingRefused(waiting.about, text, at);
    }
    d.invokes.clear();
  }

  #answer(waiting: Extract<Waiting, { what: 'forward' }>, operation: string, o: Outcome, at: Moment): void {
    const { ok, temporary, code, text } = o;
    const { time, frame } = at;
    const answer: Answer = {
      bearer: 'gsm-map',
      operation,
      answerKey: waiting.key,
      time,
      frame,
      ok,
      temporary: !ok && temporary,
      code: ok ? null : code,
      text,
      messageId: null,
      // 3GPP TS 29.002 12.9: the visited switch answers once the phone has acknowledged.
      ...(ok && waiting.mt ? { delivered: true } : {}),
    };
    at.sink.answer(answer);
  }

  #routed(asked: Routing, said: Extract<MapParameter, { what: 'routing-result' }>, at: Moment): void {
    if (said.imsi === null) return;
    if (said.lmsi !== null && said.node !== null) this.#rememberLocal(`gt ${said.node.value} ${said.lmsi}`, said.imsi);
    const by = said.node === null ? '' : `, served by ${formatAddress(said.node)}`;
    const text = `sendRoutingInfoForSM: ${numberText(asked.msisdn)} is ${said.imsi}${by}`;
    const msisdn = asked.msisdn?.value ?? null;
    at.sink.identity({ msisdn, imsi: said.imsi, time: at.time, frame: at.frame, text });
  }

  #rememberLocal(key: string, imsi: string): void {
    this.#local.set(key, imsi);
    if (this.#local.size <= MOST_LOCAL) return;
    const [oldest] = this.#local.keys();
    if (oldest !== undefined) this.#local.delete(oldest);
  }

  #routingRefused(asked: Routing, text: string, at: Moment): void {
    this.#note(at, mapRules.routingRefused, `${numberText(asked.msisdn)}: ${text}`);
  }

  #note(at: Pick<Context, 'time' | 'frame' | 'sink'>, rule: Rule, message: string): void {
    this.#tell.frame(at, rule, message);
  }
}

/** Why nothing is answered. */
export interface Failure {
  /** What said so: 'abort', 'UDTS'. */
  readonly word: string;
  readonly code: string | null;
  readonly text: string;
  readonly temporary: boolean;
}

interface Outcome extends Failure {
  readonly ok: boolean;
}

/** Problems of a reject that say nothing about the message (ITU-T Q.773 4.2.2). */
const PASSING = new Set(['resource limitation', 'initiating release']);

function outcomeOf(p: MapComponent): Outcome {
  if (p.kind === 'error') {
    const error = errorOf(p.error ?? -1);
    const detail = p.parameter?.what === 'error' ? p.parameter : null;
    const name = p.error === null ? 'error without a code' : error.name;
    const text = detail === null || detail.text === '' ? name : `${name}: ${detail.text}`;
    const code = p.error === null ? null : `MAP error ${p.error}`;
    return { ok: false, word: 'returnError', code, text, temporary: detail?.temporary ?? error.temporary };
  }
  if (p.kind === 'reject') {
    const text = `rejected: ${p.problem ?? 'no problem given'}`;
    return { ok: false, word: 'reject', code: 'TCAP reject', text, temporary: PASSING.has(p.problem ?? '') };
  }
  const report = p.parameter?.what === 'forward-result' ? p.parameter.tpdu : null;
  // A report in a result acknowledges; a cause in it contradicts, but is what the phone said.
  const cause = report?.failureCause ?? null;
  const text = cause === null ? 'acknowledged' : `acknowledged, with TP-FCS: ${describeFailure(cause)}`;
  return { ok: true, word: 'returnResult', code: null, text, temporary: false };
}

const numberText = (a: Address | null): string => (a === null ? 'a subscriber' : formatAddress(a));

const diagnosticText = (d: number | null): string => (d === null ? '' : (absentDiagnostics[d] ?? `diagnostic ${d}`));

export const operationName = (code: number): string => operationNames[code] ?? `operation ${code}`;
export const errorName = (code: number): string => errorOf(code).name;
