// The answer to 'overview': what happened here, counted in one pass over what is kept of each message.

import { formatAddress } from '../../dissectors/base/message.ts';
import { explain } from '../flows/codes.ts';
import type { Fate } from '../flows/fate.ts';
import { type Figures, type Samples, samples } from '../flows/samples.ts';
import { type StageName, stageLabel } from '../flows/stages.ts';
import type {
  FlowFailure,
  OverviewFailure,
  OverviewReply,
  OverviewRequest,
  OverviewSender,
  OverviewSeries,
  OverviewStage,
} from './contract/flows.ts';
import { contentFailure, explainFailure } from './flowreply.ts';
import type { Loaded } from './load.ts';
import { overviewSentences } from './overviewwords.ts';
import type { MessageRecord } from './records.ts';

const BINS = 60;
const MOST_BINS = 500;
const MOST_FAILURES = 50;
const MOST_STAGES = 20;
const MOST_SENDERS = 20;
/** Different senders, and kinds of failures, that are told apart at all. */
const MOST_KEYS = 10_000;
const SAMPLE_IDS = 5;
/** Recipients that are counted. */
const MOST_RECIPIENTS = 200_000;

/** Counts of one thing over time, by name. */
class Series {
  readonly #bins: number;
  readonly #rows = new Map<string, { total: number; counts: number[] }>();

  constructor(bins: number) {
    this.#bins = bins;
  }

