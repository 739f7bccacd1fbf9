// Lanes as an SVG file, from the same layout that the page draws. No page is needed.

import type { VERDICTS, WindowReply } from '../engine/contract.ts';
import { LANE_HEIGHT, layoutLane, type Span } from './geometry.ts';
import { VERDICT_GLYPH } from './glyphs.ts';
import { type Hit, laneHits } from './hits.ts';
import { fitted, type Shape, type Tone, toSvg } from './shapes.ts';

export interface TimelineSvgOptions {
  /** Width of the drawing, px. */
  readonly width: number;
  /** Words for a tick, and where ticks are. */
  readonly ticks: readonly { readonly time: number; readonly label: string }[];
  readonly title: string;
}

const LABELS = 170;
const HEAD = 26;
/** A label this near to the end would be cut off. */
const EDGE = 32;

const TONE: Readonly<Record<(typeof VERDICTS)[number], Tone>> = {
  valid: 'ok',
  invalid: 'bad',
  'no-key': 'open',
  'no-mac': 'warn',
  unprotected: 'warn',
  malformed: 'bad',
  'not-applicable': 'none',
};

const pathAt = (
  points: readonly (readonly [number, number])[],
  x: number,
  y: number,
  r: number,
  close: boolean,
): string =>
  `${points.map(([px, py], i) => `${i === 0 ? 'M' : 'L'}${(x + px * r).toFixed(2)} ${(y + py * r).toFixed(2)}`).join('')}${close ? 'Z' : ''}`;

function diamond(h: Hit, x: number, y: number): Shape[] {
  const verdict = h.verdict ?? 'not-applicable';
  const g = VERDICT_GLYPH[verdict];
  const tone = TONE[verdict];
  const solid = g.fill === 'solid';
  const shapes: Shape[] = [
    { kind: 'path', d: pathAt(g.outline, x, y, 7, true), stroke: tone, fill: solid ? tone : 'ground' },
  ];
  if (g.fill === 'half') {
    shapes.push({
      kind: 'path',
      d: pathAt(
        g.outline.filter(([px]) => px >= -1e-9),
        x,
        y,
        7,
        true,
      ),
      stroke: null,
      fill: tone,
    });
  }
  for (const s of g.strokes) {
    shapes.push({ kind: 'path', d: pathAt(s, x, y, 7, false), stroke: solid ? 'ground' : tone, fill: null });
  }
  return shapes;
}

const severityTone = (rank: number): Tone => (rank === 3 ? 'bad' : rank === 2 ? 'warn' : 'part');

function box(x: number, y: number, part: number, tone: Tone, dashed: boolean): Shape[] {
  const d = `M${x - 6.5} ${y - 7.5}L${x + 6.5} ${y - 7.5}L${x + 6.5} ${y + 7.5}L${x - 6.5} ${y + 7.5}Z`;
  return [
    { kind: 'path', d, stroke: tone, fill: 'ground', width: 1.2, ...(dashed ? { dash: '2.5 2' } : {}) },
    { kind: 'text', x, y: y + 3.6, text: String(part), tone: dashed ? tone : 'text', anchor: 'middle', size: 10 },
  ];
}

