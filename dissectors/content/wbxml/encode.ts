// Writes WBXML 1.0 to 1.3 (WAP-192-WBXML) from a tree and a token table.

import type { TreeAttribute, TreeElement, TreeNode } from '../tree.ts';
import { encodeDate } from './dates.ts';
import { encodeText, multiByte, terminator } from './octets.ts';
import { extensionKey, type TokenTable } from './table.ts';

export interface EncodeOptions {
  readonly table: TokenTable;
  /** Header octet: 0x00 is 1.0 (which has no character set field) ... 0x03 is 1.3, the default. */
  readonly version?: number;
  /** MIBenum written in the header and used for strings; 106, UTF-8, unless given. See `encodeText`. */
  readonly charset?: number;
  /** Put strings that occur more than once into the string table. */
  readonly stringTable?: boolean;
  /** False: no tokens of the table at all, everything literal. */
  readonly tokens?: boolean;
  /** Write the public identifier as text in the string table. */
  readonly publicIdAsText?: boolean;
  /** Use tokens that are sent but not in the approved list, too. */
  readonly extensions?: boolean;
}

const END = 0x01;
const STR_I = 0x03;
const LITERAL = 0x04;
const STR_T = 0x83;
const OPAQUE = 0xc3;
const HAS_CONTENT = 0x40;
const HAS_ATTRIBUTES = 0x80;
/** public identifier 1: unknown or missing (WAP-192 7.2) */
const NO_PUBLIC_ID = 0x01;

interface Picked {
  readonly page: number;
  readonly token: number;
  readonly length: number;
}

type Index = ReadonlyMap<string, readonly Picked[]>;

/** Tokens by what they stand for, on the pages in order. */
interface Indexes {
  readonly tags: Index;
  /** 'name=prefix' */
  readonly starts: Index;
  readonly values: Index;
  /** Characters of the longest prefix or value. */
  readonly longest: number;
}

/** All tokens, or those of the approved list only. */
const known: Readonly<Record<'all' | 'approved', WeakMap<TokenTable, Indexes>>> = {
  all: new WeakMap(),
  approved: new WeakMap(),
};

function indexesOf(table: TokenTable, extensions: boolean): Indexes {
  const cache = known[extensions ? 'all' : 'approved'];
  const made = cache.get(table);
  if (made !== undefined) return made;
  const tags = new Map<string, Picked[]>();
  const starts = new Map<string, Picked[]>();
  const values = new Map<string, Picked[]>();
  let longest = 0;
  const add = (to: Map<string, Picked[]>, what: string, page: number, token: number, text: string): void => {
    to.set(what, [...(to.get(what) ?? []), { page, token, length: text.length }]);
    if (to !== tags) longest = Math.max(longest, text.length);
  };
  const counts = (page: number, kind: 'start' | 'value', token: number): boolean =>
    extensions || table.extensions?.has(extensionKey(page, kind, token)) !== true;
  for (const [page, of] of table.pages) {
    for (const [token, name] of of.tags) add(tags, name, page, token, name);
    for (const [token, { name, prefix }] of of.starts) {
      if (counts(page, 'start', token)) add(starts, `${name}=${prefix}`, page, token, prefix);
    }
    for (const [token, text] of of.values) if (counts(page, 'value', token)) add(values, text, page, token, text);
  }
  const indexes = { tags, starts, values, longest };
  cache.set(table, indexes);
  return indexes;
}

const NO_TOKENS: Indexes = { tags: new Map(), starts: new Map(), values: new Map(), longest: 0 };

/** The candidate of the page in force, else of the first page that has one. */
function pick(index: Index, what: string, inForce: number): Picked | undefined {
  const found = index.get(what);
  return found?.find((p) => p.page === inForce) ?? found?.[0];
}

class Writer {
  readonly table: TokenTable;
  readonly tokens: Indexes;
  readonly charset: number;
  readonly body: number[] = [];
  readonly strings: number[] = [];
  readonly offsets = new Map<string, number>();
  readonly repeated: ReadonlySet<string>;
  tagPage = 0;
  attributePage = 0;

  constructor(options: EncodeOptions, root: TreeElement) {
    this.table = options.table;
    this.tokens = options.tokens === false ? NO_TOKENS : indexesOf(options.table, options.extensions === true);
    this.charset = options.charset ?? 106;
    this.repeated = options.stringTable === true ? repeatedStrings(root) : new Set();
  }

  /** Offset of a string in the table, added when it is new. */
  offset(text: string): number {
    const known = this.offsets.get(text);
    if (known !== undefined) return known;
    const at = this.strings.length;
    append(this.strings, this.octets(text));
    append(this.strings, terminator(this.charset));
    this.offsets.set(text, at);
    return at;
  }

  octets(text: string): number[] {
    const out = encodeText(text, this.charset);
    if (out === undefined) throw new RangeError(`character set ${this.charset} can't be written`);
    return out;
  }

  string(text: string): void {
    if (this.repeated.has(text)) this.body.push(STR_T, ...multiByte(this.offset(text)));
    else {
      this.body.push(STR_I);
      append(this.body, this.octets(text));
      append(this.body, terminator(this.charset));
    }
  }

  toTagPage(p: number): void {
    if (p !== this.tagPage) this.body.push(0x00, p);
    this.tagPage = p;
  }

