// The strip over everything: the whole capture, where its trouble is, and a brush for the range below.

import { useSignal, useSignalEffect } from '@preact/signals';
import { brushX, type D3BrushEvent } from 'd3-brush';
import { scaleLinear } from 'd3-scale';
import { select } from 'd3-selection';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { bounds, isWhole, setRange, shown } from '../state/range.ts';
import { ask, capture, progress, status, tell } from '../state/session.ts';
import { plural } from '../view/format.ts';
import { addToDensity, type Density, emptyDensity } from './density.ts';
import { type Ink, ink } from './ink.ts';

const HEIGHT = 46;
const COLUMN = 3;
const LANES = 256;
/** While a capture is being read: at least so long between two looks at all of it, ms, and a small share of the time. */
const RENEW = 1500;
const SHARE = 30;

function draw(c: CanvasRenderingContext2D, d: Density, width: number, palette: Ink): void {
  c.fillStyle = palette['--surface-0'];
  c.fillRect(0, 0, width, HEIGHT);
  const most = d.count.reduce((m, n) => Math.max(m, n), 1);
  const room = HEIGHT - 18;
  for (let i = 0; i < d.count.length; i += 1) {
    const n = d.count[i]!;
    if (n === 0) continue;
    const x = (i / d.count.length) * width;
    const h = Math.max(2, (Math.log2(n + 1) / Math.log2(most + 1)) * room);
    c.fillStyle = palette['--cluster'];
    c.fillRect(x, HEIGHT - 4 - h, COLUMN - 0.6, h);
  }
  // Trouble has a row of its own above the bars: errors are full triangles, warnings hollow ones.
  for (const rank of [2, 3]) {
    for (let i = 0; i < d.count.length; i += 1) {
      if (d.severity[i] !== rank) continue;
      const x = ((i + 0.5) / d.count.length) * width;
      c.beginPath();
      c.moveTo(x - 3.6, 3);
      c.lineTo(x + 3.6, 3);
      c.lineTo(x, 9.5);
      c.closePath();
      c.fillStyle = rank === 3 ? palette['--sev-error'] : palette['--surface-0'];
      c.fill();
      c.strokeStyle = rank === 3 ? palette['--sev-error'] : palette['--sev-warning'];
      c.lineWidth = 1.2;
      c.stroke();
    }
  }
}

export function Overview() {
  const box = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const brush = useRef<SVGGElement>(null);
  const width = useSignal(0);
  const density = useSignal<Density | null>(null);

  useLayoutEffect(() => {
    const el = box.current;
    if (el === null) return;
    const measure = (): void => {
      width.value = el.clientWidth;
    };
    const watch = new ResizeObserver(measure);
    watch.observe(el);
    measure();
    return () => watch.disconnect();
  }, [width]);

  // All lanes, a page at a time; again when there is more to see.
  useLayoutEffect(() => {
    let run = 0;
    let timer = 0;
    let last = -RENEW;
    let renewAfter = RENEW;
    let busy = false;
    let again = false;
    const load = async (): Promise<void> => {
      if (busy) {
        again = true;
        return;
      }
      const mine = run;
      busy = true;
      last = performance.now();
      const s = status.peek();
      const columns = Math.max(1, Math.floor(width.peek() / COLUMN));
      const d = emptyDensity(bounds.peek(), columns);
      try {
        for (let from = 0; from < s.lanes; from += LANES) {
          const { t0, t1 } = d.span;
          const reply = await ask({ op: 'window', t0, t1, px: columns, laneFrom: from, laneCount: LANES });
          if (mine !== run) return;
          addToDensity(d, reply);
        }
        density.value = d;
        renewAfter = Math.max(RENEW, (performance.now() - last) * SHARE);
      } catch (e) {
        tell(e);
      } finally {
        busy = false;
        if (again) {
          again = false;
          schedule();
        }
      }
    };
    const stop = width.subscribe(() => schedule());
    const stopStatus = status.subscribe(() => schedule());
    const stopCapture = capture.subscribe(() => {
      run += 1;
      density.value = null;
    });
    function schedule(): void {
      if (width.peek() <= 0) return;
      if (status.peek().phase !== 'loading') last = -renewAfter;
      clearTimeout(timer);
      timer = window.setTimeout(() => void load(), Math.max(60, last + renewAfter - performance.now()));
    }
    return () => {
      run += 1;
      clearTimeout(timer);
      stop();
      stopStatus();
      stopCapture();
    };
  }, [width, density]);

  useSignalEffect(() => {
    const el = canvas.current;
    const c = el?.getContext('2d', { alpha: false });
    const w = width.value;
    if (el == null || c == null || w <= 0) return;
    el.width = Math.round(w * devicePixelRatio);
    el.height = Math.round(HEIGHT * devicePixelRatio);
    c.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    draw(c, density.value ?? emptyDensity(bounds.value, 1), w, ink.value);
  });

  useLayoutEffect(() => {
    const g = brush.current;
    if (g === null) return;
    let dragging = false;
    const behaviour = brushX<unknown>()
      .handleSize(8)
      .on('start brush end', (e: D3BrushEvent<unknown>) => {
        // Only what the user does; moves that follow the chart have no source.
        if (e.sourceEvent === undefined || e.sourceEvent === null) return;
        dragging = e.type !== 'end';
        if (e.type === 'start') return;
        if (e.selection === null) {
          if (e.type === 'end') setRange(null);
          return;
        }
        const [a, b] = e.selection as [number, number];
        const scale = scaleLinear([0, width.peek()], [bounds.peek().t0, bounds.peek().t1]);
        if (b - a >= 1) setRange({ t0: scale(a), t1: scale(b) });
      });
    const target = select<SVGGElement, unknown>(g);
    const follow = (): void => {
      const w = width.peek();
      if (w <= 0 || dragging) return;
      const b = bounds.peek();
      const s = shown.peek();
      const x = scaleLinear([b.t0, b.t1], [0, w]);
      target.call(behaviour.move, isWhole.peek() ? null : [x(s.t0), Math.max(x(s.t0) + 1, x(s.t1))]);
    };
    const stopWidth = width.subscribe((w) => {
      if (w <= 0) return;
      behaviour.extent([
        [0, 0],
        [w, HEIGHT],
      ]);
      target.call(behaviour);
      follow();
    });
    const stopShown = shown.subscribe(follow);
    return () => {
      stopWidth();
      stopShown();
    };
  }, [width]);

  const { error, warning } = status.value.findings;
  const p = progress.value;
  const share = p === null || p.total === null || p.total === 0 ? null : p.consumed / p.total;
  return (
    <section
      class="overview"
      ref={box}
      aria-label={`Whole capture: ${plural(status.value.messages, 'message')}, ${plural(error, 'error')}, ${plural(warning, 'warning')}`}
    >
      <canvas ref={canvas} class="overview-canvas" />
      <svg class="overview-brush" width={width.value} height={HEIGHT} aria-hidden="true">
        <g ref={brush} />
      </svg>
      {p !== null && <div class="overview-progress" style={{ width: share === null ? '30%' : `${share * 100}%` }} />}
    </section>
  );
}
