// Marks of the timeline are rows of columns from the beginning: a million of them as objects would be the whole memory
// of a page.

import { MARKS, type MarkKind, type Time, VERDICTS, type Verdict } from './contract.ts';

export interface Mark {
  readonly kind: MarkKind;
  readonly time: Time;
  /** Left out: `time`. */
  readonly from?: Time;
  readonly message: number;
  readonly part?: number;
  readonly verdict?: Verdict | null;
  /** 0 none, 1 note, 2 warning, 3 error. */
  readonly severity?: number;
  readonly code?: string | null;
}

/** Columns of equal length; only the first `length` rows are in use. */
export interface MarkColumns {
  readonly length: number;
  readonly kind: Uint8Array;
  readonly time: Float64Array;
  readonly from: Float64Array;
  readonly message: Int32Array;
  readonly part: Uint16Array;
  readonly verdict: Uint8Array;
  readonly severity: Uint8Array;
  /** Index into `codes`. */
  readonly code: Uint16Array;
  /** The first is ''. */
  readonly codes: readonly string[];
}

export interface MarkLog extends MarkColumns {
  /** Marks without a time have no place on a timeline and are left out. */
  add(mark: Mark): void;
  clear(): void;
}

const FIRST = 1024;
/** A capture made to have more only loses the words beside its crosses. */
const MOST_CODES = 4096;

export const markColumns = (rows: number) => ({
  kind: new Uint8Array(rows),
  time: new Float64Array(rows),
  from: new Float64Array(rows),
  message: new Int32Array(rows),
  part: new Uint16Array(rows),
  verdict: new Uint8Array(rows),
  severity: new Uint8Array(rows),
  code: new Uint16Array(rows),
});

const KIND = new Map(MARKS.map((k, i) => [k, i]));
const VERDICT = new Map(VERDICTS.map((v, i) => [v, i]));

/** An empty log that grows as marks are added. */
export function createMarkLog(rows = FIRST): MarkLog {
  let columns = markColumns(rows);
  let length = 0;
  let codes = [''];
  let codeOf = new Map([['', 0]]);
  const indexOf = (code: string): number => {
    const known = codeOf.get(code);
    if (known !== undefined || codes.length === MOST_CODES) return known ?? 0;
    codeOf.set(code, codes.length);
    return codes.push(code) - 1;
  };
  const grow = (): void => {
    const wider = markColumns(Math.max(FIRST, columns.time.length * 2));
    for (const name of Object.keys(columns) as (keyof typeof columns)[]) wider[name].set(columns[name]);
    columns = wider;
  };
  return {
    get length() {
      return length;
    },
    get kind() {
      return columns.kind;
    },
    get time() {
      return columns.time;
    },
    get from() {
      return columns.from;
    },
    get message() {
      return columns.message;
    },
    get part() {
      return columns.part;
    },
    get verdict() {
      return columns.verdict;
    },
    get severity() {
      return columns.severity;
    },
    get code() {
      return columns.code;
    },
    get codes() {
      return codes;
    },
    add(m) {
      if (Number.isNaN(m.time)) return;
      if (length === columns.time.length) grow();
      const from = m.from ?? m.time;
      columns.kind[length] = KIND.get(m.kind) ?? 0;
      columns.time[length] = m.time;
      columns.from[length] = Number.isNaN(from) ? m.time : from;
      columns.message[length] = m.message;
      columns.part[length] = Math.min(m.part ?? 0, 0xffff);
      columns.verdict[length] = m.verdict == null ? 255 : (VERDICT.get(m.verdict) ?? 255);
      columns.severity[length] = m.severity ?? 0;
      columns.code[length] = indexOf(m.code ?? '');
      length += 1;
    },
    clear() {
      length = 0;
      codes = [''];
      codeOf = new Map([['', 0]]);
    },
  };
}
