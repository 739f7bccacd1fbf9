// What a token table is: numbers of one document type on its code pages.

import type { TreeElement } from '../tree.ts';

export interface AttributeStart {
  readonly name: string;
  /** Text the token itself contributes to the value; '' for none. */
  readonly prefix: string;
}

export interface CodePage {
  readonly tags: ReadonlyMap<number, string>;
  readonly starts: ReadonlyMap<number, AttributeStart>;
  readonly values: ReadonlyMap<number, string>;
}

export interface TokenTable {
  /** Short and unique: 'prov'. */
  readonly id: string;
  readonly title: string;
  /** null: the document type has no number of its own. */
  readonly publicId: number | null;
  readonly publicIdText: string;
  readonly root: string;
  readonly mediaTypes: readonly string[];
  /** By page number; a page that is not here has no tokens. */
  readonly pages: ReadonlyMap<number, CodePage>;
  /** True: prefixes and value tokens stand for whole values, never for a part of free text. */
  readonly wholeValues: boolean;
  /** Attributes whose OPAQUE value is a %Datetime in packed decimal digits. */
  readonly dates?: readonly string[];
  /** Oldest WBXML version in ordinary use, as its header octet; 0x02 (1.2) unless said. */
  readonly oldestVersion?: number;
  /** Tokens that are not in the approved list but are sent, as `extensionKey`. */
  readonly extensions?: ReadonlySet<number>;
  /** Value tokens read differently by others: `extensionKey` to the other reading. */
  readonly disputed?: ReadonlyMap<number, string>;
  /** Is the value of an attribute of this element a PIN, password or key? `key` is the element's name attribute. */
  readonly secret?: (key: string | null) => boolean;
  /** Elements whose text is a key or password. */
  readonly secretElements?: readonly string[];
  /** Is text of the innermost of these open elements a secret? For elements that say themselves what they are about. */
  readonly secretText?: (open: readonly TreeElement[]) => boolean;
  /** Opaque data are nothing to remark: it is how documents of this type carry content. */
  readonly opaque?: boolean;
  /** Do the values of what is named so come from the table? */
  readonly listed?: (key: string) => boolean;
  /** The attribute that names what an element is about, and the one with its value. */
  readonly nameAttribute?: string;
  readonly valueAttribute?: string;
}

const NOTHING: CodePage = { tags: new Map(), starts: new Map(), values: new Map() };

/** Consecutive tokens from `first`; words are separated by spaces, '-' alone leaves a number out. */
export function run(first: number, words: string): [number, string][] {
  return words
    .split(' ')
    .map((w, i): [number, string] => [first + i, w])
    .filter(([, w]) => w !== '-');
}

/** Attribute starts that all give `name` a whole value: run(0x07, ...) of the values. */
export const starts = (name: string, values: readonly (readonly [number, string])[]): [number, AttributeStart][] =>
  values.map(([token, prefix]) => [token, { name, prefix }]);

/** Attribute starts without a value of their own. */
export const bare = (tokens: readonly (readonly [number, string])[]): [number, AttributeStart][] =>
  tokens.map(([token, name]) => [token, { name, prefix: '' }]);

export const page = (p: {
  tags?: readonly (readonly [number, string])[];
  starts?: readonly (readonly [number, AttributeStart])[];
  values?: readonly (readonly [number, string])[];
}): CodePage => ({ tags: new Map(p.tags), starts: new Map(p.starts), values: new Map(p.values) });

export const pageOf = (table: TokenTable, n: number): CodePage => table.pages.get(n) ?? NOTHING;

export const hex2 = (n: number): string => n.toString(16).toUpperCase().padStart(2, '0');

/** Name given to a token that no table has: class, code page and octet stay visible. */
export const unknownName = (codePage: number, token: number): string => `unknown-${codePage}:${hex2(token)}`;

/** One number for an attribute start or value token of a code page. */
export const extensionKey = (codePage: number, kind: 'start' | 'value', token: number): number =>
  codePage * 512 + (kind === 'value' ? 256 : 0) + token;

/** The page other than `codePage` on which a token has a meaning. */
export function otherPage(table: TokenTable, kind: keyof CodePage, codePage: number, token: number): number | null {
  for (const [n, p] of table.pages) if (n !== codePage && p[kind].has(token)) return n;
  return null;
}

interface Words {
  /** 'attribute=value' of every start with a whole value. */
  readonly starts: ReadonlySet<string>;
  readonly values: ReadonlySet<string>;
}

const WORDS = new WeakMap<TokenTable, Words>();

function wordsOf(table: TokenTable): Words {
  const known = WORDS.get(table);
  if (known !== undefined) return known;
  const starts = new Set<string>();
  const values = new Set<string>();
  for (const [n, p] of table.pages) {
    for (const [token, s] of p.starts) {
      const own = table.extensions?.has(extensionKey(n, 'start', token)) === true;
      if (s.prefix !== '' && !own) starts.add(`${s.name}=${s.prefix}`);
    }
    for (const [token, v] of p.values)
      if (table.extensions?.has(extensionKey(n, 'value', token)) !== true) values.add(v);
  }
  const words = { starts, values };
  WORDS.set(table, words);
  return words;
}

/** Has the table a token for this whole attribute or value? `key` is what the element is about. */
export function hasToken(table: TokenTable, attribute: string, value: string, key: string | null): boolean {
  if (!table.wholeValues || table.listed === undefined) return false;
  if (attribute !== table.valueAttribute) return wordsOf(table).starts.has(`${attribute}=${value}`);
  return key !== null && table.listed(key) && wordsOf(table).values.has(value);
}
