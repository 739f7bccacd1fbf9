// The time axis: ticks of our own steps on d3's linear scale, drawn as the marks are. As SVG its labels alone cost a
// fifth of a frame.

import { computed } from '@preact/signals';
import { scaleLinear } from 'd3-scale';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { gaps } from '../state/arrange.ts';
import { prefs } from '../state/prefs.ts';
import { shown } from '../state/range.ts';
import { status } from '../state/session.ts';
import { axisContext, tickLabel } from '../view/ticks.ts';
import { bandGaps } from './gaps.ts';
import { ink } from './ink.ts';
import { drawn, sized } from './loop.ts';
import { chartWidth, ticks } from './scene.ts';

export const AXIS_HEIGHT = 26;
const TICK = 5;
const BAND = 6;

function draw(on: CanvasRenderingContext2D): void {
  const width = chartWidth.peek();
  const c = sized(on, width, AXIS_HEIGHT);
  if (c === null) return;
  const { t0, t1 } = shown.peek();
  const { step, values } = ticks.peek();
  const { time } = prefs.peek();
  const { base } = status.peek();
  const palette = ink.peek();
  const scale = scaleLinear([t0, t1], [0, width]);
  c.fillStyle = palette['--surface-0'];
  c.fillRect(0, 0, width, AXIS_HEIGHT);
  bandGaps(c, gaps.peek(), { t0, t1 }, { width, top: AXIS_HEIGHT - BAND, height: BAND }, palette);
  c.font = `11px ${palette['--font']}`;
  c.textAlign = 'center';
  c.textBaseline = 'alphabetic';
  c.fillStyle = palette['--text-2'];
  c.strokeStyle = palette['--line-strong'];
  c.lineWidth = 1;
  c.beginPath();
  for (const t of values) {
    const x = Math.round(scale(t)) + 0.5;
    c.moveTo(x, AXIS_HEIGHT - TICK);
    c.lineTo(x, AXIS_HEIGHT);
    // A label that would be cut at the edge is left out; its tick stays.
    const text = tickLabel(t, step, time, base);
    const half = text.length * 3.2;
    if (x >= half && x <= width - half) c.fillText(text, x, AXIS_HEIGHT - TICK - 4);
  }
  c.stroke();
}

export function Axis() {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const c = canvas.current?.getContext('2d', { alpha: false });
    if (c == null) return;
    return drawn(
      () =>
        void [shown.value, ticks.value, chartWidth.value, ink.value, prefs.value.time, status.value.base, gaps.value],
      () => draw(c),
    );
  }, []);
  return (
    <div class="axis" aria-hidden="true">
      <canvas ref={canvas} style={{ height: `${AXIS_HEIGHT}px` }} />
    </div>
  );
}

const context = computed(() => axisContext(shown.value.t0, prefs.value.time, status.value.base));

/** What the ticks leave unsaid, over the lane labels. */
export const AxisContext = () => <span class="axis-context">{context.value}</span>;
