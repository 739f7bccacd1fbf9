// Marks sorted into lanes, with a pyramid of cells over each lane so that any window of it is answered from a few
// thousand rows, and an index of long bars, which may cross a window that they neither begin nor end in.

import { MARKS } from './contract.ts';
import { type MarkColumns, markColumns } from './marks.ts';

/** Cells of 2^exponent nanoseconds, lane by lane, only those with marks in them. */
export interface Level {
  readonly exponent: number;
  /** Cells of lane i are [start[i], start[i + 1]). */
  readonly start: Int32Array;
  /** floor(time / 2^exponent). */
  readonly key: Float64Array;
  /** First mark of the cell; its last is the one before the next cell's first, or the lane's last. */
  readonly first: Int32Array;
  readonly messages: Uint32Array;
  /** The mark that stands for the cell: a rare error cannot disappear. */
  readonly worst: Int32Array;
}

/** Rows with an extent, a lane after the other, by length (in powers of four), then by time. */
export interface Bars {
  readonly start: Int32Array;
  readonly row: Int32Array;
  readonly size: Uint8Array;
}

/** Marks of lane i are rows [start[i], start[i + 1]) in order of time; equal times keep the order of the capture. */
export interface Rows extends MarkColumns {
  readonly lanes: number;
  readonly start: Int32Array;
  readonly bars: Bars;
}

export interface LaneColumns {
  readonly marks: Rows;
  /** Finest first. */
  readonly levels: readonly Level[];
  /** Transactions: drawn around messages, never counted with them. */
  readonly spans: Rows;
}

const MESSAGE = MARKS.indexOf('message');

/** Sorts order[from, to) by time; what is equal keeps its order. Runs that are in order cost one look. */
function sortByTime(order: Int32Array, from: number, to: number, time: Float64Array, scratch: Int32Array): void {
  const RUN = 12;
  for (let lo = from; lo < to; lo += RUN) {
    const hi = Math.min(to, lo + RUN);
    for (let i = lo + 1; i < hi; i += 1) {
      const row = order[i]!;
      const t = time[row]!;
      let k = i - 1;
      for (; k >= lo && time[order[k]!]! > t; k -= 1) order[k + 1] = order[k]!;
      order[k + 1] = row;
    }
  }
  for (let width = RUN; width < to - from; width *= 2) {
    for (let lo = from; lo + width < to; lo += 2 * width) {
      const mid = lo + width;
      const hi = Math.min(to, mid + width);
      if (time[order[mid - 1]!]! <= time[order[mid]!]!) continue;
      scratch.set(order.subarray(lo, mid), lo);
      let a = lo;
      let b = mid;
      for (let out = lo; a < mid; out += 1) {
        const takeRight = b < hi && time[order[b]!]! < time[scratch[a]!]!;
        order[out] = takeRight ? order[b]! : scratch[a]!;
        if (takeRight) b += 1;
        else a += 1;
      }
    }
  }
}

const sizeOf = (extent: number): number => Math.floor(Math.log2(Math.max(1, extent)) / 2);

function barsOf(start: Int32Array, from: Float64Array, time: Float64Array): Bars {
  const lanes = start.length - 1;
  const at = new Int32Array(lanes + 1);
  let total = 0;
  for (let i = 0; i < time.length; i += 1) if (time[i]! > from[i]!) total += 1;
  const row = new Int32Array(total);
  const size = new Uint8Array(total);
  const room = new Int32Array(65);
  let out = 0;
  for (let lane = 0; lane < lanes; lane += 1) {
    at[lane] = out;
    room.fill(0);
    const [begin, end] = [start[lane]!, start[lane + 1]!];
    for (let i = begin; i < end; i += 1) {
      const extent = time[i]! - from[i]!;
      if (extent > 0) room[sizeOf(extent) + 1]! += 1;
    }
    for (let s = 1; s < room.length; s += 1) room[s]! += room[s - 1]!;
    for (let i = begin; i < end; i += 1) {
      const extent = time[i]! - from[i]!;
      if (extent <= 0) continue;
      const s = sizeOf(extent);
      const place = out + room[s]!;
      room[s]! += 1;
      row[place] = i;
      size[place] = s;
    }
    out += room[room.length - 1]!;
  }
  at[lanes] = out;
  return { start: at, row, size };
}

