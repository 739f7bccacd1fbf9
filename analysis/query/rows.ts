// Rows of a column that pass, as bits: 32 rows are made into a word before it is written.

import { type Bits, noBits } from './bits.ts';
import type { Column } from './columns.ts';
import { someOf, textsWith } from './haystack.ts';
import { comparisonOf, type Leaf, type Test, testOf } from './test.ts';

/** Rows one of whose texts holds the word; of a column of numbers none. */
export function rowsWithWord(column: Column, word: string): Bits {
  if (column.is === 'number') return noBits(column.values.length);
  if (column.is === 'numbers') return noBits(column.start.length - 1);
  return ofTexts(column, textsWith(column.texts, word));
}

/** Rows one of whose values passes the term. */
export function rowsWithLeaf(column: Column, leaf: Leaf): Bits {
  if (column.is === 'number') {
    const compared = comparisonOf(leaf);
    return compared === null ? ofNumbers(column.values, testOf(leaf)) : compare(column.values, ...compared);
  }
  const contains = leaf.is === 'compare' && leaf.op === 'contains' && column.is !== 'numbers';
  return contains ? rowsWithWord(column, String(leaf.value)) : rowsWith(column, testOf(leaf));
}

/** Rows one of whose values passes. */
export function rowsWith(column: Column, test: Test): Bits {
  switch (column.is) {
    case 'text':
    case 'texts':
      return ofTexts(column, someOf(column.texts, test));
    case 'number':
      return ofNumbers(column.values, test);
    case 'numbers': {
      const { start, values } = column;
      return anyOf(start, (at) => test(values[at]!));
    }
  }
}

function ofTexts(column: Extract<Column, { is: 'text' | 'texts' }>, passes: Uint8Array | undefined): Bits {
  if (passes === undefined) return noBits(column.is === 'text' ? column.ids.length : column.start.length - 1);
  const { ids } = column;
  if (column.is === 'texts') return anyOf(column.start, (at) => passes[ids[at]!] === 1);
  // One more in front: no value has number -1.
  const by = new Uint8Array(passes.length + 1);
  by.set(passes, 1);
  const out = noBits(ids.length);
  const { words } = out;
  const whole = ids.length >>> 5;
  for (let w = 0; w < whole; w += 1) {
    const from = w << 5;
    let bits = 0;
    for (let k = 0; k < 32; k += 1) bits |= by[ids[from + k]! + 1]! << k;
    words[w] = bits;
  }
  for (let i = whole << 5; i < ids.length; i += 1) words[i >>> 5]! |= by[ids[i]! + 1]! << (i & 31);
  return out;
}

function anyOf(start: Int32Array, passes: (at: number) => boolean): Bits {
  const rows = start.length - 1;
  const out = noBits(rows);
  const { words } = out;
  for (let i = 0; i < rows; i += 1) {
    for (let at = start[i]!; at < start[i + 1]!; at += 1) {
      if (!passes(at)) continue;
      words[i >>> 5]! |= 1 << (i & 31);
      break;
    }
  }
  return out;
}

function ofNumbers(values: Float64Array, test: Test): Bits {
  const out = noBits(values.length);
  const { words } = out;
  for (let i = 0; i < values.length; i += 1) {
    const v = values[i]!;
    if (!Number.isNaN(v) && test(v)) words[i >>> 5]! |= 1 << (i & 31);
  }
  return out;
}

/** Rows with a value from `from` to `to`; `outside`: those with any other value. No value, NaN, is neither. */
function compare(values: Float64Array, from: number, to: number, outside: boolean): Bits {
  const out = noBits(values.length);
  const { words } = out;
  const flip = outside ? 1 : 0;
  for (let i = 0; i < values.length; i += 1) {
    const v = values[i]!;
    if (!Number.isNaN(v)) words[i >>> 5]! |= ((v >= from && v <= to ? 1 : 0) ^ flip) << (i & 31);
  }
  return out;
}
