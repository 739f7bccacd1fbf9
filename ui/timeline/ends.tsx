// The two ends of a stretch of time: sliders that are moved with the keys, by hand where their place allows it, and
// told to screen readers.

import type { ReadonlySignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Span } from '../../analysis/draw/geometry.ts';
import type { Time } from '../../analysis/engine/contract.ts';
import { prefs } from '../state/prefs.ts';
import { status } from '../state/session.ts';
import { formatTime } from '../view/time.ts';
import { drawn, redraw, rested } from './loop.ts';

export interface EndsProps {
  /** What is being told of: 'the time shown'. */
  readonly of: string;
  readonly span: ReadonlySignal<Span | null>;
  /** What the width stands for. */
  readonly over: ReadonlySignal<Span>;
  /** How far the ends can be moved. */
  readonly within: ReadonlySignal<Span>;
  readonly width: ReadonlySignal<number>;
  put(span: Span): void;
  /** Times of events, for steps from one to the next. */
  readonly events?: () => readonly Time[];
  /** The time that is meant by a place on the screen; given, the ends can be dragged. */
  readonly timeAt?: (e: PointerEvent) => Time;
}

type End = 't0' | 't1';

/** Nearer the ends never come, ns. */
const LEAST = 1000;
const EDGE = 3;
/** Of what the width stands for, one press moves an end by so much ... */
const STEP = 1 / 200;
/** ... or by so much with Shift and page keys. */
const LEAP = 1 / 20;

function moved(p: EndsProps, end: End, to: Time): void {
  const s = p.span.peek();
  if (s === null) return;
  const { t0, t1 } = p.within.peek();
  p.put(
    end === 't0'
      ? { t0: Math.min(Math.max(to, t0), s.t1 - LEAST), t1: s.t1 }
      : { t0: s.t0, t1: Math.max(Math.min(to, t1), s.t0 + LEAST) },
  );
}

/** Where a key takes an end that is at `at`; null: it is none of its keys. */
function target(p: EndsProps, e: KeyboardEvent, at: Time): Time | null {
  if (e.altKey || e.metaKey) return null;
  const { t0, t1 } = p.within.peek();
  const over = p.over.peek();
  const width = over.t1 - over.t0;
  const sign = e.key === 'ArrowRight' || e.key === 'ArrowUp' || e.key === 'PageUp' ? 1 : -1;
  switch (e.key) {
    case 'Home':
      return t0;
    case 'End':
      return t1;
    case 'PageUp':
    case 'PageDown':
      return at + sign * width * LEAP;
    case 'ArrowLeft':
    case 'ArrowRight':
    case 'ArrowUp':
    case 'ArrowDown': {
      if (!e.ctrlKey) return at + sign * width * (e.shiftKey ? LEAP : STEP);
      const times = p.events?.().filter((t) => (t - at) * sign > 0) ?? [];
      return times.length === 0 ? at : sign * Math.min(...times.map((t) => t * sign));
    }
    default:
      return null;
  }
}

/** Seconds with six digits: what a reader falls back to when it does not say the words. */
const seconds = (t: Time): string => String(Math.round(t / 1000) / 1e6);

function Slider({ p, end }: { p: EndsProps; end: End }) {
  const ref = useRef<HTMLDivElement>(null);
  const { span, over, within, width } = p;

  useLayoutEffect(() => {
    const el = ref.current;
    if (el === null) return;
    const place = (): void => {
      const s = span.peek();
      const o = over.peek();
      if (s === null) return;
      const x = ((s[end] - o.t0) / (o.t1 - o.t0)) * width.peek();
      const w = width.peek();
      // At the very edge it would be cut in half.
      el.style.transform = `translateX(${Math.round(Math.min(Math.max(x, EDGE), w - EDGE))}px)`;
      const visibility = x < -1 || x > w + 1 ? 'hidden' : '';
      if (el.style.visibility !== visibility) el.style.visibility = visibility;
    };
    const tell = (): void => {
      const s = span.peek();
      if (s === null) return;
      el.setAttribute('aria-valuemin', seconds(within.peek().t0));
      el.setAttribute('aria-valuemax', seconds(within.peek().t1));
      el.setAttribute('aria-valuenow', seconds(s[end]));
      el.setAttribute('aria-valuetext', formatTime(s[end], prefs.peek().time, status.peek().base, 3));
    };
    place();
    tell();
    const stops = [
      drawn(() => void [span.value, over.value, width.value], place),
      rested(() => void [span.value, within.value, prefs.value.time, status.value.base], tell),
      // Who moves it hears at once where it is.
      span.subscribe(() => {
        if (document.activeElement === el) redraw(tell);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [span, over, within, width, end]);

  const onKeyDown = (e: KeyboardEvent): void => {
    const s = span.peek();
    const to = s === null ? null : target(p, e, s[end]);
    if (to === null) return;
    moved(p, end, to);
    e.preventDefault();
    e.stopPropagation();
  };
  const onPointerDown = (e: PointerEvent): void => {
    const el = ref.current;
    if (p.timeAt === undefined || e.button !== 0 || el === null) return;
    el.setPointerCapture(e.pointerId);
    el.focus();
    e.preventDefault();
    e.stopPropagation();
  };
  const onPointerMove = (e: PointerEvent): void => {
    if (p.timeAt === undefined) return;
    e.stopPropagation();
    if (ref.current?.hasPointerCapture(e.pointerId) === true) moved(p, end, p.timeAt(e));
  };
  return (
    <div
      ref={ref}
      class="end"
      role="slider"
      tabIndex={0}
      aria-label={`${end === 't0' ? 'Beginning' : 'End'} of ${p.of}`}
      aria-orientation="horizontal"
      aria-valuenow={0}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={(e) => {
        if (p.timeAt !== undefined) e.stopPropagation();
      }}
    />
  );
}

export const Ends = (p: EndsProps) => (
  <>
    <Slider p={p} end="t0" />
    <Slider p={p} end="t1" />
  </>
);
