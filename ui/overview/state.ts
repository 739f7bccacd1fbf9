// What happened here: asked for when somebody looks at it, again when the capture or the keys change.

import { effect, signal, untracked } from '@preact/signals';
import type { OverviewReply } from '../../analysis/engine/contract/flows.ts';
import { addTerm, filterText } from '../state/filter.ts';
import { zoomTo } from '../state/range.ts';
import { selected, view } from '../state/selection.ts';
import { ask, capture, status, tell } from '../state/session.ts';

export const overview = signal<OverviewReply | null>(null);

export const BY = ['outcomes', 'kinds', 'verdicts'] as const;
export type By = (typeof BY)[number];
export const by = signal<By>('outcomes');

const BINS = 60;

/** A value in a filter: always quoted, so that no sign of it is read as part of the language. */
export const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

/** Goes to the messages that fit, in the list. */
export function showFitting(term: string): void {
  if (filterText.peek().trim() !== term) {
    filterText.value = '';
    addTerm(term);
  }
  view.value = 'list';
}

/** Goes to a stretch of time on the chart. */
export function showTime(t0: number, t1: number): void {
  view.value = 'timeline';
  zoomTo(t0, t1);
}

export function followOverview(): void {
  let run = 0;
  let timer = 0;
  effect(() => {
    void capture.value;
    overview.value = null;
  });
  effect(() => {
    // The inspector says it, too, while nothing is selected.
    const looked = view.value === 'overview' || selected.value === null;
    if (!looked || status.value.messages === 0) return;
    void status.value.version;
    clearTimeout(timer);
    // While it is read, the picture is drawn anew now and then.
    timer = window.setTimeout(
      () =>
        untracked(async () => {
          run += 1;
          const mine = run;
          try {
            const reply = await ask({ op: 'overview', bins: BINS });
            if (mine === run) overview.value = reply;
          } catch (e) {
            tell(e);
          }
        }),
      status.value.phase === 'loading' && overview.peek() !== null ? 1000 : 0,
    );
  });
}
