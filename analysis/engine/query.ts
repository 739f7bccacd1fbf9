// Filters over what is loaded: checked, run on columns, and where need be on messages decoded again, a slice at a time.

import { declaredFields } from '../../dissectors/base/fields.ts';
import type { Node } from '../query/ast.ts';
import {
  type Bits,
  bothBits,
  countBits,
  eitherBits,
  hasBit,
  noBits,
  rowsOf,
  setBit,
  withoutBits,
} from '../query/bits.ts';
import { CHANGE_FIELDS, type ChangePath, isChangePath } from '../query/changefields.ts';
import { type Column, type Columns, makeColumn } from '../query/columns.ts';
import { complete } from '../query/complete.ts';
import { deepFields } from '../query/deep.ts';
import { evaluate, fitsRow, rowsOfWord, termsOf } from '../query/evaluate.ts';
import { COLUMN_FIELDS, type FilterField, fieldLookup } from '../query/fields.ts';
import { ordered } from '../query/order.ts';
import { type ParseOptions, parse } from '../query/parse.ts';
import { show } from '../query/show.ts';
import { type Leaf, testOf } from '../query/test.ts';
import { cellText } from './cells.ts';
import type { Changes } from './changes.ts';
import type { FieldRow, FilterCheck, FilterReply, Order } from './contract/query.ts';
import { deepValues, shownOf } from './deepvalues.ts';
import type { Flows } from './flowsof.ts';
import type { Loaded } from './load.ts';
import { messageColumns } from './messagecolumns.ts';
import type { MessageRecord } from './records.ts';

/** Messages decoded in one request: about 50 ms of work. */
const SLICE = 64;
/** Seconds it takes to decode one message again, for the question whether to. */
const SECONDS_EACH = 0.0005;

export interface Query {
  check(text: string, cursor?: number): FilterCheck;
  filter(text: string, decode: boolean): FilterReply;
  /** Rows that a filter lets through, ascending; as far as it was run, where it needs messages decoded. */
  rows(text: string): Int32Array;
  /** Follows the phones where `by` asks for it, a slice of messages between two pauses. */
  prepare(by: string | undefined, pause: () => Promise<void>): Promise<void>;
  /** The same in an order of their own. */
  order(o: Order): Int32Array;
  /** Texts of columns for the rows named. */
  cells(rows: readonly number[], columns: readonly string[]): string[][];
  fields(): FieldRow[];
}

interface Run {
  readonly node: Node | null;
  fits: Bits;
  /** Rows that must be decoded to tell; those before `at` are done. */
  readonly open: Int32Array;
  at: number;
  listed: Int32Array | null;
}

/** Filters whose results are kept. */
const KEPT = 8;

const isDeep = (n: Node): n is Leaf => 'field' in n && n.field.deep === true;