/** `laneOf`: lane of each message, -1 for messages that are in none of these lanes. */
export function laneRows(log: MarkColumns, laneOf: Int32Array, lanes: number): Rows {
  const start = new Int32Array(lanes + 1);
  for (let i = 0; i < log.length; i += 1) {
    const lane = laneOf[log.message[i]!] ?? -1;
    if (lane >= 0) start[lane + 1]! += 1;
  }
  for (let lane = 0; lane < lanes; lane += 1) start[lane + 1]! += start[lane]!;
  const rows = start[lanes]!;
  const order = new Int32Array(rows);
  const next = start.slice(0, lanes);
  for (let i = 0; i < log.length; i += 1) {
    const lane = laneOf[log.message[i]!] ?? -1;
    if (lane < 0) continue;
    order[next[lane]!] = i;
    next[lane]! += 1;
  }
  const scratch = new Int32Array(rows);
  for (let lane = 0; lane < lanes; lane += 1) sortByTime(order, start[lane]!, start[lane + 1]!, log.time, scratch);
  const out = markColumns(rows);
  for (let i = 0; i < rows; i += 1) {
    const row = order[i]!;
    out.kind[i] = log.kind[row]!;
    out.time[i] = log.time[row]!;
    out.from[i] = log.from[row]!;
    out.message[i] = log.message[row]!;
    out.part[i] = log.part[row]!;
    out.verdict[i] = log.verdict[row]!;
    out.severity[i] = log.severity[row]!;
    out.code[i] = log.code[row]!;
  }
  return { length: rows, lanes, start, ...out, codes: log.codes, bars: barsOf(start, out.from, out.time) };
}

/** How many cells of 2^exponent ns have marks in them. */
function filled(rows: Rows, exponent: number): number {
  const scale = 2 ** -exponent;
  let n = 0;
  for (let lane = 0; lane < rows.lanes; lane += 1) {
    let key = Number.NaN;
    for (let i = rows.start[lane]!; i < rows.start[lane + 1]!; i += 1) {
      const k = Math.floor(rows.time[i]! * scale);
      if (k !== key) n += 1;
      key = k;
    }
  }
  return n;
}

const FINEST = 10;
const COARSEST = 62;
/** The finest level has at least so many marks a cell on average ... */
const PER_CELL = 4;
/** ... and a level is kept only where it is so much smaller than the one below. */
const WORTH = 0.7;

function levelOf(rows: Rows, exponent: number, cells: number): Level {
  const scale = 2 ** -exponent;
  const start = new Int32Array(rows.lanes + 1);
  const key = new Float64Array(cells);
  const first = new Int32Array(cells);
  const messages = new Uint32Array(cells);
  const worst = new Int32Array(cells);
  let at = -1;
  for (let lane = 0; lane < rows.lanes; lane += 1) {
    start[lane] = at + 1;
    let current = Number.NaN;
    for (let i = rows.start[lane]!; i < rows.start[lane + 1]!; i += 1) {
      const k = Math.floor(rows.time[i]! * scale);
      if (k !== current) {
        at += 1;
        key[at] = k;
        first[at] = i;
        worst[at] = i;
        current = k;
      } else if (rows.severity[i]! > rows.severity[worst[at]!]!) worst[at] = i;
      if (rows.kind[i] === MESSAGE) messages[at]! += 1;
    }
  }
  start[rows.lanes] = at + 1;
  return { exponent, start, key, first, messages, worst };
}

