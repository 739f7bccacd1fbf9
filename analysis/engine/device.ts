// Questions about phones: who was sent settings, what each phone holds, what differs, and tables to copy.

import { stateOf } from '../device/alone.ts';
import { meaningOf } from '../device/effect.ts';
import { formatTable } from '../device/formats.ts';
import { historyOf, type Step } from '../device/history.ts';
import { changesOf, contextsOf, deviceRoutes, diffOf, objectsOf, stepOf } from '../device/show.ts';
import { NOTHING_HELD, type State } from '../device/state.ts';
import { tableOf } from '../device/table.ts';
import type {
  DeviceReplies,
  DeviceRequest,
  DeviceRow,
  DevicesRequest,
  DiffReply,
  DiffRequest,
  EffectReply,
  TableReply,
  TableRequest,
} from './contract/device.ts';
import type { Verdict } from './contract.ts';
import { deliveriesOf, documentOf, mayHoldSettings, receivedOf, subscriberOf } from './deliveries.ts';
import type { Flows } from './flowsof.ts';
import type { Loaded } from './load.ts';
import type { MessageRecord } from './records.ts';

export interface Devices {
  list(r: DevicesRequest): DeviceReplies['devices'];
  device(r: DeviceRequest): DeviceReplies['device'];
  diff(r: DiffRequest): DiffReply;
  table(r: TableRequest): TableReply;
  /** What its message did to the phone; null: it holds no settings, or stands before those that are followed. */
  effect(r: MessageRecord): EffectReply;
  /** Messages of a phone, one a delivery. Not kept. */
  steps(subscriber: string): readonly Step[];
  subscriberOf(r: MessageRecord): string;
}

/** Rows of one page. */
const MAX_ROWS = 500;

/** Messages of one phone that are followed; of more the latest. */
const MOST_FOLLOWED = 500;

/** From the worst on. */
const VERDICTS: readonly Verdict[] = [
  'invalid',
  'malformed',
  'no-mac',
  'unprotected',
  'no-key',
  'valid',
  'not-applicable',
];

const worstVerdict = (records: readonly MessageRecord[]): Verdict =>
  VERDICTS.find((v) => records.some((r) => r.verification.verdict === v)) ?? 'not-applicable';

const digits = (number: string): string => number.replace(/^\+/, '');

/** A key that was given is this phone's, or the sender made it wrongly of what is. */
const fitsGiven = ({ verification: v }: MessageRecord): boolean =>
  v.keySource === 'given' && (v.verdict === 'valid' || v.matchesOtherDerivation !== null);

interface Followed {
  readonly subscriber: string;
  readonly steps: readonly Step[];
  readonly skipped: number;
}

