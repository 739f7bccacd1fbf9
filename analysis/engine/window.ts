// What the page draws of some lanes between two times. Its cost follows the pixels, not the marks behind them.

import type { Lane, Time, WindowReply } from './contract.ts';
import { MARKS } from './contract.ts';
import { type Fits, fittingSeverity } from './fits.ts';
import { barsOver, type LaneColumns, type Level, lowerBound, type Rows } from './lanes.ts';
import { markColumns } from './marks.ts';

/** A lane as it is shown: which columns it is in, and where. */
export interface ShownLane {
  readonly info: Lane;
  readonly columns: LaneColumns;
  readonly lane: number;
}

export interface WindowAsk {
  readonly t0: Time;
  readonly t1: Time;
  readonly px: number;
  readonly laneFrom: number;
  readonly laneCount: number;
}

/** Least width of a cell: room for a count. */
export const CELL_PX = 24;
/** More in a cell than these are drawn as one. */
export const MOST_MESSAGES = 3;
export const MOST_MARKS = 16;
/** Transactions narrower than this say nothing. */
const LEAST_SPAN_PX = 12;
const MOST_SPANS = 100;
const MOST_BARS = 200;

const CELL = MARKS.indexOf('cell');
const MESSAGE = MARKS.indexOf('message');
const EXPIRY = MARKS.indexOf('expiry');

/** Cells of 2^exponent ns are at least CELL_PX and less than twice as wide at `nsPerPx`. */
export const cellExponent = (nsPerPx: number): number => Math.max(0, Math.ceil(Math.log2(CELL_PX * nsPerPx)));

function widened<T extends Uint8Array | Uint32Array>(column: T, size: number): T {
  const wider = new (column.constructor as new (n: number) => T)(size);
  wider.set(column);
  return wider;
}

/** Rows of a reply in the making. */
class Reply {
  length = 0;
  private columns = markColumns(4096);
  private count = new Uint32Array(4096);
  private messages = new Uint32Array(4096);
  private fitMarks = new Uint32Array(4096);
  private fitMessages = new Uint32Array(4096);
  private fitSeverity = new Uint8Array(4096);

  private room(rows: number): void {
    if (this.length + rows <= this.count.length) return;
    const size = Math.max(this.count.length * 2, this.length + rows);
    const wider = markColumns(size);
    for (const name of Object.keys(wider) as (keyof typeof wider)[]) wider[name].set(this.columns[name]);
    this.columns = wider;
    this.count = widened(this.count, size);
    this.messages = widened(this.messages, size);
    this.fitMarks = widened(this.fitMarks, size);
    this.fitMessages = widened(this.fitMessages, size);
    this.fitSeverity = widened(this.fitSeverity, size);
  }

  /** What fits of rows [from, to), told in row `at`. */
  private fitting(fits: Fits | null, from: number, to: number, at: number): void {
    if (fits === null) return;
    this.fitMarks[at] = fits.marks[to]! - fits.marks[from]!;
    this.fitMessages[at] = fits.messages[to]! - fits.messages[from]!;
    this.fitSeverity[at] = fittingSeverity(fits, from, to);
  }

  /** Rows [from, to) as they are. */
  rows(r: Rows, from: number, to: number, fits: Fits | null): void {
    if (to <= from) return;
    this.room(to - from);
    for (const name of Object.keys(this.columns) as (keyof typeof this.columns)[]) {
      this.columns[name].set(r[name].subarray(from, to), this.length);
    }
    for (let i = from; i < to; i += 1) this.fitting(fits, i, i + 1, this.length + i - from);
    this.length += to - from;
  }

  /** Rows [from, to) as one, told by its worst. */
  cell(r: Rows, from: number, to: number, told: { messages: number; worst: number }, fits: Fits | null): void {
    this.room(1);
    const at = this.length;
    const { messages, worst } = told;
    this.fitting(fits, from, to, at);
    this.columns.kind[at] = CELL;
    this.columns.time[at] = r.time[to - 1]!;
    this.columns.from[at] = r.time[from]!;
    this.columns.message[at] = r.message[worst]!;
    this.columns.part[at] = 0;
    this.columns.verdict[at] = 255;
    this.columns.severity[at] = r.severity[worst]!;
    this.columns.code[at] = 0;
    this.count[at] = to - from;
    this.messages[at] = messages;
    this.length += 1;
  }

  /** The codes that are told of, and the columns cut to their length. */
  finish(all: readonly string[], filtered: boolean) {
    const { length } = this;
    const codes = [''];
    const place = new Map([[0, 0]]);
    for (let i = 0; i < length; i += 1) {
      const code = this.columns.code[i]!;
      let at = place.get(code);
      if (at === undefined) {
        at = codes.push(all[code] ?? '') - 1;
        place.set(code, at);
      }
      this.columns.code[i] = at;
    }
    const cut = Object.fromEntries(
      (Object.keys(this.columns) as (keyof typeof this.columns)[]).map((n) => [n, this.columns[n].slice(0, length)]),
    ) as typeof this.columns;
    const [count, messages] = [this.count.slice(0, length), this.messages.slice(0, length)];
    if (!filtered) return { ...cut, codes, count, messages };
    return {
      ...cut,
      codes,
      count,
      messages,
      fitMarks: this.fitMarks.slice(0, length),
      fitMessages: this.fitMessages.slice(0, length),
      fitSeverity: this.fitSeverity.slice(0, length),
    };
  }
}