  add(name: string, bin: number): void {
    let row = this.#rows.get(name);
    if (row === undefined) {
      row = { total: 0, counts: new Array<number>(this.#bins).fill(0) };
      this.#rows.set(name, row);
    }
    row.total += 1;
    if (bin >= 0 && bin < this.#bins) row.counts[bin]! += 1;
  }

  get rows(): OverviewSeries[] {
    return [...this.#rows]
      .map(([name, { total, counts }]) => ({ name, total, counts }))
      .sort((a, b) => b.total - a.total || (a.name < b.name ? -1 : 1));
  }
}

interface Failing {
  readonly failure: FlowFailure;
  count: number;
  readonly messages: string[];
}

interface Sending {
  readonly from: string | null;
  messages: number;
  failed: number;
  retries: number;
  readonly kinds: Record<string, number>;
  last: string;
}

export class StageTable {
  readonly #all = new Map<string, { stage: StageName; bearer: string; samples: Samples }>();

  add(fate: Fate, message: string): void {
    for (const { stage, bearer, duration } of fate.stages) {
      const key = `${stage} ${bearer}`;
      let row = this.#all.get(key);
      if (row === undefined) {
        row = { stage, bearer, samples: samples() };
        this.#all.set(key, row);
      }
      row.samples.add(duration, message);
    }
  }

  of(stage: string, bearer: string): Figures | undefined {
    return this.#all.get(`${stage} ${bearer}`)?.samples.figures();
  }

  get rows(): OverviewStage[] {
    return [...this.#all.values()]
      .map(({ stage, bearer, samples: s }) => {
        const { of, ...figures } = s.figures();
        return { stage, label: stageLabel(stage, bearer), bearer, ...figures, message: of };
      })
      .filter((r) => r.count > 0)
      .sort((a, b) => b.median - a.median)
      .slice(0, MOST_STAGES);
  }
}

/** Stages of all messages of the capture. */
export function stageTable(loaded: Loaded): StageTable {
  const table = new StageTable();
  for (const [id, fate] of loaded.fates) table.add(fate, id);
  return table;
}

interface Range {
  readonly t0: number;
  readonly t1: number;
  readonly bins: number;
  readonly width: number;
}

function rangeOf(loaded: Loaded, r: OverviewRequest): Range {
  const [first, last] = [loaded.firstTime, loaded.lastTime].map((t) => (Number.isNaN(t) ? 0 : t)) as [number, number];
  const t0 = r.t0 ?? first;
  const t1 = Math.max(t0, r.t1 ?? last);
  const bins = Math.max(1, Math.min(MOST_BINS, Math.floor(r.bins ?? BINS)));
  return { t0, t1, bins, width: Math.max(1, Math.floor((t1 - t0) / bins) + 1) };
}

class Counting {
  readonly kinds: Series;
  readonly outcomes: Series;
  readonly verdicts: Series;
  readonly stages = new StageTable();
  readonly failing = new Map<string, Failing>();
  readonly sending = new Map<string, Sending>();
  messages = 0;
  retries = 0;

  constructor(bins: number) {
    this.kinds = new Series(bins);
    this.outcomes = new Series(bins);
    this.verdicts = new Series(bins);
  }

  message(r: MessageRecord, fate: Fate | undefined, bin: number): void {
    const outcome = fate?.outcome ?? null;
    const failure = fate?.failure == null ? contentFailure(r) : explainFailure(fate.failure);
    this.messages += 1;
    this.retries += fate?.retries ?? 0;
    this.kinds.add(r.kind, bin);
    // Until everything is read nobody knows.
    if (fate !== undefined) this.outcomes.add(outcome ?? 'none', bin);
    this.verdicts.add(r.verification.verdict, bin);
    if (fate !== undefined) this.stages.add(fate, r.id);
    if (failure !== null) this.failure(failure, r.id);
    this.#sender(r, fate);
  }

  /** `id`: of the message, null where there is none. */
  failure(failure: FlowFailure, id: string | null): void {
    const key = `${failure.stage} ${failure.bearer} ${failure.code ?? failure.text}`;
    let row = this.failing.get(key);
    if (row === undefined) {
      if (this.failing.size >= MOST_KEYS) return;
      row = { failure, count: 0, messages: [] };
      this.failing.set(key, row);
    }
    row.count += 1;
    if (id !== null && row.messages.length < SAMPLE_IDS) row.messages.push(id);
  }

  #sender(r: MessageRecord, fate: Fate | undefined): void {
    const { from } = r.joined;
    const name = from === null ? null : formatAddress(from);
    const key = name ?? '';
    let row = this.sending.get(key);
    if (row === undefined) {
      if (this.sending.size >= MOST_KEYS) return;
      row = { from: name, messages: 0, failed: 0, retries: 0, kinds: {}, last: r.id };
      this.sending.set(key, row);
    }
    row.messages += 1;
    row.retries += fate?.retries ?? 0;
    if (fate?.outcome === 'failed' || fate?.outcome === 'expired') row.failed += 1;
    row.kinds[r.kind] = (row.kinds[r.kind] ?? 0) + 1;
    row.last = r.id;
  }

  get failures(): OverviewFailure[] {
    return [...this.failing.values()]
      .sort((a, b) => b.count - a.count)
      .slice(0, MOST_FAILURES)
      .map(({ failure, count, messages }) => ({ ...failure, count, messages }));
  }

  get senders(): OverviewSender[] {
    return [...this.sending.values()]
      .sort((a, b) => b.messages - a.messages)
      .slice(0, MOST_SENDERS)
      .map(({ last, ...row }) => ({ ...row, message: last }));
  }
}

export function overview(loaded: Loaded, request: OverviewRequest): OverviewReply {
  const range = rangeOf(loaded, request);
  const whole = request.t0 === undefined && request.t1 === undefined;
  const inside = (time: number): boolean => whole || (time >= range.t0 && time <= range.t1);
  const counting = new Counting(range.bins);
  const recipients = new Set<string>();
  for (const r of loaded.records) {
    const { firstTime, to, imsi } = r.joined;
    if (!inside(firstTime)) continue;
    const bin = Number.isNaN(firstTime) ? -1 : Math.floor((firstTime - range.t0) / range.width);
    counting.message(r, loaded.fates.get(r.id), bin);
    if (recipients.size < MOST_RECIPIENTS) recipients.add(to?.value ?? imsi ?? '');
  }
  // Receipts of messages that are not in the capture still say that something failed.
  for (const r of loaded.collected.answers.orphans()) {
    if (r.state !== 'failed' || !inside(r.time)) continue;
    const { words, check } = explain(r.bearer, r.code, r.text, 'receipt');
    const stage = r.bearer === 'pap' ? 'notification' : 'receipt';
    counting.failure({ stage, bearer: r.bearer, code: r.code, text: `${words}: ${r.text}`, check }, null);
  }
  const reply = {
    messages: counting.messages,
    transactions: transactionsIn(loaded, inside),
    retries: counting.retries,
    t0: range.t0,
    t1: range.t1,
    bins: range.bins,
    binWidth: range.width,
    kinds: counting.kinds.rows,
    outcomes: counting.outcomes.rows,
    verdicts: counting.verdicts.rows,
    failures: counting.failures,
    stages: counting.stages.rows,
    senders: counting.senders,
    notSeen: loaded.coverage.sentences,
  };
  return { sentences: overviewSentences(reply, recipients.size, recipients.size >= MOST_RECIPIENTS), ...reply };
}

function transactionsIn(loaded: Loaded, inside: (time: number) => boolean): number {
  let n = 0;
  for (const t of loaded.transactions) {
    if (Number.isNaN(t.begun) || inside(t.begun)) n += 1;
  }
  return n;
}
