// Two canvases. The upper one has what follows the pointer, so that pointing leaves the marks alone.

import { useLayoutEffect, useRef } from 'preact/hooks';
import { gaps, laneCount, selectedLane } from '../state/arrange.ts';
import { matches } from '../state/filter.ts';
import { marks } from '../state/marks.ts';
import { marked, shown } from '../state/range.ts';
import { detail, focusLane, selectedRow } from '../state/selection.ts';
import { ink } from './ink.ts';
import { drawn, sized } from './loop.ts';
import { paint, paintOver } from './paint.ts';
import { chartFocused, chartWidth, hovered, inView, lanesHeight, laneTop, ticks } from './scene.ts';
import { spritesFor } from './sprites.ts';

function drawMarks(c: CanvasRenderingContext2D): void {
  if (sized(c, chartWidth.peek(), lanesHeight.peek()) === null) return;
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

/** While nothing is over the marks their canvas is not shown: an empty one costs as much as a full one. */
function drawOver(c: CanvasRenderingContext2D): void {
  const over = {
    width: chartWidth.peek(),
    height: lanesHeight.peek(),
    top: laneTop.peek(),
    span: shown.peek(),
    focusLane: focusLane.peek(),
    focused: chartFocused.peek(),
    hover: hovered.peek(),
    marked: marked.peek(),
  };
  const empty = !over.focused && over.hover === null && over.marked === null;
  const visibility = empty ? 'hidden' : '';
  if (c.canvas.style.visibility !== visibility) c.canvas.style.visibility = visibility;
  if (!empty && sized(c, over.width, over.height) !== null) paintOver(c, over, ink.peek());
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
        () => {
          place();
          void [laneCount.value, ticks.value, inView.value, selectedRow.value, selectedLane.value, gaps.value];
          void [marks.value, detail.value, matches.value];
        },
        () => drawMarks(lower),
      ),
      drawn(
        () => {
          place();
          void [focusLane.value, chartFocused.value, hovered.value, marked.value];
        },
        () => drawOver(upper),
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
