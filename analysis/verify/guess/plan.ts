// In which order PINs are tried: likely ones, then all of four digits, of five, and so on, each with leading zeros.

import type { GuessTask, Slice } from './guesser.ts';
import { type LikelyFrom, likelyPins } from './likely.ts';

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

export function walk(plan: SearchPlan): Walk {
  const { tasks, lengths, likely } = plan;
  let task = 0;
  let list: Iterator<string> | null = likelyPins(likely, lengths.from, lengths.to);
  let digits = lengths.from;
  let at = 0;

  function ofList(size: number): Step | null {
    const pins: string[] = [];
    while (list !== null && pins.length < size) {
      const next = list.next();
      if (next.done === true) list = null;
      else pins.push(next.value);
    }
    const step: Step | null = pins.length === 0 ? null : { task, slice: { pins }, digits: null };
    if (list === null && task + 1 < tasks.length) {
      task += 1;
      list = likelyPins(likely, lengths.from, lengths.to);
    }
    return step;
  }

  return {
    space: tasks.length * spaceOf(lengths),
    next(size) {
      if (tasks.length === 0) return null;
      while (list !== null) {
        const step = ofList(Math.min(size, MOST_OF_LIST));
        if (list === null) task = 0;
        if (step !== null) return step;
      }
      if (digits > lengths.to) return null;
      const count = Math.min(size, 10 ** digits - at);
      const step: Step = { task, slice: { length: digits, from: at, count }, digits };
      at += count;
      if (at === 10 ** digits) {
        at = 0;
        task += 1;
        if (task === tasks.length) {
          task = 0;
          digits += 1;
        }
      }
      return step;
    },
  };
}
