// What is drawn, as a list that pointer, tooltip and the accessible twin can look things up in.

import { MARKS, type MarkKind, type Time, VERDICTS, type Verdict, type WindowReply } from '../engine/contract.ts';
import {
  BRACKET_Y,
  type Cluster,
  type Fitting,
  LANE_HEIGHT,
  type LaneLayout,
  nearest,
  type Span,
  slotY,
} from './geometry.ts';

export interface Hit {
  /** Within its lane's strip, whose left edge is the beginning of the reply. */
  readonly x: number;
  /** Within its lane. */
  readonly y: number;
  readonly w: number;
  readonly kind: MarkKind | 'cluster';
  readonly time: Time;
  /** Start of a message's bar, of a cluster or of a transaction; the original of a retry. */
  readonly from: Time;
  /** MessageRow index, -1 where none. */
  readonly message: number;
  /** Part number; of a cluster: count of marks; of a transaction: count of its messages. */
  readonly part: number;
  /** Messages in a cluster. */
  readonly messages: number;
  readonly verdict: Verdict | null;
  readonly severity: number;
  /** Pixel where a message's bar or a transaction's bracket begins; of a retry: where its original is. */
  readonly x0: number;
  /** Parts far enough apart to carry their number. */
  readonly chips: boolean;
  /** Of a refusal or a failed receipt, '' where there is none; of an expiry: the parts that did not come. */
  readonly code: string;
  readonly written: boolean;
  /** What of a cluster fits the filter; null: nothing is filtered, or it is no cluster. */
  readonly fits: Fitting | null;
}

const CHIP = 15;

export interface LaneView {
  readonly reply: WindowReply;
  /** Row of the lane in `reply`. */
  readonly at: number;
  readonly layout: LaneLayout;
}

/** What is on top has the highest number. */
const LAYER: Readonly<Record<Hit['kind'], number>> = {
  cell: 0,
  cluster: 0,
  transaction: 1,
  answer: 2,
  expiry: 2,
  segment: 3,
  retry: 4,
  receipt: 5,
  message: 6,
  missing: 7,
  refusal: 8,
};

const clusterHit = (c: Cluster, x: (t: Time) => number, pxPerNs: number): Hit => ({
  x: x(c.at),
  x0: x(c.at),
  y: LANE_HEIGHT / 2,
  w: Math.max(20, c.width * pxPerNs - 4),
  kind: 'cluster',
  time: c.t1,
  from: c.t0,
  message: -1,
  part: c.count,
  messages: c.messages,
  verdict: null,
  severity: c.severity,
  chips: false,
  code: '',
  written: false,
  fits: c.fits,
});

interface Places {
  /** Whether the parts of a message stand far enough apart to carry their number. */
  readonly spread: ReadonlyMap<number, boolean>;
  /** Where the diamond of a message is. */
  readonly diamonds: ReadonlyMap<number, number>;
}

