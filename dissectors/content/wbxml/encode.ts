// Writes WBXML 1.0 to 1.3 (WAP-192-WBXML) from a tree and a token table.

import type { TreeAttribute, TreeElement, TreeNode } from '../tree.ts';
import { encodeDate } from './dates.ts';
import { encodeText, multiByte, terminator } from './octets.ts';
import { type AttributeStart, extensionKey, pageOf, type TokenTable } from './table.ts';

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
/** No table has a token whose text is longer. */
const LONGEST_TOKEN = 40;
/** public identifier 1: unknown or missing (WAP-192 7.2) */
const NO_PUBLIC_ID = 0x01;

interface Picked<T> {
  readonly page: number;
  readonly token: number;
  readonly what: T;
}

class Writer {
  readonly table: TokenTable;
  readonly options: EncodeOptions;
  readonly charset: number;
  readonly body: number[] = [];
  readonly strings: number[] = [];
  readonly offsets = new Map<string, number>();
  readonly repeated: ReadonlySet<string>;
  tagPage = 0;
  attributePage = 0;

  constructor(options: EncodeOptions, root: TreeElement) {
    this.table = options.table;
    this.options = options;
    this.charset = options.charset ?? 106;
    this.repeated = options.stringTable === true ? repeatedStrings(root) : new Set();
  }

  /** Offset of a string in the table, added when it is new. */
  offset(text: string): number {
    const known = this.offsets.get(text);
    if (known !== undefined) return known;
    const at = this.strings.length;
    this.strings.push(...this.octets(text), ...terminator(this.charset));
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
    else this.body.push(STR_I, ...this.octets(text), ...terminator(this.charset));
  }

  /** The candidate of the page in force, else of the lowest page that has one. */
  pick<T>(
    kind: 'tag' | 'start' | 'value',
    inForce: number,
    fits: (what: unknown) => T | undefined,
  ): Picked<T> | undefined {
    if (this.options.tokens === false) return undefined;
    const order = [inForce, ...[...this.table.pages.keys()].filter((p) => p !== inForce)];
    for (const p of order) {
      const of = pageOf(this.table, p);
      const entries: ReadonlyMap<number, unknown> = kind === 'tag' ? of.tags : kind === 'start' ? of.starts : of.values;
      for (const [token, entry] of entries) {
        if (this.options.extensions !== true && this.isExtension(p, kind, token)) continue;
        const what = fits(entry);
        if (what !== undefined) return { page: p, token, what };
      }
    }
    return undefined;
  }

  isExtension(p: number, kind: 'tag' | 'start' | 'value', token: number): boolean {
    return kind !== 'tag' && this.table.extensions?.has(extensionKey(p, kind, token)) === true;
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
    const tag = this.pick('tag', this.tagPage, (name) => (name === e.name ? e.name : undefined));
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
    const rest = value.slice(start?.what.prefix.length ?? 0);
    if (rest !== '' || (value === '' && start === undefined)) this.value(rest);
  }

  /** The start token whose own text is the longest beginning of the value. */
  attributeStart(name: string, value: string): Picked<AttributeStart> | undefined {
    let best: Picked<AttributeStart> | undefined;
    for (const length of this.prefixLengths(value)) {
      const prefix = value.slice(0, length);
      best = this.pick('start', this.attributePage, (s) => {
        const start = s as AttributeStart;
        return start.name === name && start.prefix === prefix ? start : undefined;
      });
      if (best !== undefined) return best;
    }
    return best;
  }

  /** Lengths a start token's own text may have, longest first. */
  prefixLengths(value: string): number[] {
    if (this.table.wholeValues) return value === '' ? [0] : [value.length, 0];
    const longest = Math.min(value.length, LONGEST_TOKEN);
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
  split(text: string): (string | Picked<string>)[] {
    const out: (string | Picked<string>)[] = [];
    let plain = '';
    for (let i = 0; i < text.length; ) {
      const token = this.tokenAt(text, i);
      if (token === undefined) {
        plain += text[i];
        i += 1;
        continue;
      }
      if (plain !== '') out.push(plain);
      plain = '';
      out.push(token);
      i += token.what.length;
    }
    if (plain !== '') out.push(plain);
    return out;
  }

  /** The longest value token that begins here: of the page in force when it has one, else of any page. */
  tokenAt(text: string, at: number): Picked<string> | undefined {
    const whole = this.table.wholeValues && at === 0;
    const longest = whole ? text.length : Math.min(text.length - at, LONGEST_TOKEN);
    let other: Picked<string> | undefined;
    for (let n = longest; n > 0; n -= 1) {
      const part = text.slice(at, at + n);
      const found = this.pick('value', this.attributePage, (v) => (v === part ? part : undefined));
      if (found?.page === this.attributePage) return found;
      other ??= found;
    }
    return other;
  }
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
