// The filter over messages: rows are walked page by page, so that matches appear while the rest is looked at.

import { effect, signal, untracked } from '@preact/signals';
import { compileFilter } from '../view/filter.ts';
import { ask, capture, status, tell } from './session.ts';

export interface Matches {
  /** MessageRow indexes, ascending. */
  readonly indexes: readonly number[];
  readonly set: ReadonlySet<number>;
  /** Rows looked at so far. */
  readonly seen: number;
  readonly done: boolean;
}

export const filterText = signal('');
/** null: no filter. */
export const matches = signal<Matches | null>(null);

const PAGE = 200;
let run = 0;

async function walk(text: string): Promise<void> {
  run += 1;
  const mine = run;
  const test = compileFilter(text);
  if (test === null) {
    matches.value = null;
    return;
  }
  const indexes: number[] = [];
  const total = status.peek().messages;
  let published = performance.now();
  const publish = (seen: number, done: boolean): void => {
    matches.value = { indexes: [...indexes], set: new Set(indexes), seen, done };
  };
  try {
    for (let from = 0; from < total; from += PAGE) {
      const reply = await ask({ op: 'rows', table: 'messages', from, count: PAGE });
      if (mine !== run) return;
      for (const r of reply.messages) if (test(r)) indexes.push(r.index);
      if (performance.now() - published > 250) {
        publish(from + PAGE, false);
        published = performance.now();
      }
    }
    if (mine === run) publish(total, true);
  } catch (e) {
    tell(e);
  }
}

/** Binds the walk to the text and to what is loaded. */
export function followFilter(): void {
  let timer = 0;
  effect(() => {
    const text = filterText.value;
    void status.value.version;
    untracked(() => {
      clearTimeout(timer);
      if (compileFilter(text) === null) {
        run += 1;
        matches.value = null;
      } else timer = window.setTimeout(() => void walk(text), 150);
    });
  });
  effect(() => {
    if (capture.value > 0) filterText.value = '';
  });
}