function placesOf({ reply, layout }: LaneView, x: (t: Time) => number): Places {
  const segmentXs = new Map<number, number[]>();
  const missing = new Map<number, number>();
  for (const i of layout.rows) {
    const kind = MARKS[reply.kind[i]!];
    const m = reply.message[i]!;
    if (kind === 'segment') {
      const xs = segmentXs.get(m);
      if (xs === undefined) segmentXs.set(m, [x(reply.time[i]!)]);
      else xs.push(x(reply.time[i]!));
    } else if (kind === 'missing') missing.set(m, (missing.get(m) ?? 0) + 1);
  }
  const spread = new Map<number, boolean>();
  for (const [m, xs] of segmentXs) {
    spread.set(m, xs.length > 1 && xs.every((at, i) => i === 0 || at - xs[i - 1]! >= CHIP));
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
  return { spread, diamonds };
}

const LETTER = 6.4;
const LONGEST = 18;

/** Codes are written where nothing else stands in their place. */
function withCodes(hits: readonly Hit[]): Hit[] {
  const bySlot = new Map<number, number[]>();
  for (const h of hits) {
    if (h.kind === 'transaction' || h.kind === 'answer') continue;
    const xs = bySlot.get(h.y);
    if (xs === undefined) bySlot.set(h.y, [h.x - h.w / 2]);
    else xs.push(h.x - h.w / 2);
  }
  return hits.map((h) => {
    if (h.code === '' || h.kind !== 'refusal') return h;
    const end = h.x + 12 + Math.min(h.code.length, LONGEST) * LETTER;
    const free = !(bySlot.get(h.y) ?? []).some((at) => at > h.x + 1 && at < end);
    return free ? { ...h, written: true } : h;
  });
}

/** The layout of what touches a stretch of time: of a message all its marks, or none. */
function near({ reply, layout }: LaneView, { t0, t1 }: Span): LaneLayout {
  const touches = (i: number): boolean => reply.time[i]! >= t0 && reply.from[i]! <= t1;
  const messages = new Set<number>();
  for (const i of layout.rows) if (touches(i)) messages.add(reply.message[i]!);
  return {
    ...layout,
    rows: layout.rows.filter((i) => messages.has(reply.message[i]!)),
    clusters: layout.clusters.filter((c) => c.at + c.width >= t0 && c.at - c.width <= t1),
    transactions: layout.transactions.filter(touches),
  };
}

/**
 * The marks of one lane in drawing order: what is on top comes last. `x` counts from the beginning of the reply. Given a
 * stretch of time, only of what touches it.
 */
export function laneHits(lane: LaneView, pxPerNs: number, between?: Span): Hit[] {
  const v = between === undefined ? lane : { ...lane, layout: near(lane, between) };
  const { reply, layout } = v;
  const x = (t: Time): number => (t - reply.t0) * pxPerNs;
  const { spread, diamonds } = placesOf(v, x);
  const missingSeen = new Map<number, number>();
  const hits: Hit[] = layout.clusters.map((c) => clusterHit(c, x, pxPerNs));
  hits.push(...layout.transactions.map((i) => bracket(v, i, diamonds, x)));
  const bracketed = layout.transactions.length > 0;
  let coded = false;
  for (const i of layout.rows) {
    const kind = MARKS[reply.kind[i]!] ?? 'segment';
    const m = reply.message[i]!;
    const chips = spread.get(m) ?? false;
    let at = x(reply.time[i]!);
    const x0 = kind === 'message' || kind === 'retry' || kind === 'expiry' ? x(reply.from[i]!) : at;
    if (kind === 'message') at = diamonds.get(m) ?? at;
    // A receipt never hides the verdict it follows.
    if (kind === 'receipt') at = Math.max(at, (diamonds.get(m) ?? at - CHIP) + 12);
    if (kind === 'missing') {
      const n = missingSeen.get(m) ?? 0;
      missingSeen.set(m, n + 1);
      at += CHIP * (n + 1);
    }
    const y = slotY(layout.slotOf.get(m) ?? 0, layout.slots, bracketed);
    const code = reply.codes[reply.code[i]!] ?? '';
    if (code !== '') coded = true;
    hits.push({
      x: at,
      x0,
      y: kind === 'retry' ? y - 13 : y,
      w: kind === 'segment' && chips ? 12 : 0,
      kind,
      time: reply.time[i]!,
      from: reply.from[i]!,
      message: m,
      part: reply.part[i]!,
      messages: 0,
      verdict: VERDICTS[reply.verdict[i]!] ?? null,
      severity: reply.severity[i]!,
      chips,
      code,
      written: false,
      fits: null,
    });
  }
  const sorted = hits.sort((a, b) => LAYER[a.kind] - LAYER[b.kind]);
  return coded ? withCodes(sorted) : sorted;
}

/** How far a bracket reaches beyond the marks it holds, px. */
const REACHES = 9;

/** Row `i` of the reply as a bracket from its first message to the diamond of its last. */
function bracket(
  { reply, layout }: LaneView,
  i: number,
  diamonds: ReadonlyMap<number, number>,
  x: (t: Time) => number,
): Hit {
  const time = reply.time[i]!;
  const x0 = x(reply.from[i]!) - REACHES;
  let x1 = x(time);
  for (const r of layout.rows) {
    if (MARKS[reply.kind[r]!] === 'message' && reply.time[r] === time) {
      x1 = Math.max(x1, diamonds.get(reply.message[r]!) ?? 0);
    }
  }
  x1 += REACHES;
  return {
    x: (x0 + x1) / 2,
    x0,
    y: BRACKET_Y,
    w: x1 - x0,
    kind: 'transaction',
    time,
    from: reply.from[i]!,
    message: reply.message[i]!,
    part: reply.part[i]!,
    messages: reply.part[i]!,
    verdict: null,
    severity: 0,
    chips: false,
    code: '',
    written: false,
    fits: null,
  };
}

/** What is at (x, y) of a lane: a bracket only where no mark is, since it lies under many of them. */
export const hitNear = (hits: readonly Hit[], x: number, y: number, reach: number): Hit | null =>
  nearest(hits, x, y, reach, (h) => h.kind !== 'transaction') ??
  nearest(hits, x, y, reach / 2, (h) => h.kind === 'transaction');
