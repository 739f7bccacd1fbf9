// Two marks of the user's: messages, or single steps of a ladder, to be set side by side.

import { computed, effect, signal } from '@preact/signals';
import { capture } from './session.ts';

export interface UserMark {
  /** Id of the message it stands for. */
  readonly message: string;
  /** MessageRow index. */
  readonly index: number;
  /** FlowStep index where a step of its ladder was marked, else null. */
  readonly step: number | null;
  /** In a few words: 'm4', 'm4 deliver_sm'. */
  readonly label: string;
}

/** At most two, the older first. */
export const marks = signal<readonly UserMark[]>([]);

export const canDiff = computed(() => marks.value.length === 2);

const same = (a: UserMark, b: UserMark): boolean => a.message === b.message && a.step === b.step;

/** Grows when the two are to be set side by side. */
export const diffWanted = signal(0);

/** Marks it, or takes its mark away; a third mark replaces the oldest. */
export function toggleMark(m: UserMark): void {
  const old = marks.peek();
  marks.value = old.some((x) => same(x, m)) ? old.filter((x) => !same(x, m)) : [...old, m].slice(-2);
}

export const clearMarks = (): void => {
  marks.value = [];
};

/** Which of the two marks this is, 1 or 2; 0: none. */
export const markNumber = (message: string, step: number | null): number =>
  marks.value.findIndex((x) => x.message === message && x.step === step) + 1;

effect(() => {
  void capture.value;
  marks.value = [];
});
