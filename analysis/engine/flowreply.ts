// The answer to 'flow': the whole way of one message, put together when somebody asks.

import { type Finding, sentenceOf } from '../../captures/finding.ts';
import type { Time } from '../../dissectors/base/message.ts';
import { explain } from '../flows/codes.ts';
import { whyMissing } from '../flows/coverage.ts';
import { endsOf } from '../flows/endpoints.ts';
import type { Failure } from '../flows/flow.ts';
import { failedMove, isApplied, type NextMove } from '../flows/moves.ts';
import type { Figures } from '../flows/samples.ts';
import { bearerWords, type Stage, stageLabel, stagesOf } from '../flows/stages.ts';
import { NOBODY } from '../flows/transactions.ts';
import type { FlowFailure, FlowOutcome, FlowReply, FlowStage } from './contract/flows.ts';
import type { Flows } from './flowsof.ts';
import { ladder, type Sighting } from './flowsteps.ts';
import type { Loaded } from './load.ts';
import { type MessageRecord, recipientOf } from './records.ts';

/** Medians of the stages of the capture, by stage and bearer. */
export type StageFigures = (stage: string, bearer: string) => Figures | undefined;

/** Sightings of one transaction that are shown. */
const MOST_SIGHTINGS = 500;

/** The first of many, and the last. */
const shownOf = (all: readonly Sighting[]): readonly Sighting[] =>
  all.length <= MOST_SIGHTINGS ? all : [...all.slice(0, MOST_SIGHTINGS - 1), all.at(-1)!];

/** Sightings of the transaction of a message, in their order. */
export function sightingsOf(r: MessageRecord, flows: Flows): Sighting[] {
  const t = flows.transactionOf(r);
  if (t === undefined) return [{ record: r, flow: flows.flowOf(r), attempt: 1, hop: 1 }];
  return t.hops.flatMap((hops, attempt) =>
    hops.flatMap((id, hop) => {
      const record = flows.recordOf(id);
      return record === undefined ? [] : [{ record, flow: flows.flowOf(record), attempt: attempt + 1, hop: hop + 1 }];
    }),
  );
}

/** A failure in plain words. */
export function explainFailure(f: Failure): FlowFailure {
  const { words, check } = explain(f.bearer, f.code, f.text, f.said);
  const stage = f.said !== 'receipt' ? f.stage : f.bearer === 'pap' ? 'notification' : 'receipt';
  const text = f.text === '' || f.text === f.code ? words : `${words}: ${f.text}`;
  return { stage, bearer: f.bearer, code: f.code, text, check };
}

const OF_FLOWS = /^(?:FLOW|HOP|CONCAT|TRANSACTION|CAPTURE|PDU)-/;

/** What is wrong with the document itself, so that it arrives in vain; null where nothing is. */
export function contentFailure(r: MessageRecord): FlowFailure | null {
  const isBad = (f: Finding): boolean => f.rule.severity === 'error' && !OF_FLOWS.test(f.rule.code);
  const bad = r.verificationFindings.find(isBad) ?? r.findings.find(isBad);
  if (bad === undefined) return null;
  const check = [bad.rule.fix, bad.rule.receivers].filter((s) => s !== undefined);
  return { stage: 'content', bearer: r.joined.bearer, code: bad.rule.code, text: sentenceOf(bad), check };
}

function moveFailure(moves: readonly NextMove[]): FlowFailure | null {
  const m = failedMove(moves);
  if (m?.answer == null) return null;
  const { words, check } = explain(m.layer, m.answer.code, m.answer.text, 'answer');
  return { stage: m.stage, bearer: m.layer, code: m.answer.code, text: `${words}: ${m.text}`, check };
}

/** What stopped it: on its way, in its content, or in what the phone did with it. */
export function failureOf(
  t: { readonly outcome: FlowOutcome; readonly failure: Failure | null },
  last: MessageRecord,
  moves: readonly NextMove[],
): FlowFailure | null {
  if (t.failure !== null) return explainFailure(t.failure);
  return moveFailure(moves) ?? contentFailure(last);
}

