// The strip over everything: the whole capture, where its trouble is, and a brush for the range below.

import { useSignal } from '@preact/signals';
import { brushX, type D3BrushEvent } from 'd3-brush';
import { scaleLinear } from 'd3-scale';
import { select } from 'd3-selection';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Span } from '../../analysis/draw/geometry.ts';
import type { DensityReply } from '../../analysis/engine/contract/timeline.ts';
import { gaps } from '../state/arrange.ts';
import { prefs } from '../state/prefs.ts';
import { bounds, isWhole, setRange, shown, stripSpan } from '../state/range.ts';
import { progress, status } from '../state/session.ts';
import { plural } from '../view/format.ts';
import { Ends } from './ends.tsx';
import { bandGaps, gapNear, hatchGaps, isUnseen } from './gaps.ts';
import { type Ink, ink } from './ink.ts';
import { drawn, rested, sized } from './loop.ts';
import { COLUMN, density, followDensity } from './overview-data.ts';
import { gapSentence } from './sentence.ts';

const HEIGHT = 46;
const MARGIN = 8;

/** Messages by severity, one on the other, as high as their logarithm; under a filter, faint but for those that fit. */
function bars(c: CanvasRenderingContext2D, d: DensityReply, width: number, palette: Ink): void {
  const columns = d.worst.length;
  const total = (i: number): number => d.messages.subarray(i * 4, i * 4 + 4).reduce((a, b) => a + b, 0);
  let most = 1;
  for (let i = 0; i < columns; i += 1) most = Math.max(most, total(i));
  const room = HEIGHT - 18;
  const base = HEIGHT - MARGIN;
  for (let i = 0; i < columns; i += 1) {
    const n = total(i);
    if (n === 0) continue;
    const x = (i / columns) * width;
    const h = Math.max(2, (Math.log2(n + 1) / Math.log2(most + 1)) * room);
    let bottom = base;
    c.globalAlpha = d.fitting === undefined ? 1 : 0.3;
    for (const [rank, token] of [
      [3, '--sev-error'],
      [2, '--sev-warning'],
    ] as const) {
      const share = d.messages[i * 4 + rank]! / n;
      if (share === 0) continue;
      // However few they are, they are seen.
      const own = Math.max(2, Math.min(h, share * h));
      c.fillStyle = palette[token];
      c.fillRect(x, bottom - own, COLUMN - 0.6, own);
      bottom -= own;
    }
    c.fillStyle = palette['--line-strong'];
    if (bottom > base - h) c.fillRect(x, base - h, COLUMN - 0.6, bottom - base + h);
    c.globalAlpha = 1;
    const fit = d.fitting?.[i] ?? 0;
    if (fit === 0) continue;
    const own = Math.max(3, (fit / n) * h);
    c.fillStyle = palette['--text-2'];
    c.fillRect(x, base - own, COLUMN - 0.6, own);
  }
}

