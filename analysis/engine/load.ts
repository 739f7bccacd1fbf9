// From sources to messages: containers, driver, assembler, interpretation, in one pass.

import { Anchors } from '../../captures/index/anchors.ts';
import type { FrameBatch, ReaderOptions } from '../../captures/reader.ts';
import type { Signal, Source } from '../../captures/source.ts';
import type { FrameFinding } from '../../dissectors/base/message.ts';
import type { Connects } from '../../dissectors/driver/connects.ts';
import { createDriver, type DriverStats } from '../../dissectors/driver/index.ts';
import { dissectors } from '../../dissectors/index.ts';
import { createRegistry, parseDecodeAs } from '../../dissectors/registry.ts';
import type { Joined } from '../../dissectors/sms/joined.ts';
import { decodeRecord } from '../../dissectors/sms/log.ts';
import { type Coverage, coverageOf } from '../flows/coverage.ts';
import type { Fate } from '../flows/fate.ts';
import type { Transaction } from '../flows/transactions.ts';
import { accountsFor, accountsOfKeys, type DmAccount } from '../pushes/accounts.ts';
import { judgeAcross } from '../pushes/across.ts';
import { isTrigger } from '../pushes/trigger.ts';
import { type Collected, createCollector, ofFile } from './collect.ts';
import type { Keys } from './contract.ts';
import { type BookEvidence, createEvidence, isSameEvidence, type Sighting } from './evidence.ts';
import { type Finished, finish } from './finish.ts';
import { createFrameTable, type FrameTable } from './frames.ts';
import { type ReplayStore, recall, record } from './framesreplay.ts';
import { type Inputs, inputFindings, type OpenedInput, openInputs } from './inputs.ts';
import { createJudging } from './judging.ts';
import { applyKeys, type Evidence, inOrder, type MessageRecord } from './records.ts';
import type { Threads } from './workers/threads.ts';

export interface Subscriber {
  readonly msisdn: string | null;
  readonly imsi: string | null;
  readonly pin: string | null;
}

export interface LoadOptions {
  readonly keys: Keys;
  readonly subscribers?: readonly Subscriber[];
  /** 'udp.port=5000:wdp' ... */
  readonly decodeAs?: readonly string[];
  /** Keep ordinary short messages too. */
  readonly includeText?: boolean;
  /** false: nothing is passed over; the result is the same (docs/performance.md, Pre-filter). */
  readonly prefilter?: boolean;
  readonly blockSize?: number;
  /** Files that were read before are not read through again; the report is the same, octet for octet. */
  readonly replays?: ReplayStore;
  readonly signal?: Signal;
  /** Where messages are interpreted besides this thread; the result is the same. */
  readonly threads?: Threads;
  /** After each batch; a host that must stay responsive waits here. */
  readonly onBatch?: (loaded: Loaded) => Promise<void> | void;
}

export interface Loaded {
  readonly sources: readonly Source[];
  /** The table of keys that was given. */
  readonly subscribers?: readonly Subscriber[];
  readonly opened: readonly OpenedInput[];
  /** Absolute nanoseconds of time 0. */
  readonly base: bigint | null;
  readonly frames: FrameTable;
  /** Of each input, where its frames are in the file. */
  readonly anchors: readonly Anchors[];
  /** By first time once `done`, in order of discovery before. */
  readonly records: readonly MessageRecord[];
  /** Attempts to provision somebody; empty until `done`. */
  readonly transactions: readonly Transaction[];
  /** What became of each message, by its id; empty until `done`. */
  readonly fates: ReadonlyMap<string, Fate>;
  /** Number that signalling tells of an IMSI, or null. */
  numberOf(imsi: string): string | null;
  /** Attempts to open TCP connections. */
  readonly connects: Connects;
  readonly coverage: Coverage;
  readonly collected: Collected;
  /** Findings of containers and of layers that belong to no message. */
  readonly findings: readonly FrameFinding[];
  readonly stats: DriverStats;
  /** Last time seen so far. */
  readonly lastTime: number;
  readonly firstTime: number;
  readonly done: boolean;
  /** Replaces the keys and judges every MAC anew. */
  useKeys(keys: Keys): void;
  evidence(record: MessageRecord): Evidence;
  /** Everything that may be the key of the message, in the order it is tried. */
  sightings(record: MessageRecord): readonly Sighting[];
  /** A PIN that was found by trying: judges every MAC anew. */
  useSearched(pin: string): void;
}

const registry = createRegistry(dissectors);

/** Candidates of one message that are kept to see whether more became known. */
const FEW = 4;

function isWorthKeeping({ inferred, told }: BookEvidence): boolean {
  const known = inferred.length + told.length;
  return known > 0 && known <= FEW;
}

