// A filter, understood: what each term asks, typed against the fields.

import type { FilterField } from './fields.ts';

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=' | '~' | 'contains';

/** One value of a comparison: numbers for numbers, times and durations, text otherwise. */
export type Operand = string | number;

export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Node =
  | { readonly is: 'and' | 'or'; readonly of: readonly Node[]; readonly span: Span }
  | { readonly is: 'not'; readonly of: Node; readonly span: Span }
  | {
      readonly is: 'compare';
      readonly field: FilterField;
      readonly op: Comparison;
      readonly value: Operand;
      readonly span: Span;
    }
  | { readonly is: 'set'; readonly field: FilterField; readonly values: readonly Operand[]; readonly span: Span }
  | {
      readonly is: 'range';
      readonly field: FilterField;
      readonly from: Operand;
      readonly to: Operand;
      readonly span: Span;
    }
  /** A flag that is true, or any other field that has a value. */
  | { readonly is: 'has'; readonly field: FilterField; readonly span: Span }
  | { readonly is: 'word'; readonly text: string; readonly span: Span };

export interface FilterError {
  readonly start: number;
  readonly end: number;
  /** What was expected, as a sentence. */
  readonly message: string;
}

/** What could stand at the end of the text that was read. */
export type Expectation =
  | { readonly what: 'term' }
  | { readonly what: 'operator'; readonly field: FilterField }
  | { readonly what: 'value'; readonly field: FilterField; readonly set: boolean }
  | { readonly what: 'joint' };

export type Parsed =
  | { readonly ok: true; readonly node: Node | null; readonly expected: Expectation }
  | { readonly ok: false; readonly error: FilterError; readonly expected: Expectation };
