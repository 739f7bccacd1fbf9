// One animation frame for everything that is drawn by hand, asked for when something has changed; else it sleeps.

import { effect } from '@preact/signals';

const due = new Set<() => void>();
let frame = 0;

function run(): void {
  frame = 0;
  const now = [...due];
  due.clear();
  for (const draw of now) draw();
}

/** Calls `draw` once in the next frame, however often it is asked for. */
export function redraw(draw: () => void): void {
  due.add(draw);
  if (frame === 0) frame = requestAnimationFrame(run);
}

/** Draws in the frame after `read` names something that has changed; returns the undoing. */
export function drawn(read: () => void, draw: () => void): () => void {
  const stop = effect(() => {
    read();
    redraw(draw);
  });
  return () => {
    stop();
    due.delete(draw);
  };
}

/** Moving makes sixty scenes a second; who reads or explains needs the one that stays, ms. */
const REST = 120;

/** Calls `act` once nothing that `read` names has changed for a moment; returns the undoing. */
export function rested(read: () => void, act: () => void): () => void {
  let timer = 0;
  let last = 0;
  const look = (): void => {
    const left = last + REST - performance.now();
    timer = left > 1 ? window.setTimeout(look, left) : 0;
    if (timer === 0) act();
  };
  const stop = effect(() => {
    read();
    last = performance.now();
    // One timer for a whole movement.
    if (timer === 0) timer = window.setTimeout(look, REST);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}

/** The context, its canvas sized and it scaled to CSS pixels; null while there is nothing to draw on. */
export function sized(c: CanvasRenderingContext2D, width: number, height: number): CanvasRenderingContext2D | null {
  if (width <= 0 || height <= 0) return null;
  const dpr = devicePixelRatio;
  const [w, h] = [Math.round(width * dpr), Math.round(height * dpr)];
  if (c.canvas.width !== w) c.canvas.width = w;
  if (c.canvas.height !== h) c.canvas.height = h;
  c.setTransform(dpr, 0, 0, dpr, 0, 0);
  return c;
}
