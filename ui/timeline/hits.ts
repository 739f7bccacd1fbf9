// What is drawn, as a list that pointer, tooltip and the accessible twin can look things up in.

import {
  MARKS,
  type MarkKind,
  type Time,
  VERDICTS,
  type Verdict,
  type WindowReply,
} from '../../analysis/engine/contract.ts';
import { BRACKET_Y, LANE_HEIGHT, type LaneLayout, nearest, type Span, slotY } from './geometry.ts';

export interface Hit {
  readonly x: number;
  /** Within the chart. */
  readonly y: number;
  readonly w: number;
  readonly lane: number;
  readonly kind: MarkKind | 'cluster';
  readonly time: Time;
  /** Start of a message's bar, of a cluster or of a transaction. */
  readonly from: Time;
  /** MessageRow index, -1 where none. */
  readonly message: number;
  /** Part number; of a cluster: count of marks; of a transaction: count of its messages. */
  readonly part: number;
  readonly verdict: Verdict | null;
  readonly severity: number;
  /** Pixel where a message's bar or a transaction's bracket begins. */
  readonly x0: number;
  /** Parts far enough apart to carry their number. */
  readonly chips: boolean;
}

const CHIP = 15;

export interface LaneView {
  readonly reply: WindowReply;
  /** Row of the lane in `reply`. */
  readonly at: number;
  readonly layout: LaneLayout;
  /** Lane number in the whole table. */
  readonly lane: number;
  /** Top of the lane in the chart, px. */
  readonly y: number;
}

const DRAW_ORDER: readonly MarkKind[] = [
  'transaction',
  'answer',
  'segment',
  'receipt',
  'message',
  'missing',
  'refusal',
];

/** The marks of one lane in drawing order: what is on top comes last. */
export function laneHits(v: LaneView, span: Span, width: number): Hit[] {
  const { reply, layout } = v;
  const scale = width / (span.t1 - span.t0);
  const x = (t: Time): number => (t - span.t0) * scale;
  const segmentXs = new Map<number, number[]>();
  const missing = new Map<number, number>();
  for (const i of layout.rows) {
    const kind = MARKS[reply.kind[i]!];
    const m = reply.message[i]!;
    if (kind === 'segment') segmentXs.set(m, [...(segmentXs.get(m) ?? []), x(reply.time[i]!)]);
    else if (kind === 'missing') missing.set(m, (missing.get(m) ?? 0) + 1);
  }
  const spread = new Map<number, boolean>();
  for (const [m, xs] of segmentXs) {
    const sorted = xs.sort((a, b) => a - b);
    spread.set(m, sorted.length > 1 && sorted.every((at, i) => i === 0 || at - sorted[i - 1]! >= CHIP));
  }
  // The diamond stands after the last part, and parts that never came between the two.
  const tail = (m: number): number => {
    const lost = missing.get(m) ?? 0;
    if (lost > 0) return (lost + 1) * CHIP;
    return (segmentXs.get(m)?.length ?? 0) < 2 ? 0 : spread.get(m) === true ? CHIP : 9;
  };
  const diamonds = new Map<number, number>();
  for (const i of layout.rows) {
    const m = reply.message[i]!;
    if (MARKS[reply.kind[i]!] === 'message') diamonds.set(m, x(reply.time[i]!) + tail(m));
  }
  const missingSeen = new Map<number, number>();
  const hits: Hit[] = [];
  for (const c of layout.clusters) {
    const mid = x(c.at);
    if (mid < -40 || mid > width + 40) continue;
    hits.push({
      x: mid,
      x0: mid,
      y: v.y + LANE_HEIGHT / 2,
      w: 24,
      lane: v.lane,
      kind: 'cluster',
      time: c.t1,
      from: c.t0,
      message: -1,
      part: c.count,
      verdict: null,
      severity: c.severity,
      chips: false,
    });
  }
  hits.push(...layout.transactions.flatMap((i) => bracket(v, i, diamonds, x, width)));
  const bracketed = layout.transactions.length > 0;
  for (const i of layout.rows) {
    const kind = MARKS[reply.kind[i]!] ?? 'segment';
    // A transaction alone in a merged cell has lost its beginning.
    if (kind === 'transaction') continue;
    const m = reply.message[i]!;
    const chips = spread.get(m) ?? false;
    let at = x(reply.time[i]!);
    const x0 = kind === 'message' ? x(reply.from[i]!) : at;
    if (kind === 'message') at = diamonds.get(m) ?? at;
    // A receipt never hides the verdict it follows.
    if (kind === 'receipt') at = Math.max(at, (diamonds.get(m) ?? at - CHIP) + 12);
    if (kind === 'missing') {
      const n = missingSeen.get(m) ?? 0;
      missingSeen.set(m, n + 1);
      at += CHIP * (n + 1);
    }
    if (at < -40 || x0 > width + 40) continue;
    hits.push({
      x: at,
      x0,
      y: v.y + slotY(layout.slotOf.get(m) ?? 0, layout.slots, bracketed),
      w: kind === 'segment' && chips ? 12 : 0,
      lane: v.lane,
      kind,
      time: reply.time[i]!,
      from: reply.from[i]!,
      message: m,
      part: reply.part[i]!,
      verdict: VERDICTS[reply.verdict[i]!] ?? null,
      severity: reply.severity[i]!,
      chips,
    });
  }
  const rank = (h: Hit): number => (h.kind === 'cluster' ? -1 : DRAW_ORDER.indexOf(h.kind));
  return hits.sort((a, b) => rank(a) - rank(b));
}

/** How far a bracket reaches beyond the marks it holds, px. */
const REACHES = 9;

/** Row `i` of the reply as a bracket from its first message to the diamond of its last. */
function bracket(
  v: LaneView,
  i: number,
  diamonds: ReadonlyMap<number, number>,
  x: (t: Time) => number,
  width: number,
): Hit[] {
  const { reply, layout } = v;
  const time = reply.time[i]!;
  const last = layout.rows
    .filter((r) => MARKS[reply.kind[r]!] === 'message' && reply.time[r] === time)
    .map((r) => diamonds.get(reply.message[r]!) ?? 0);
  const x0 = x(reply.from[i]!) - REACHES;
  const x1 = Math.max(x(time), ...last) + REACHES;
  if (x1 < -40 || x0 > width + 40) return [];
  return [
    {
      x: (x0 + x1) / 2,
      x0,
      y: v.y + BRACKET_Y,
      w: x1 - x0,
      lane: v.lane,
      kind: 'transaction',
      time,
      from: reply.from[i]!,
      message: reply.message[i]!,
      part: reply.part[i]!,
      verdict: null,
      severity: 0,
      chips: false,
    },
  ];
}

/** What is at (x, y): a bracket only where no mark is, since it lies under many of them. */
export const hitNear = (hits: readonly Hit[], x: number, y: number, reach: number): Hit | null =>
  nearest(
    hits.filter((h) => h.kind !== 'transaction'),
    x,
    y,
    reach,
  ) ??
  nearest(
    hits.filter((h) => h.kind === 'transaction'),
    x,
    y,
    reach / 2,
  );
