// Marks on the canvas. Shapes carry the meaning; colour only repeats it.

import { LANE_HEIGHT, type Span } from '../../analysis/draw/geometry.ts';
import type { Hit } from '../../analysis/draw/hits.ts';
import type { Gap } from '../../analysis/engine/contract/timeline.ts';
import type { Matches } from '../state/filter.ts';
import { severityOfRank } from '../view/words.ts';
import { hatchGaps } from './gaps.ts';
import type { Ink, Token } from './ink.ts';
import { isSeen, type Pointed, type Strip } from './scene.ts';
import { RADIUS, type Sprites } from './sprites.ts';

type Ctx = CanvasRenderingContext2D;

export interface Scene {
  readonly width: number;
  readonly height: number;
  /** Scrolled by, px. */
  readonly top: number;
  readonly lanes: number;
  readonly span: Span;
  readonly ticks: readonly number[];
  readonly strips: readonly Strip[];
  readonly gaps: readonly Gap[];
  /** MessageRow index, -1 where none. */
  readonly selected: number;
  readonly selectedLane: number;
  readonly selectedTime: number;
  /** MessageRow indexes of the transaction the selection belongs to. */
  readonly hops: ReadonlySet<number>;
  /** MessageRow indexes of the user's marks, the first and the second. */
  readonly pins: readonly number[];
  readonly matches: Matches | null;
}

/** What changes while the marks stay. */
export interface Over {
  readonly width: number;
  readonly height: number;
  readonly top: number;
  readonly span: Span;
  readonly focusLane: number;
  readonly focused: boolean;
  readonly hover: Pointed | null;
  readonly marked: Span | null;
}

export const shortCount = (n: number): string =>
  n < 1000 ? String(n) : n < 9950 ? `${(n / 1000).toFixed(1)}k` : `${Math.round(n / 1000)}k`;

const partToken = (h: Hit): Token =>
  h.severity === 3 ? '--sev-error' : h.severity === 2 ? '--sev-warning' : '--mark-part';

/** How faint what does not fit the filter is. */
const FAINT = 0.25;

function cluster(c: Ctx, h: Hit, x: number, y: number, ink: Ink, sprites: Sprites): void {
  const { fits } = h;
  const n = h.messages > 0 ? h.messages : h.part;
  const fit = fits === null ? n : h.messages > 0 ? fits.messages : fits.count;
  const height = Math.min(22, 5 + 2.4 * Math.log2(n + 1));
  const bottom = y + LANE_HEIGHT / 2 - 7;
  const left = x - h.w / 2;
  c.fillStyle = ink['--cluster'];
  if (fit < n) {
    c.globalAlpha = FAINT;
    c.fillRect(left, bottom - height, h.w, height);
    c.globalAlpha = 1;
  }
  if (fit > 0) {
    // However few they are, they are seen; however many, that they are not all.
    const share = fit === n ? height : Math.min(height - 2, Math.max(3, (fit / n) * height));
    // Its rim is what tells it from the ground.
    c.fillStyle = ink['--line-strong'];
    c.fillRect(left, bottom - share, h.w, share);
    if (fit === n) {
      c.fillStyle = ink['--cluster'];
      c.fillRect(left + 1, bottom - share + 1, h.w - 2, share - 2);
    }
    if (fit < n) {
      c.strokeStyle = ink['--cluster'];
      c.lineWidth = 1;
      c.strokeRect(left + 0.5, bottom - height + 0.5, h.w - 1, height - 1);
    }
  }
  const worst = fits === null ? h.severity : fits.severity;
  if (fit > 0) {
    c.fillStyle = ink['--text-2'];
    c.fillText(shortCount(fit), x, bottom - height - 6.5);
  }
  const severity = severityOfRank(worst > 0 ? worst : h.severity);
  if (severity === null) return;
  if (worst === 0) c.globalAlpha = FAINT;
  sprites.severity(c, severity, x, bottom - 5.5);
  c.globalAlpha = 1;
}

/** Under the messages of a transaction, with its ends turned up and how many they are. */
function bracket(c: Ctx, h: Hit, dx: number, y: number, ink: Ink, width: number): void {
  const left = h.x0 + dx;
  const right = h.x + h.w / 2 + dx;
  c.beginPath();
  c.moveTo(left, y - 4);
  c.lineTo(left, y);
  c.lineTo(right, y);
  c.lineTo(right, y - 4);
  c.stroke();
  c.textAlign = 'left';
  c.fillStyle = ink['--text-2'];
  c.fillText(`×${shortCount(h.part)}`, Math.min(right + 4, width - 24), y - 3);
  c.textAlign = 'center';
}

const CODE_LENGTH = 18;

function code(c: Ctx, h: Hit, x: number, y: number, ink: Ink): void {
  const text = h.code.length > CODE_LENGTH ? `${h.code.slice(0, CODE_LENGTH - 1)}…` : h.code;
  c.textAlign = 'left';
  // The bar of its message goes on behind it.
  c.lineWidth = 3;
  c.strokeStyle = ink['--surface-1'];
  c.strokeText(text, x + 9, y + 0.5);
  c.fillStyle = h.severity === 2 ? ink['--sev-warning'] : ink['--sev-error'];
  c.fillText(text, x + 9, y + 0.5);
  c.textAlign = 'center';
}

