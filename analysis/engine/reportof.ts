// What a session holds, as a report wants it. Messages are interpreted one at a time.

import type { Finding } from '../../captures/finding.ts';
import { byTime } from '../flows/flow.ts';
import { isApplied, moveEvents } from '../flows/moves.ts';
import { stagesOf } from '../flows/stages.ts';
import type { Transaction } from '../flows/transactions.ts';
import type {
  InputFacts,
  LooseFindingFacts,
  MessageFacts,
  ReportInput,
  ReportOptions,
  SubscriberFacts,
} from '../report/input.ts';
import { moveStage, sightingsOf } from './flowreply.ts';
import type { Flows } from './flowsof.ts';
import { inputFindings } from './inputs.ts';
import { interpret } from './interpret.ts';
import type { Loaded } from './load.ts';
import { allFindings, type MessageRecord } from './records.ts';

function inputFacts(loaded: Loaded): InputFacts[] {
  return loaded.opened.map((o) => ({
    file: o.source.name,
    format: o.reader?.format ?? 'unknown',
    bytes: o.source.size,
    frames: o.reader?.frames ?? 0,
    firstTime: o.firstTime,
    lastTime: o.lastTime,
    truncatedAt: o.reader?.truncatedAt ?? null,
    error: o.error,
  }));
}

function messageFacts(r: MessageRecord, brief: boolean): MessageFacts {
  if (brief) return briefFacts(r);
  const i = interpret(r.joined);
  return {
    id: r.id,
    kind: r.kind,
    state: r.state,
    joined: r.joined,
    push: i.push,
    body: i.content === null ? null : i.body.bytes,
    document: i.content?.document ?? null,
    provisioning: i.content?.provisioning ?? null,
    details: i.content?.details ?? [],
    verification: r.verification,
    summary: r.summary,
    findings: allFindings(r),
  };
}

/** What is known without reading the message again. */
const briefFacts = (r: MessageRecord): MessageFacts => ({
  id: r.id,
  kind: r.kind,
  state: r.state,
  joined: r.joined,
  push: null,
  body: null,
  document: null,
  provisioning: null,
  verification: r.verification,
  summary: r.summary,
  findings: allFindings(r),
});

function* eachMessage(loaded: Loaded, brief: boolean): Generator<MessageFacts> {
  for (const r of loaded.records) yield messageFacts(r, brief);
}

/** One entry a number or IMSI that anything spoke of. */
function subscriberFacts(loaded: Loaded): SubscriberFacts[] {
  const all = new Map<
    string,
    { msisdn: string | null; imsi: string | null; evidence: SubscriberFacts['evidence'][number][] }
  >();
  for (const i of loaded.collected.identities) {
    const key = `${i.msisdn ?? ''}/${i.imsi}`;
    const entry = all.get(key) ?? { msisdn: i.msisdn, imsi: i.imsi, evidence: [] };
    all.set(key, entry);
    entry.evidence.push({ frame: i.frame, text: i.text });
  }
  return [...all.values()];
}

function looseFindings(loaded: Loaded): LooseFindingFacts[] {
  const ofInputs = loaded.opened.flatMap((o, input) =>
    inputFindings(o).map((finding: Finding) => ({ finding, frame: null, time: Number.NaN, input })),
  );
  return [...ofInputs, ...loaded.collected.findings];
}

/** Transactions with the legs of their ways and what the phones did afterwards. */
function* wholeTransactions(loaded: Loaded, flows: Flows): Generator<Transaction> {
  for (const t of flows.transactions()) {
    const last = flows.recordOf(t.messages.at(-1)!);
    if (last === undefined) {
      yield t;
      continue;
    }
    const sightings = sightingsOf(last, flows);
    const moves = flows.movesOf(last);
    const stages = [
      ...sightings.flatMap(({ flow, record, hop, attempt }) =>
        stagesOf(flow, record.joined, hop, loaded.coverage).map((s) => ({ ...s, hop, attempt })),
      ),
      ...moves.map((m) => ({ ...moveStage(m), hop: 1, attempt: 1 })),
    ];
    const { events: told, ...rest } = t;
    const events = moves.length === 0 ? told : [...told, ...moves.flatMap((m) => moveEvents(m, last.id))].sort(byTime);
    yield { ...rest, events, stages, applied: isApplied(moves) };
  }
}

export function reportInput(loaded: Loaded, flows: Flows, options: ReportOptions): ReportInput {
  return {
    base: loaded.base,
    inputs: inputFacts(loaded),
    messages: { [Symbol.iterator]: () => eachMessage(loaded, options.brief === true) },
    transactions: options.brief === true ? flows.transactions() : wholeTransactions(loaded, flows),
    subscribers: subscriberFacts(loaded),
    findings: looseFindings(loaded),
    texts: loaded.collected.texts,
    frameAt: (id) => {
      const { input, number } = loaded.frames.at(id);
      return { input, number };
    },
    options,
  };
}