interface Scope {
  readonly loaded: Loaded;
  readonly figures: StageFigures;
}

function stageRow({ loaded, figures }: Scope, s: Stage, at: { hop: number; attempt: number }): FlowStage {
  const failed = s.result !== 'ok' && s.result !== 'not-seen';
  const { stage, bearer, t0, t1, result, code, reason } = s;
  const said = stage === 'receipt' || stage === 'notification' ? 'receipt' : 'answer';
  return {
    stage,
    label: stageLabel(stage, bearer),
    bearer,
    t0,
    t1,
    frames: [...new Set(s.frames)].map((f) => loaded.frames.at(f).number),
    result,
    code,
    codeMeaning: failed ? explain(bearer, code, s.text, said).words : null,
    reason,
    hop: at.hop,
    attempt: at.attempt,
    message: s.message === '' ? null : s.message,
    median: figures(stage, bearer)?.median ?? null,
  };
}

/** A next move as a stage. */
export function moveStage(m: NextMove): Stage {
  const { answer } = m;
  return {
    stage: m.stage,
    bearer: m.layer,
    t0: m.time,
    t1: answer?.time ?? Number.NaN,
    frames: [m.frame, ...(answer === null ? [] : [answer.frame])],
    result: answer === null ? 'not-seen' : answer.ok ? 'ok' : 'refused',
    code: answer?.code ?? null,
    text: answer?.text ?? '',
    reason: answer === null ? 'no answer is in the capture' : null,
    message: '',
  };
}

const OUTCOME_WORDS: Readonly<Record<FlowOutcome, string>> = {
  delivered: 'delivered',
  accepted: 'accepted by the next hop, nothing was said about the phone',
  failed: 'failed',
  expired: 'expired before it was delivered',
  unconfirmed: 'not confirmed by anything in the capture',
};

const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

const times = (n: number): string => (n === 1 ? 'once' : `${n} times`);

/** Where the last hop ends at the phone, its answer is the phone's. */
function outcomeWords(outcome: FlowOutcome, sightings: readonly Sighting[]): string {
  const last = sightings.at(-1);
  const direct = last !== undefined && endsOf(last.record.joined).to === 'phone';
  return outcome === 'accepted' && direct ? 'taken by the phone' : OUTCOME_WORDS[outcome];
}

function summaryOf(
  sightings: readonly Sighting[],
  outcome: FlowOutcome,
  retries: number,
  applied: boolean | null,
): string {
  const roads = [...new Set(sightings.map((s) => bearerWords(s.record.joined.bearer)))];
  const largest = (of: (s: Sighting) => number): number => sightings.reduce((n, s) => Math.max(n, of(s)), 0);
  const attempts = largest((s) => s.attempt);
  const hops = largest((s) => s.hop);
  const parts = largest((s) => s.flow.parts.length + s.record.joined.missing.length);
  const again = retries - attempts + 1;
  const said = [
    `Sent over ${roads.join(', then ')}`,
    ...(parts > 1 ? [` in ${parts} parts`] : []),
    ...(hops > 1 ? [`, seen at ${hops} hops`] : []),
    ...(attempts > 1 ? [`, tried ${attempts} times`] : []),
    ...(again > 0 ? [parts > 1 ? `, ${plural(again, 'part')} sent again` : `, sent again ${times(again)}`] : []),
    `; ${outcomeWords(outcome, sightings)}`,
    ...(applied === true ? ['; the phone was seen using the settings'] : []),
  ];
  return `${said.join('')}.`;
}

const least = (times: readonly Time[]): Time => {
  const known = times.filter((t) => !Number.isNaN(t));
  return known.length === 0 ? Number.NaN : known.reduce((a, b) => Math.min(a, b));
};
const most = (times: readonly Time[]): Time => -least(times.map((t) => -t));