  toAttributePage(p: number): void {
    if (p !== this.attributePage) this.body.push(0x00, p);
    this.attributePage = p;
  }

  element(e: TreeElement): void {
    const flags = (e.children.length > 0 ? HAS_CONTENT : 0) | (e.attributes.length > 0 ? HAS_ATTRIBUTES : 0);
    const tag = pick(this.tokens.tags, e.name, this.tagPage);
    if (tag === undefined) {
      this.body.push(LITERAL | flags, ...multiByte(this.offset(e.name)));
    } else {
      this.toTagPage(tag.page);
      this.body.push(tag.token | flags);
    }
    if (e.attributes.length > 0) {
      for (const a of e.attributes) this.attribute(a);
      this.body.push(END);
    }
    for (const c of e.children) this.node(c);
    if (e.children.length > 0) this.body.push(END);
  }

  node(n: TreeNode): void {
    if (n.kind === 'element') this.element(n);
    else if (n.text !== '') this.string(n.text);
  }

  attribute(a: TreeAttribute): void {
    const value = a.value ?? '';
    const start = this.attributeStart(a.name, value);
    if (start === undefined) {
      this.body.push(LITERAL, ...multiByte(this.offset(a.name)));
    } else {
      this.toAttributePage(start.page);
      this.body.push(start.token);
    }
    if (a.value === null) return;
    const date = this.table.dates?.includes(a.name) === true ? encodeDate(value) : undefined;
    if (date !== undefined) {
      this.body.push(OPAQUE, ...multiByte(date.length), ...date);
      return;
    }
    const rest = value.slice(start?.length ?? 0);
    if (rest !== '' || (value === '' && start === undefined)) this.value(rest);
  }

  /** The start token whose own text is the longest beginning of the value. */
  attributeStart(name: string, value: string): Picked | undefined {
    for (const length of this.prefixLengths(value)) {
      const found = pick(this.tokens.starts, `${name}=${value.slice(0, length)}`, this.attributePage);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Lengths a start token's own text may have, longest first. */
  prefixLengths(value: string): number[] {
    if (this.table.wholeValues) return value === '' ? [0] : [value.length, 0];
    const longest = Math.min(value.length, this.tokens.longest);
    return Array.from({ length: longest + 1 }, (_, i) => longest - i);
  }

  value(text: string): void {
    const parts = this.split(text);
    const tokens = parts.filter((p) => typeof p !== 'string');
    if (tokens.length === 0 || (this.table.wholeValues && tokens.length < parts.length)) {
      this.string(text);
      return;
    }
    for (const p of parts) {
      if (typeof p === 'string') {
        this.string(p);
      } else {
        this.toAttributePage(p.page);
        this.body.push(p.token);
      }
    }
  }

  /** The value cut into value tokens and what lies between them, from the left, longest token first. */
  split(text: string): (string | Picked)[] {
    const out: (string | Picked)[] = [];
    let plain = '';
    for (let i = 0; i < text.length; ) {
      const token = this.tokenAt(text, i);
      if (token === undefined) {
        // Nothing but tokens, or none of them.
        if (this.table.wholeValues) return [text];
        plain += text[i];
        i += 1;
        continue;
      }
      if (plain !== '') out.push(plain);
      plain = '';
      out.push(token);
      i += token.length;
    }
    if (plain !== '') out.push(plain);
    return out;
  }

  /** The longest value token that begins here: of the page in force when it has one, else of any page. */
  tokenAt(text: string, at: number): Picked | undefined {
    let other: Picked | undefined;
    for (let n = Math.min(text.length - at, this.tokens.longest); n > 0; n -= 1) {
      const found = pick(this.tokens.values, text.slice(at, at + n), this.attributePage);
      if (found?.page === this.attributePage) return found;
      other ??= found;
    }
    return other;
  }
}

/** Long strings are more arguments than a call may have. */
function append(to: number[], octets: readonly number[]): void {
  for (const o of octets) to.push(o);
}

/** Values and texts of at least three characters that occur more than once. */
function repeatedStrings(root: TreeElement): Set<string> {
  const seen = new Set<string>();
  const twice = new Set<string>();
  const note = (s: string): void => {
    if (s.length < 3) return;
    if (seen.has(s)) twice.add(s);
    seen.add(s);
  };
  const walk = (n: TreeNode): void => {
    if (n.kind === 'text') {
      note(n.text);
      return;
    }
    for (const a of n.attributes) if (a.value !== null) note(a.value);
    for (const c of n.children) walk(c);
  };
  walk(root);
  return twice;
}

/**
 * Encodes a document; the tree is trusted (its depth is the call depth).
 *
 * @throws RangeError when the character set can't be written.
 * @see WAP-192-WBXML clause 5
 */
export function encodeWbxml(root: TreeElement, options: EncodeOptions): Uint8Array {
  const w = new Writer(options, root);
  const asText = options.publicIdAsText === true && w.table.publicIdText !== '';
  const publicId = asText
    ? [0, ...multiByte(w.offset(w.table.publicIdText))]
    : multiByte(w.table.publicId ?? NO_PUBLIC_ID);
  w.element(root);
  const version = options.version ?? 0x03;
  return Uint8Array.from([
    version,
    ...publicId,
    ...(version === 0x00 ? [] : multiByte(w.charset)),
    ...multiByte(w.strings.length),
    ...w.strings,
    ...w.body,
  ]);
}
