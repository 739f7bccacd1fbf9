// WAP-192-WBXML 5.8: elements, attributes and content, without recursion.

import type { DocumentAttribute, DocumentElement, DocumentNode } from '../document.ts';
import { f } from './fields.ts';
import { type Reader, STOP } from './reader.ts';
import { WBXML } from './rules.ts';
import { hasToken, hex2, otherPage, pageOf, type TokenTable, unknownName } from './table.ts';
import { isGlobal, isLiteral, PI, readPiece, tellNonstandard } from './values.ts';

// Global tokens, clause 7.1.
const SWITCH_PAGE = 0x00;
const END = 0x01;
const STR_I = 0x03;
const STR_T = 0x83;
const LITERAL = 0x04;
const HAS_ATTRIBUTES = 0x80;
const HAS_CONTENT = 0x40;

/** Depth from which a document is remarkable, and at which decoding ends. */
const DEEP = 16;
const DEEPEST = 256;
/** Attributes an element may have. */
const MOST_ATTRIBUTES = 256;

interface OpenElement {
  readonly kind: 'element';
  readonly name: string;
  readonly start: number;
  length: number;
  readonly attributes: DocumentAttribute[];
  readonly children: DocumentNode[];
}

interface OpenAttribute {
  name: string;
  readonly start: number;
  /** Row of the recorder. */
  readonly row: number;
  /** The value is written as strings alone. */
  plain: boolean;
  value: string | null;
  valueStart: number;
  valueEnd: number;
}

const isXmlName = (s: string): boolean => /^(?:[A-Za-z_:]|[^\0-\x7f])(?:[-A-Za-z0-9._:]|[^\0-\x7f])*$/.test(s);

const meaning = (name: string, value: string | null): string => (value === null ? name : `${name}=${value}`);

export class Body {
  readonly r: Reader;
  readonly table: TokenTable;
  root: DocumentElement | null = null;
  private readonly stack: OpenElement[] = [];
  /** Recorder row and final label of each open element. */
  private readonly rows: number[] = [];
  private readonly labels: string[] = [];
  private tagPage = 0;
  private attributePage = 0;
  private attribute: OpenAttribute | null = null;
  private into: DocumentAttribute[] = [];
  private readonly names = new Set<string>();
  /** The value of the name attribute of the element whose attributes are being read. */
  private key: string | null = null;

  constructor(r: Reader, table: TokenTable) {
    this.r = r;
    this.table = table;
  }

  /** Reads up to the END of the root element and the processing instructions behind it. */
  read(): void {
    try {
      while (this.root === null || this.stack.length > 0) this.content();
      while (this.r.c.peek() === PI) this.instruction();
    } finally {
      this.finishAttribute();
      while (this.stack.length > 0) this.close();
    }
  }

  private content(): void {
    const { r } = this;
    const at = r.c.pos;
    const top = this.stack.at(-1);
    if (r.c.peek() === PI) {
      this.instruction();
      return;
    }
    const token = top === undefined ? r.octet('the root element') : r.octet('the content', top.name);
    if (token === SWITCH_PAGE) {
      this.tagPage = this.switchPage(at, this.tagPage);
    } else if (token === END) {
      r.c.rec?.leaf(f.end, at, 1, END, 'END');
      if (top === undefined) this.unexpected(token, at, 'before the root element');
      else this.close();
    } else if (isLiteral(token) || !isGlobal(token)) {
      this.element(token, at);
    } else {
      if (top === undefined) this.unexpected(token, at, 'before the root element');
      const secret = r.recorded && top !== undefined && this.isSecretText(top);
      const text = readPiece(r, this.table, token, at, this.attributePage, secret, null);
      r.node(at);
      if (text !== '') top?.children.push({ kind: 'text', text, start: at, length: r.c.pos - at });
      if (r.cut) throw STOP;
    }
  }

  private isSecretText(top: OpenElement): boolean {
    const { secretElements, secretText } = this.table;
    return secretElements?.includes(top.name) === true || secretText?.(this.stack) === true;
  }

  private unexpected(token: number, at: number, where: string): void {
    this.r.report(WBXML.unexpected, at, 1, `Token 0x${hex2(token)} ${where}`);
  }

  /** SWITCH_PAGE (5.8.1): the pages of tags and of attributes are two, and both stay in force. */
  private switchPage(at: number, inForce: number): number {
    const { r } = this;
    const n = r.octet('the number of the code page');
    r.c.rec?.leaf(f.switchPage, at, 2, n);
    if (n === inForce) r.reportOnce(WBXML.idleSwitch, at, 2, `Code page ${n} is in force already`);
    if (!this.table.pages.has(n) && this.table.pages.size > 0) {
      r.report(WBXML.codePage, at, 2, `Code page ${n} is not part of ${this.table.title}`);
    }
    return n;
  }

