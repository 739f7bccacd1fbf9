// Where things are on the chart. Pure: times in nanoseconds, lengths in CSS pixels.

import { MARKS, type Time, type WindowReply } from '../engine/contract.ts';

export interface Span {
  readonly t0: Time;
  readonly t1: Time;
}

export const LANE_HEIGHT = 52;
export const SLOT_PITCH = 17;
export const MAX_SLOTS = 3;
/** Lanes asked for at once. */
export const LANE_PAGE = 16;
/** Least width of a cluster of crowded marks; at most twice as wide. */
export const CELL_PX = 24;
/** More marks in a cell than these are drawn as one. */
export const MOST_MARKS = 16;

const MIN_SPAN = 1000;
const MESSAGE = MARKS.indexOf('message');
const TRANSACTION = MARKS.indexOf('transaction');
const CELL = MARKS.indexOf('cell');

/** Nanoseconds a cell at this zoom, a power of two: cells stay where they are while the chart moves. */
export const cellFor = (nsPerPx: number): number => 2 ** Math.max(0, Math.ceil(Math.log2(CELL_PX * nsPerPx)));

/** The bracket under the messages of a transaction, from the top of its lane. */
export const BRACKET_Y = LANE_HEIGHT - 4;

/** The whole capture with a margin each side; a second's width where it has no extent. */
export function wholeSpan(t0: Time, t1: Time): Span {
  if (!Number.isFinite(t0) || !Number.isFinite(t1)) return { t0: 0, t1: 1e9 };
  const width = t1 - t0;
  if (width <= 0) return { t0: t0 - 5e8, t1: t0 + 5e8 };
  return { t0: t0 - width * 0.03, t1: t1 + width * 0.06 };
}

/** Inside `bounds`, keeping its width where that fits. */
export function clampSpan(s: Span, bounds: Span): Span {
  const all = bounds.t1 - bounds.t0;
  const width = Math.min(Math.max(s.t1 - s.t0, MIN_SPAN), all);
  const t0 = Math.min(Math.max(s.t0, bounds.t0), bounds.t1 - width);
  return { t0, t1: t0 + width };
}

/** Scales about `at`: factor below 1 zooms in. */
export function zoomSpan(s: Span, factor: number, at: Time, bounds: Span): Span {
  const width = Math.max((s.t1 - s.t0) * factor, MIN_SPAN);
  const share = (at - s.t0) / (s.t1 - s.t0);
  return clampSpan({ t0: at - share * width, t1: at + (1 - share) * width }, bounds);
}

export const panSpan = (s: Span, by: Time, bounds: Span): Span => clampSpan({ t0: s.t0 + by, t1: s.t1 + by }, bounds);

/** A span about [t0, t1] that leaves air on both sides. */
export const frameSpan = (t0: Time, t1: Time, bounds: Span): Span => {
  const pad = Math.max((t1 - t0) * 0.35, 5e6);
  return clampSpan({ t0: t0 - pad, t1: t1 + pad }, bounds);
};

/** The same width with `at` in the middle. */
export const centreSpan = (s: Span, at: Time, bounds: Span): Span => {
  const half = (s.t1 - s.t0) / 2;
  return clampSpan({ t0: at - half, t1: at + half }, bounds);
};

export interface WindowAsk extends Span {
  readonly px: number;
  /** Nanoseconds a cell. */
  readonly cell: number;
}

/** Pixels a cell is asked to have, between CELL_PX and twice as many. */
const ASKED_PX = 32;

/**
 * The window to ask for so that [t0, t1] can be drawn `px` wide with the cells of this zoom. Its ends are multiples of
 * half a screen, so that small moves ask for the same window again.
 */
export function windowFor(s: Span, px: number): WindowAsk {
  const width = Math.max(1, px);
  const cell = cellFor(Math.max(1, s.t1 - s.t0) / width);
  const page = (cell / ASKED_PX) * 2 ** (Math.ceil(Math.log2(width)) - 1);
  const first = Math.floor(s.t0 / page) * page;
  const last = Math.ceil(s.t1 / page) * page;
  return { t0: first, t1: last, px: Math.max(1, Math.round(((last - first) / cell) * ASKED_PX)), cell };
}

/** Lane pages that cover the lanes seen at `top`. */
export function lanePages(top: number, height: number, lanes: number): number[] {
  const first = Math.floor(Math.max(0, top) / LANE_HEIGHT / LANE_PAGE);
  const last = Math.floor(Math.max(0, Math.min(lanes * LANE_HEIGHT, top + height) - 1) / LANE_HEIGHT / LANE_PAGE);
  const out: number[] = [];
  for (let p = first; p <= last && p * LANE_PAGE < lanes; p += 1) out.push(p * LANE_PAGE);
  return out;
}

export const laneAt = (y: number, top: number, lanes: number): number | null => {
  const lane = Math.floor((y + top) / LANE_HEIGHT);
  return lane >= 0 && lane < lanes ? lane : null;
};

/** Middle of a slot within its lane; `bracketed`: full lanes move together to leave room for brackets. */
export const slotY = (slot: number, slots: number, bracketed = false): number =>
  bracketed && slots >= MAX_SLOTS
    ? 8 + slot * (SLOT_PITCH - 2)
    : LANE_HEIGHT / 2 + (slot - (Math.min(slots, MAX_SLOTS) - 1) / 2) * SLOT_PITCH;

/**
 * Rows above each other for bars that overlap. `from` ascending; a bar needs `gap` after the one before it. Where all
 * rows are taken the one that ends first is used again.
 */
