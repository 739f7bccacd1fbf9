// Several inputs as one stream of batches, in capture time, on one base.

import { type Finding, rules } from '../../captures/finding.ts';
import { openCapture } from '../../captures/open.ts';
import type { Batch, CaptureReader, FrameBatch, ReaderOptions, Unreadable } from '../../captures/reader.ts';
import type { Source } from '../../captures/source.ts';
import type { ReplayReader } from './framesreplay.ts';

export interface OpenedInput {
  readonly source: Source;
  readonly reader: CaptureReader | null;
  /** One sentence: the file, what its first octets look like, what would read it. */
  readonly error: string | null;
  consumed: number;
  /** Of frames with a time, on the session's base. */
  firstTime: number;
  lastTime: number;
  /** Frames whose time lies more than a second before that of the frame in front of them, and the first of these. */
  readonly stepsBack: StepsBack;
}

/** Clocks of whole seconds, and queues of a network card, make smaller steps; nanoseconds. */
const STEP = 1e9;

export interface StepsBack {
  count: number;
  /** 1-based number of the frame. */
  frame: number;
  /** Nanoseconds. */
  by: number;
  /** Time of the frame before. */
  last: number;
  /** The first of them: the time before, that after, and the frame with the latter. */
  readonly steps: { readonly before: number; readonly after: number; readonly frame: number }[];
}

/** Steps that are kept with their times. */
const MOST_STEPS = 200;

export const INPUT_RULES = rules({
  stepBack: {
    code: 'CAPTURE-CLOCK-STEP-BACK',
    severity: 'note',
    title: 'Times go back within the capture: what is told of the order and length of things may be wrong there',
    clause: 'draft-ietf-opsawg-pcap-08 5',
    fix: 'Merge captures by time (mergecap), and keep the clock of the capturing machine steady.',
  },
});

/** What is wrong with the input itself. */
export function inputFindings(o: OpenedInput): readonly Finding[] {
  const own = o.reader?.findings ?? [];
  const { count, frame, by } = o.stepsBack;
  if (count === 0) return own;
  const often = count === 1 ? '' : `; that happens ${count} times`;
  const message = `Frame ${frame} of ${o.source.name} is ${(by / 1e9).toFixed(1)} s before the one in front of it${often}`;
  return [...own, { rule: INPUT_RULES.stepBack, message, of: 'file', start: 0, length: 0 }];
}

const isUnreadable = (r: CaptureReader | Unreadable): r is Unreadable => 'unreadable' in r;

function unreadableSentence(name: string, u: Unreadable): string {
  const begins =
    u.looksLike === 'an empty file' ? 'it is empty' : `it begins with ${u.firstBytes} and looks like ${u.looksLike}`;
  return `${name} can't be read: ${begins}${u.readBy === undefined ? '' : `; ${u.readBy}`}.`;
}

async function openOne(source: Source, options: ReaderOptions): Promise<OpenedInput> {
  const stepsBack: StepsBack = { count: 0, frame: 0, by: 0, last: Number.NaN, steps: [] };
  const input = { source, consumed: 0, firstTime: Number.NaN, lastTime: Number.NaN, stepsBack };
  try {
    const reader = await openCapture(source, options);
    if (isUnreadable(reader)) return { ...input, reader: null, error: unreadableSentence(source.name, reader) };
    return { ...input, reader, error: null };
  } catch (e) {
    return { ...input, reader: null, error: `${source.name} can't be read: ${reason(e)}.` };
  }
}

const reason = (e: unknown): string => (e instanceof Error ? e.message : String(e)).replace(/\.$/, '');

export interface TimedBatch {
  readonly input: number;
  readonly batch: Batch;
  /** Adds to record times; frame batches have it applied already. */
  readonly shift: number;
}

export interface Inputs {
  readonly opened: readonly OpenedInput[];
  /** Absolute nanoseconds of time 0; null while nothing has a time. */
  readonly base: bigint | null;
  batches(): AsyncGenerator<TimedBatch, void, void>;
}

interface Lane {
  readonly input: number;
  readonly reader: CaptureReader;
  readonly iterator: AsyncGenerator<Batch, void, void>;
  next: Batch | null;
}

