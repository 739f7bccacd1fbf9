// Which rows a filter lets through. A row that has no value fits no comparison, not even !=.

import type { Node } from './ast.ts';
import { allBits, type Bits, bothBits, eitherBits, noBits, notBits } from './bits.ts';
import type { Columns } from './columns.ts';
import { COLUMN_FIELDS, WORD_FIELDS } from './fields.ts';
import { rowsWithLeaf, rowsWithWord } from './rows.ts';
import type { Leaf } from './test.ts';

/** Rows that fit for certain, and rows that may: they differ where messages must be decoded to tell. */
export interface Bounds {
  readonly sure: Bits;
  readonly maybe: Bits;
}

const WORDS = COLUMN_FIELDS.filter((f) => WORD_FIELDS.includes(f.path));

/** Evaluates on columns alone; terms that need a decode are left open. */
export function evaluate(node: Node | null, columns: Columns): Bounds {
  const exactly = (b: Bits): Bounds => ({ sure: b, maybe: b });
  if (node === null) return exactly(allBits(columns.rows));
  switch (node.is) {
    case 'not': {
      const { sure, maybe } = evaluate(node.of, columns);
      return sure === maybe ? exactly(notBits(sure)) : { sure: notBits(maybe), maybe: notBits(sure) };
    }
    case 'and':
    case 'or': {
      const join = node.is === 'and' ? bothBits : eitherBits;
      return node.of
        .map((n) => evaluate(n, columns))
        .reduce((a, b) => {
          const sure = join(a.sure, b.sure);
          return { sure, maybe: a.sure === a.maybe && b.sure === b.maybe ? sure : join(a.maybe, b.maybe) };
        });
    }
    case 'word':
      return exactly(rowsOfWord(node.text, columns));
    default:
      if (node.field.deep === true) {
        return { sure: noBits(columns.rows), maybe: columns.mayHave?.(node.field) ?? allBits(columns.rows) };
      }
      return exactly(rowsWithLeaf(columns.column(node.field), node));
  }
}

/** Rows in whose texts the word stands anywhere. */
export const rowsOfWord = (word: string, columns: Columns): Bits =>
  WORDS.map((f) => rowsWithWord(columns.column(f), word)).reduce(eitherBits);

/** The same filter on one row whose values are at hand, for terms that need a decode. */
export function fitsRow(node: Node, leaf: (l: Leaf) => boolean, word: (n: Node) => boolean): boolean {
  switch (node.is) {
    case 'and':
      return node.of.every((n) => fitsRow(n, leaf, word));
    case 'or':
      return node.of.some((n) => fitsRow(n, leaf, word));
    case 'not':
      return !fitsRow(node.of, leaf, word);
    case 'word':
      return word(node);
    default:
      return leaf(node);
  }
}

/** Terms of the filter, without their joints. */
export function termsOf(node: Node): Node[] {
  if (node.is === 'and' || node.is === 'or') return node.of.flatMap(termsOf);
  return node.is === 'not' ? termsOf(node.of) : [node];
}
