// Marks on the canvas. Shapes carry the meaning; colour only repeats it.

import type { Matches } from '../state/filter.ts';
import { type Points, rightHalf, SEVERITY_GLYPH, VERDICT_GLYPH } from '../view/glyphs.ts';
import { severityOfRank } from '../view/words.ts';
import { LANE_HEIGHT, type Span } from './geometry.ts';
import type { Hit } from './hits.ts';
import type { Ink, Token } from './ink.ts';

type Ctx = CanvasRenderingContext2D;

export interface Scene {
  readonly width: number;
  readonly height: number;
  /** Scrolled by, px. */
  readonly top: number;
  readonly lanes: number;
  readonly span: Span;
  readonly ticks: readonly number[];
  readonly hits: readonly Hit[];
  /** MessageRow index, -1 where none. */
  readonly selected: number;
  readonly selectedLane: number;
  readonly selectedTime: number;
  /** MessageRow indexes of the transaction the selection belongs to. */
  readonly hops: ReadonlySet<number>;
  readonly focusLane: number;
  readonly focused: boolean;
  readonly hover: Hit | null;
  readonly matches: Matches | null;
  readonly marked: Span | null;
}

const RADIUS = 7;

function trace(c: Ctx, points: Points, x: number, y: number, r: number, close: boolean): void {
  c.beginPath();
  points.forEach(([px, py], i) => {
    if (i === 0) c.moveTo(x + px * r, y + py * r);
    else c.lineTo(x + px * r, y + py * r);
  });
  if (close) c.closePath();
}

function glyph(
  c: Ctx,
  g: (typeof VERDICT_GLYPH)[keyof typeof VERDICT_GLYPH],
  x: number,
  y: number,
  r: number,
  ink: Ink,
): void {
  const colour = ink[g.token as Token];
  c.lineJoin = 'round';
  c.lineCap = 'round';
  trace(c, g.outline, x, y, r, true);
  c.fillStyle = g.fill === 'solid' ? colour : ink['--surface-1'];
  c.fill();
  if (g.fill === 'half') {
    trace(c, rightHalf(g.outline), x, y, r, true);
    c.fillStyle = colour;
    c.fill();
    trace(c, g.outline, x, y, r, true);
  }
  c.strokeStyle = colour;
  c.lineWidth = 1.5;
  c.setLineDash(g.dashed === true ? [2.5, 1.8] : []);
  c.stroke();
  c.setLineDash([]);
  c.strokeStyle = g.fill === 'solid' ? ink['--surface-1'] : colour;
  c.lineWidth = 1.6;
  for (const s of g.strokes) {
    trace(c, s, x, y, r, false);
    c.stroke();
  }
}

function chip(c: Ctx, h: Hit, ink: Ink, dashed: boolean): void {
  const colour = dashed ? ink['--sev-error'] : partColour(h, ink);
  c.beginPath();
  c.roundRect(h.x - 6.5, h.y - 7.5, 13, 15, 2.5);
  c.fillStyle = ink['--surface-1'];
  c.fill();
  c.strokeStyle = colour;
  c.lineWidth = 1.2;
  c.setLineDash(dashed ? [2.5, 2] : []);
  c.stroke();
  c.setLineDash([]);
  c.fillStyle = dashed ? colour : ink['--text-1'];
  c.fillText(String(h.part), h.x, h.y + 0.5, 12);
}

const partColour = (h: Hit, ink: Ink): string =>
  h.severity === 3 ? ink['--sev-error'] : h.severity === 2 ? ink['--sev-warning'] : ink['--mark-part'];

function tick(c: Ctx, h: Hit, ink: Ink): void {
  c.strokeStyle = partColour(h, ink);
  c.lineWidth = 1.5;
  c.beginPath();
  c.moveTo(h.x, h.y - 6);
  c.lineTo(h.x, h.y + 6);
  c.stroke();
}

/** Refused for good: a cross. Refused for now, worth a retry: one stroke of it. */
function cross(c: Ctx, h: Hit, ink: Ink): void {
  const { x, y } = h;
  const r = 4;
  const forGood = h.severity !== 2;
  for (const [colour, width] of [
    [ink['--surface-1'], 5],
    [forGood ? ink['--sev-error'] : ink['--sev-warning'], 2.2],
  ] as const) {
    c.strokeStyle = colour;
    c.lineWidth = width;
    c.lineCap = 'round';
    c.beginPath();
    c.moveTo(x - r, y + r);
    c.lineTo(x + r, y - r);
    if (forGood) {
      c.moveTo(x - r, y - r);
      c.lineTo(x + r, y + r);
    }
    c.stroke();
  }
}