/** Time by which batches of several inputs are put in order. */
export const startOf = (batch: Batch): number => {
  if (batch.kind === 'frames' && batch.replayed !== undefined) return batch.replayed.first;
  const times = batch.kind === 'frames' ? batch.time.subarray(0, batch.count) : batch.records.map((r) => r.time);
  for (const t of times) if (!Number.isNaN(t)) return t;
  return Number.NEGATIVE_INFINITY;
};

/** Moves a batch's times; the reader's columns stay as they are, it may still need them. */
function shifted(batch: FrameBatch, shift: number): FrameBatch {
  if (shift === 0) return batch;
  const time = batch.time.slice(0, batch.count);
  for (let i = 0; i < time.length; i += 1) time[i] = time[i]! + shift;
  return { ...batch, time };
}

function noteTimes(input: OpenedInput, batch: Batch, shift: number): void {
  const see = (t: number) => {
    if (Number.isNaN(t)) return;
    if (!(t >= input.firstTime)) input.firstTime = t;
    if (!(t <= input.lastTime)) input.lastTime = t;
  };
  if (batch.kind === 'frames' && batch.replayed !== undefined) {
    see(batch.replayed.earliest);
    see(batch.replayed.latest);
  } else if (batch.kind === 'frames') {
    const back = input.stepsBack;
    for (let i = 0; i < batch.count; i += 1) {
      const t = batch.time[i]!;
      see(t);
      if (back.last - t > STEP) {
        if (back.count === 0) {
          back.frame = batch.firstNumber + i;
          back.by = back.last - t;
        }
        back.count += 1;
        if (back.steps.length < MOST_STEPS) {
          back.steps.push({ before: back.last, after: t, frame: batch.firstNumber + i });
        }
      }
      back.last = t;
    }
  } else {
    for (const r of batch.records) see(r.time + shift);
  }
}

const reopened = (source: Source, reader: ReplayReader): OpenedInput => {
  const { stepsBack } = reader;
  return { source, consumed: 0, firstTime: Number.NaN, lastTime: Number.NaN, stepsBack, reader, error: null };
};

/**
 * Opens all inputs; those that can't be read carry their sentence, the others are read. `base` continues an earlier
 * session; `replays` are readers of the same sources as they were read before.
 */
export async function openInputs(
  sources: readonly Source[],
  options: ReaderOptions,
  base: bigint | null,
  replays?: readonly ReplayReader[],
): Promise<Inputs> {
  const opened: OpenedInput[] = replays?.map((r, i) => reopened(sources[i]!, r)) ?? [];
  if (replays === undefined) for (const source of sources) opened.push(await openOne(source, options));
  const lanes: Lane[] = [];
  for (const [input, o] of opened.entries()) {
    if (o.reader === null) continue;
    lanes.push({ input, reader: o.reader, iterator: o.reader.batches(), next: null });
  }
  const pull = async (lane: Lane): Promise<void> => {
    const step = await lane.iterator.next();
    lane.next = step.done === true ? null : step.value;
  };
  // A reader knows its base only once it has read its first batch.
  for (const lane of lanes) await pull(lane);
  const bases = lanes.map((l) => l.reader.base).filter((b) => b !== null);
  const common = base ?? bases.reduce<bigint | null>((a, b) => (a === null || b < a ? b : a), null);
  const shiftOf = (lane: Lane): number =>
    common === null || lane.reader.base === null ? 0 : Number(lane.reader.base - common);

  async function* batches(): AsyncGenerator<TimedBatch, void, void> {
    for (;;) {
      let first: Lane | null = null;
      for (const lane of lanes) {
        if (lane.next === null) continue;
        if (first === null || startOf(lane.next) + shiftOf(lane) < startOf(first.next!) + shiftOf(first)) first = lane;
      }
      if (first === null) return;
      const shift = shiftOf(first);
      const raw = first.next!;
      const batch = raw.kind === 'frames' ? shifted(raw, shift) : raw;
      const input = opened[first.input]!;
      input.consumed = raw.consumed;
      noteTimes(input, batch, shift);
      yield { input: first.input, batch, shift };
      await pull(first);
    }
  }
  return { opened, base: common, batches };
}
