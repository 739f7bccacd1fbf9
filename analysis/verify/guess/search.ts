// A search on all cores: hands slices to whoever is free, keeps count, and ends when something fits.

import { type Guesser, type GuessTask, type Slice, sliceLength } from './guesser.ts';
import { type SearchPlan, type Walk, walk } from './plan.ts';

export interface Found {
  readonly pin: string;
  /** Index of the task whose key it completes. */
  readonly task: number;
}

/** One core's worth of guessing. */
export interface GuessWorker {
  find(task: number, slice: Slice): Promise<{ readonly pin: string | null; readonly kind: Guesser['kind'] }>;
  /** Ends at once, in the middle of a slice too; what was asked may then never be answered. */
  close(): void;
}

/** What a search needs of its host. */
export interface GuessHost {
  /** Cores there are for it. */
  readonly cores: number;
  /** Milliseconds from some moment on, never backwards. */
  now(): number;
  open(tasks: readonly GuessTask[]): Promise<GuessWorker>;
}

export type SearchEnd = 'found' | 'exhausted' | 'stopped' | 'failed';

export interface Progress {
  readonly end: SearchEnd | null;
  readonly tried: number;
  readonly space: number;
  /** Milliseconds. */
  readonly elapsed: number;
  /** Guesses a second, lately; null before there are any. */
  readonly rate: number | null;
  /** Digits of the PINs that are tried now; null for those of the list. */
  readonly digits: number | null;
  readonly workers: number;
  readonly kind: Guesser['kind'] | null;
  readonly found: Found | null;
  /** Why it failed, one sentence. */
  readonly error: string | null;
}

export interface Search {
  progress(): Progress;
  stop(): void;
  /** Resolves when it has ended, one way or another. */
  readonly done: Promise<Progress>;
}

/** Guesses of a worker's first slice, and milliseconds that a slice should take from then on. */
const FIRST_SLICE = 2_000;
const SLICE_TIME = 150;
const LARGEST_SLICE = 2_000_000;
/** Milliseconds that the rate is taken over: workers take their time to start. */
const LATELY = 2_000;

/** Guesses of a slice up to the one that fits. */
const guessesTo = (pin: string, s: Slice): number => ('pins' in s ? s.pins.indexOf(pin) : Number(pin) - s.from) + 1;

export function startSearch(plan: SearchPlan, host: GuessHost, jobs: number): Search {
  const path: Walk = walk(plan);
  const began = host.now();
  const workers: GuessWorker[] = [];
  /** How many were tried when, the oldest first. */
  const marks: { readonly at: number; readonly tried: number }[] = [{ at: began, tried: 0 }];
  let tried = 0;
  let digits: number | null = null;
  let kind: Guesser['kind'] | null = null;
  let found: Found | null = null;
  let end: SearchEnd | null = null;
  let error: string | null = null;
  let endedAt = began;
  let finish: () => void = () => undefined;
  const over = new Promise<void>((resolve) => {
    finish = resolve;
  });

  const conclude = (how: SearchEnd): void => {
    if (end !== null) return;
    end = how;
    endedAt = host.now();
    for (const w of workers) w.close();
    finish();
  };
  const rate = (): number | null => {
    const [from, to] = [marks[0]!, marks.at(-1)!];
    return to.at > from.at ? (1000 * (to.tried - from.tried)) / (to.at - from.at) : null;
  };
  const mark = (): void => {
    const at = host.now();
    marks.push({ at, tried });
    while (marks.length > 2 && marks[1]!.at < at - LATELY) marks.shift();
  };
  const progress = (): Progress => ({
    end,
    tried,
    space: path.space,
    elapsed: (end === null ? host.now() : endedAt) - began,
    rate: rate(),
    digits,
    workers: workers.length,
    kind,
    found,
    error,
  });

  async function work(): Promise<void> {
    const worker = await host.open(plan.tasks);
    if (end !== null) {
      worker.close();
      return;
    }
    workers.push(worker);
    let size = FIRST_SLICE;
    while (end === null) {
      const step = path.next(size);
      if (step === null) return;
      digits = step.digits;
      const from = host.now();
      const answer = await Promise.race([worker.find(step.task, step.slice), over]);
      if (answer === undefined || end !== null) return;
      kind = answer.kind;
      tried += answer.pin === null ? sliceLength(step.slice) : guessesTo(answer.pin, step.slice);
      mark();
      if (answer.pin !== null) {
        found = { pin: answer.pin, task: step.task };
        conclude('found');
        return;
      }
      const took = Math.max(1, host.now() - from);
      size = Math.min(LARGEST_SLICE, Math.max(FIRST_SLICE, Math.round((size * SLICE_TIME) / took)));
    }
  }

  const all = Promise.all(Array.from({ length: Math.max(1, jobs) }, work)).then(
    () => conclude('exhausted'),
    (e: unknown) => {
      error = e instanceof Error ? e.message : String(e);
      conclude('failed');
    },
  );
  return { progress, stop: () => conclude('stopped'), done: Promise.race([all, over]).then(progress) };
}
