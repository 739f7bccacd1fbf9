// Pointer, wheel and pinch on the chart: d3-zoom for zooming and panning in time, the rest by hand.

import { effect, signal } from '@preact/signals';
import { scaleLinear } from 'd3-scale';
import { select as d3select } from 'd3-selection';
import { type D3ZoomEvent, zoom as d3zoom, type ZoomTransform, zoomIdentity } from 'd3-zoom';
import { laneAt, panSpan } from '../../analysis/draw/geometry.ts';
import { hitNear } from '../../analysis/draw/hits.ts';
import { gaps, laneCount } from '../state/arrange.ts';
import { COMMANDS, enter, focusOn, timeAt } from '../state/commands.ts';
import { prefs, setPref } from '../state/prefs.ts';
import { bounds, marked, setRange, shown, zoomTo } from '../state/range.ts';
import { focusLane, selectIndex } from '../state/selection.ts';
import { gapNear } from './gaps.ts';
import { chartWidth, hovered, hoveredGap, inView, laneTop, type Pointed, pointed } from './scene.ts';

/** True for a few seconds after the first plain wheel over the chart. */
export const hintShown = signal(false);

const DRAG = 4;
/** How near the pointer must come to a mark, px. */
const REACH = 11;

const wheelPixels = (e: WheelEvent, delta: number): number => delta * (e.deltaMode === 1 ? 16 : 1);

/** Octaves of zoom for a wheel event. A pinch comes as Ctrl + wheel in small steps, a wheel's notch in one of 100 or so. */
const wheelZoom = (e: WheelEvent): number => {
  const pinch = e.deltaMode === 0 && Math.abs(e.deltaY) < 40;
  return -e.deltaY * (e.deltaMode === 1 ? 0.08 : pinch ? 0.015 : 0.004);
};

/** What the pointer is on. */
function hitAt(x: number, y: number): Pointed | null {
  const lane = laneAt(y, laneTop.peek(), laneCount.peek());
  const strip = inView.peek().strips.find((s) => s.lane === lane);
  if (strip === undefined) return null;
  const hit = hitNear(strip.hits, x - strip.x, y - strip.y, REACH);
  return hit === null ? null : pointed(hit, strip);
}

/** How near an edge of a dragged range must come to an event to begin or end there, px. */
const SNAP = 7;

/** When something happens in a lane, as far as it is placed. */
export function eventsInLane(lane: number | null): number[] {
  const strip = inView.peek().strips.find((s) => s.lane === lane);
  return (strip?.hits ?? []).flatMap((h) => (h.kind === 'retry' ? [h.time] : [h.time, h.from]));
}

/** The time at `x`, or that of the event beside it in the lane at `y`: ranges begin and end where something happened. */
export function snapped(x: number, y: number): number {
  const width = chartWidth.peek();
  const free = timeAt(x, width);
  let best = free;
  let least = SNAP;
  const perPx = (shown.peek().t1 - shown.peek().t0) / Math.max(1, width);
  for (const t of eventsInLane(laneAt(y, laneTop.peek(), laneCount.peek()))) {
    const off = Math.abs(t - free) / perPx;
    if (off < least) {
      least = off;
      best = t;
    }
  }
  return best;
}

const isSame = (a: Pointed | null, b: Pointed | null): boolean =>
  a === b || (a !== null && b !== null && a.kind === b.kind && a.message === b.message && a.x === b.x && a.y === b.y);

function activate(h: Pointed | null, y: number): void {
  const lane = laneAt(y, laneTop.peek(), laneCount.peek());
  if (lane !== null) focusLane.value = lane;
  if (h === null) return;
  if (h.kind === 'cluster') {
    const pad = Math.max((h.time - h.from) * 0.2, 1e6);
    zoomTo(h.from - pad, h.time + pad);
  } else if (h.message >= 0) void selectIndex(h.message, { still: true });
}

