// In which order PINs are tried: likely ones, then all of four digits, of five, and so on, each with leading zeros.

import type { GuessTask, Slice } from './guesser.ts';
import { dates, type LikelyFrom, likelyPins } from './likely.ts';

/** Lengths that are searched. More digits take days, fewer nobody uses. */
export const SHORTEST_PIN = 4;
export const LONGEST_PIN = 8;

/** Smallest and largest number of digits. */
export interface PinLengths {
  readonly from: number;
  readonly to: number;
}

export interface SearchPlan {
  /** One for each key that the PIN follows: one alone for USERPIN, one an IMSI for USERNETWPIN. */
  readonly tasks: readonly GuessTask[];
  readonly lengths: PinLengths;
  readonly likely: LikelyFrom;
}

export interface Step {
  readonly task: number;
  readonly slice: Slice;
  /** Digits of the PINs in it; null for likely ones of any length. */
  readonly digits: number | null;
}

export interface Walk {
  /** All guesses there are, those on the list of likely ones apart. */
  readonly space: number;
  /** The next at most `size` guesses; null behind the last. */
  next(size: number): Step | null;
}

/** Likely PINs handed out at once: they travel as text. */
const MOST_OF_LIST = 20_000;

export const spaceOf = ({ from, to }: PinLengths): number => {
  let all = 0;
  for (let n = from; n <= to; n += 1) all += 10 ** n;
  return all;
};

/** Stages of the walk: a list, then for each length its dates and all its numbers. */
function* stages({ lengths, likely }: SearchPlan): Generator<Iterator<string> | number> {
  yield likelyPins(likely, lengths.from, lengths.to);
  for (let digits = lengths.from; digits <= lengths.to; digits += 1) {
    yield dates(digits, likely.year ?? undefined);
    yield digits;
  }
}

function take(list: Iterator<string>, size: number): string[] {
  const pins: string[] = [];
  while (pins.length < size) {
    const next = list.next();
    if (next.done === true) break;
    pins.push(next.value);
  }
  return pins;
}

export function walk(plan: SearchPlan): Walk {
  const tasks = plan.tasks.map((_, task) => task);
  let size = 1;
  function* steps(): Generator<Step> {
    for (const stage of stages(plan)) {
      if (typeof stage === 'number') {
        for (const task of tasks) {
          for (let from = 0; from < 10 ** stage; ) {
            const count = Math.min(size, 10 ** stage - from);
            yield { task, slice: { length: stage, from, count }, digits: stage };
            from += count;
          }
        }
        continue;
      }
      for (;;) {
        const pins = take(stage, Math.min(size, MOST_OF_LIST));
        if (pins.length === 0) break;
        for (const task of tasks) yield { task, slice: { pins }, digits: null };
      }
    }
  }
  const path = steps();
  return {
    space: tasks.length * spaceOf(plan.lengths),
    next(wanted) {
      size = Math.max(1, wanted);
      const { value, done } = path.next();
      return done === true ? null : value;
    },
  };
}