/** The next level up, from the cells of `below` and not from all marks again. */
function above(below: Level, rows: Rows, exponent: number): Level {
  const cells = below.key.length;
  const scale = 2 ** (below.exponent - exponent);
  const start = new Int32Array(rows.lanes + 1);
  const key = new Float64Array(cells);
  const first = new Int32Array(cells);
  const messages = new Uint32Array(cells);
  const worst = new Int32Array(cells);
  let at = -1;
  for (let lane = 0; lane < rows.lanes; lane += 1) {
    start[lane] = at + 1;
    let current = Number.NaN;
    for (let i = below.start[lane]!; i < below.start[lane + 1]!; i += 1) {
      const k = Math.floor(below.key[i]! * scale);
      if (k !== current) {
        at += 1;
        key[at] = k;
        first[at] = below.first[i]!;
        worst[at] = below.worst[i]!;
        current = k;
      } else if (rows.severity[below.worst[i]!]! > rows.severity[worst[at]!]!) worst[at] = below.worst[i]!;
      messages[at]! += below.messages[i]!;
    }
  }
  const used = at + 1;
  start[rows.lanes] = used;
  return {
    exponent,
    start,
    key: key.slice(0, used),
    first: first.slice(0, used),
    messages: messages.slice(0, used),
    worst: worst.slice(0, used),
  };
}

function pyramid(rows: Rows): Level[] {
  if (rows.length === 0) return [];
  let [lo, hi] = [FINEST, COARSEST];
  while (lo < hi) {
    const mid = (lo + hi) >> 1;
    if (filled(rows, mid) * PER_CELL > rows.length) lo = mid + 1;
    else hi = mid;
  }
  let top = levelOf(rows, lo, filled(rows, lo));
  const levels = [top];
  for (let e = lo + 2; e <= COARSEST && top.key.length > rows.lanes; e += 2) {
    const next = above(top, rows, e);
    if (next.key.length > top.key.length * WORTH) continue;
    levels.push(next);
    top = next;
  }
  return levels;
}

/** Lanes of `marks` and of the transactions in `spans`; `laneOf` as for `laneRows`. */
export function laneColumns(marks: MarkColumns, spans: MarkColumns, laneOf: Int32Array, lanes: number): LaneColumns {
  const rows = laneRows(marks, laneOf, lanes);
  return { marks: rows, levels: pyramid(rows), spans: laneRows(spans, laneOf, lanes) };
}

/** First row in [from, to) whose value is not below `v`. */
export function lowerBound(column: Float64Array, from: number, to: number, v: number): number {
  let lo = from;
  let hi = to;
  while (lo < hi) {
    const mid = (lo + hi) >>> 1;
    if (column[mid]! < v) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}

/** How many bars of each size are looked at for one window of one lane. */
const MOST_LOOKED_AT = 2000;

/**
 * Rows of `lane` that end at `after` or later, and begin before `before`, and are at least `least` ns long. Long ones
 * come last.
 */
export function barsOver(rows: Rows, lane: number, after: number, before: number, least: number): number[] {
  const { start, row, size } = rows.bars;
  const out: number[] = [];
  const end = start[lane + 1]!;
  for (let from = start[lane]!; from < end; ) {
    const s = size[from]!;
    let lo = from;
    let hi = end;
    while (lo < hi) {
      const mid = (lo + hi) >>> 1;
      if (size[mid]! <= s) lo = mid + 1;
      else hi = mid;
    }
    const longest = 4 ** (s + 1);
    if (longest > least) {
      let a = from;
      let b = lo;
      while (a < b) {
        const mid = (a + b) >>> 1;
        if (rows.time[row[mid]!]! < after) a = mid + 1;
        else b = mid;
      }
      for (let i = a; i < lo && i < a + MOST_LOOKED_AT; i += 1) {
        const r = row[i]!;
        if (rows.time[r]! - longest > before) break;
        if (rows.from[r]! < before && rows.time[r]! - rows.from[r]! >= least) out.push(r);
      }
    }
    from = lo;
  }
  return out;
}