/** Reads everything. Never rejects for what is in the input; rejects with TypeError for an unknown decode-as. */
export async function load(sources: readonly Source[], options: LoadOptions): Promise<Loaded> {
  const readerOptions: ReaderOptions = {
    ...(options.blockSize === undefined ? {} : { blockSize: options.blockSize }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  };
  const decodeAs = (options.decodeAs ?? []).map(parseDecodeAs);
  const frames = createFrameTable();
  const live = sources.some((s) => s.live === true);
  const collector = createCollector(frames, {
    includeText: options.includeText ?? false,
    live,
  });
  const inputOf = new WeakMap<FrameBatch, number>();
  const recalled = await recall(options.replays, sources, options);
  const recording =
    recalled === null ? record(options.replays, sources, options, (batch) => inputOf.get(batch) ?? 0) : null;
  const driver = createDriver({
    registry,
    sink: collector.sink,
    frames: { add: (batch, index) => frames.add(batch, index, inputOf.get(batch) ?? 0, 0) },
    decodeAs,
    prefilter: options.prefilter ?? true,
    ...(recording === null ? {} : { touched: recording }),
  });
  const inputs: Inputs = await openInputs(sources, readerOptions, null, recalled?.readers);
  const anchors = recalled?.anchors ?? inputs.opened.map(() => new Anchors());
  let keys = options.keys;
  let records: MessageRecord[] = [];
  let finished: Finished = { transactions: [], fates: new Map(), numbers: new Map() };
  let coverage: Coverage | null = null;
  /** Nothing more will be read. */
  let over = false;
  let taken = 0;
  let done = false;
  const containerFindings = () => inputs.opened.flatMap(inputFindings).map(ofFile);
  const book = createEvidence({
    subscribers: options.subscribers ?? [],
    collected: collector.collected,
    place(frame) {
      const { input, number } = frames.at(frame);
      return inputs.opened.length > 1
        ? `frame ${number} of ${inputs.opened[input]?.source.name ?? ''}`
        : `frame ${number}`;
    },
  });
  let accounts: readonly DmAccount[] = [];
  const evidence = (r: MessageRecord): Evidence => ({
    ...book.of(r.joined, keys),
    accounts: [...accountsOfKeys(keys), ...accounts],
  });

  /** Messages below this one that are not yet among the records are judged by keys that were changed. */
  let judgedBefore = 0;
  let changes = 0;
  const judgeAll = (): void => {
    judgedBefore = taken;
    changes += 1;
    for (const r of records) applyKeys(r, evidence(r));
  };

  const loaded: Loaded = {
    sources,
    subscribers: options.subscribers ?? [],
    opened: inputs.opened,
    base: inputs.base,
    frames,
    anchors,
    get records() {
      return records;
    },
    get transactions() {
      return finished.transactions;
    },
    get fates() {
      return finished.fates;
    },
    numberOf: (imsi) => finished.numbers.get(imsi) ?? null,
    connects: driver.connects,
    get coverage() {
      if (coverage !== null) return coverage;
      const made = coverageOf({
        firstTime: loaded.firstTime,
        lastTime: loaded.lastTime,
        findings: loaded.findings,
        cutFrames: loaded.stats.byProtocol.cut ?? 0,
        truncated: inputs.opened.filter((o) => o.reader?.truncatedAt != null).map((o) => o.source.name),
      });
      if (over) coverage = made;
      return made;
    },
    collected: collector.collected,
    get findings() {
      return [...containerFindings(), ...collector.collected.findings];
    },
    get stats() {
      return driver.stats();
    },
    get firstTime() {
      return inputs.opened.reduce((t, o) => (o.firstTime < t || Number.isNaN(t) ? o.firstTime : t), Number.NaN);
    },
    get lastTime() {
      return inputs.opened.reduce((t, o) => (o.lastTime > t || Number.isNaN(t) ? o.lastTime : t), Number.NaN);
    },
    get done() {
      return done;
    },
    useKeys(next) {
      keys = next;
      judgeAll();
    },
    evidence,
    sightings: (r) => book.sightings(r.joined),
    useSearched(pin) {
      book.searched(pin);
      judgeAll();
    },
  };

  const judging = createJudging(live ? undefined : options.threads, (r) => {
    records.push(r);
    if (r.index < judgedBefore) applyKeys(r, evidence(r));
  });
  /** What messages were judged by, where something was known and not much. */
  const judgedBy = new Map<Joined, BookEvidence>();
  const absorb = (): void => {
    const { joined } = collector.collected;
    for (; taken < joined.length; taken += 1) {
      const j = joined[taken]!;
      const known = book.of(j, keys);
      if (isWorthKeeping(known)) judgedBy.set(j, known);
      judging.add(j, known);
    }
  };
  try {
    for await (const { input, batch, shift } of inputs.batches()) {
      if (batch.kind === 'frames') {
        inputOf.set(batch, input);
        if (batch.replayed === undefined) anchors[input]!.add(batch);
        driver.batch(batch);
      } else {
        for (const r of batch.records) {
          const time = r.time + shift;
          decodeRecord(r, frames.addRecord(r, input, time), time, collector.sink);
        }
      }
      absorb();
      await judging.room();
      await options.onBatch?.(loaded);
      if (options.signal?.aborted === true) break;
    }
    if (recalled !== null) driver.restore(recalled.counters);
    recording?.counted(driver.counters);
    driver.end();
    collector.end();
    absorb();
    await judging.all();
    for (const o of inputs.opened) {
      for (const { imsi, label } of o.reader?.identities ?? []) {
        const text = `${label} in ${o.source.name}`;
        collector.sink.identity({ msisdn: null, imsi, time: Number.NaN, frame: null, text, of: 'card' });
      }
    }
    // What was learnt about subscribers late also speaks for messages that came early.
    const before = changes;
    for (const r of records) {
      if (r.sec === null && r.mac === null) continue;
      const known = book.of(r.joined, keys);
      if (known.inferred.length + known.told.length === 0) continue;
      const then = changes === 0 ? judgedBy.get(r.joined) : undefined;
      if (then === undefined || !isSameEvidence(then, known)) judging.again(r, known);
    }
    await judging.all();
    if (changes !== before) judgeAll();
    judgedBy.clear();
  } finally {
    judging.close();
    recalled?.close();
  }
  records = inOrder(records);
  over = true;
  finished = finish(records, loaded);
  judgeAcross(records, inputs.base);
  accounts = accountsFor(records);
  for (const r of records) if (isTrigger(r.kind)) applyKeys(r, evidence(r));
  done = true;
  if (options.signal?.aborted !== true) await recording?.keep(inputs.opened, anchors, inputs.base);
  return loaded;
}
