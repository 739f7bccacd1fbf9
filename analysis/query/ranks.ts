// For each value of a column a number that sorts as the value does: made once a column, then any order is a counting sort.

import type { Column } from './columns.ts';

export interface Ranks {
  /** Of each row, from 0; -1: no value. Of several values the first counts. */
  readonly rank: Int32Array;
  /** Ranks are below this. */
  readonly ranks: number;
}

const made = new WeakMap<Column, Ranks>();

export function ranksOf(column: Column): Ranks {
  let r = made.get(column);
  if (r === undefined) {
    r = column.is === 'text' || column.is === 'texts' ? ofTexts(column) : ofNumbers(column);
    made.set(column, r);
  }
  return r;
}

const rowsIn = (column: Exclude<Column, { is: 'text' | 'number' }>): number => column.start.length - 1;

function ofTexts(column: Extract<Column, { is: 'text' | 'texts' }>): Ranks {
  const { texts, ids } = column;
  const of = new Int32Array(texts.length);
  const order = textOrder(texts);
  for (let i = 0; i < order.length; i += 1) of[order[i]!] = i;
  const rows = column.is === 'text' ? ids.length : rowsIn(column);
  const rank = new Int32Array(rows).fill(-1);
  for (let i = 0; i < rows; i += 1) {
    let id = column.is === 'text' ? ids[i]! : -1;
    if (column.is === 'texts' && column.start[i]! < column.start[i + 1]!) id = ids[column.start[i]!]!;
    if (id >= 0) rank[i] = of[id]!;
  }
  return { rank, ranks: texts.length };
}

function ofNumbers(column: Extract<Column, { is: 'number' | 'numbers' }>): Ranks {
  const { values } = column;
  if (column.is === 'number') return rankNumbers(values);
  const first = new Float64Array(rowsIn(column)).fill(Number.NaN);
  for (let i = 0; i < first.length; i += 1) {
    if (column.start[i]! < column.start[i + 1]!) first[i] = values[column.start[i]!]!;
  }
  return rankNumbers(first);
}

/** Equal values have equal ranks. */
function rankNumbers(values: Float64Array): Ranks {
  const all = new Int32Array(values.length);
  let known = 0;
  for (let i = 0; i < values.length; i += 1) {
    if (Number.isNaN(values[i]!)) continue;
    all[known] = i;
    known += 1;
  }
  const order = sortedBy(values, all.subarray(0, known));
  const rank = new Int32Array(values.length).fill(-1);
  let ranks = 0;
  for (let k = 0; k < order.length; k += 1) {
    if (k > 0 && values[order[k]!] !== values[order[k - 1]!]) ranks += 1;
    rank[order[k]!] = ranks;
  }
  return { rank, ranks: ranks + 1 };
}

function isAscending(values: Float64Array, rows: Int32Array): boolean {
  for (let k = 1; k < rows.length; k += 1) if (values[rows[k]!]! < values[rows[k - 1]!]!) return false;
  return true;
}

const RADIX = 1 << 16;

/** `rows` in the order of their values, equal ones as they were: a radix sort over the bits of the numbers. */
function sortedBy(values: Float64Array, rows: Int32Array): Int32Array {
  if (isAscending(values, rows)) return rows;
  // Bits of a double sort as it does once the sign is turned round, and of a negative one all of them.
  const halves = new Uint16Array(4 * values.length);
  const one = new Float64Array(1);
  const bits = new Uint16Array(one.buffer);
  const top = new Uint8Array(Float64Array.of(-1).buffer)[7] === 0xbf ? 3 : 0;
  for (const row of rows) {
    // 0 and -0 are equal.
    one[0] = values[row]! + 0;
    const flip = (bits[top]! & 0x8000) !== 0 ? 0xffff : 0;
    for (let k = 0; k < 4; k += 1) {
      const place = top === 3 ? k : 3 - k;
      halves[4 * row + k] = bits[place]! ^ (k === 3 ? flip | 0x8000 : flip);
    }
  }
  let from = rows.slice();
  let to = new Int32Array(rows.length);
  for (let k = 0; k < 4; k += 1) {
    const at = new Int32Array(RADIX + 1);
    for (let i = 0; i < from.length; i += 1) at[halves[4 * from[i]! + k]! + 1]! += 1;
    // All alike in these bits.
    if (from.length > 0 && at[halves[4 * from[0]! + k]! + 1] === from.length) continue;
    for (let b = 1; b <= RADIX; b += 1) at[b]! += at[b - 1]!;
    for (let i = 0; i < from.length; i += 1) {
      const h = halves[4 * from[i]! + k]!;
      to[at[h]!] = from[i]!;
      at[h]! += 1;
    }
    [from, to] = [to, from];
  }
  return from;
}

