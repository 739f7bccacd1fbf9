// Filters over made-up rows, with the product's own language.

import type {
  FieldRow,
  FilterCheck,
  FilterReply,
  Order,
  QueryReplies,
} from '../../../analysis/engine/contract/query.ts';
import type { MessageRow } from '../../../analysis/engine/contract.ts';
import { countBits, rowsOf } from '../../../analysis/query/bits.ts';
import { type Columns, makeColumn } from '../../../analysis/query/columns.ts';
import { complete } from '../../../analysis/query/complete.ts';
import { evaluate } from '../../../analysis/query/evaluate.ts';
import { COLUMN_FIELDS, type ColumnPath, fieldLookup } from '../../../analysis/query/fields.ts';
import { ordered } from '../../../analysis/query/order.ts';
import { type ParseOptions, parse } from '../../../analysis/query/parse.ts';
import { show } from '../../../analysis/query/show.ts';

const options: ParseOptions = { lookup: fieldLookup(), base: null };

type Read = (r: MessageRow) => string | number | boolean | null | readonly string[];
const READ: Readonly<Partial<Record<ColumnPath, Read>>> = {
  'message.id': (r) => r.id,
  kind: (r) => r.kind,
  state: (r) => r.state,
  bearer: (r) => r.bearer,
  'sms.from': (r) => r.from,
  'sms.to': (r) => r.to,
  'parts.missing': (r) => r.missing,
  'prov.security': (r) => r.method,
  'mac.ok': (r) => r.verdict === 'valid',
  'mac.verdict': (r) => r.verdict,
  outcome: (r) => r.outcome,
  'finding.severity': (r) => (r.worst === null ? [] : [r.worst]),
  summary: (r) => r.summary,
  time: (r) => r.firstTime,
};

function columnsOf(rows: readonly MessageRow[]): Columns {
  return {
    rows: rows.length,
    column: (f) =>
      makeColumn(f, rows.length, (i) => READ[f.path as ColumnPath]?.(rows[i]!) ?? (f.many === true ? [] : null)),
  };
}

export function fakeCheck(rows: readonly MessageRow[], text: string, cursor = text.length): FilterCheck {
  const parsed = parse(text, options);
  const { items, start, end } = complete(text, cursor, options, columnsOf(rows));
  return {
    state: !parsed.ok ? 'invalid' : parsed.node === null ? 'empty' : 'valid',
    error: parsed.ok ? null : parsed.error,
    typed: parsed.ok && parsed.node !== null ? show(parsed.node) : '',
    needsDecode: null,
    completing: { start, end },
    completions: items,
  };
}

export function fakeRows(rows: readonly MessageRow[], text: string): Int32Array {
  const parsed = parse(text, options);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return rowsOf(evaluate(parsed.node, columnsOf(rows)).sure);
}

export function fakeFilter(rows: readonly MessageRow[], text: string): FilterReply {
  const parsed = parse(text, options);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const { sure } = evaluate(parsed.node, columnsOf(rows));
  const terms = parsed.node === null ? [] : parsed.node.is === 'and' ? parsed.node.of : [parsed.node];
  const count = countBits(sure);
  return {
    total: rows.length,
    count,
    bits: new Uint8Array(sure.words.buffer).slice(0, (rows.length + 7) >>> 3),
    decoding: null,
    blame: count > 0 ? [] : terms.map((t) => ({ term: show(t), count: countBits(evaluate(t, columnsOf(rows)).sure) })),
  };
}

function fakeOrder(rows: readonly MessageRow[], { filter = '', by, down = false }: Order): Int32Array {
  const of = fakeRows(rows, filter);
  const field = by === undefined ? undefined : fieldLookup()(by);
  return field === undefined ? of : ordered(of, columnsOf(rows).column(field), down);
}

export const fakeFields = (): FieldRow[] =>
  COLUMN_FIELDS.map(({ path, label, example }) => ({ path, label, example, sorts: true }));

export function fakePlace(rows: readonly MessageRow[], r: Order & { readonly index: number }): QueryReplies['place'] {
  const place = fakeOrder(rows, r).indexOf(r.index);
  return { place: place < 0 ? null : place };
}

export function fakeGrid(
  rows: readonly MessageRow[],
  r: Order & { readonly from: number; readonly count: number; readonly columns: readonly string[] },
): QueryReplies['grid'] {
  const all = fakeOrder(rows, r);
  const page = Array.from(all.subarray(r.from, r.from + r.count), (i) => rows[i]!);
  const cell = (row: MessageRow, path: string): string => String(READ[path as ColumnPath]?.(row) ?? '');
  return { total: all.length, messages: page, cells: page.map((row) => r.columns.map((c) => cell(row, c))) };
}
