// The time axis: d3-axis draws it, our formatter writes it.

import { useSignalEffect } from '@preact/signals';
import { axisTop } from 'd3-axis';
import { scaleLinear } from 'd3-scale';
import { select } from 'd3-selection';
import { useRef } from 'preact/hooks';
import { prefs } from '../state/prefs.ts';
import { shown } from '../state/range.ts';
import { status } from '../state/session.ts';
import { axisContext, tickLabel } from '../view/ticks.ts';
import { chartWidth, ticks } from './scene.ts';

export const AXIS_HEIGHT = 26;

export function Axis() {
  const g = useRef<SVGGElement>(null);
  useSignalEffect(() => {
    const { t0, t1 } = shown.value;
    const { step, values } = ticks.value;
    const { time } = prefs.value;
    const { base } = status.value;
    if (g.current === null) return;
    const width = chartWidth.value;
    const scale = scaleLinear([t0, t1], [0, width]);
    // A label that would be cut at the edge is left out; its tick stays.
    const label = (t: number): string => {
      const text = tickLabel(t, step, time, base);
      const half = text.length * 3.2;
      return scale(t) < half || scale(t) > width - half ? '' : text;
    };
    const axis = axisTop<number>(scale)
      .tickValues(values)
      .tickSizeOuter(0)
      .tickSizeInner(5)
      .tickPadding(3)
      .tickFormat((t) => label(Number(t)));
    select(g.current).call(axis);
  });
  return (
    <svg class="axis" width={chartWidth.value} height={AXIS_HEIGHT} aria-hidden="true">
      <g ref={g} transform={`translate(0 ${AXIS_HEIGHT - 0.5})`} />
    </svg>
  );
}

/** What the ticks leave unsaid, over the lane labels. */
export const AxisContext = () => (
  <span class="axis-context">{axisContext(shown.value.t0, prefs.value.time, status.value.base)}</span>
);
