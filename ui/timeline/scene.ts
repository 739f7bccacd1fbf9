// What the chart shows at this moment, put together from the signals.

import { computed, signal } from '@preact/signals';
import { LANE_HEIGHT, LANE_PAGE, type LaneLayout, lanePages, type Span } from '../../analysis/draw/geometry.ts';
import { type Hit, laneHits } from '../../analysis/draw/hits.ts';
import type { Gap } from '../../analysis/engine/contract/timeline.ts';
import type { Lane } from '../../analysis/engine/contract.ts';
import { arrangementKey, laneCount } from '../state/arrange.ts';
import { applied, matches } from '../state/filter.ts';
import { prefs } from '../state/prefs.ts';
import { shown } from '../state/range.ts';
import { status } from '../state/session.ts';
import { clockOffset, tickStep, tickValues } from '../view/ticks.ts';
import { MS } from '../view/time.ts';
import { rested } from './loop.ts';
import { layoutAt, windowAt, windowsChanged } from './windows.ts';

/** Width of the chart, px. */
export const chartWidth = signal(0);
/** Height of the lanes seen, px. */
export const lanesHeight = signal(0);
export const laneTop = signal(0);
export const chartFocused = signal(false);

/** A hit where it is seen. */
export interface Pointed extends Hit {
  readonly lane: number;
}

export const hovered = signal<Pointed | null>(null);

/** A time under the pointer in which the capture has less than there was; no mark is there. */
export const hoveredGap = signal<{ readonly gap: Gap; readonly x: number; readonly y: number } | null>(null);

export interface LaneRow {
  readonly lane: number;
  readonly info: Lane | null;
}

/** The marks of a lane; they move together. */
export interface Strip {
  readonly lane: number;
  /** To be added to the places of its hits. */
  readonly x: number;
  readonly y: number;
  readonly hits: readonly Hit[];
}

export interface InView {
  readonly lanes: readonly LaneRow[];
  readonly strips: readonly Strip[];
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

interface Drawn {
  readonly pxPerNs: number;
  /** The stretch it holds; null: all of the reply. */
  readonly between: Span | null;
  readonly hits: readonly Hit[];
}

const drawn = new WeakMap<LaneLayout, Drawn>();

/** Placed beyond the chart's edges while zooming, as a share of its width: the next frame has another scale anyhow. */
const BEYOND = 0.15;

const holds = (d: Drawn, s: Span): boolean => d.between === null || (d.between.t0 <= s.t0 && d.between.t1 >= s.t1);

const isSameLane = (a: Lane | null, b: Lane | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.id === b.id &&
    a.label === b.label &&
    a.messages === b.messages &&
    a.worst === b.worst &&
    a.depth === b.depth &&
    a.pinned === b.pinned &&
    a.open === b.open &&
    a.transactions === b.transactions &&
    a.first === b.first);

let lastLanes: readonly LaneRow[] = [];

/** The rows of an earlier frame where nothing about them has changed: what is beside the marks need not be made anew. */
function steady(lanes: readonly LaneRow[]): readonly LaneRow[] {
  const same =
    lanes.length === lastLanes.length &&
    lanes.every((l, i) => l.lane === lastLanes[i]!.lane && isSameLane(l.info, lastLanes[i]!.info));
  if (!same) lastLanes = lanes;
  return lastLanes;
}

/** Lanes in view with their marks. A pan only moves what an earlier frame has placed. */
export const inView = computed<InView>(() => {
  void windowsChanged.value;
  void arrangementKey.value;
  const span = shown.value;
  const width = chartWidth.value;
  const top = laneTop.value;
  const height = lanesHeight.value;
  const total = laneCount.value;
  // A newer status may make windows stale, and so may a filter.
  void [status.value, applied.value, matches.value];
  if (width <= 0 || height <= 0) return { lanes: [], strips: [] };
  const nsPerPx = (span.t1 - span.t0) / width;
  const pxPerNs = 1 / nsPerPx;
  const lanes: LaneRow[] = [];
  const strips: Strip[] = [];
  for (const page of lanePages(top, height, total)) {
    const reply = windowAt(page, span, width);
    for (let at = 0; at < LANE_PAGE && page + at < total; at += 1) {
      const lane = page + at;
      const y = lane * LANE_HEIGHT - top;
      if (y + LANE_HEIGHT < 0 || y > height) continue;
      lanes.push({ lane, info: reply?.lanes[at] ?? null });
      if (reply === null || at >= reply.lanes.length) continue;
      const layout = layoutAt(reply, at, nsPerPx);
      let own = drawn.get(layout);
      // Rounding makes the width of a panned span differ in its last digits.
      const rescaled = own === undefined || Math.abs(own.pxPerNs / pxPerNs - 1) > 1e-9;
      if (own === undefined || rescaled || !holds(own, span)) {
        const room = (span.t1 - span.t0) * BEYOND;
        const between = rescaled ? { t0: span.t0 - room, t1: span.t1 + room } : null;
        const view = { reply, at, layout };
        own = { pxPerNs, between, hits: between === null ? laneHits(view, pxPerNs) : laneHits(view, pxPerNs, between) };
        drawn.set(layout, own);
      }
      strips.push({ lane, x: (reply.t0 - span.t0) * pxPerNs, y, hits: own.hits });
    }
  }
  return { lanes: steady(lanes), strips };
});

/** Changes only when a lane does, or comes into view or leaves it. */
export const lanesInView = computed(() => inView.value.lanes);

/** The scene once it has rested for a moment. */
export const settled = signal<InView>({ lanes: [], strips: [] });

/** Keeps `settled`; returns the undoing. */
export function followSettled(): () => void {
  const take = (): void => {
    settled.value = inView.peek();
  };
  take();
  return rested(() => void inView.value, take);
}

/** How far beyond the chart's edges marks still matter, px. */
const EDGE = 40;

/** Whether any of a hit is on the chart. */
export const isSeen = (h: Hit, s: Strip, width: number): boolean => {
  const right = h.x + s.x + h.w / 2;
  const left = Math.min(h.x - h.w / 2, h.x0) + s.x;
  return right > -EDGE && left < width + EDGE;
};

/** Where the pointer's finding is on the chart. */
export const pointed = (h: Hit, s: Strip): Pointed => ({
  ...h,
  lane: s.lane,
  x: h.x + s.x,
  x0: h.x0 + s.x,
  y: h.y + s.y,
});
