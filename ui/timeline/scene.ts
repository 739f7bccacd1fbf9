// What the chart shows at this moment, put together from the signals.

import { computed, signal } from '@preact/signals';
import type { Lane } from '../../analysis/engine/contract.ts';
import { prefs } from '../state/prefs.ts';
import { shown } from '../state/range.ts';
import { status } from '../state/session.ts';
import { clockOffset, tickStep, tickValues } from '../view/ticks.ts';
import { MS } from '../view/time.ts';
import { LANE_HEIGHT, LANE_PAGE, lanePages } from './geometry.ts';
import { type Hit, laneHits } from './hits.ts';
import { layoutAt, windowAt, windowsChanged } from './windows.ts';

/** Width of the chart, px. */
export const chartWidth = signal(0);
/** Height of the lanes seen, px. */
export const lanesHeight = signal(0);
export const laneTop = signal(0);
export const hovered = signal<Hit | null>(null);
export const chartFocused = signal(false);

export interface LaneRow {
  readonly lane: number;
  readonly info: Lane | null;
  /** Top within the view, px. */
  readonly y: number;
}

export const ticks = computed(() => {
  const span = shown.value;
  const { time } = prefs.value;
  const { base } = status.value;
  const width = span.t1 - span.t0;
  const stepAt = (px: number): number => tickStep(width, Math.max(2, Math.floor(chartWidth.value / px)));
  // Below a millisecond the labels are long.
  const step = stepAt(84) >= MS ? stepAt(84) : stepAt(128);
  return { step, values: tickValues(span.t0, span.t1, step, clockOffset(span.t0, time, base)) };
});

/** Lanes in view with their marks, as drawn. */
export const inView = computed<{ readonly lanes: readonly LaneRow[]; readonly hits: readonly Hit[] }>(() => {
  void windowsChanged.value;
  const span = shown.value;
  const width = chartWidth.value;
  const top = laneTop.value;
  const height = lanesHeight.value;
  const total = status.value.lanes;
  if (width <= 0 || height <= 0) return { lanes: [], hits: [] };
  const nsPerPx = (span.t1 - span.t0) / width;
  const lanes: LaneRow[] = [];
  const hits: Hit[] = [];
  for (const page of lanePages(top, height, total)) {
    const reply = windowAt(page, span, width);
    for (let at = 0; at < LANE_PAGE && page + at < total; at += 1) {
      const lane = page + at;
      const y = lane * LANE_HEIGHT - top;
      if (y + LANE_HEIGHT < 0 || y > height) continue;
      lanes.push({ lane, info: reply?.lanes[at] ?? null, y });
      if (reply === null || at >= reply.lanes.length) continue;
      const layout = layoutAt(reply, at, nsPerPx);
      hits.push(...laneHits({ reply, at, layout, lane, y }, span, width));
    }
  }
  return { lanes, hits };
});
