// The canvas and its loop: it draws when something it shows has changed, and sleeps otherwise.

import { effect } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { matches } from '../state/filter.ts';
import { marked, shown } from '../state/range.ts';
import { detail, focusLane, selectedRow } from '../state/selection.ts';
import { status } from '../state/session.ts';
import { ink } from './ink.ts';
import { paint } from './paint.ts';
import { chartFocused, chartWidth, hovered, inView, lanesHeight, laneTop, ticks } from './scene.ts';

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
          lanes: status.peek().lanes,
          span: shown.peek(),
          ticks: ticks.peek().values,
          hits: inView.peek().hits,
          selected: row?.index ?? -1,
          selectedLane: row?.lane ?? -1,
          selectedTime: row?.lastTime ?? Number.NaN,
          hops: new Set(detail.peek()?.hops.map((h) => h.index)),
          focusLane: focusLane.peek(),
          focused: chartFocused.peek(),
          hover: hovered.peek(),
          matches: matches.peek(),
          marked: marked.peek(),
        },
        ink.peek(),
      );
    };
    const stop = effect(() => {
      // Named here so that a change of any of them wakes the loop.
      void [chartWidth.value, lanesHeight.value, laneTop.value, status.value, shown.value, ticks.value, inView.value];
      void [
        selectedRow.value,
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