function notSeen(loaded: Loaded, stages: readonly FlowStage[], sightings: readonly Sighting[]): string[] {
  const reasons = stages.flatMap((s) => (s.reason === null ? [] : [`${s.label}: ${s.reason}.`]));
  const missing = sightings.flatMap(({ record: { joined: j } }) => {
    const why = j.missing.length === 0 ? null : whyMissing(loaded.coverage, j);
    const which = `${j.missing.length === 1 ? 'Part' : 'Parts'} ${j.missing.slice(0, 12).join(', ')}`;
    return why === null ? [] : [`${which} may have been sent outside the capture: ${why}.`];
  });
  return [...new Set([...reasons, ...missing, ...loaded.coverage.sentences])].slice(0, 20);
}

/** A session is opened within this time after the phone was asked to. */
const CALL_WINDOW = 60e9;
/** Messages before this one that are looked at. */
const CALLS_LOOKED_AT = 500;

/** Requests to open the session that a push over WTP came in (WAP-235-PushOTA 8.3): to the same address, shortly before. */
function callsBefore(loaded: Loaded, r: MessageRecord): MessageRecord[] {
  const { bearer, to, firstTime } = r.joined;
  if (bearer !== 'wtp' || to === null) return [];
  const out: MessageRecord[] = [];
  for (let i = r.index - 1; i >= 0 && i > r.index - CALLS_LOOKED_AT; i -= 1) {
    const before = loaded.records[i]!;
    if (firstTime - before.joined.firstTime > CALL_WINDOW) break;
    if (before.kind === 'session-initiation' && before.joined.to?.value === to.value) out.unshift(before);
  }
  return out;
}

const NOT_DRAWN = { endpoints: [], steps: [], more: 0 } as const;

/** `figures` null: in brief, without endpoints, steps and medians. */
export function flowReply(loaded: Loaded, flows: Flows, r: MessageRecord, figures: StageFigures | null): FlowReply {
  const t = flows.transactionOf(r);
  const every = sightingsOf(r, flows);
  const sightings = shownOf(every);
  const own = flows.flowOf(r);
  const outcome = t?.outcome ?? own.outcome;
  const moves = flows.movesOf(r);
  const scope: Scope = { loaded, figures: figures ?? (() => undefined) };
  const stages = [
    ...sightings.flatMap((s) =>
      stagesOf(s.flow, s.record.joined, s.hop, loaded.coverage).map((stage) => stageRow(scope, stage, s)),
    ),
    ...moves.map((m) => stageRow(scope, moveStage(m), { hop: 1, attempt: 1 })),
  ];
  const drawn =
    figures === null ? NOT_DRAWN : ladder(loaded, sightings, moves, callsBefore(loaded, sightings[0]?.record ?? r));
  const times = [...drawn.steps.map((s) => s.time), ...sightings.map((s) => s.record.joined.firstTime)];
  const retries = t?.retries ?? own.retries;
  const applied = isApplied(moves);
  return {
    transaction: {
      id: t?.id ?? null,
      recipient: t === undefined ? recipientOf(r.joined) : t.recipient === NOBODY ? null : t.recipient,
      messages: sightings.map(({ record: m, attempt, hop }) => ({
        id: m.id,
        index: m.index,
        kind: m.kind,
        bearer: m.joined.bearer,
        operation: m.joined.operation,
        time: m.joined.firstTime,
        hop,
        attempt,
        outcome: flows.outcomeOf(m) as FlowOutcome | null,
        verdict: m.verification.verdict,
      })),
      t0: least(times),
      t1: most(times),
      retries,
      summary: summaryOf(every, outcome, retries, applied),
    },
    endpoints: drawn.endpoints,
    steps: drawn.steps,
    more: drawn.more + every.length - sightings.length,
    stages,
    outcome,
    applied,
    failure: failureOf({ outcome, failure: t?.failure ?? own.failure }, sightings.at(-1)?.record ?? r, moves),
    notSeen: notSeen(loaded, stages, sightings),
  };
}
