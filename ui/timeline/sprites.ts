// Marks that look alike are drawn once and stamped: a busy chart has thousands of them.

import { type Glyph, type Points, rightHalf, SEVERITY_GLYPH, VERDICT_GLYPH } from '../../analysis/draw/glyphs.ts';
import type { Verdict } from '../../analysis/engine/contract.ts';
import type { Severity } from '../../captures/finding.ts';
import type { Ink, Token } from './ink.ts';

type Ctx = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

export const RADIUS = 7;
/** Half the side of a stamp, px. */
const HALF = 10;
const MOST = 400;

function trace(c: Ctx, points: Points, r: number, close: boolean): void {
  c.beginPath();
  points.forEach(([x, y], i) => {
    if (i === 0) c.moveTo(x * r, y * r);
    else c.lineTo(x * r, y * r);
  });
  if (close) c.closePath();
}

function glyph(c: Ctx, g: Glyph, r: number, ink: Ink): void {
  const colour = ink[g.token as Token];
  c.lineJoin = 'round';
  c.lineCap = 'round';
  trace(c, g.outline, r, true);
  c.fillStyle = g.fill === 'solid' ? colour : ink['--surface-1'];
  c.fill();
  if (g.fill === 'half') {
    trace(c, rightHalf(g.outline), r, true);
    c.fillStyle = colour;
    c.fill();
    trace(c, g.outline, r, true);
  }
  c.strokeStyle = colour;
  c.lineWidth = 1.5;
  c.setLineDash(g.dashed === true ? [2.5, 1.8] : []);
  c.stroke();
  c.setLineDash([]);
  c.strokeStyle = g.fill === 'solid' ? ink['--surface-1'] : colour;
  c.lineWidth = 1.6;
  for (const s of g.strokes) {
    trace(c, s, r, false);
    c.stroke();
  }
}

/** A part with its number; dashed when it never came. */
function chip(c: Ctx, part: number, colour: string, dashed: boolean, ink: Ink): void {
  c.beginPath();
  c.roundRect(-6.5, -7.5, 13, 15, 2.5);
  c.fillStyle = ink['--surface-1'];
  c.fill();
  c.strokeStyle = colour;
  c.lineWidth = 1.2;
  c.setLineDash(dashed ? [2.5, 2] : []);
  c.stroke();
  c.setLineDash([]);
  c.fillStyle = dashed ? colour : ink['--text-1'];
  c.fillText(String(part), 0, 0.5, 12);
}

/** Refused for good: a cross. Refused for now, worth a retry: one stroke of it. */
function cross(c: Ctx, forGood: boolean, ink: Ink): void {
  const r = 4;
  c.lineCap = 'round';
  for (const [colour, width] of [
    [ink['--surface-1'], 5],
    [forGood ? ink['--sev-error'] : ink['--sev-warning'], 2.2],
  ] as const) {
    c.strokeStyle = colour;
    c.lineWidth = width;
    c.beginPath();
    c.moveTo(-r, r);
    c.lineTo(r, -r);
    if (forGood) {
      c.moveTo(-r, -r);
      c.lineTo(r, r);
    }
    c.stroke();
  }
}

function receipt(c: Ctx, bad: boolean, ink: Ink): void {
  c.strokeStyle = bad ? ink['--sev-error'] : ink['--mark-ok'];
  c.lineWidth = 1.8;
  c.lineCap = 'round';
  c.lineJoin = 'round';
  c.beginPath();
  c.moveTo(0, 6);
  c.lineTo(0, -6);
  c.moveTo(-3.5, -2.5);
  c.lineTo(0, -6);
  c.lineTo(3.5, -2.5);
  if (bad) {
    c.moveTo(-3.5, 2);
    c.lineTo(3.5, 2);
  }
  c.stroke();
}

/** A hollow tick: it should have been here by now. */
function expiry(c: Ctx, passed: boolean, ink: Ink): void {
  c.beginPath();
  c.roundRect(-2.5, -7, 5, 14, 1.5);
  c.fillStyle = ink['--surface-1'];
  c.fill();
  c.strokeStyle = passed ? ink['--sev-error'] : ink['--text-3'];
  c.lineWidth = 1.2;
  c.setLineDash([2.5, 2]);
  c.stroke();
  c.setLineDash([]);
}

