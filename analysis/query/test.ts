// One term as a test of one value.

import type { Node, Operand } from './ast.ts';
import type { FilterField } from './fields.ts';
import { pattern } from './pattern.ts';

export type Leaf = Extract<Node, { is: 'compare' | 'set' | 'range' | 'has' }>;
export type Test = (value: string | number) => boolean;

const ORDER: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** A number that sorts as the field does; texts have none. */
const rank = (field: FilterField, v: Operand): number =>
  typeof v === 'number' ? v : (field.choices?.indexOf(v) ?? Number.NaN);

/** Tests a value of the field: text for texts and choices, a number otherwise. */
export function testOf(leaf: Leaf): Test {
  const { field } = leaf;
  switch (leaf.is) {
    case 'has':
      return field.type === 'flag' ? (v) => v === 1 : () => true;
    case 'set': {
      const values = new Set(leaf.values);
      return (v) => values.has(v);
    }
    case 'range': {
      const [from, to] = [rank(field, leaf.from), rank(field, leaf.to)];
      return (v) => rank(field, v) >= from && rank(field, v) <= to;
    }
    case 'compare':
      return comparison(leaf);
  }
}

function comparison({ field, op, value }: Extract<Leaf, { is: 'compare' }>): Test {
  if (op === '~') {
    const fits = pattern(String(value));
    return (v) => fits(String(v));
  }
  if (op === 'contains') return wordTest(String(value));
  if (field.type === 'text') {
    const text = String(value);
    if (op === '==') return (v) => v === text;
    if (op === '!=') return (v) => v !== text;
    const way = ORDER[op]!;
    return (v) => way(String(v) < text ? -1 : String(v) > text ? 1 : 0, 0);
  }
  const [way, to] = [ORDER[op]!, rank(field, value)];
  return (v) => way(rank(field, v), to);
}

/**
 * The term as a range that values lie in, or, with true, outside of; null where it is none. A value is a number then, as
 * one of a flag is.
 */
export function comparisonOf(leaf: Leaf): readonly [from: number, to: number, outside: boolean] | null {
  const { field } = leaf;
  if (field.type === 'text' || field.type === 'choice') return null;
  const { NEGATIVE_INFINITY: least, POSITIVE_INFINITY: most } = Number;
  if (leaf.is === 'has') return field.type === 'flag' ? [1, 1, false] : [least, most, false];
  if (leaf.is === 'range') return [rank(field, leaf.from), rank(field, leaf.to), false];
  if (leaf.is !== 'compare' || typeof leaf.value !== 'number' || Number.isNaN(leaf.value)) return null;
  const v = leaf.value;
  switch (leaf.op) {
    case '==':
      return [v, v, false];
    case '!=':
      return [v, v, true];
    case '<=':
      return [least, v, false];
    case '>=':
      return [v, most, false];
    case '<':
      return [v, most, true];
    case '>':
      return [least, v, true];
    default:
      return null;
  }
}

/** Case does not count. */
export function wordTest(word: string): Test {
  const lower = word.toLowerCase();
  return (v) => String(v).toLowerCase().includes(lower);
}
