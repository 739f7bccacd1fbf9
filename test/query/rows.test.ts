// The quick ways give what looking at each value by itself gives.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rowsOf } from '../../analysis/query/bits.ts';
import { type Column, makeColumn } from '../../analysis/query/columns.ts';
import { COLUMN_FIELDS, fieldLookup } from '../../analysis/query/fields.ts';
import { ordered } from '../../analysis/query/order.ts';
import { parse } from '../../analysis/query/parse.ts';
import { rowsWithLeaf, rowsWithWord } from '../../analysis/query/rows.ts';
import { type Leaf, testOf, wordTest } from '../../analysis/query/test.ts';

const options = { lookup: fieldLookup(), base: null };
const field = (path: string) => COLUMN_FIELDS.find((f) => f.path === path)!;

const word = fc.constantFrom('+4917', 'AB', 'ß', 'İ', '7', '\0', '', '17', 'Operator', '+', 'straße', 'ab\0c');
const text = fc.oneof(
  fc.array(word, { maxLength: 3 }).map((parts) => parts.join('')),
  fc.stringMatching(/^\+?\d{1,16}$/),
  fc.stringMatching(/^m\d{1,4}$/),
  fc.constantFrom('Bank', 'bank', 'Bank 2', 'Bänk', 'a-1', 'a-01', '١٢', ''),
);

const valuesOf = (column: Column, row: number): (string | number)[] => {
  if (column.is === 'text') return column.ids[row]! < 0 ? [] : [column.texts[column.ids[row]!]!];
  if (column.is === 'number') return Number.isNaN(column.values[row]!) ? [] : [column.values[row]!];
  const all = Array.from({ length: column.start[row + 1]! - column.start[row]! }, (_, i) => column.start[row]! + i);
  return all.map((at) => (column.is === 'texts' ? column.texts[column.ids[at]!]! : column.values[at]!));
};

describe('rows that fit', () => {
  test('a word, of one text and of several', () => {
    fc.assert(
      fc.property(fc.array(fc.option(text), { maxLength: 80 }), word, (texts, wanted) => {
        const fits = wordTest(wanted);
        const one = makeColumn(field('sms.from'), texts.length, (i) => texts[i] ?? null);
        const several = makeColumn(field('finding.text'), texts.length, (i) =>
          [texts[i], texts[i + 1]].flatMap((t) => t ?? []),
        );
        for (const column of [one, several]) {
          const expected = texts.map((_, i) => i).filter((i) => valuesOf(column, i).some(fits));
          expect([...rowsOf(rowsWithWord(column, wanted))]).toEqual(expected);
        }
      }),
    );
  });

  test.each([
    'parts.missing == 3',
    'parts.missing != 3',
    'parts.missing < 3',
    'parts.missing <= 3',
    'parts.missing > 3',
    'parts.missing >= 3',
    'parts.missing in 1..3',
    'parts.missing in {1, 4}',
    'mac.ok',
    'frame > 3',
    'duration >= 2s',
  ])('%s', (filter) => {
    const parsed = parse(filter, options);
    if (!parsed.ok || parsed.node === null || !('field' in parsed.node)) throw new Error(filter);
    const leaf: Leaf = parsed.node;
    const number = fc.option(
      leaf.field.type === 'flag'
        ? fc.constantFrom(0, 1)
        : fc.oneof(fc.integer({ min: -1, max: 5 }), fc.constantFrom(2e9, 1.9e9, Number.POSITIVE_INFINITY, -0)),
    );
    fc.assert(
      fc.property(fc.array(number, { maxLength: 70 }), (values) => {
        const column = makeColumn(leaf.field, values.length, (i) =>
          leaf.field.many === true ? (values[i] === null ? [] : [values[i]!, 0]) : (values[i] ?? null),
        );
        const expected = values.map((_, i) => i).filter((i) => valuesOf(column, i).some(testOf(leaf)));
        expect([...rowsOf(rowsWithLeaf(column, leaf))]).toEqual(expected);
      }),
    );
  });
});

describe('order', () => {
  test.each([
    ['of all kinds', text],
    ['that end in numbers', fc.stringMatching(/^(\+49|\+|m|Op |x-|)\d{0,5}$/)],
  ])('of texts %s is that of a list for people', (_, kind) => {
    const { compare } = new Intl.Collator('en', { numeric: true });
    fc.assert(
      fc.property(fc.array(kind, { maxLength: 60 }), (texts) => {
        const column = makeColumn(field('sms.to'), texts.length, (i) => texts[i]!);
        // Texts that people take for the same stay as they came, each with its equals.
        const known = [...new Set(texts)];
        const place = new Map(
          [...known].sort((a, b) => compare(a, b) || known.indexOf(a) - known.indexOf(b)).map((t, i) => [t, i]),
        );
        const rows = Int32Array.from(texts, (_, i) => i);
        const expected = [...rows].sort((a, b) => place.get(texts[a]!)! - place.get(texts[b]!)! || a - b);
        expect([...ordered(rows, column, false)]).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  test('of numbers is that of numbers', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.double({ noNaN: true }), fc.integer(), fc.constant(-0))), (values) => {
        const column = makeColumn(field('size'), values.length, (i) => values[i]!);
        const rows = Int32Array.from(values, (_, i) => i);
        const compare = (a: number, b: number): number =>
          values[a]! < values[b]! ? -1 : values[a]! > values[b]! ? 1 : a - b;
        expect([...ordered(rows, column, false)]).toEqual([...rows].sort(compare));
      }),
    );
  });
});