const isCrowded = (messages: number, marks: number): boolean => messages > MOST_MESSAGES || marks > MOST_MARKS;

/** Marks [from, to) of a lane, bin by bin: as they are where there is room, else as a cell. */
function fromMarks(
  reply: Reply,
  rows: Rows,
  span: { from: number; to: number; exponent: number },
  fits: Fits | null,
): boolean {
  const { from, to, exponent } = span;
  const scale = 2 ** -exponent;
  let merged = false;
  for (let i = from; i < to; ) {
    const key = Math.floor(rows.time[i]! * scale);
    let messages = 0;
    let worst = i;
    let k = i;
    for (; k < to && Math.floor(rows.time[k]! * scale) === key; k += 1) {
      if (rows.kind[k] === MESSAGE) messages += 1;
      if (rows.severity[k]! > rows.severity[worst]!) worst = k;
    }
    if (isCrowded(messages, k - i)) {
      reply.cell(rows, i, k, { messages, worst }, fits);
      merged = true;
    } else reply.rows(rows, i, k, fits);
    i = k;
  }
  return merged;
}

/** The same from the cells of a level that is no coarser. */
function fromCells(
  reply: Reply,
  rows: Rows,
  lane: number,
  level: Level,
  span: { from: number; to: number; exponent: number },
  fits: Fits | null,
): boolean {
  const scale = 2 ** (level.exponent - span.exponent);
  const unit = 2 ** -level.exponent;
  const last = level.start[lane + 1]!;
  const begin = lowerBound(level.key, level.start[lane]!, last, Math.floor(span.from * unit));
  const end = lowerBound(level.key, begin, last, Math.floor(span.to * unit) + 1);
  let merged = false;
  for (let i = begin; i < end; ) {
    const key = Math.floor(level.key[i]! * scale);
    let messages = 0;
    let worst = level.worst[i]!;
    let k = i;
    for (; k < end && Math.floor(level.key[k]! * scale) === key; k += 1) {
      messages += level.messages[k]!;
      if (rows.severity[level.worst[k]!]! > rows.severity[worst]!) worst = level.worst[k]!;
    }
    const first = level.first[i]!;
    const beyond = k < last ? level.first[k]! : rows.start[lane + 1]!;
    if (isCrowded(messages, beyond - first)) {
      reply.cell(rows, first, beyond, { messages, worst }, fits);
      merged = true;
    } else reply.rows(rows, first, beyond, fits);
    i = k;
  }
  return merged;
}

/** The longest `most` of these rows, in order of time. */
function longest(rows: Rows, found: readonly number[], most: number): number[] {
  const extent = (r: number): number => rows.time[r]! - rows.from[r]!;
  const kept = found.length <= most ? [...found] : [...found].sort((a, b) => extent(b) - extent(a)).slice(0, most);
  return kept.sort((a, b) => a - b);
}

/**
 * The marks of some lanes that touch [t0, t1], padded to whole cells and half a width on each side, so that small moves
 * need no new answer. Transactions come first in their lane, then marks in order of time. `fitsOf`: what fits the filter.
 */
export function laneWindow(
  lanes: readonly ShownLane[],
  q: WindowAsk,
  fitsOf: ((rows: Rows) => Fits) | null = null,
): WindowReply {
  const span = Math.max(1, q.t1 - q.t0);
  const nsPerPx = span / Math.max(1, q.px);
  const exponent = cellExponent(nsPerPx);
  const cell = 2 ** exponent;
  const t0 = Math.floor((q.t0 - span / 2) / cell) * cell;
  const t1 = Math.ceil((q.t1 + span / 2) / cell) * cell;
  const first = Math.max(0, Math.min(q.laneFrom, lanes.length));
  const shown = lanes.slice(first, first + Math.max(0, q.laneCount));
  const laneStart = new Int32Array(shown.length + 1);
  const reply = new Reply();
  let merged = false;
  shown.forEach(({ columns, lane }, i) => {
    laneStart[i] = reply.length;
    const { marks, spans, levels } = columns;
    const wide = barsOver(spans, lane, t0, t1, LEAST_SPAN_PX * nsPerPx);
    const fits = fitsOf?.(marks) ?? null;
    for (const row of longest(spans, wide, MOST_SPANS)) reply.rows(spans, row, row + 1, null);
    const level = levels.findLast((l) => l.exponent <= exponent);
    const from = lowerBound(marks.time, marks.start[lane]!, marks.start[lane + 1]!, t0);
    const to = lowerBound(marks.time, from, marks.start[lane + 1]!, t1);
    const some =
      level === undefined || to - from <= 512
        ? fromMarks(reply, marks, { from, to, exponent }, fits)
        : fromCells(reply, marks, lane, level, { from: t0, to: t1 - 1, exponent }, fits);
    merged = merged || some;
    // Bars that cross the right edge end in marks beyond it.
    const crossing = barsOver(marks, lane, t1, t1, nsPerPx).filter(
      (r) => marks.kind[r] === MESSAGE || marks.kind[r] === EXPIRY,
    );
    for (const row of longest(marks, crossing, MOST_BARS)) reply.rows(marks, row, row + 1, fits);
  });
  laneStart[shown.length] = reply.length;
  return {
    t0,
    t1,
    cell,
    total: lanes.length,
    lanes: shown.map((l) => l.info),
    laneFrom: first,
    laneStart,
    ...reply.finish(shown[0]?.columns.marks.codes ?? [''], fitsOf !== null),
    merged,
  };
}