function receipt(c: Ctx, h: Hit, ink: Ink): void {
  const bad = h.severity === 3;
  c.strokeStyle = bad ? ink['--sev-error'] : ink['--mark-ok'];
  c.lineWidth = 1.8;
  c.lineCap = 'round';
  c.lineJoin = 'round';
  c.beginPath();
  c.moveTo(h.x, h.y + 6);
  c.lineTo(h.x, h.y - 6);
  c.moveTo(h.x - 3.5, h.y - 2.5);
  c.lineTo(h.x, h.y - 6);
  c.lineTo(h.x + 3.5, h.y - 2.5);
  if (bad) {
    c.moveTo(h.x - 3.5, h.y + 2);
    c.lineTo(h.x + 3.5, h.y + 2);
  }
  c.stroke();
}

const shortCount = (n: number): string =>
  n < 1000 ? String(n) : n < 9950 ? `${(n / 1000).toFixed(1)}k` : `${Math.round(n / 1000)}k`;

function cluster(c: Ctx, h: Hit, ink: Ink): void {
  const height = Math.min(22, 5 + 2.4 * Math.log2(h.part + 1));
  const bottom = h.y + LANE_HEIGHT / 2 - 7;
  const severity = severityOfRank(h.severity);
  c.fillStyle = ink['--cluster'];
  c.beginPath();
  c.roundRect(h.x - 10, bottom - height, 20, height, 2);
  c.fill();
  c.fillStyle = ink['--text-2'];
  c.fillText(shortCount(h.part), h.x, bottom - height - 6.5, 25);
  if (severity !== null) glyph(c, SEVERITY_GLYPH[severity], h.x, bottom - 5.5, 4.6, ink);
}

/** Under the messages of a transaction, with its ends turned up and how many they are. */
function bracket(c: Ctx, h: Hit, colour: string, ink: Ink, width: number): void {
  const right = h.x + h.w / 2;
  c.strokeStyle = colour;
  c.lineCap = 'round';
  c.lineJoin = 'round';
  c.beginPath();
  c.moveTo(h.x0, h.y - 4);
  c.lineTo(h.x0, h.y);
  c.lineTo(right, h.y);
  c.lineTo(right, h.y - 4);
  c.stroke();
  c.textAlign = 'left';
  c.fillStyle = ink['--text-2'];
  c.fillText(`×${shortCount(h.part)}`, Math.min(right + 4, width - 24), h.y - 3);
  c.textAlign = 'center';
}

function mark(c: Ctx, h: Hit, ink: Ink): void {
  switch (h.kind) {
    // Drawn before all of them.
    case 'transaction':
      return;
    case 'segment':
      if (h.chips) chip(c, h, ink, false);
      else tick(c, h, ink);
      return;
    case 'missing':
      chip(c, h, ink, true);
      return;
    case 'answer':
      c.fillStyle = ink['--mark-ok'];
      c.beginPath();
      c.arc(h.x, h.y + 10.5, 1.9, 0, 7);
      c.fill();
      return;
    case 'refusal':
      cross(c, h, ink);
      return;
    case 'receipt':
      receipt(c, h, ink);
      return;
    case 'message':
      glyph(c, VERDICT_GLYPH[h.verdict ?? 'not-applicable'], h.x, h.y, RADIUS, ink);
      return;
    case 'cluster':
      cluster(c, h, ink);
  }
}

function bar(c: Ctx, h: Hit, ink: Ink, chosen: boolean): void {
  c.strokeStyle = chosen ? ink['--accent'] : ink['--line-strong'];
  c.lineWidth = chosen ? 3 : 1.5;
  c.lineCap = 'butt';
  c.beginPath();
  c.moveTo(Math.max(-20, h.x0), h.y);
  c.lineTo(h.x, h.y);
  c.stroke();
}

function ring(c: Ctx, h: Hit, colour: string): void {
  if (h.kind === 'transaction') return;
  const wide = h.kind === 'cluster' || h.w > 0;
  c.strokeStyle = colour;
  c.lineWidth = 2;
  c.setLineDash([]);
  c.beginPath();
  if (h.kind === 'cluster') c.roundRect(h.x - 13, h.y - LANE_HEIGHT / 2 + 3, 26, LANE_HEIGHT - 6, 4);
  else if (wide || h.kind === 'missing') c.roundRect(h.x - 9.5, h.y - 10.5, 19, 21, 5);
  else c.arc(h.x, h.y, h.kind === 'message' ? RADIUS + 4 : 8, 0, 7);
  c.stroke();
}