/** For one state of the records: made anew when they change. */
export function createQuery(loaded: Loaded, flows: () => Flows, changes: Changes): Query {
  const deeper = deepFields(declaredFields());
  const options: ParseOptions = { lookup: fieldLookup(deeper), base: loaded.base };
  let columns: Columns | null = null;
  const table = (): Columns => {
    columns ??= messageColumns(loaded, flows());
    return columns;
  };
  const runs = new Map<string, Run>();
  /** The order asked for last: pages of one table come one after the other. */
  let last: { readonly key: string; readonly of: Int32Array; readonly rows: Int32Array } | null = null;

  function run(text: string): Run {
    const kept = runs.get(text);
    if (kept !== undefined) return kept;
    const parsed = parse(text, options);
    if (!parsed.ok) throw new Error(parsed.error.message);
    const { sure, maybe } = evaluate(parsed.node, table());
    const open = sure === maybe ? new Int32Array(0) : rowsOf(withoutBits(maybe, sure));
    const made: Run = { node: parsed.node, fits: sure, open, at: 0, listed: null };
    const oldest = runs.keys().next();
    if (runs.size >= KEPT && oldest.done !== true) runs.delete(oldest.value);
    runs.set(text, made);
    return made;
  }

  /** Decodes the next slice of what is open. */
  function advance(r: Run): void {
    const { node } = r;
    if (node === null || r.at >= r.open.length) return;
    const tests = new Map(
      termsOf(node)
        .filter(isDeep)
        .map((l) => [l, testOf(l)] as const),
    );
    const paths = new Set([...tests.keys()].map((l) => l.field.path));
    const plain = new Map<Node, Bits>();
    for (const n of termsOf(node)) if (!isDeep(n)) plain.set(n, columnRows(n));
    const end = Math.min(r.open.length, r.at + SLICE);
    const fits = noBits(r.fits.length);
    const stop = changes.followed() + SLICE;
    for (; r.at < end && changes.followed() < stop; r.at += 1) {
      const row = r.open[r.at]!;
      const values = openValues(loaded.records[row]!, paths);
      const leaf = (l: Leaf): boolean => {
        const test = tests.get(l);
        if (test === undefined) return hasBit(plain.get(l)!, row);
        return (values.get(l.field.path) ?? []).some((v) => comparable(l, v) && test(v));
      };
      const word = (n: Node): boolean => hasBit(plain.get(n)!, row);
      if (fitsRow(node, leaf, word)) setBit(fits, row);
    }
    r.fits = eitherBits(r.fits, fits);
    r.listed = null;
  }

  /** Of fields that are no column. */
  function openValues(
    record: MessageRecord,
    all: ReadonlySet<string>,
    shown = false,
  ): ReadonlyMap<string, readonly (string | number)[]> {
    const own = [...all].filter(isChangePath);
    const rest = own.length === 0 ? all : new Set([...all].filter((p) => !isChangePath(p)));
    const out = rest.size === 0 ? new Map() : deepValues(record, rest, ...(shown ? [shownOf] : []));
    if (own.length === 0) return out;
    const texts = changes.of(record);
    for (const path of own) out.set(path, texts.get(path) ?? []);
    return out;
  }

  const columnRows = (n: Node): Bits => {
    if (n.is === 'word') return rowsOfWord(n.text, table());
    return evaluate(n, table()).sure;
  };

  function blame(r: Run): FilterReply['blame'] {
    if (r.node === null || r.at < r.open.length || countBits(r.fits) > 0) return [];
    const terms = r.node.is === 'and' ? r.node.of : [r.node];
    return terms.map((t) => ({
      term: show(t),
      count: countBits(bothBits(evaluate(t, table()).maybe, evaluate(null, table()).sure)),
    }));
  }

  function rows(text: string): Int32Array {
    const r = run(text);
    r.listed ??= rowsOf(r.fits);
    return r.listed;
  }

  function fieldNamed(path: string): FilterField {
    const field = options.lookup(path);
    if (field === undefined) throw new Error(`There is no field ${path}.`);
    return field;
  }

  /** What a message changed on its phone, as a column: made when messages are sorted by it. */
  const changeColumns = new Map<string, Column>();
  function changeColumn(field: FilterField, path: ChangePath): Column {
    const made =
      changeColumns.get(path) ??
      makeColumn(field, loaded.records.length, (row) => changes.of(loaded.records[row]!).get(path) ?? []);
    changeColumns.set(path, made);
    return made;
  }

  function columnOf(path: string): Column {
    const field = fieldNamed(path);
    if (isChangePath(field.path)) return changeColumn(field, field.path);
    if (field.deep === true) throw new Error(`Messages can't be sorted by ${path}: it is known only from decoding.`);
    return table().column(field);
  }

  return {
    check(text, cursor) {
      const parsed = parse(text, options);
      const { items, start, end } = complete(text, cursor ?? text.length, options, table(), [...deeper.values()]);
      const completing = { completing: { start, end }, completions: items };
      if (!parsed.ok) return { state: 'invalid', error: parsed.error, typed: '', needsDecode: null, ...completing };
      if (parsed.node === null) return { state: 'empty', error: null, typed: '', needsDecode: null, ...completing };
      const open = termsOf(parsed.node).some(isDeep) ? run(text).open.length : 0;
      const needsDecode = open === 0 ? null : { messages: open, seconds: open * SECONDS_EACH };
      return { state: 'valid', error: null, typed: show(parsed.node), needsDecode, ...completing };
    },
    filter(text, decode) {
      const r = run(text);
      if (decode) advance(r);
      const { words } = r.fits;
      return {
        total: r.fits.length,
        count: countBits(r.fits),
        bits: new Uint8Array(words.buffer, words.byteOffset, (r.fits.length + 7) >>> 3).slice(),
        decoding: r.at < r.open.length ? { done: r.at, of: r.open.length } : null,
        blame: blame(r),
      };
    },
    rows,
    async prepare(by, pause) {
      if (by === undefined || !isChangePath(by) || changeColumns.has(by)) return;
      let stop = changes.followed() + SLICE;
      for (const record of loaded.records.slice()) {
        changes.of(record);
        if (changes.followed() < stop) continue;
        stop = changes.followed() + SLICE;
        await pause();
      }
    },
    order({ filter = '', by, down = false }) {
      const of = rows(filter);
      if (by === undefined) return of;
      const key = `${by} ${down}`;
      if (last?.key !== key || last.of !== of) {
        last = { key, of, rows: ordered(of, columnOf(by), down) };
      }
      return last.rows;
    },
    cells(wanted, paths) {
      const fields = paths.map(fieldNamed);
      const deep = new Set(fields.filter((f) => f.deep === true).map((f) => f.path));
      return wanted.map((row) => {
        const values = deep.size === 0 ? null : openValues(loaded.records[row]!, deep, true);
        return fields.map((f) =>
          f.deep === true ? [...new Set(values?.get(f.path) ?? [])].join(', ') : cellText(f, table().column(f), row),
        );
      });
    },
    fields: () =>
      [...COLUMN_FIELDS, ...CHANGE_FIELDS, ...deeper.values()].map((f: FilterField) => ({
        path: f.path,
        label: f.label,
        example: f.example,
        sorts: f.deep !== true || isChangePath(f.path),
      })),
  };
}

/** A number field compares numbers, any other one what is shown. */
const comparable = (l: Leaf, v: string | number): boolean => (l.field.type === 'number') === (typeof v === 'number');
