// Lanes and their marks as columns: one lane a subscriber, marks in time order. Pure geometry, no drawing.

import type { Lane, WindowReply } from './contract.ts';
import { MARKS, type MarkKind, type Time, VERDICTS, type Verdict } from './contract.ts';

export interface Mark {
  readonly kind: MarkKind;
  readonly time: Time;
  readonly from: Time;
  readonly message: number;
  readonly part: number;
  readonly verdict: Verdict | null;
  /** 0 none, 1 note, 2 warning, 3 error. */
  readonly severity: number;
}

export interface LaneMarks {
  readonly lane: Lane;
  readonly marks: readonly Mark[];
}

/** Lanes in CSR form: marks of lane i are rows [start[i], start[i+1]). */
export interface LaneColumns {
  readonly lanes: readonly Lane[];
  readonly start: Int32Array;
  readonly kind: Uint8Array;
  readonly time: Float64Array;
  readonly from: Float64Array;
  readonly message: Int32Array;
  readonly part: Uint16Array;
  readonly verdict: Uint8Array;
  readonly severity: Uint8Array;
  /** The longest bar of each lane: how far left of a window a bar may begin that reaches into it. */
  readonly longest: Float64Array;
}

const allocate = (lanes: number, rows: number) => ({
  start: new Int32Array(lanes + 1),
  kind: new Uint8Array(rows),
  time: new Float64Array(rows),
  from: new Float64Array(rows),
  message: new Int32Array(rows),
  part: new Uint16Array(rows),
  verdict: new Uint8Array(rows),
  severity: new Uint8Array(rows),
});

export function laneColumns(source: readonly LaneMarks[]): LaneColumns {
  const rows = source.reduce((n, l) => n + l.marks.length, 0);
  const out = allocate(source.length, rows);
  const longest = new Float64Array(source.length);
  let at = 0;
  source.forEach(({ marks }, i) => {
    out.start[i] = at;
    // The capture's order breaks ties: sort is stable and equal times keep their place.
    for (const m of [...marks].sort((a, b) => a.time - b.time)) {
      out.kind[at] = MARKS.indexOf(m.kind);
      out.time[at] = m.time;
      out.from[at] = m.from;
      out.message[at] = m.message;
      out.part[at] = Math.min(m.part, 0xffff);
      out.verdict[at] = m.verdict === null ? 255 : VERDICTS.indexOf(m.verdict);
      out.severity[at] = m.severity;
      longest[i] = Math.max(longest[i]!, m.time - m.from);
      at += 1;
    }
  });
  out.start[source.length] = at;
  return { lanes: source.map((l) => l.lane), ...out, longest };
}

/** First row in [from, to) whose time is not below `t`. */
export function lowerBound(time: Float64Array, from: number, to: number, t: number): number {
  let lo = from;
  let hi = to;
  while (lo < hi) {
    const mid = (lo + hi) >>> 1;
    if (time[mid]! < t) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}

/** Above this many marks a pixel in any lane, marks become cells. */
const MARKS_PER_PIXEL = 2;

/** Nanoseconds a cell: the largest power of two that still gives every pixel a cell. */
export const cellFor = (span: number, px: number): number => 2 ** Math.max(0, Math.floor(Math.log2(span / px)));

/** The marks of some lanes that touch [t0, t1], padded by one width on each side so that panning needs no new answer. */
export function laneWindow(
  c: LaneColumns,
  q: { t0: Time; t1: Time; px: number; laneFrom: number; laneCount: number },
): WindowReply {
  const span = Math.max(1, q.t1 - q.t0);
  const t0 = q.t0 - span;
  const t1 = q.t1 + span;
  const first = Math.max(0, Math.min(q.laneFrom, c.lanes.length));
  const last = Math.min(c.lanes.length, first + Math.max(0, q.laneCount));
  const ranges: [number, number][] = [];
  let rows = 0;
  let merged = false;
  for (let lane = first; lane < last; lane += 1) {
    const from = lowerBound(c.time, c.start[lane]!, c.start[lane + 1]!, t0);
    const to = lowerBound(c.time, from, c.start[lane + 1]!, t1 + c.longest[lane]! + 1);
    ranges.push([from, to]);
    rows += to - from;
    if (to - from > MARKS_PER_PIXEL * Math.max(1, q.px) * 3) merged = true;
  }
  const head = { t0, t1, lanes: c.lanes.slice(first, last), laneFrom: first };
  return merged
    ? { ...head, ...cells(c, ranges, cellFor(span, q.px)), merged }
    : { ...head, ...marks(c, ranges, rows), merged };
}

function marks(c: LaneColumns, ranges: readonly [number, number][], rows: number) {
  const { start: laneStart, ...out } = allocate(ranges.length, rows);
  let at = 0;
  ranges.forEach(([from, to], i) => {
    laneStart[i] = at;
    out.kind.set(c.kind.subarray(from, to), at);
    out.time.set(c.time.subarray(from, to), at);
    out.from.set(c.from.subarray(from, to), at);
    out.message.set(c.message.subarray(from, to), at);
    out.part.set(c.part.subarray(from, to), at);
    out.verdict.set(c.verdict.subarray(from, to), at);
    out.severity.set(c.severity.subarray(from, to), at);
    at += to - from;
  });
  laneStart[ranges.length] = at;
  return { laneStart, ...out };
}

/** One row a cell: the worst mark in it stands for all, so a rare error cannot disappear. */
function cells(c: LaneColumns, ranges: readonly [number, number][], cell: number) {
  const picked: number[] = [];
  const counts: number[] = [];
  const starts: number[] = [];
  for (const [from, to] of ranges) {
    starts.push(picked.length);
    let key = Number.NaN;
    for (let row = from; row < to; row += 1) {
      const k = Math.floor(c.time[row]! / cell);
      const top = picked.length - 1;
      if (k === key) {
        counts[top] = counts[top]! + 1;
        if (c.severity[row]! > c.severity[picked[top]!]!) picked[top] = row;
      } else {
        key = k;
        picked.push(row);
        counts.push(1);
      }
    }
  }
  const { start: laneStart, ...out } = allocate(ranges.length, picked.length);
  laneStart.set([...starts, picked.length]);
  picked.forEach((row, i) => {
    out.kind[i] = c.kind[row]!;
    out.time[i] = Math.floor(c.time[row]! / cell) * cell + cell / 2;
    out.from[i] = out.time[i]!;
    out.message[i] = c.message[row]!;
    out.part[i] = Math.min(counts[i]!, 0xffff);
    out.verdict[i] = c.verdict[row]!;
    out.severity[i] = c.severity[row]!;
  });
  return { laneStart, ...out };
}