function ground(c: Ctx, s: Scene, ink: Ink, x: (t: number) => number): void {
  c.fillStyle = ink['--surface-1'];
  c.fillRect(0, 0, s.width, s.height);
  const first = Math.floor(s.top / LANE_HEIGHT);
  const last = Math.min(s.lanes, Math.ceil((s.top + s.height) / LANE_HEIGHT));
  for (let lane = first; lane < last; lane += 1) {
    const y = lane * LANE_HEIGHT - s.top;
    if (lane === s.selectedLane) {
      c.fillStyle = ink['--surface-3'];
      c.fillRect(0, y, s.width, LANE_HEIGHT);
    }
  }
  c.strokeStyle = ink['--line'];
  c.lineWidth = 1;
  c.beginPath();
  for (const t of s.ticks) {
    const at = Math.round(x(t)) + 0.5;
    c.moveTo(at, 0);
    c.lineTo(at, Math.min(s.height, s.lanes * LANE_HEIGHT - s.top));
  }
  for (let lane = first; lane < last; lane += 1) {
    const y = Math.round((lane + 1) * LANE_HEIGHT - s.top) - 0.5;
    c.moveTo(0, y);
    c.lineTo(s.width, y);
  }
  c.stroke();
}

/** Draws everything. The context is scaled to CSS pixels. */
export function paint(c: Ctx, s: Scene, ink: Ink): void {
  const scale = s.width / (s.span.t1 - s.span.t0);
  const x = (t: number): number => (t - s.span.t0) * scale;
  c.font = '600 10.5px system-ui, sans-serif';
  c.textAlign = 'center';
  c.textBaseline = 'middle';
  ground(c, s, ink, x);

  const drawn = s.hits.some((h) => h.kind === 'message' && h.message === s.selected);
  if (!drawn && s.selectedLane >= 0 && Number.isFinite(s.selectedTime)) {
    const y = s.selectedLane * LANE_HEIGHT - s.top;
    c.strokeStyle = ink['--accent'];
    c.lineWidth = 1;
    c.beginPath();
    c.moveTo(Math.round(x(s.selectedTime)) + 0.5, y);
    c.lineTo(Math.round(x(s.selectedTime)) + 0.5, y + LANE_HEIGHT - 1);
    c.stroke();
  }

  const faded = (h: Hit): boolean => s.matches !== null && h.message >= 0 && !s.matches.has(h.message);
  for (const h of s.hits) {
    if (h.kind !== 'transaction') continue;
    const chosen = s.hops.has(h.message);
    const under = s.hover?.kind === 'transaction' && s.hover.message === h.message;
    c.lineWidth = chosen || under ? 2 : 1.2;
    bracket(c, h, chosen ? ink['--accent'] : under ? ink['--text-2'] : ink['--text-3'], ink, s.width);
  }
  for (const h of s.hits) {
    if (h.kind !== 'message') continue;
    c.globalAlpha = faded(h) ? 0.25 : 1;
    bar(c, h, ink, h.message === s.selected);
  }
  for (const h of s.hits) {
    c.globalAlpha = faded(h) ? 0.25 : 1;
    mark(c, h, ink);
  }
  c.globalAlpha = 1;
  for (const h of s.hits) if (h.kind === 'message' && h.message === s.selected) ring(c, h, ink['--accent']);
  if (s.hover !== null) ring(c, s.hover, ink['--text-3']);

  if (s.focused) {
    c.strokeStyle = ink['--accent'];
    c.lineWidth = 2;
    c.strokeRect(1, s.focusLane * LANE_HEIGHT - s.top + 1, s.width - 2, LANE_HEIGHT - 3);
  }
  if (s.marked !== null) {
    const from = x(s.marked.t0);
    const to = x(s.marked.t1);
    c.fillStyle = ink['--accent'];
    c.globalAlpha = 0.14;
    c.fillRect(from, 0, to - from, s.height);
    c.globalAlpha = 1;
    c.fillRect(from - 0.5, 0, 1, s.height);
    c.fillRect(to - 0.5, 0, 1, s.height);
  }
}