/** Most of a circle with a head: once more. */
function retry(c: Ctx, ink: Ink): void {
  c.strokeStyle = ink['--accent'];
  c.lineWidth = 1.5;
  c.lineCap = 'round';
  c.lineJoin = 'round';
  c.beginPath();
  c.arc(0, 0, 3.6, -0.3, 4.4);
  c.moveTo(3.9, -4.3);
  c.lineTo(3.5, -1);
  c.lineTo(0.4, -1.4);
  c.stroke();
}

/** Accepted: an arrow up, small since there are many. */
function accepted(c: Ctx, ink: Ink): void {
  c.fillStyle = ink['--mark-ok'];
  c.beginPath();
  c.moveTo(0, -2.6);
  c.lineTo(2.7, 2);
  c.lineTo(-2.7, 2);
  c.closePath();
  c.fill();
}

export interface Sprites {
  verdict(c: CanvasRenderingContext2D, v: Verdict, x: number, y: number): void;
  severity(c: CanvasRenderingContext2D, s: Severity, x: number, y: number): void;
  chip(c: CanvasRenderingContext2D, part: number, token: Token, dashed: boolean, x: number, y: number): void;
  cross(c: CanvasRenderingContext2D, forGood: boolean, x: number, y: number): void;
  receipt(c: CanvasRenderingContext2D, bad: boolean, x: number, y: number): void;
  retry(c: CanvasRenderingContext2D, x: number, y: number): void;
  expiry(c: CanvasRenderingContext2D, passed: boolean, x: number, y: number): void;
  accepted(c: CanvasRenderingContext2D, x: number, y: number): void;
}

function makeSprites(ink: Ink, dpr: number): Sprites {
  const made = new Map<string, ImageBitmap>();
  const side = Math.ceil(2 * HALF * dpr);
  const stamp = (c: CanvasRenderingContext2D, key: string, x: number, y: number, draw: (c: Ctx) => void): void => {
    let image = made.get(key);
    if (image === undefined) {
      if (made.size > MOST) made.clear();
      const sheet = new OffscreenCanvas(side, side);
      const own = sheet.getContext('2d');
      if (own === null) return;
      own.scale(dpr, dpr);
      own.translate(HALF, HALF);
      own.font = c.font;
      own.textAlign = 'center';
      own.textBaseline = 'middle';
      draw(own);
      // Stamping a canvas costs a look at whether it has changed, each time.
      image = sheet.transferToImageBitmap();
      made.set(key, image);
    }
    // On whole device pixels, so that stamps stay sharp.
    const left = Math.round((x - HALF) * dpr) / dpr;
    const top = Math.round((y - HALF) * dpr) / dpr;
    c.drawImage(image, left, top, side / dpr, side / dpr);
  };
  return {
    verdict: (c, v, x, y) => stamp(c, `v${v}`, x, y, (o) => glyph(o, VERDICT_GLYPH[v], RADIUS, ink)),
    severity: (c, s, x, y) => stamp(c, `s${s}`, x, y, (o) => glyph(o, SEVERITY_GLYPH[s], 4.6, ink)),
    chip: (c, part, token, dashed, x, y) =>
      stamp(c, `c${part}${token}${dashed}`, x, y, (o) => chip(o, part, ink[token], dashed, ink)),
    cross: (c, forGood, x, y) => stamp(c, `x${forGood}`, x, y, (o) => cross(o, forGood, ink)),
    receipt: (c, bad, x, y) => stamp(c, `r${bad}`, x, y, (o) => receipt(o, bad, ink)),
    retry: (c, x, y) => stamp(c, 'retry', x, y, (o) => retry(o, ink)),
    expiry: (c, passed, x, y) => stamp(c, `e${passed}`, x, y, (o) => expiry(o, passed, ink)),
    accepted: (c, x, y) => stamp(c, 'accepted', x, y, (o) => accepted(o, ink)),
  };
}

let last: { readonly ink: Ink; readonly dpr: number; readonly sprites: Sprites } | null = null;

/** The stamps of a theme at a screen's sharpness; made anew when either changes. */
export function spritesFor(ink: Ink, dpr: number): Sprites {
  if (last?.ink !== ink || last.dpr !== dpr) last = { ink, dpr, sprites: makeSprites(ink, dpr) };
  return last.sprites;
}
