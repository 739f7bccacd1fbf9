// What is compared: the two marks, or pairs of messages of two captures.

import { effect, signal, untracked } from '@preact/signals';
import type { CompareReplies, CompareReply } from '../../analysis/engine/contract/compare.ts';
import { clearMarks, diffWanted, marks, type UserMark } from '../state/marks.ts';
import { view } from '../state/selection.ts';
import { ask, capture, status, tell } from '../state/session.ts';

export const compared = signal<CompareReply | null>(null);
export const pairs = signal<CompareReplies['pairs'] | null>(null);
/** Inputs whose messages are paired. */
export const inputsChosen = signal<readonly [number, number]>([0, 1]);
/** Fields that are alike are shown, too. */
export const allFields = signal(false);

const PAGE = 200;

const markOf = (row: { readonly id: string; readonly index: number }): UserMark => ({
  message: row.id,
  index: row.index,
  step: null,
  label: row.id,
});

export function compareRows(a: { id: string; index: number }, b: { id: string; index: number }): void {
  marks.value = [markOf(a), markOf(b)];
}

export function swap(): void {
  marks.value = [...marks.peek()].reverse();
}

export const leave = (): void => {
  clearMarks();
};

export function followCompare(): void {
  let run = 0;
  let wanted = diffWanted.peek();
  effect(() => {
    if (diffWanted.value !== wanted) {
      wanted = diffWanted.value;
      view.value = 'compare';
    }
  });
  effect(() => {
    void capture.value;
    compared.value = null;
    pairs.value = null;
    inputsChosen.value = [0, 1];
  });
  effect(() => {
    if (view.value !== 'compare') return;
    const [a, b] = marks.value;
    void status.value.version;
    run += 1;
    const mine = run;
    if (a === undefined || b === undefined) {
      compared.value = null;
      return;
    }
    untracked(async () => {
      try {
        const reply = await ask({ op: 'compare', a: a.message, b: b.message });
        if (mine === run) compared.value = reply;
      } catch (e) {
        tell(e);
      }
    });
  });
  let asking = 0;
  effect(() => {
    if (view.value !== 'compare' || marks.value.length === 2 || status.value.inputs.length < 2) return;
    const [a, b] = inputsChosen.value;
    void status.value.version;
    asking += 1;
    const mine = asking;
    untracked(async () => {
      try {
        const reply = await ask({ op: 'pairs', a, b, from: 0, count: PAGE });
        if (mine === asking) pairs.value = reply;
      } catch (e) {
        tell(e);
      }
    });
  });
}
