// Columns a filter runs on. Text is kept once and told by number, so that a comparison looks at each text once.

import type { Bits } from './bits.ts';
import { eachOnce } from './dictionary.ts';
import type { FilterField } from './fields.ts';

export interface TextColumn {
  readonly is: 'text';
  /** -1: no value. */
  readonly ids: Int32Array;
  readonly texts: readonly string[];
}

/** Row i has the values ids[start[i]] up to ids[start[i + 1]]. */
export interface TextsColumn {
  readonly is: 'texts';
  readonly start: Int32Array;
  readonly ids: Int32Array;
  readonly texts: readonly string[];
}

/** NaN: no value. Flags are 0 and 1. */
export interface NumberColumn {
  readonly is: 'number';
  readonly values: Float64Array;
}

export interface NumbersColumn {
  readonly is: 'numbers';
  readonly start: Int32Array;
  readonly values: Float64Array;
}

export type Column = TextColumn | TextsColumn | NumberColumn | NumbersColumn;

export interface Columns {
  readonly rows: number;
  /** Made when first asked for. */
  column(field: FilterField): Column;
  /** Rows that may have a value of a field that is no column; left out: all. */
  mayHave?(field: FilterField): Bits;
}

type One = string | number | boolean | null;

/** Makes the column of a field from what each row has; arrays for fields that have several values. */
export function makeColumn(
  field: FilterField,
  rows: number,
  of: (row: number) => One | readonly (string | number)[],
): Column {
  const text = field.type === 'text' || field.type === 'choice';
  return field.many === true
    ? text
      ? texts(rows, of as (row: number) => readonly string[])
      : numbers(rows, of as (row: number) => readonly number[])
    : text
      ? oneText(rows, of as (row: number) => string | null)
      : oneNumber(rows, of as (row: number) => number | boolean | null);
}

function oneText(rows: number, of: (row: number) => string | null): TextColumn {
  const known = eachOnce();
  const ids = new Int32Array(rows);
  for (let i = 0; i < rows; i += 1) {
    const value = of(i);
    ids[i] = value === null ? -1 : known.id(value);
  }
  return { is: 'text', ids, texts: known.texts };
}

function oneNumber(rows: number, of: (row: number) => number | boolean | null): NumberColumn {
  const values = new Float64Array(rows);
  for (let i = 0; i < rows; i += 1) {
    const value = of(i);
    values[i] = value === null ? Number.NaN : Number(value);
  }
  return { is: 'number', values };
}

function texts(rows: number, of: (row: number) => readonly string[]): TextsColumn {
  const known = eachOnce();
  const start = new Int32Array(rows + 1);
  const ids: number[] = [];
  for (let i = 0; i < rows; i += 1) {
    for (const value of of(i)) ids.push(known.id(value));
    start[i + 1] = ids.length;
  }
  return { is: 'texts', start, ids: Int32Array.from(ids), texts: known.texts };
}

function numbers(rows: number, of: (row: number) => readonly number[]): NumbersColumn {
  const start = new Int32Array(rows + 1);
  const values: number[] = [];
  for (let i = 0; i < rows; i += 1) {
    for (const value of of(i)) values.push(value);
    start[i + 1] = values.length;
  }
  return { is: 'numbers', start, values: Float64Array.from(values) };
}
