// Rows in the order of a column: equal values keep theirs, rows without a value come last, whichever way it goes.

import type { Column } from './columns.ts';
import { ranksOf } from './ranks.ts';

/** `of` reordered by the column; a counting sort, so that a million rows take some milliseconds. */
export function ordered(of: Int32Array, column: Column, down: boolean): Int32Array {
  const { rank, ranks } = ranksOf(column);
  const keyOf = (row: number): number => (rank[row]! < 0 ? ranks : down ? ranks - 1 - rank[row]! : rank[row]!);
  const at = new Int32Array(ranks + 2);
  for (let i = 0; i < of.length; i += 1) at[keyOf(of[i]!) + 1]! += 1;
  for (let k = 1; k < at.length; k += 1) at[k]! += at[k - 1]!;
  const out = new Int32Array(of.length);
  for (let i = 0; i < of.length; i += 1) {
    const key = keyOf(of[i]!);
    out[at[key]!] = of[i]!;
    at[key]! += 1;
  }
  return out;
}