/** What is asked is worked out then and kept as long as nothing changes; one phone at a time. */
export function createDevices(loaded: Loaded, flows: Flows): Devices {
  let subscribers: ReadonlyMap<string, readonly MessageRecord[]> | null = null;
  let followed: Followed | null = null;

  const all = (): ReadonlyMap<string, readonly MessageRecord[]> => {
    if (subscribers !== null) return subscribers;
    const found = new Map<string, MessageRecord[]>();
    for (const r of loaded.records) {
      if (!mayHoldSettings(r)) continue;
      const id = subscriberOf(r, flows);
      const same = found.get(id);
      if (same === undefined) found.set(id, [r]);
      else same.push(r);
    }
    subscribers = found;
    return found;
  };

  const recordsOf = (subscriber: string): readonly MessageRecord[] => {
    const records = all().get(subscriber);
    if (records === undefined) throw new Error(`No settings were sent to ${subscriber}.`);
    return records;
  };

  /** The table of subscribers has keys for this very number. */
  const named = (subscriber: string): boolean =>
    loaded.subscribers?.some((s) => s.msisdn !== null && digits(s.msisdn) === digits(subscriber)) === true;

  const rowOf = (id: string, records: readonly MessageRecord[]): DeviceRow => ({
    id,
    label: id,
    messages: records.length,
    first: records[0]?.index ?? 0,
    verdict: worstVerdict(records),
  });

  const followAnew = (subscriber: string): Followed => {
    const records = recordsOf(subscriber);
    const looked = records.slice(-MOST_FOLLOWED);
    const strangeKeys = all().size > 1 && !named(subscriber) && !records.some(fitsGiven);
    const received = deliveriesOf(looked, flows).map((d) => ({ ...receivedOf(d, flows), strangeKeys }));
    return { subscriber, steps: historyOf(received), skipped: records.length - looked.length };
  };

  const follow = (subscriber: string): Followed => {
    if (followed?.subscriber !== subscriber) followed = followAnew(subscriber);
    return followed;
  };

  const stateAfter = (f: Followed, step: number): State => f.steps[step]?.state ?? NOTHING_HELD;

  const record = (id: string): MessageRecord => {
    const found = loaded.records.find((r) => r.id === id);
    if (found === undefined) throw new Error(`There is no message ${id}.`);
    return found;
  };

  return {
    list({ from, count, find }) {
      const wanted = (find ?? '').trim().toLowerCase();
      const rows = [...all()].filter(
        ([id, records]) =>
          wanted === '' || id.toLowerCase().includes(wanted) || records.some((r) => r.joined.imsi?.includes(wanted)),
      );
      const page = rows.slice(from, from + Math.min(count, MAX_ROWS));
      return { total: rows.length, rows: page.map(([id, records]) => rowOf(id, records)) };
    },
    device({ subscriber, step, against, secrets }) {
      const f = follow(subscriber);
      const options = { secrets: secrets === true };
      const last = f.steps.length - 1;
      const at = Math.min(Math.max(0, step ?? last), last);
      const base = Math.min(Math.max(-1, against ?? at - 1), last);
      const state = stateAfter(f, at);
      const own = f.steps[at];
      return {
        subscriber: rowOf(subscriber, recordsOf(subscriber)),
        steps: f.steps.map(stepOf),
        step: at,
        against: base,
        changes: own === undefined ? [] : changesOf(own, options),
        contexts: contextsOf(state),
        objects: objectsOf(state, options),
        routes: deviceRoutes(state),
        diff: diffOf(stateAfter(f, base), state, options),
        skipped: f.skipped,
      };
    },
    effect(r) {
      if (!mayHoldSettings(r)) return { effect: null };
      const subscriber = subscriberOf(r, flows);
      const f = follow(subscriber);
      const at = f.steps.findIndex(({ received: x }) => x.message === r.id || x.sightings.includes(r.id));
      const own = f.steps[at];
      if (own === undefined) return { effect: null };
      const meaning = meaningOf(stateAfter(f, at - 1), own).map((m) => m.text);
      return {
        effect: {
          subscriber,
          of: f.steps.length,
          first: f.skipped === 0,
          step: stepOf(own, at),
          changes: changesOf(own, { secrets: false }),
          consequences: [...new Set(meaning)],
        },
      };
    },
    steps: (subscriber) => followAnew(subscriber).steps,
    subscriberOf: (r) => subscriberOf(r, flows),
    diff: ({ a, b, secrets }) => compareRecords(record(a), record(b), secrets === true),
    table({ message, subscriber, step, format, secrets }) {
      const options = { secrets: secrets === true };
      if (message !== undefined) {
        const rows = tableOf(alone(record(message)), options);
        const title = `Settings of ${message}`;
        return { title, rows, text: formatTable(title, rows, format) };
      }
      if (subscriber === undefined) throw new Error('A table needs a message or a subscriber.');
      const f = follow(subscriber);
      const rows = tableOf(stateAfter(f, step ?? f.steps.length - 1), options);
      const title = `Settings of ${subscriber}`;
      return { title, rows, text: formatTable(title, rows, format) };
    },
  };
}

/** Why a message can't be compared; null: it can. */
function whyNothing(r: MessageRecord): string | null {
  if (r.state === 'incomplete') return `${r.id} is not complete: what it would have set is unknown.`;
  if (documentOf(r) === null) return `${r.id} holds no settings that can be read.`;
  return null;
}

const alone = (r: MessageRecord): State => stateOf(documentOf(r), { message: r.id, index: r.index, range: null });

/** Two messages, of one session or of two, as settings by themselves. */
export function compareRecords(a: MessageRecord, b: MessageRecord, secrets: boolean): DiffReply {
  const problem = whyNothing(a) ?? whyNothing(b);
  return { ...diffOf(alone(a), alone(b), { secrets }), problem };
}
