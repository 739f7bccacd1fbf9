// The timeline: lane names, axis, canvas, its twin, and what floats over them.

import { useSignalEffect } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { LANE_HEIGHT } from '../../analysis/draw/geometry.ts';
import { Scroller } from '../parts/scroller.tsx';
import { laneCount } from '../state/arrange.ts';
import { prefs } from '../state/prefs.ts';
import { laneWanted } from '../state/selection.ts';
import { status } from '../state/session.ts';
import { reveal } from '../view/scroll.ts';
import { Axis, AxisContext } from './axis.tsx';
import { Canvas } from './canvas.tsx';
import { bindGestures, hintShown } from './gestures.ts';
import { Labels } from './labels.tsx';
import { Legend } from './legend.tsx';
import { MarkedActions, MarkedEnds } from './marked.tsx';
import { chartWidth, followSettled, lanesHeight, laneTop } from './scene.ts';
import { Tools } from './tools.tsx';
import { Tooltip } from './tooltip.tsx';
import { Twin } from './twin.tsx';

function Chart() {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const el = ref.current;
    if (el === null) return;
    const measure = (): void => {
      chartWidth.value = el.clientWidth;
    };
    const watch = new ResizeObserver(measure);
    watch.observe(el);
    measure();
    const unbind = bindGestures(el);
    const focusTwin = (): void => el.querySelector<HTMLElement>('.twin')?.focus({ preventScroll: true });
    el.addEventListener('pointerdown', focusTwin);
    return () => {
      watch.disconnect();
      unbind();
      el.removeEventListener('pointerdown', focusTwin);
    };
  }, []);
  return (
    <div class="chart" ref={ref}>
      <Canvas />
      <Twin />
      <MarkedEnds />
      <Tooltip />
    </div>
  );
}

/** Lanes without a clock have nothing to place their marks by. */
const NoClock = () => (
  <p class="chart-note">
    Nothing in this input carries a time, so there is no timeline to draw. The list has the messages in the order they
    were found.
  </p>
);

export function Timeline() {
  useLayoutEffect(followSettled, []);
  useSignalEffect(() => {
    const lane = laneWanted.value;
    if (lane === null) return;
    const g = { rows: laneCount.peek(), rowHeight: LANE_HEIGHT, view: lanesHeight.peek() };
    laneTop.value = reveal(lane, laneTop.peek(), g);
    laneWanted.value = null;
  });
  const s = status.value;
  return (
    <div class="timeline">
      <Tools />
      <div class="timeline-head">
        <AxisContext />
        <Axis />
      </div>
      <Scroller rows={laneCount.value} rowHeight={LANE_HEIGHT} top={laneTop} height={lanesHeight} class="lanes">
        <Labels />
        <Chart />
      </Scroller>
      {s.base === null && s.messages > 0 && <NoClock />}
      <MarkedActions />
      {hintShown.value && (
        <p class="chart-hint" role="status">
          Ctrl + wheel zooms, Shift + wheel moves in time. <kbd>W</kbd> <kbd>S</kbd> <kbd>A</kbd> <kbd>D</kbd> do the
          same.
        </p>
      )}
      {prefs.value.legendOpen && <Legend />}
    </div>
  );
}
