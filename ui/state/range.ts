// The stretch of time on the chart, and moving it.

import { computed, effect, signal } from '@preact/signals';
import {
  centreSpan,
  clampSpan,
  frameSpan,
  panSpan,
  type Span,
  wholeSpan,
  zoomSpan,
} from '../../analysis/draw/geometry.ts';
import { capture, progress, status } from './session.ts';

/** null: the whole capture, also while it grows. */
const wanted = signal<Span | null>(null);

const LEAST_SHARE = 0.01;

export const bounds = computed<Span>(() => wholeSpan(status.value.t0, status.value.t1));

/** While a capture is read, what is there takes no more of the strip than was read of it: the strip fills from the left. */
export const stripSpan = computed<Span>(() => {
  const { t0, t1 } = bounds.value;
  const p = progress.value;
  const share = p === null || p.total === null || p.total === 0 ? 1 : Math.min(1, p.consumed / p.total);
  return share === 1 ? bounds.value : { t0, t1: t0 + (t1 - t0) / Math.max(LEAST_SHARE, share) };
});

/** What the chart shows. */
export const shown = computed<Span>(() =>
  wanted.value === null ? bounds.value : clampSpan(wanted.value, bounds.value),
);

/** A stretch marked by dragging, not yet zoomed to. */
export const marked = signal<Span | null>(null);

/** Marks what was asked for, or the middle third of what is shown. */
export function markStretch(from: number, to: number): void {
  const s = shown.peek();
  const third = (s.t1 - s.t0) / 3;
  marked.value = to > from ? { t0: from, t1: to } : { t0: s.t0 + third, t1: s.t1 - third };
}

export const isWhole = computed(() => wanted.value === null);

const calm = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

let moving = 0;

/** null: all of it. Kept as given; what is shown is clamped to what is loaded by then. */
export function setRange(span: Span | null): void {
  cancelAnimationFrame(moving);
  const b = bounds.peek();
  const all = status.peek().messages > 0 && span !== null && span.t1 - span.t0 >= (b.t1 - b.t0) * 0.9999;
  wanted.value = all ? null : span;
}

/** Goes there in 160 ms, so that the eye can follow; at once where motion is unwelcome. */
function glide(to: Span): void {
  cancelAnimationFrame(moving);
  if (calm()) {
    setRange(to);
    return;
  }
  const from = shown.peek();
  const start = performance.now();
  const step = (now: number): void => {
    const x = Math.min(1, (now - start) / 160);
    const e = 1 - (1 - x) ** 3;
    if (x === 1) {
      setRange(to);
      return;
    }
    wanted.value = clampSpan(
      { t0: from.t0 + (to.t0 - from.t0) * e, t1: from.t1 + (to.t1 - from.t1) * e },
      bounds.peek(),
    );
    moving = requestAnimationFrame(step);
  };
  moving = requestAnimationFrame(step);
}

const middle = (s: Span): number => (s.t0 + s.t1) / 2;

/** factor below 1 zooms in, about `at` or the middle. */
export function zoom(factor: number, at?: number): void {
  const s = shown.peek();
  const focus = at !== undefined && at >= s.t0 && at <= s.t1 ? at : middle(s);
  glide(zoomSpan(s, factor, focus, bounds.peek()));
}

/** By a share of the width, negative to earlier. */
export function pan(share: number): void {
  const s = shown.peek();
  glide(panSpan(s, (s.t1 - s.t0) * share, bounds.peek()));
}

export const showAll = (): void => glide(bounds.peek());

export const zoomTo = (t0: number, t1: number): void => glide(clampSpan({ t0, t1 }, bounds.peek()));

/** Centres [t0, t1]; when it is centred already, fits it. */
export function centreOrFit(t0: number, t1: number): void {
  const s = shown.peek();
  const at = (t0 + t1) / 2;
  const centred = centreSpan(s, at, bounds.peek());
  const near = Math.abs(middle(centred) - middle(s)) < (s.t1 - s.t0) * 0.01;
  glide(near ? frameSpan(t0, t1, bounds.peek()) : centred);
}

/** Moves no more than is needed to show [t0, t1]. */
export function bringIntoView(t0: number, t1: number): void {
  if (!Number.isFinite(t0) || !Number.isFinite(t1)) return;
  const s = shown.peek();
  const width = s.t1 - s.t0;
  const edge = width * 0.04;
  if (t0 >= s.t0 + edge && t1 <= s.t1 - edge) return;
  if (t1 - t0 > width * 0.9) glide(frameSpan(t0, t1, bounds.peek()));
  else glide(centreSpan(s, (t0 + t1) / 2, bounds.peek()));
}

effect(() => {
  void capture.value;
  wanted.value = null;
  marked.value = null;
});