function markShapes(h: Hit, x: number, y: number, dx: number): Shape[] {
  switch (h.kind) {
    case 'segment':
      if (h.chips) return box(x, y, h.part, severityTone(h.severity), false);
      return [{ kind: 'line', x1: x, y1: y - 6, x2: x, y2: y + 6, tone: severityTone(h.severity), width: 1.5 }];
    case 'missing':
      return box(x, y, h.part, 'bad', true);
    case 'expiry': {
      const d = `M${x - 2.5} ${y - 7}L${x + 2.5} ${y - 7}L${x + 2.5} ${y + 7}L${x - 2.5} ${y + 7}Z`;
      return [
        { kind: 'line', x1: Math.max(LABELS, h.x0 + dx), y1: y, x2: x - 3, y2: y, tone: 'quiet', dash: '2 2' },
        { kind: 'path', d, stroke: h.severity > 0 ? 'bad' : 'quiet', fill: 'ground', width: 1.2, dash: '2.5 2' },
      ];
    }
    case 'answer':
      return [
        { kind: 'path', d: `M${x} ${y + 8.4}L${x + 2.7} ${y + 13}L${x - 2.7} ${y + 13}Z`, stroke: null, fill: 'ok' },
      ];
    case 'refusal': {
      const tone = h.severity === 2 ? 'warn' : 'bad';
      const strokes: Shape[] = [
        { kind: 'path', d: `M${x - 4} ${y + 4}L${x + 4} ${y - 4}`, stroke: tone, fill: null, width: 2.2 },
      ];
      if (h.severity !== 2) {
        strokes.push({ kind: 'path', d: `M${x - 4} ${y - 4}L${x + 4} ${y + 4}`, stroke: tone, fill: null, width: 2.2 });
      }
      if (h.written) strokes.push({ kind: 'text', x: x + 9, y: y + 4, text: fitted(h.code, 120, 10), tone, size: 10 });
      return strokes;
    }
    case 'receipt': {
      const d = `M${x} ${y + 6}L${x} ${y - 6}M${x - 3.5} ${y - 2.5}L${x} ${y - 6}L${x + 3.5} ${y - 2.5}`;
      const bad = h.severity === 3;
      // Never by its colour alone.
      const crossed = bad ? `M${x - 4} ${y + 2.5}L${x + 4} ${y + 2.5}` : '';
      return [{ kind: 'path', d: `${d}${crossed}`, stroke: bad ? 'bad' : 'ok', fill: null, width: 1.8 }];
    }
    case 'retry':
      return [
        { kind: 'line', x1: h.x0 + dx, y1: y, x2: x - 6, y2: y, tone: 'accent', dash: '2 2' },
        { kind: 'text', x, y: y + 4, text: '↻', tone: 'accent', anchor: 'middle', size: 12 },
      ];
    case 'message':
      return diamond(h, x, y);
    case 'cluster': {
      const n = h.messages > 0 ? h.messages : h.part;
      const height = Math.min(22, 5 + 2.4 * Math.log2(n + 1));
      const [left, right, bottom] = [x - h.w / 2, x + h.w / 2, y + LANE_HEIGHT / 2 - 7];
      const d = `M${left} ${bottom - height}L${right} ${bottom - height}L${right} ${bottom}L${left} ${bottom}Z`;
      return [
        { kind: 'path', d, stroke: null, fill: h.severity === 3 ? 'bad' : h.severity === 2 ? 'warn' : 'crowd' },
        { kind: 'text', x, y: bottom - height - 3, text: String(n), tone: 'quiet', anchor: 'middle', size: 10 },
      ];
    }
    case 'transaction': {
      const [left, right] = [h.x0 + dx, h.x + h.w / 2 + dx];
      const d = `M${left} ${y - 4}L${left} ${y}L${right} ${y}L${right} ${y - 4}`;
      return [{ kind: 'path', d, stroke: 'quiet', fill: null, width: 1.2 }];
    }
    case 'cell':
      return [];
  }
}

/** The lanes of a window between two times as an SVG file. */
export function timelineSvg(reply: WindowReply, span: Span, o: TimelineSvgOptions): string {
  const pxPerNs = (o.width - LABELS) / (span.t1 - span.t0);
  const dx = LABELS + (reply.t0 - span.t0) * pxPerNs;
  const height = HEAD + reply.lanes.length * LANE_HEIGHT;
  const shapes: Shape[] = [];
  for (const { time, label } of o.ticks) {
    const x = LABELS + (time - span.t0) * pxPerNs;
    if (x < LABELS || x > o.width) continue;
    shapes.push({ kind: 'line', x1: x, y1: HEAD, x2: x, y2: height, tone: 'line' });
    const anchor = x > o.width - EDGE ? 'end' : 'middle';
    shapes.push({ kind: 'text', x, y: 16, text: label, tone: 'quiet', anchor, size: 11 });
  }
  reply.lanes.forEach((lane, at) => {
    const top = HEAD + at * LANE_HEIGHT;
    const label = lane.label.split('\n').at(-1) ?? '';
    shapes.push({ kind: 'line', x1: 0, y1: top, x2: o.width, y2: top, tone: 'line' });
    shapes.push({ kind: 'text', x: 8, y: top + 24, text: fitted(label, LABELS - 16), tone: 'text', bold: true });
    const count = `${lane.messages} ${lane.messages === 1 ? 'message' : 'messages'}`;
    shapes.push({ kind: 'text', x: 8, y: top + 39, text: count, tone: 'quiet', size: 11 });
    const layout = layoutLane(reply, at, 1 / pxPerNs);
    const hits = laneHits({ reply, at, layout }, pxPerNs);
    const seen = hits.filter((h) => h.x + dx >= LABELS && Math.min(h.x, h.x0) + dx <= o.width);
    for (const h of seen) {
      if (h.kind !== 'message') continue;
      const y = top + h.y;
      shapes.push({
        kind: 'line',
        x1: Math.max(LABELS, h.x0 + dx),
        y1: y,
        x2: h.x + dx,
        y2: y,
        tone: 'strong',
        width: 1.5,
      });
    }
    for (const h of seen) shapes.push(...markShapes(h, h.x + dx, top + h.y, dx));
  });
  return toSvg({ width: o.width, height, title: o.title, shapes });
}