/** Binds everything to the chart's element; returns the undoing. */
export function bindGestures(el: HTMLElement): () => void {
  let spaceHeld = false;
  let panned = false;

  const behaviour = d3zoom<HTMLElement, unknown>()
    .filter((e: Event) => {
      if (e instanceof WheelEvent) return e.ctrlKey || e.metaKey;
      if (e instanceof MouseEvent) return e.type !== 'dblclick' && (e.button === 1 || (e.button === 0 && spaceHeld));
      return true;
    })
    .wheelDelta(wheelZoom)
    .clickDistance(DRAG)
    .on('zoom', (e: D3ZoomEvent<HTMLElement, unknown>) => {
      if (e.sourceEvent === null) return;
      panned = true;
      const b = bounds.peek();
      const [t0, t1] = e.transform.rescaleX(scaleLinear([b.t0, b.t1], [0, chartWidth.peek()])).domain();
      if (t0 !== undefined && t1 !== undefined) setRange({ t0, t1 });
    });
  const selection = d3select(el).call(behaviour).on('dblclick.zoom', null);

  // d3-zoom keeps its transform on the element; moves made elsewhere are written there.
  const stopSync = effect(() => {
    const b = bounds.value;
    const s = shown.value;
    const width = chartWidth.value;
    // What the pointer was on has moved away from under it.
    hovered.value = null;
    hoveredGap.value = null;
    if (width <= 0) return;
    const k = (b.t1 - b.t0) / (s.t1 - s.t0);
    behaviour.scaleExtent([1, Math.max(1, (b.t1 - b.t0) / 1000)]).extent([
      [0, 0],
      [width, 1],
    ]);
    behaviour.translateExtent([
      [0, Number.NEGATIVE_INFINITY],
      [width, Number.POSITIVE_INFINITY],
    ]);
    const left = ((s.t0 - b.t0) / (b.t1 - b.t0)) * width;
    const t: ZoomTransform = zoomIdentity.scale(k).translate(-left, 0);
    selection.property('__zoom', t);
  });

  const place = (e: MouseEvent): { x: number; y: number } => {
    const r = el.getBoundingClientRect();
    return { x: e.clientX - r.left, y: e.clientY - r.top };
  };

  const onWheel = (e: WheelEvent): void => {
    if (e.ctrlKey || e.metaKey) return;
    const sideways = e.shiftKey ? e.deltaY + e.deltaX : Math.abs(e.deltaX) > Math.abs(e.deltaY) ? e.deltaX : 0;
    if (sideways !== 0) {
      e.preventDefault();
      const s = shown.peek();
      const by = (wheelPixels(e, sideways) / Math.max(1, chartWidth.peek())) * (s.t1 - s.t0);
      setRange(panSpan(s, by, bounds.peek()));
      return;
    }
    if (!prefs.peek().hintSeen) {
      setPref('hintSeen', true);
      hintShown.value = true;
      setTimeout(() => {
        hintShown.value = false;
      }, 4000);
    }
  };

  let start: { x: number; y: number; id: number } | null = null;
  let dragging = false;
  const onPointerDown = (e: PointerEvent): void => {
    if (e.button !== 0 || spaceHeld || e.pointerType === 'touch') return;
    start = { ...place(e), id: e.pointerId };
    dragging = false;
  };
  const onPointerMove = (e: PointerEvent): void => {
    const p = place(e);
    if (start === null) {
      const h = hitAt(p.x, p.y);
      if (!isSame(h, hovered.peek())) hovered.value = h;
      const gap = h === null ? gapNear(gaps.peek(), shown.peek(), chartWidth.peek(), p.x) : null;
      if (gap !== (hoveredGap.peek()?.gap ?? null)) hoveredGap.value = gap === null ? null : { gap, ...p };
      el.style.cursor = h !== null ? 'pointer' : spaceHeld ? 'grab' : '';
      return;
    }
    if (!dragging && Math.abs(p.x - start.x) < DRAG) return;
    if (!dragging) {
      dragging = true;
      hovered.value = null;
      hoveredGap.value = null;
      el.setPointerCapture(start.id);
    }
    const [a, b] = [snapped(start.x, start.y), snapped(p.x, start.y)];
    marked.value = { t0: Math.min(a, b), t1: Math.max(a, b) };
  };
  const onPointerUp = (e: PointerEvent): void => {
    if (start !== null && !dragging) {
      marked.value = null;
      const p = place(e);
      activate(hitAt(p.x, p.y), p.y);
    } else if (dragging) {
      if (marked.peek()?.t0 === marked.peek()?.t1) marked.value = null;
      else focusOn('.marked-actions button');
    }
    start = null;
    dragging = false;
  };
  const onPointerLeave = (): void => {
    hovered.value = null;
    hoveredGap.value = null;
  };
  const onTap = (e: MouseEvent): void => {
    if ((e as PointerEvent).pointerType !== 'touch') return;
    const p = place(e);
    activate(hitAt(p.x, p.y), p.y);
  };
  const onDouble = (e: MouseEvent): void => {
    const p = place(e);
    const h = hitAt(p.x, p.y);
    if (h !== null && h.kind !== 'cluster') enter();
  };
  const onKey = (e: KeyboardEvent): void => {
    if (e.key !== ' ') return;
    const was = spaceHeld;
    spaceHeld = e.type === 'keydown' && el.matches(':hover, :focus-within');
    if (was !== spaceHeld) el.style.cursor = spaceHeld ? 'grab' : '';
    if (spaceHeld && e.type === 'keydown' && !e.repeat) panned = false;
    // Let go without having dragged: the selection is marked.
    if (was && e.type === 'keyup' && !panned && el.contains(document.activeElement)) COMMANDS.mark();
    if (spaceHeld && el.contains(document.activeElement)) e.preventDefault();
  };

  el.addEventListener('wheel', onWheel, { passive: false });
  el.addEventListener('pointerdown', onPointerDown);
  el.addEventListener('pointermove', onPointerMove);
  el.addEventListener('pointerup', onPointerUp);
  el.addEventListener('pointercancel', onPointerUp);
  el.addEventListener('pointerleave', onPointerLeave);
  el.addEventListener('click', onTap);
  el.addEventListener('dblclick', onDouble);
  addEventListener('keydown', onKey);
  addEventListener('keyup', onKey);
  return () => {
    stopSync();
    selection.on('.zoom', null);
    el.removeEventListener('wheel', onWheel);
    el.removeEventListener('pointerdown', onPointerDown);
    el.removeEventListener('pointermove', onPointerMove);
    el.removeEventListener('pointerup', onPointerUp);
    el.removeEventListener('pointercancel', onPointerUp);
    el.removeEventListener('pointerleave', onPointerLeave);
    el.removeEventListener('click', onTap);
    el.removeEventListener('dblclick', onDouble);
    removeEventListener('keydown', onKey);
    removeEventListener('keyup', onKey);
  };
}