function mark(c: Ctx, h: Hit, x: number, y: number, ink: Ink, sprites: Sprites): void {
  switch (h.kind) {
    case 'segment':
      if (h.chips) sprites.chip(c, h.part, partToken(h), false, x, y);
      return;
    case 'missing':
      sprites.chip(c, h.part, '--sev-error', true, x, y);
      return;
    case 'answer':
      sprites.accepted(c, x, y + 11);
      return;
    case 'refusal':
      sprites.cross(c, h.severity !== 2, x, y);
      if (h.written) code(c, h, x, y, ink);
      return;
    case 'receipt':
      sprites.receipt(c, h.severity === 3, x, y);
      return;
    case 'retry':
      sprites.retry(c, x, y);
      return;
    case 'expiry':
      sprites.expiry(c, h.severity > 0, x, y);
      return;
    case 'message':
      sprites.verdict(c, h.verdict ?? 'not-applicable', x, y);
      return;
    case 'cluster':
      cluster(c, h, x, y, ink, sprites);
      return;
    // Drawn before all of them.
    case 'transaction':
    case 'cell':
  }
}

/** Bars with a cap where the first part was, and parts too close to carry a number: many lines, few strokes. */
function lines(c: Ctx, s: Strip, seen: readonly Hit[], ink: Ink, selected: number): void {
  c.lineCap = 'butt';
  c.lineWidth = 1.5;
  c.strokeStyle = ink['--line-strong'];
  c.beginPath();
  for (const h of seen) {
    if (h.kind !== 'message' || h.message === selected) continue;
    const [left, y] = [Math.max(-20, h.x0 + s.x), h.y + s.y];
    c.moveTo(left, y - 3);
    c.lineTo(left, y + 3);
    c.moveTo(left, y);
    c.lineTo(h.x + s.x, y);
  }
  c.stroke();
  for (const token of ['--mark-part', '--sev-warning', '--sev-error'] as const) {
    c.strokeStyle = ink[token];
    c.beginPath();
    for (const h of seen) {
      if (h.kind !== 'segment' || h.chips || partToken(h) !== token) continue;
      c.moveTo(h.x + s.x, h.y + s.y - 6);
      c.lineTo(h.x + s.x, h.y + s.y + 6);
    }
    c.stroke();
  }
  // A retry's way back to what it repeats.
  c.lineWidth = 1;
  c.strokeStyle = ink['--accent'];
  c.setLineDash([2, 2]);
  c.beginPath();
  for (const h of seen) {
    if (h.kind !== 'retry') continue;
    const y = h.y + s.y;
    c.moveTo(h.x + s.x - 6, y);
    c.lineTo(Math.max(-20, h.x0 + s.x), y);
    c.lineTo(Math.max(-20, h.x0 + s.x), y + 6);
  }
  c.stroke();
  // From the last part that came to where the others are given up.
  c.strokeStyle = ink['--text-3'];
  c.beginPath();
  for (const h of seen) {
    if (h.kind !== 'expiry') continue;
    c.moveTo(Math.max(-20, h.x0 + s.x), h.y + s.y);
    c.lineTo(h.x + s.x, h.y + s.y);
  }
  c.stroke();
  c.setLineDash([]);
}

function ring(c: Ctx, h: Hit, x: number, y: number, colour: string): void {
  if (h.kind === 'transaction') return;
  c.strokeStyle = colour;
  c.lineWidth = 2;
  c.setLineDash([]);
  c.beginPath();
  if (h.kind === 'cluster') c.roundRect(x - h.w / 2 - 2, y - LANE_HEIGHT / 2 + 3, h.w + 4, LANE_HEIGHT - 6, 4);
  else if (h.w > 0 || h.kind === 'missing') c.roundRect(x - 9.5, y - 10.5, 19, 21, 5);
  else c.arc(x, y, h.kind === 'message' ? RADIUS + 4 : 8, 0, 7);
  c.stroke();
}

/** The number of one of the user's two marks, above its diamond. */
function flag(c: Ctx, n: number, x: number, y: number, ink: Ink): void {
  c.fillStyle = ink['--accent'];
  c.beginPath();
  c.roundRect(x - 6.5, y - 24, 13, 13, 3);
  c.fill();
  c.beginPath();
  c.moveTo(x - 3, y - 12);
  c.lineTo(x + 3, y - 12);
  c.lineTo(x, y - 8);
  c.fill();
  c.fillStyle = ink['--surface-1'];
  c.fillText(String(n), x, y - 17);
}

