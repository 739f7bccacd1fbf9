// A filter in its full, typed form: what `from:372 -kind:text` really asks.

import type { Node, Operand } from './ast.ts';
import type { FilterField } from './fields.ts';

const BARE = /^[\w+*./:@#%$;?[\]^µ-]+$/;
const KEYWORDS = new Set(['and', 'or', 'not', 'in', 'contains', 'matches', 'eq', 'ne', 'lt', 'le', 'gt', 'ge']);

export const quote = (text: string): string =>
  BARE.test(text) && !KEYWORDS.has(text.toLowerCase()) && !text.includes('..')
    ? text
    : `"${text.replace(/[\\"]/g, '\\$&')}"`;

const UNITS: readonly (readonly [number, string])[] = [
  [3600e9, 'h'],
  [60e9, 'min'],
  [1e9, 's'],
  [1e6, 'ms'],
  [1e3, 'us'],
];

function nanoseconds(ns: number): string {
  const [size, unit] = UNITS.find(([u]) => Math.abs(ns) >= u && Number.isInteger((ns / u) * 1e3)) ?? [1, 'ns'];
  return `${ns / size}${unit}`;
}

function value(field: FilterField, v: Operand): string {
  if (typeof v === 'string') return quote(v);
  return field.type === 'time' || field.type === 'duration' ? nanoseconds(v) : String(v);
}

/** The filter as text that parses to the same filter. */
export function show(node: Node): string {
  switch (node.is) {
    case 'and':
    case 'or':
      return node.of.map((n) => (n.is === 'or' || n.is === 'and' ? `(${show(n)})` : show(n))).join(` ${node.is} `);
    case 'not':
      return node.of.is === 'and' || node.of.is === 'or' ? `not (${show(node.of)})` : `not ${show(node.of)}`;
    case 'compare':
      return `${node.field.path} ${node.op} ${value(node.field, node.value)}`;
    case 'set':
      return `${node.field.path} in {${node.values.map((v) => value(node.field, v)).join(', ')}}`;
    case 'range':
      return `${node.field.path} in ${value(node.field, node.from)}..${value(node.field, node.to)}`;
    case 'has':
      return node.field.path;
    case 'word':
      return `"${node.text.replace(/[\\"]/g, '\\$&')}"`;
  }
}