  private close(): void {
    const open = this.stack.pop();
    const row = this.rows.pop();
    const label = this.labels.pop();
    if (open === undefined) return;
    open.length = this.r.c.pos - open.start;
    this.r.c.rec?.close(row ?? -1, this.r.c.pos, label);
  }

  private element(token: number, at: number): void {
    const { r } = this;
    r.node(at);
    const depth = this.stack.length + 1;
    if (depth > DEEPEST) {
      r.stop(WBXML.depthLimit, at, 1, `Elements are nested deeper than ${DEEPEST}; what follows is not decoded`);
    }
    if (depth > DEEP) r.reportOnce(WBXML.deep, at, 1, `Elements are nested deeper than ${DEEP}`);
    const row = r.c.rec?.open(f.element, at) ?? -1;
    let name: string;
    try {
      name = isLiteral(token) ? this.literal(at) : this.tagName(token, at);
    } catch (e) {
      r.c.rec?.close(row, r.c.pos);
      throw e;
    }
    const open: OpenElement = { kind: 'element', name, start: at, length: 0, attributes: [], children: [] };
    const parent = this.stack.at(-1);
    if (parent === undefined) this.root = open;
    else parent.children.push(open);
    // Open before its attributes are read: a document cut there still shows it.
    this.stack.push(open);
    this.rows.push(row);
    this.labels.push(name);
    if ((token & HAS_ATTRIBUTES) !== 0) {
      this.attributes(open.attributes, name);
      if (open.attributes.length === 0)
        r.report(WBXML.noAttributes, at, 1, `<${name}> announces attributes and has none`);
      this.labels[this.labels.length - 1] = this.label(open);
    }
    if ((token & HAS_CONTENT) === 0) this.close();
  }

  /** What the tree shows for an element: its name and what its first attribute says. */
  private label(open: OpenElement): string {
    const first = open.attributes[0];
    const silent = first === undefined || first.value === null || first.name === this.table.valueAttribute;
    return silent ? open.name : `${open.name} ${first.value}`;
  }

  private tagName(token: number, at: number): string {
    const { r, table, tagPage } = this;
    const tag = token & 0x3f;
    const known = pageOf(table, tagPage).tags.get(tag);
    const name = known ?? unknownName(tagPage, tag);
    r.c.rec?.leaf(f.tag, at, 1, token, `${hex2(token)} ${name}`);
    if (known === undefined && table.pages.has(tagPage)) {
      const other = otherPage(table, 'tags', tagPage, tag);
      const what = `Tag token 0x${hex2(tag)} of code page ${tagPage} at octet ${at} is not known`;
      if (other === null) r.report(WBXML.unknownTag, at, 1, what);
      else r.report(WBXML.wrongPage, at, 1, `${what}; page ${other} has it`);
    }
    return name;
  }

  /** The name behind a literal token (5.8.4.5) that stood at `at`. */
  private literal(at: number): string {
    const { r } = this;
    const offset = r.integer(f.literal, 'the name in the string table');
    const length = r.c.pos - at;
    const name = r.fromTable(offset, at, length);
    const shown = name.slice(0, 60);
    if (this.table.pages.size > 0) r.report(WBXML.literal, at, length, `The name '${shown}' is written out`);
    if (!isXmlName(name)) r.report(WBXML.unexpected, at, length, `'${shown}' is no XML name`);
    return name;
  }

  /** *attribute END, of elements and of processing instructions. */
  private attributes(into: DocumentAttribute[], owner: string): void {
    const { r } = this;
    this.key = null;
    this.into = into;
    this.names.clear();
    for (;;) {
      const at = r.c.pos;
      const token = r.octet('an attribute', owner);
      if (token === END) {
        this.finishAttribute();
        r.c.rec?.leaf(f.end, at, 1, END, 'END');
        return;
      }
      if (token === SWITCH_PAGE) {
        if (!this.continuesValue(r.c.peek(1), r.c.peek() ?? 0)) this.finishAttribute();
        this.attributePage = this.switchPage(at, this.attributePage);
      } else if (this.isStart(token, this.attributePage)) {
        this.startAttribute(token, at);
      } else {
        this.attributeValue(token, at);
      }
    }
  }