function ground(c: Ctx, s: Scene, ink: Ink, x: (t: number) => number): void {
  c.fillStyle = ink['--surface-1'];
  c.fillRect(0, 0, s.width, s.height);
  const first = Math.floor(s.top / LANE_HEIGHT);
  const last = Math.min(s.lanes, Math.ceil((s.top + s.height) / LANE_HEIGHT));
  const bottom = Math.min(s.height, s.lanes * LANE_HEIGHT - s.top);
  if (s.selectedLane >= first && s.selectedLane < last) {
    c.fillStyle = ink['--surface-3'];
    c.fillRect(0, s.selectedLane * LANE_HEIGHT - s.top, s.width, LANE_HEIGHT);
  }
  hatchGaps(c, s.gaps, s.span, s.width, bottom, ink);
  c.strokeStyle = ink['--line'];
  c.lineWidth = 1;
  c.beginPath();
  for (const t of s.ticks) {
    const at = Math.round(x(t)) + 0.5;
    c.moveTo(at, 0);
    c.lineTo(at, bottom);
  }
  for (let lane = first; lane < last; lane += 1) {
    const y = Math.round((lane + 1) * LANE_HEIGHT - s.top) - 0.5;
    c.moveTo(0, y);
    c.lineTo(s.width, y);
  }
  c.stroke();
}

/** A line where the selection is, when its mark is in a cluster. */
function selectionLine(c: Ctx, s: Scene, ink: Ink, x: (t: number) => number): void {
  const drawn = s.strips.some((p) => p.hits.some((h) => h.kind === 'message' && h.message === s.selected));
  if (drawn || s.selectedLane < 0 || !Number.isFinite(s.selectedTime)) return;
  const y = s.selectedLane * LANE_HEIGHT - s.top;
  const at = Math.round(x(s.selectedTime)) + 0.5;
  c.strokeStyle = ink['--accent'];
  c.lineWidth = 1;
  c.beginPath();
  c.moveTo(at, y);
  c.lineTo(at, y + LANE_HEIGHT - 1);
  c.stroke();
}

function strip(c: Ctx, p: Strip, s: Scene, ink: Ink, sprites: Sprites): void {
  const seen = p.hits.filter((h) => isSeen(h, p, s.width));
  c.lineCap = 'round';
  c.lineJoin = 'round';
  for (const h of seen) {
    if (h.kind !== 'transaction') continue;
    const chosen = s.hops.has(h.message);
    c.lineWidth = chosen ? 2 : 1.2;
    c.strokeStyle = chosen ? ink['--accent'] : ink['--text-3'];
    bracket(c, h, p.x, h.y + p.y, ink, s.width);
  }
  const { matches } = s;
  const fits = (h: Hit): boolean => matches === null || h.message < 0 || matches.has(h.message);
  const groups = matches === null ? [seen] : [seen.filter((h) => !fits(h)), seen.filter(fits)];
  groups.forEach((group, i) => {
    c.globalAlpha = groups.length === 2 && i === 0 ? FAINT : 1;
    lines(c, p, group, ink, s.selected);
    for (const h of group) {
      if (h.kind === 'message' && h.message === s.selected) {
        c.strokeStyle = ink['--accent'];
        c.lineWidth = 3;
        c.beginPath();
        c.moveTo(Math.max(-20, h.x0 + p.x), h.y + p.y);
        c.lineTo(h.x + p.x, h.y + p.y);
        c.stroke();
      }
      mark(c, h, h.x + p.x, h.y + p.y, ink, sprites);
    }
  });
  c.globalAlpha = 1;
  for (const h of seen) {
    if (h.kind !== 'message') continue;
    if (h.message === s.selected) ring(c, h, h.x + p.x, h.y + p.y, ink['--accent']);
    const pin = s.pins.indexOf(h.message);
    if (pin >= 0) flag(c, pin + 1, h.x + p.x, h.y + p.y, ink);
  }
}

function start(c: Ctx): void {
  c.font = '600 10.5px system-ui, sans-serif';
  c.textAlign = 'center';
  c.textBaseline = 'middle';
}

/** Draws lanes and marks. The context is scaled to CSS pixels. */
export function paint(c: Ctx, s: Scene, ink: Ink, sprites: Sprites): void {
  const scale = s.width / (s.span.t1 - s.span.t0);
  const x = (t: number): number => (t - s.span.t0) * scale;
  start(c);
  ground(c, s, ink, x);
  selectionLine(c, s, ink, x);
  for (const p of s.strips) strip(c, p, s, ink, sprites);
}

/** Draws what lies over the marks: pointing must not cost a drawing of all of them. */
export function paintOver(c: Ctx, s: Over, ink: Ink): void {
  const scale = s.width / (s.span.t1 - s.span.t0);
  const x = (t: number): number => (t - s.span.t0) * scale;
  c.clearRect(0, 0, s.width, s.height);
  start(c);
  const { hover } = s;
  if (hover?.kind === 'transaction') {
    c.lineWidth = 2;
    c.strokeStyle = ink['--text-2'];
    bracket(c, hover, 0, hover.y, ink, s.width);
  } else if (hover !== null) ring(c, hover, hover.x, hover.y, ink['--text-3']);
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
