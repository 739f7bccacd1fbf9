// Times in which the capture has less than there was: hatched, each at least so wide that it is seen. Times that it tells
// twice have an arrow back.

import type { Span } from '../../analysis/draw/geometry.ts';
import type { Gap } from '../../analysis/engine/contract/timeline.ts';
import type { Ink } from './ink.ts';

type Ctx = CanvasRenderingContext2D;

const LEAST = 4;

/** Nothing was captured in it. */
export const isUnseen = (g: Gap): boolean => g.lost === undefined && g.back === undefined;

/** What is within reach of `x`, the shortest where several are; px of a chart that shows `span`. */
export function gapNear(gaps: readonly Gap[], span: Span, width: number, x: number): Gap | null {
  const perPx = (span.t1 - span.t0) / Math.max(1, width);
  const t = span.t0 + x * perPx;
  const reach = LEAST * perPx;
  let best: Gap | null = null;
  for (const g of gaps) {
    if (t < g.from - reach || t > g.to + reach) continue;
    if (best === null || g.to - g.from < best.to - best.from) best = g;
  }
  return best;
}

/** Where a gap is drawn, px; null: out of sight. */
function placed(g: Gap, span: Span, width: number): readonly [number, number] | null {
  const scale = width / (span.t1 - span.t0);
  const [left, right] = [(g.from - span.t0) * scale, (g.to - span.t0) * scale];
  const pad = Math.max(0, LEAST - (right - left)) / 2;
  if (right + pad < 0 || left - pad > width) return null;
  return [Math.max(-1, left - pad), Math.min(width + 1, right + pad)];
}

function lines(c: Ctx, left: number, right: number, top: number, height: number, pitch: number): void {
  c.save();
  c.beginPath();
  c.rect(left, top, right - left, height);
  c.clip();
  c.beginPath();
  for (let x = Math.floor((left - height) / pitch) * pitch; x < right; x += pitch) {
    c.moveTo(x, top + height);
    c.lineTo(x + height, top);
  }
  c.stroke();
  c.restore();
}

/** Behind the marks. A loss that is nearly everywhere stays a band on the axis: hatching all of it would say nothing. */
export function hatchGaps(c: Ctx, gaps: readonly Gap[], span: Span, width: number, height: number, ink: Ink): void {
  for (const g of gaps) {
    const at = placed(g, span, width);
    if (at === null || (g.lost !== undefined && at[1] - at[0] > width * 0.6)) continue;
    const [left, right] = at;
    if (g.back !== undefined) {
      // Where the clock was, and where it was set to: in between marks of two times stand side by side.
      c.strokeStyle = ink['--text-3'];
      c.lineWidth = 1;
      c.setLineDash([5, 3]);
      c.beginPath();
      for (const x of [left, right]) {
        c.moveTo(Math.round(x) + 0.5, 0);
        c.lineTo(Math.round(x) + 0.5, height);
      }
      c.stroke();
      c.setLineDash([]);
      continue;
    }
    c.fillStyle = ink['--surface-0'];
    c.fillRect(left, 0, right - left, height);
    c.strokeStyle = ink['--line-strong'];
    c.lineWidth = 1;
    // A narrow one is hatched more densely, so that it does not look like dashes.
    const narrow = right - left < 11;
    c.globalAlpha = narrow ? 0.6 : 0.28;
    lines(c, left, right, 0, height, narrow ? 4 : 11);
    c.globalAlpha = 1;
  }
}

/** An arrow from where the clock was to where it went back to. */
function wayBack(c: Ctx, left: number, right: number, top: number, height: number, ink: Ink): void {
  const y = top + height / 2;
  const half = height / 2 + 0.5;
  c.fillStyle = ink['--text-2'];
  c.fillRect(left + half, y - 1, Math.max(0, right - left - half), 2);
  c.fillRect(right - 1, top - 1, 2, height + 1);
  c.beginPath();
  c.moveTo(left, y);
  c.lineTo(left + 2 * half, y - half);
  c.lineTo(left + 2 * half, y + half);
  c.fill();
}

/** A narrow band of hatching with a rim, on the axis and on the strip. */
export function bandGaps(
  c: Ctx,
  gaps: readonly Gap[],
  span: Span,
  box: { readonly width: number; readonly top: number; readonly height: number },
  ink: Ink,
): void {
  const { width, top, height } = box;
  for (const g of gaps) {
    const at = placed(g, span, width);
    if (at === null) continue;
    const [left, right] = at;
    if (g.back !== undefined) {
      wayBack(c, left, right, top, height, ink);
      continue;
    }
    c.fillStyle = ink['--surface-1'];
    c.fillRect(left, top, right - left, height);
    c.strokeStyle = g.lost === undefined ? ink['--line-strong'] : ink['--sev-warning'];
    c.lineWidth = 1;
    lines(c, left, right, top, height, 4);
    c.strokeRect(Math.round(left) + 0.5, top + 0.5, Math.max(1, Math.round(right - left) - 1), height - 1);
  }
}
