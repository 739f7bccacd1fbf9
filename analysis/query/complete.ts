// What could be typed next: fields with label and example, operators by type, values seen in this capture with counts.

import type { Expectation } from './ast.ts';
import { CHANGE_FIELDS } from './changefields.ts';
import type { Column, Columns } from './columns.ts';
import { COLUMN_FIELDS, type FilterField } from './fields.ts';
import { type ParseOptions, parse } from './parse.ts';
import { quote } from './show.ts';
import { type Token, tokens } from './token.ts';

export interface Completion {
  readonly insert: string;
  readonly label: string;
  /** Example or meaning. */
  readonly detail: string;
  /** Messages of this capture that have the value. */
  readonly count: number | null;
}

export interface Completions {
  /** Range of the filter that a completion replaces. */
  readonly start: number;
  readonly end: number;
  readonly items: readonly Completion[];
}

const MOST = 50;

const OPERATORS: Readonly<Record<FilterField['type'], readonly (readonly [string, string])[]>> = {
  text: [
    ['==', 'is exactly'],
    ['!=', 'is not'],
    ['contains', 'has this in it, whatever the case'],
    ['~', 'fits the regular expression'],
    ['in', 'is one of {a, b}'],
  ],
  choice: [
    ['==', 'is'],
    ['!=', 'is not'],
    ['in', 'is one of {a, b}'],
  ],
  number: [
    ['==', 'is'],
    ['!=', 'is not'],
    ['<', 'is below'],
    ['<=', 'is at most'],
    ['>', 'is above'],
    ['>=', 'is at least'],
    ['in', 'lies in a..b, or is one of {a, b}'],
  ],
  time: [
    ['in', 'lies in 12:00..12:05'],
    ['<', 'is before'],
    ['>=', 'is at or after'],
  ],
  duration: [
    ['>', 'is longer than'],
    ['<', 'is shorter than'],
    ['in', 'lies in 1s..2s'],
  ],
  flag: [],
};

const JOINTS: readonly Completion[] = [
  { insert: 'and', label: 'and', detail: 'both must hold', count: null },
  { insert: 'or', label: 'or', detail: 'either may hold', count: null },
];

/** Completions at `cursor`; `deeper` are the decoders' own fields, offered after those of the columns. */
export function complete(
  text: string,
  cursor: number,
  options: ParseOptions,
  columns: Columns,
  deeper: readonly FilterField[] = [],
): Completions {
  const under = tokens(text).find((t) => t.kind !== 'end' && t.start < cursor && cursor <= t.end && isName(t));
  const start = under?.start ?? cursor;
  const end = under?.end ?? cursor;
  const prefix = text.slice(start, cursor).replace(/^["']/, '');
  const short = shortValue(prefix, options);
  if (short !== null) {
    const items = values(short.field, short.prefix, columns).map((c) => ({ ...c, insert: `${short.key}:${c.insert}` }));
    return { start, end, items };
  }
  const { expected } = parse(text.slice(0, start), options);
  return { start, end, items: offered(expected, prefix, columns, deeper) };
}

const isName = (t: Token): boolean =>
  t.kind === 'word' || t.kind === 'string' || (t.kind === 'operator' && t.text !== '!');

function shortValue(prefix: string, options: ParseOptions): { field: FilterField; key: string; prefix: string } | null {
  const colon = prefix.indexOf(':');
  if (colon <= 0) return null;
  const key = prefix.slice(0, colon);
  const name = key.replace(/^-/, '');
  const field = COLUMN_FIELDS.find((f) => f.key === name.toLowerCase()) ?? options.lookup(name);
  return field === undefined ? null : { field, key, prefix: prefix.slice(colon + 1) };
}

function offered(
  expected: Expectation,
  prefix: string,
  columns: Columns,
  deeper: readonly FilterField[],
): readonly Completion[] {
  const fitting = (all: readonly Completion[]) =>
    all.filter((c) => c.insert.toLowerCase().startsWith(prefix.toLowerCase()));
  switch (expected.what) {
    case 'term':
      return [
        ...fields(prefix, deeper),
        ...fitting([{ insert: 'not', label: 'not', detail: 'the opposite', count: null }]),
      ];
    case 'operator':
      return [
        ...OPERATORS[expected.field.type].map(([op, detail]) => ({ insert: op, label: op, detail, count: null })),
        ...JOINTS,
      ].filter((c) => prefix === '' || c.insert.startsWith(prefix.toLowerCase()));
    case 'value':
      return values(expected.field, prefix, columns);
    case 'joint':
      // Without a joint between them, terms must all hold.
      return [...fitting(JOINTS), ...(prefix === '' ? [] : fields(prefix, deeper))];
  }
}

/** Fields with a name in their path that begins with what was typed, then those that have it elsewhere. */
function fields(prefix: string, deeper: readonly FilterField[]): readonly Completion[] {
  const wanted = prefix.toLowerCase();
  // What happened to the phone is asked for most: it comes before what a message merely says.
  const all: readonly FilterField[] =
    prefix === '' ? [...COLUMN_FIELDS, ...CHANGE_FIELDS] : [...CHANGE_FIELDS, ...COLUMN_FIELDS, ...deeper];
  const begins = all.filter((f) => `.${f.path.toLowerCase()}`.includes(`.${wanted}`));
  const has = all.filter((f) => !begins.includes(f) && `${f.path} ${f.label}`.toLowerCase().includes(wanted));
  return [...begins, ...has].slice(0, MOST).map((f) => ({
    insert: f.path,
    label: f.label,
    detail: f.example,
    count: null,
  }));
}

/** Values of the capture, most frequent first; of a choice also those that don't occur. */
function values(field: FilterField, prefix: string, columns: Columns): readonly Completion[] {
  if (field.deep === true) return [];
  const counts = countsOf(columns.column(field));
  for (const c of field.choices ?? []) if (!counts.has(c)) counts.set(c, 0);
  const wanted = prefix.toLowerCase();
  return [...counts]
    .filter(([v]) => v.toLowerCase().includes(wanted))
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, MOST)
    .map(([v, count]) => ({ insert: quote(v), label: v, detail: '', count }));
}

function countsOf(column: Column): Map<string, number> {
  const counts = new Map<string, number>();
  if (column.is === 'text' || column.is === 'texts') {
    const n = new Int32Array(column.texts.length);
    for (let i = 0; i < column.ids.length; i += 1) if (column.ids[i]! >= 0) n[column.ids[i]!]! += 1;
    for (const [i, t] of column.texts.entries()) counts.set(t, n[i]!);
    return counts;
  }
  // Times and sizes have as many values as there are messages: only few different ones are worth a list.
  for (let i = 0; i < column.values.length && counts.size <= MOST; i += 1) {
    const v = String(column.values[i]!);
    if (v !== 'NaN') counts.set(v, (counts.get(v) ?? 0) + 1);
  }
  return counts.size > MOST ? new Map() : counts;
}