/** Numbers of the texts in the order people expect: m9 before m10. */
function textOrder(texts: readonly string[]): Int32Array {
  const collator = new Intl.Collator('en', { numeric: true });
  return groupedOrder(texts, collator) ?? Int32Array.from(byCollator(texts, collator));
}

const byCollator = (texts: readonly string[], { compare }: Intl.Collator): number[] =>
  texts.map((_, i) => i).sort((a, b) => compare(texts[a]!, texts[b]!));

/** Kinds of beginnings that texts may have for the quick way. */
const GROUPS = 4096;
/** Digits of a number that is exact. */
const DIGITS = 15;

/**
 * Phone numbers, and names of messages, are a few beginnings with numbers behind them: the beginnings are compared as
 * texts, the rest as numbers. null: these texts are of another kind.
 */
function groupedOrder(texts: readonly string[], collator: Intl.Collator): Int32Array | null {
  const groups = new Map<string, number>();
  const groupOf = new Int32Array(texts.length);
  const number = new Float64Array(texts.length);
  /** Beginning of a text before this one that ends in a number, and its group. */
  let front = '5';
  let last = -1;
  for (let i = 0; i < texts.length; i += 1) {
    const text = texts[i]!;
    let end = text.length;
    while (end > 0 && isDigit(text, end - 1)) end -= 1;
    if (text.length - end > DIGITS) return null;
    number[i] = end === text.length ? -1 : numberAt(text, end);
    // Most are like the one before.
    if (end < text.length && end === front.length && text.startsWith(front)) {
      groupOf[i] = last;
      continue;
    }
    if (hasDigit(text, end)) return null;
    // Any digit stands for the number.
    const name = end === text.length ? text : `${text.slice(0, end)}5`;
    let group = groups.get(name);
    if (group === undefined) {
      if (groups.size === GROUPS) return null;
      group = groups.size;
      groups.set(name, group);
    }
    groupOf[i] = group;
    if (end < text.length) [front, last] = [text.slice(0, end), group];
  }
  const names = [...groups.keys()];
  const order = byCollator(names, collator);
  const { compare } = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  // Where only case or accents differ the numbers behind come first.
  for (let k = 1; k < order.length; k += 1) if (compare(names[order[k - 1]!]!, names[order[k]!]!) === 0) return null;
  const place = new Float64Array(names.length);
  order.forEach((group, i) => {
    place[group] = i;
  });
  const all = Int32Array.from({ length: texts.length }, (_, i) => i);
  const byNumber = sortedBy(number, all);
  return sortedBy(
    Float64Array.from(groupOf, (g) => place[g]!),
    byNumber,
  );
}

function numberAt(text: string, from: number): number {
  let n = 0;
  for (let i = from; i < text.length; i += 1) n = 10 * n + text.charCodeAt(i) - 0x30;
  return n;
}

const isDigit = (text: string, at: number): boolean => {
  const c = text.charCodeAt(at);
  return c >= 0x30 && c <= 0x39;
};

/** Digits before the number at the end, or ones that are none of ours: the collator knows more kinds. */
function hasDigit(text: string, end: number): boolean {
  for (let i = 0; i < end; i += 1) if (isDigit(text, i) || text.charCodeAt(i) > 0x7f) return true;
  return false;
}
