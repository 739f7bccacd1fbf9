// The canvas and its loop: it draws when something it shows has changed, and sleeps otherwise.

import { effect } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { gaps, laneCount, selectedLane } from '../state/arrange.ts';
import { matches } from '../state/filter.ts';
import { marks } from '../state/marks.ts';
import { marked, shown } from '../state/range.ts';
import { detail, focusLane, selectedRow } from '../state/selection.ts';
import { ink } from './ink.ts';
import { paint } from './paint.ts';
import { chartFocused, chartWidth, hovered, inView, lanesHeight, laneTop, ticks } from './scene.ts';
import { spritesFor } from './sprites.ts';

export function Canvas() {
  const ref = useRef<HTMLCanvasElement>(null);

  useLayoutEffect(() => {
    const el = ref.current;
    const c = el?.getContext('2d', { alpha: false });
    if (el == null || c == null) return;
    let due = 0;
    const draw = (): void => {
      due = 0;
      const width = chartWidth.peek();
      const height = lanesHeight.peek();
      if (width <= 0 || height <= 0) return;
      const dpr = devicePixelRatio;
      const [w, h] = [Math.round(width * dpr), Math.round(height * dpr)];
      if (el.width !== w) el.width = w;
      if (el.height !== h) el.height = h;
      c.setTransform(dpr, 0, 0, dpr, 0, 0);
      const row = selectedRow.peek();
      paint(
        c,
        {
          width,
          height,
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
          focusLane: focusLane.peek(),
          focused: chartFocused.peek(),
          hover: hovered.peek(),
          matches: matches.peek(),
          marked: marked.peek(),
        },
        ink.peek(),
        spritesFor(ink.peek(), dpr),
      );
    };
    const stop = effect(() => {
      // Named here so that a change of any of them wakes the loop.
      void [
        chartWidth.value,
        lanesHeight.value,
        laneTop.value,
        laneCount.value,
        shown.value,
        ticks.value,
        inView.value,
      ];
      void [
        selectedRow.value,
        selectedLane.value,
        gaps.value,
        marks.value,
        detail.value,
        focusLane.value,
        chartFocused.value,
        hovered.value,
        matches.value,
        marked.value,
        ink.value,
      ];
      if (due === 0) due = requestAnimationFrame(draw);
    });
    return () => {
      stop();
      cancelAnimationFrame(due);
    };
  }, []);

  return (
    <div class="chart-canvas" aria-hidden="true">
      <canvas ref={ref} />
    </div>
  );
}
