// Cells of a table: values of a column as people read them.

import type { Column } from '../query/columns.ts';
import type { FilterField } from '../query/fields.ts';

const UNITS: readonly (readonly [number, string])[] = [
  [1e9, 's'],
  [1e6, 'ms'],
  [1e3, 'µs'],
];

/** Nanoseconds with the unit that fits: 1.82 s. */
function seconds(ns: number): string {
  const [size, unit] = UNITS.find(([u]) => Math.abs(ns) >= u) ?? [1, 'ns'];
  return `${Number((ns / size).toFixed(3))} ${unit}`;
}

function numberText(field: FilterField, v: number): string {
  if (Number.isNaN(v)) return '';
  if (field.type === 'flag') return v === 1 ? 'yes' : 'no';
  return field.type === 'time' || field.type === 'duration' ? seconds(v) : String(v);
}

/** What stands in row `row`; several values with commas between them. */
export function cellText(field: FilterField, column: Column, row: number): string {
  switch (column.is) {
    case 'text':
      return column.texts[column.ids[row]!] ?? '';
    case 'number':
      return numberText(field, column.values[row]!);
    case 'texts':
      return Array.from(
        column.ids.subarray(column.start[row]!, column.start[row + 1]!),
        (id) => column.texts[id]!,
      ).join(', ');
    case 'numbers':
      return Array.from(column.values.subarray(column.start[row]!, column.start[row + 1]!), (v) =>
        numberText(field, v),
      ).join(', ');
  }
}