  /**
   * Senders of WLAN settings use 0x40 to 0x44 as attribute starts, which are global tokens. None of those has a
   * meaning among the attributes of such a document, so the table wins.
   */
  private isStart(token: number, codePage: number): boolean {
    if (token === LITERAL) return true;
    return token < 0x80 && (!isGlobal(token) || pageOf(this.table, codePage).starts.has(token));
  }

  /** Is the token behind a SWITCH_PAGE a part of the value before it? */
  private continuesValue(token: number | undefined, codePage: number): boolean {
    return token !== undefined && token !== END && token !== SWITCH_PAGE && !this.isStart(token, codePage);
  }

  private startAttribute(token: number, at: number): void {
    const { r, table, attributePage } = this;
    this.finishAttribute();
    r.node(at);
    if (this.into.length >= MOST_ATTRIBUTES) {
      r.stop(
        WBXML.budget,
        at,
        0,
        `An element has more than ${MOST_ATTRIBUTES} attributes; what follows is not decoded`,
      );
    }
    const a: OpenAttribute = {
      name: '',
      start: at,
      row: r.c.rec?.open(f.attribute, at) ?? -1,
      plain: true,
      value: null,
      valueStart: at,
      valueEnd: at,
    };
    this.attribute = a;
    if (token === LITERAL) {
      a.name = this.literal(at);
      return;
    }
    const known = pageOf(table, attributePage).starts.get(token);
    a.name = known?.name ?? unknownName(attributePage, token);
    if (known !== undefined && known.prefix !== '') {
      a.plain = false;
      a.value = r.spend(known.prefix, at);
      a.valueEnd = at + 1;
    }
    r.c.rec?.leaf(f.start, at, 1, token, `${hex2(token)} ${meaning(a.name, a.value)}`);
    if (known === undefined && table.pages.has(attributePage)) {
      const other = otherPage(table, 'starts', attributePage, token);
      const what = `Attribute start 0x${hex2(token)} of code page ${attributePage} at octet ${at} is not known`;
      if (other === null) r.report(WBXML.unknownAttribute, at, 1, what);
      else r.report(WBXML.wrongPage, at, 1, `${what}; page ${other} has it`);
    }
    tellNonstandard(r, table, 'start', attributePage, token, at, a.name);
  }

  private finishAttribute(): void {
    const a = this.attribute;
    if (a === null) return;
    this.attribute = null;
    const end = Math.max(a.valueEnd, a.start + 1);
    this.r.c.rec?.close(a.row, end, a.name);
    // The document ended within the name.
    if (a.name === '') return;
    if (a.name === this.table.nameAttribute) this.key = a.value;
    if (a.plain && a.value !== null && hasToken(this.table, a.name, a.value, this.key)) {
      this.r.reportOnce(
        WBXML.writtenOut,
        a.start,
        end - a.start,
        `${a.name} "${a.value}" has a token and is written out`,
      );
    }
    if (this.names.has(a.name)) {
      this.r.report(WBXML.duplicateAttribute, a.start, end - a.start, `Attribute ${a.name} is there twice`);
    }
    this.names.add(a.name);
    this.into.push({
      name: a.name,
      value: a.value,
      start: a.start,
      length: end - a.start,
      valueRange: { start: a.valueStart, length: a.valueEnd - a.valueStart },
    });
  }

  private attributeValue(token: number, at: number): void {
    const { r, table, attribute: a } = this;
    if (a === null) this.unexpected(token, at, 'gives a value where no attribute was started');
    const secret = r.recorded && a !== null && a.name === table.valueAttribute && table.secret?.(this.key) === true;
    const text = readPiece(r, table, token, at, this.attributePage, secret, a?.name ?? '');
    if (a !== null) {
      if (token === STR_I && text === '' && a.value !== null && a.value !== '' && !a.plain) {
        r.reportOnce(WBXML.emptyPiece, at, r.c.pos - at, `An empty string follows '${a.value}'`);
      }
      if (token !== STR_I && token !== STR_T) a.plain = false;
      if (a.valueStart === a.valueEnd) a.valueStart = at;
      a.value = a.value === null ? text : a.value + text;
      a.valueEnd = r.c.pos;
    }
    if (r.cut) throw STOP;
  }

  private instruction(): void {
    const { r } = this;
    const at = r.c.pos;
    const row = r.c.rec?.open(f.instruction, at) ?? -1;
    r.c.skip(1);
    const parts: DocumentAttribute[] = [];
    try {
      this.attributes(parts, '?');
    } finally {
      this.finishAttribute();
      r.c.rec?.close(row, r.c.pos);
    }
    r.report(WBXML.instruction, at, r.c.pos - at, `Processing instruction '${parts.map((p) => p.name).join(' ')}'`);
  }
}
