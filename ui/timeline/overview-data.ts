// How much happens when, over the whole capture, asked for as a histogram and never as marks.

import { type Signal, signal } from '@preact/signals';
import type { DensityReply } from '../../analysis/engine/contract/timeline.ts';
import { applied, matches } from '../state/filter.ts';
import { bounds } from '../state/range.ts';
import { ask, capture, status, tell } from '../state/session.ts';

/** Width of a column, px. */
export const COLUMN = 3;
/** While a capture is being read: at least so long between two looks at all of it, ms, and a small share of the time. */
const RENEW = 700;
const SHARE = 20;

export const density = signal<DensityReply | null>(null);

/** Keeps `density` in step with what is loaded; returns the undoing. */
export function followDensity(width: Signal<number>): () => void {
  let run = 0;
  let timer = 0;
  let last = -RENEW;
  let renewAfter = RENEW;
  let busy = false;
  let again = false;
  const load = async (): Promise<void> => {
    if (busy) {
      again = true;
      return;
    }
    const mine = run;
    busy = true;
    last = performance.now();
    const { t0, t1 } = bounds.peek();
    const columns = Math.max(1, Math.floor(width.peek() / COLUMN));
    try {
      const filter = applied.peek();
      const request = { op: 'density', t0, t1, columns } as const;
      const wanted = filter === '' ? request : { ...request, filter };
      const reply = status.peek().messages === 0 ? null : await ask(wanted);
      if (mine === run) density.value = reply;
      renewAfter = Math.max(RENEW, (performance.now() - last) * SHARE);
    } catch (e) {
      tell(e);
    } finally {
      busy = false;
      if (again) {
        again = false;
        schedule();
      }
    }
  };
  function schedule(): void {
    if (width.peek() <= 0) return;
    if (status.peek().phase !== 'loading') last = -renewAfter;
    clearTimeout(timer);
    timer = window.setTimeout(() => void load(), Math.max(60, last + renewAfter - performance.now()));
  }
  const stops = [width.subscribe(schedule), status.subscribe(schedule), matches.subscribe(schedule)];
  stops.push(
    capture.subscribe(() => {
      run += 1;
      density.value = null;
    }),
  );
  return () => {
    run += 1;
    clearTimeout(timer);
    for (const stop of stops) stop();
  };
}
