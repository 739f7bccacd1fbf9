// Which marks of a lane fit a filter, so that those who stand for many can say how many of them do.

import { MARKS } from './contract.ts';
import type { Rows } from './lanes.ts';
import type { MarkColumns } from './marks.ts';

const MESSAGE = MARKS.indexOf('message');

/** Of the rows before each row, how many fit: what lies between two rows is told by a subtraction. */
export interface Fits {
  readonly marks: Uint32Array;
  readonly messages: Uint32Array;
  /** Marks that fit, of severity note, warning and error. */
  readonly notes: Uint32Array;
  readonly warnings: Uint32Array;
  readonly errors: Uint32Array;
}

/** One for each message: 1 where it is among `fitting` (MessageRow indexes). */
export function fittingOf(messages: number, fitting: Int32Array): Uint8Array {
  const out = new Uint8Array(messages);
  for (const m of fitting) if (m >= 0 && m < messages) out[m] = 1;
  return out;
}

/** `fits`: one for each message, as of `fittingOf`. */
export function fitsOf(rows: Pick<MarkColumns, 'length' | 'kind' | 'message' | 'severity'>, fits: Uint8Array): Fits {
  const { length } = rows;
  const column = (): Uint32Array => new Uint32Array(length + 1);
  const [marks, messages, notes, warnings, errors] = [column(), column(), column(), column(), column()];
  const bySeverity = [null, notes, warnings, errors];
  const sums = [0, 0, 0, 0];
  let [m, n] = [0, 0];
  for (let i = 0; i < length; i += 1) {
    if (fits[rows.message[i]!] === 1) {
      m += 1;
      if (rows.kind[i] === MESSAGE) n += 1;
      sums[rows.severity[i]!]! += 1;
    }
    marks[i + 1] = m;
    messages[i + 1] = n;
    for (let s = 1; s < 4; s += 1) bySeverity[s]![i + 1] = sums[s]!;
  }
  return { marks, messages, notes, warnings, errors };
}

/** Worst severity rank of what fits in rows [from, to). */
export function fittingSeverity(f: Fits, from: number, to: number): number {
  if (f.errors[to]! > f.errors[from]!) return 3;
  if (f.warnings[to]! > f.warnings[from]!) return 2;
  return f.notes[to]! > f.notes[from]! ? 1 : 0;
}

/** What fits a filter, kept for the last one asked about: the same rows are asked for again and again. */
export function createFitting(messages: number): (fitting: Int32Array) => {
  readonly fits: Uint8Array;
  of(rows: Rows): Fits;
} {
  let last: { readonly fitting: Int32Array; readonly fits: Uint8Array; readonly of: WeakMap<Rows, Fits> } | null = null;
  return (fitting) => {
    if (last?.fitting !== fitting) last = { fitting, fits: fittingOf(messages, fitting), of: new WeakMap() };
    const { fits, of } = last;
    return {
      fits,
      of(rows) {
        const known = of.get(rows) ?? fitsOf(rows, fits);
        of.set(rows, known);
        return known;
      },
    };
  };
}
