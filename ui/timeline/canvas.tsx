// Two canvases and their loop: it draws when something it shows has changed, and sleeps otherwise. The upper one has
// what follows the pointer, so that pointing leaves the marks alone.

import { effect } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { gaps, laneCount, selectedLane } from '../state/arrange.ts';
import { matches } from '../state/filter.ts';
import { marks } from '../state/marks.ts';
import { marked, shown } from '../state/range.ts';
import { detail, focusLane, selectedRow } from '../state/selection.ts';
import { ink } from './ink.ts';
import { paint, paintOver } from './paint.ts';
import { chartFocused, chartWidth, hovered, inView, lanesHeight, laneTop, ticks } from './scene.ts';
import { spritesFor } from './sprites.ts';

/** The context, sized and scaled to CSS pixels; null while there is nothing to draw on. */
function ready(c: CanvasRenderingContext2D): boolean {
  const [width, height] = [chartWidth.peek(), lanesHeight.peek()];
  if (width <= 0 || height <= 0) return false;
  const dpr = devicePixelRatio;
  const [w, h] = [Math.round(width * dpr), Math.round(height * dpr)];
  if (c.canvas.width !== w) c.canvas.width = w;
  if (c.canvas.height !== h) c.canvas.height = h;
  c.setTransform(dpr, 0, 0, dpr, 0, 0);
  return true;
}

function drawMarks(c: CanvasRenderingContext2D): void {
  const row = selectedRow.peek();
  paint(
    c,
    {
      width: chartWidth.peek(),
      height: lanesHeight.peek(),
      top: laneTop.peek(),
      lanes: laneCount.peek(),
      span: shown.peek(),
      ticks: ticks.peek().values,
      strips: inView.peek().strips,
      gaps: gaps.peek(),
      selected: row?.index ?? -1,
      selectedLane: row === null ? -1 : selectedLane.peek(),
      selectedTime: row?.lastTime ?? Number.NaN,
      hops: new Set(detail.peek()?.hops.map((h) => h.index)),
      pins: marks.peek().map((m) => m.index),
      matches: matches.peek(),
    },
    ink.peek(),
    spritesFor(ink.peek(), devicePixelRatio),
  );
}

function drawOver(c: CanvasRenderingContext2D): void {
  paintOver(
    c,
    {
      width: chartWidth.peek(),
      height: lanesHeight.peek(),
      top: laneTop.peek(),
      span: shown.peek(),
      focusLane: focusLane.peek(),
      focused: chartFocused.peek(),
      hover: hovered.peek(),
      marked: marked.peek(),
    },
    ink.peek(),
  );
}

/** Draws once a frame after `read` names something that has changed; returns the undoing. */
function drawn(c: CanvasRenderingContext2D, read: () => void, draw: (c: CanvasRenderingContext2D) => void): () => void {
  let due = 0;
  const stop = effect(() => {
    read();
    if (due !== 0) return;
    due = requestAnimationFrame(() => {
      due = 0;
      if (ready(c)) draw(c);
    });
  });
  return () => {
    stop();
    cancelAnimationFrame(due);
  };
}

export function Canvas() {
  const base = useRef<HTMLCanvasElement>(null);
  const over = useRef<HTMLCanvasElement>(null);

  useLayoutEffect(() => {
    const lower = base.current?.getContext('2d', { alpha: false });
    const upper = over.current?.getContext('2d');
    if (lower == null || upper == null) return;
    const place = (): void => void [chartWidth.value, lanesHeight.value, laneTop.value, shown.value, ink.value];
    const stops = [
      drawn(
        lower,
        () => {
          place();
          void [laneCount.value, ticks.value, inView.value, selectedRow.value, selectedLane.value, gaps.value];
          void [marks.value, detail.value, matches.value];
        },
        drawMarks,
      ),
      drawn(
        upper,
        () => {
          place();
          void [focusLane.value, chartFocused.value, hovered.value, marked.value];
        },
        drawOver,
      ),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);

  return (
    <div class="chart-canvas" aria-hidden="true">
      <canvas ref={base} />
      <canvas ref={over} />
    </div>
  );
}