/** Trouble has a row of its own above the bars: errors are full triangles, warnings hollow ones. */
function triangles(c: CanvasRenderingContext2D, d: DensityReply, width: number, palette: Ink): void {
  const columns = d.worst.length;
  for (const rank of [2, 3]) {
    for (let i = 0; i < columns; i += 1) {
      if (d.worst[i] !== rank) continue;
      const x = ((i + 0.5) / columns) * width;
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

const UNREAD = 'not read yet';

/** What is still to be read, with its words where there is room. */
function unread(c: CanvasRenderingContext2D, from: number, width: number, palette: Ink): void {
  if (from >= width) return;
  c.fillStyle = palette['--surface-3'];
  c.fillRect(from, 0, width - from, HEIGHT);
  c.fillStyle = palette['--line-strong'];
  c.fillRect(from, 0, 1, HEIGHT);
  c.font = '12px system-ui, sans-serif';
  if (width - from < c.measureText(UNREAD).width + 24) return;
  c.fillStyle = palette['--text-2'];
  c.textAlign = 'center';
  c.textBaseline = 'middle';
  c.fillText(UNREAD, (from + width) / 2, HEIGHT / 2);
}

/** `b` is the time the strip stands for; of it nothing after `read` was read yet. */
function draw(
  c: CanvasRenderingContext2D,
  d: DensityReply | null,
  b: Span,
  read: number,
  width: number,
  palette: Ink,
): void {
  c.fillStyle = palette['--surface-0'];
  c.fillRect(0, 0, width, HEIGHT);
  const scale = width / (b.t1 - b.t0);
  unread(c, Math.round((read - b.t0) * scale), width, palette);
  const unseen = gaps.peek().filter(isUnseen);
  hatchGaps(c, unseen, b, width, HEIGHT, palette);
  bandGaps(c, gaps.peek(), b, { width, top: HEIGHT - 7, height: 6 }, palette);
  if (d === null) return;
  // What was counted a moment ago keeps its place while the capture grows.
  c.save();
  c.translate((d.t0 - b.t0) * scale, 0);
  const own = (d.t1 - d.t0) * scale;
  bars(c, d, own, palette);
  triangles(c, d, own, palette);
  c.restore();
}

export function Overview() {
  const box = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const range = useRef<HTMLDivElement>(null);
  const brush = useRef<SVGGElement>(null);
  const width = useSignal(0);

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

  useLayoutEffect(() => followDensity(width), [width]);

  useLayoutEffect(() => {
    const on = canvas.current?.getContext('2d', { alpha: false });
    if (on == null) return;
    return drawn(
      () => void [width.value, gaps.value, density.value, stripSpan.value, ink.value],
      () => {
        const c = sized(on, width.peek(), HEIGHT);
        if (c !== null) draw(c, density.peek(), stripSpan.peek(), bounds.peek().t1, width.peek(), ink.peek());
      },
    );
  }, [width]);

  useLayoutEffect(() => {
    const el = range.current;
    if (el === null) return;
    const place = (): void => {
      const b = stripSpan.peek();
      const s = shown.peek();
      const scale = width.peek() / (b.t1 - b.t0);
      const [left, right] = [(s.t0 - b.t0) * scale, (s.t1 - b.t0) * scale];
      el.style.transform = `translateX(${left}px) scaleX(${Math.max(1, right - left)})`;
      const visibility = isWhole.peek() ? 'hidden' : '';
      if (el.style.visibility !== visibility) el.style.visibility = visibility;
    };
    return drawn(() => void [width.value, stripSpan.value, shown.value, isWhole.value], place);
  }, [width]);

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
        const scale = scaleLinear([0, width.peek()], [stripSpan.peek().t0, stripSpan.peek().t1]);
        if (b - a >= 1) setRange({ t0: scale(a), t1: scale(b) });
      });
    const target = select<SVGGElement, unknown>(g);
    const follow = (): void => {
      const w = width.peek();
      if (w <= 0 || dragging) return;
      const b = stripSpan.peek();
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
    // What takes the pointer need not move with every frame: it is where it is seen as soon as the chart rests.
    const stopShown = rested(() => void [shown.value, stripSpan.value, isWhole.value], follow);
    return () => {
      stopWidth();
      stopShown();
    };
  }, [width]);

  /** What is missing from the capture under the pointer, as the browser's own tip; the timeline's twin lists all. */
  const tellGap = (e: PointerEvent): void => {
    const el = box.current;
    if (el === null) return;
    const x = e.clientX - el.getBoundingClientRect().left;
    const gap = gapNear(gaps.peek(), stripSpan.peek(), width.peek(), x);
    const words = { time: prefs.peek().time, base: status.peek().base };
    const title = gap === null ? '' : gapSentence(gap, words);
    if (el.title !== title) el.title = title;
  };

  const { error, warning } = status.value.findings;
  const holes = gaps.value.filter((g) => g.back === undefined).length;
  const steps = gaps.value.length - holes;
  const back = steps === 0 ? '' : `, ${plural(steps, 'time')} in which the clock went back`;
  const missing = holes === 0 ? '' : `, ${plural(holes, 'time')} in which frames are missing`;
  const p = progress.value;
  const share = p === null || p.total === null || p.total === 0 ? null : p.consumed / p.total;
  return (
    <section
      class="overview"
      ref={box}
      aria-label={`Whole capture: ${plural(status.value.messages, 'message')}, ${plural(error, 'error')}, ${plural(warning, 'warning')}${missing}${back}`}
      onPointerMove={tellGap}
    >
      <canvas ref={canvas} class="overview-canvas" />
      <svg class="overview-brush" width={width.value} height={HEIGHT} aria-hidden="true">
        <g ref={brush} />
      </svg>
      <div class="overview-range" ref={range} aria-hidden="true" />
      {status.value.messages > 0 && (
        <Ends of="the time shown" span={shown} over={stripSpan} within={bounds} width={width} put={setRange} />
      )}
      {share !== null && <div class="overview-progress" style={{ width: `${share * 100}%` }} />}
    </section>
  );
}