export function packSlots(bars: readonly { from: Time; to: Time }[], gap: Time): { slot: number[]; slots: number } {
  const ends: Time[] = [];
  const slot = bars.map((b) => {
    let best = ends.findIndex((end) => end + gap <= b.from);
    if (best < 0 && ends.length < MAX_SLOTS) best = ends.length;
    if (best < 0) best = ends.indexOf(Math.min(...ends));
    ends[best] = Math.max(ends[best] ?? Number.NEGATIVE_INFINITY, b.to);
    return best;
  });
  return { slot, slots: Math.max(1, ends.length) };
}

export interface Cluster extends Span {
  /** Where it is drawn and how wide: the cell, so that neighbours never overlap. */
  readonly at: Time;
  readonly width: Time;
  /** Marks and messages in it. */
  readonly count: number;
  readonly messages: number;
  /** Worst severity rank. */
  readonly severity: number;
  /** What of it fits the filter; null: nothing is filtered. */
  readonly fits: Fitting | null;
}

export interface Fitting {
  readonly count: number;
  readonly messages: number;
  readonly severity: number;
}

export interface LaneLayout {
  /** Rows drawn one by one. */
  readonly rows: readonly number[];
  /** Row above or below others, by MessageRow index. */
  readonly slotOf: ReadonlyMap<number, number>;
  readonly slots: number;
  readonly clusters: readonly Cluster[];
  /** Rows of transactions: drawn around their messages, and never counted with them. */
  readonly transactions: readonly number[];
}

/** Cells of a lane that are too full for their marks to be told apart. */
function crowdedCells(reply: WindowReply, begin: number, end: number, cell: number): Set<number> {
  const crowded = new Set<number>();
  let key = Number.NaN;
  let marks = 0;
  let messages = 0;
  for (let i = begin; i < end; i += 1) {
    const kind = reply.kind[i];
    if (kind === TRANSACTION) continue;
    const at = Math.floor((kind === CELL ? reply.from[i]! : reply.time[i]!) / cell);
    if (at !== key) {
      key = at;
      marks = 0;
      messages = 0;
    }
    marks += 1;
    if (kind === MESSAGE) messages += 1;
    if (kind === CELL || marks > MOST_MARKS || messages > MAX_SLOTS) crowded.add(at);
  }
  return crowded;
}

/**
 * How lane `lane` of a reply is drawn at `nsPerPx`. Marks in a cell with too many of them, or that the engine merged
 * already, become one cluster with their count and worst severity: nothing disappears.
 */
export function layoutLane(reply: WindowReply, lane: number, nsPerPx: number): LaneLayout {
  const begin = reply.laneStart[lane] ?? 0;
  const end = reply.laneStart[lane + 1] ?? begin;
  const cell = cellFor(nsPerPx);
  const crowded = crowdedCells(reply, begin, end, cell);
  const rows: number[] = [];
  const transactions: number[] = [];
  const { fitMarks, fitMessages, fitSeverity } = reply;
  const clusters = new Map<number, { -readonly [K in keyof Cluster]: Cluster[K] }>();
  for (let i = begin; i < end; i += 1) {
    const kind = reply.kind[i];
    if (kind === TRANSACTION) {
      transactions.push(i);
      continue;
    }
    const merged = kind === CELL;
    const from = merged ? reply.from[i]! : reply.time[i]!;
    const key = Math.floor(from / cell);
    if (!crowded.has(key)) {
      rows.push(i);
      continue;
    }
    // A cell of another zoom may be wider than those of this one.
    const width = merged ? Math.max(cell, reply.cell) : cell;
    const c = clusters.get(key) ?? {
      at: (Math.floor(from / width) + 0.5) * width,
      width,
      t0: from,
      t1: from,
      count: 0,
      messages: 0,
      severity: 0,
      fits: fitMarks === undefined ? null : { count: 0, messages: 0, severity: 0 },
    };
    c.t1 = Math.max(c.t1, reply.time[i]!);
    c.count += merged ? reply.count[i]! : 1;
    c.messages += merged ? reply.messages[i]! : kind === MESSAGE ? 1 : 0;
    c.severity = Math.max(c.severity, reply.severity[i]!);
    if (c.fits !== null) {
      c.fits = {
        count: c.fits.count + (fitMarks?.[i] ?? 0),
        messages: c.fits.messages + (fitMessages?.[i] ?? 0),
        severity: Math.max(c.fits.severity, fitSeverity?.[i] ?? 0),
      };
    }
    clusters.set(key, c);
  }
  const bars = rows
    .filter((i) => reply.kind[i] === MESSAGE)
    .map((i) => ({ message: reply.message[i]!, from: reply.from[i]!, to: reply.time[i]! }))
    .sort((a, b) => a.from - b.from);
  const packed = packSlots(bars, 34 * nsPerPx);
  const slotOf = new Map(bars.map((b, i) => [b.message, packed.slot[i]!] as const));
  return { rows, slotOf, slots: packed.slots, clusters: [...clusters.values()], transactions };
}

/** The nearest item within `reach` px of (x, y), later ones winning ties as they are drawn on top. */
export function nearest<T extends { readonly x: number; readonly y: number; readonly w?: number }>(
  items: readonly T[],
  x: number,
  y: number,
  reach = 10,
  wanted: (item: T) => boolean = () => true,
): T | null {
  let best: T | null = null;
  let least = reach;
  for (const item of items) {
    const dx = Math.max(0, Math.abs(item.x - x) - (item.w ?? 0) / 2);
    if (dx > least) continue;
    const d = Math.hypot(dx, item.y - y);
    if (d <= least && wanted(item)) {
      least = d;
      best = item;
    }
  }
  return best;
}
