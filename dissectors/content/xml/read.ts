// XML 1.0 text documents, without document types: enough for provisioning, SI, SL and the like.

import type { Rule } from '../../../captures/finding.ts';
import type { Cursor } from '../../base/cursor.ts';
import { isSecretText } from '../dm/names.ts';
import type { DecodedDocument, DocumentAttribute, DocumentElement, DocumentNode } from '../document.ts';
import { isSecretParm } from '../provisioning/secrets.ts';
import { f } from './fields.ts';
import { expand } from './references.ts';
import { XML } from './rules.ts';
import { detectForm, isNameChar, isSpace, Scanner } from './scanner.ts';

const DEEPEST = 256;
const NODE_BUDGET = 1 << 17;
const LISTED = 50;

interface OpenElement {
  readonly kind: 'element';
  readonly name: string;
  readonly start: number;
  length: number;
  readonly attributes: DocumentAttribute[];
  readonly children: DocumentNode[];
}

const STOP = Symbol('the text can not be read further');

class XmlReader {
  readonly s: Scanner;
  readonly c: Cursor;
  root: DocumentElement | null = null;
  private readonly stack: OpenElement[] = [];
  private readonly rows: { row: number; label: string }[] = [];
  private nodes = 0;
  private told = 0;
  /** The value of the 'name' attribute of the tag being read. */
  private key: string | null = null;

  constructor(s: Scanner) {
    this.s = s;
    this.c = s.c;
  }

  read(): void {
    try {
      while (this.root === null || this.stack.length > 0) this.step();
      this.tail();
    } catch (e) {
      if (e !== STOP) throw e;
    }
    while (this.stack.length > 0) this.close();
  }

  private report(rule: Rule, start: number, length: number, message: string): void {
    this.told += 1;
    if (this.told <= LISTED) this.c.report(rule, start, length, message);
  }

  private stop(rule: Rule, start: number, message: string): never {
    this.c.report(rule, start, Math.max(0, this.c.end - start), message);
    this.c.pos = this.c.end;
    throw STOP;
  }

  private step(): void {
    const { s, c } = this;
    const at = s.pos;
    if (s.ended) {
      const open = this.stack.at(-1);
      if (open === undefined) this.stop(XML.noRoot, c.pos, 'No element was found');
      this.stop(XML.truncated, c.pos, `The text ends at octet ${c.pos} inside <${open.name}>`);
    }
    if (s.peek() !== 0x3c) this.text(at);
    else if (s.at('<?')) this.misc('?>', at);
    else if (s.at('<!--')) this.misc('-->', at);
    else if (s.at('<![CDATA[')) this.cdata(at);
    else if (s.at('<!')) this.doctype(at);
    else if (s.at('</')) this.endTag(at);
    else this.startTag(at);
  }

  private misc(end: string, at: number): void {
    const { s, c } = this;
    if (!s.past(end)) this.stop(XML.truncated, at, `What begins at octet ${at} does not end`);
    if (c.rec === null) return;
    const text = s.show(at, s.pos);
    c.rec.leaf(text.startsWith('<?xml') ? f.declaration : f.misc, at, s.pos - at, text);
  }

  private doctype(at: number): void {
    const { s, c } = this;
    let quote = 0;
    let depth = 0;
    let subset = false;
    for (;;) {
      if (s.ended) this.stop(XML.truncated, at, `The declaration at octet ${at} does not end`);
      const ch = s.next();
      if (quote !== 0) {
        if (ch === quote) quote = 0;
      } else if (ch === 0x22 || ch === 0x27) quote = ch;
      else if (ch === 0x5b) {
        depth += 1;
        subset = true;
      } else if (ch === 0x5d) depth -= 1;
      else if (ch === 0x3e && depth <= 0) break;
    }
    if (subset)
      this.report(
        XML.doctype,
        at,
        s.pos - at,
        'The declarations inside the document type declaration are not followed',
      );
    c.rec?.leaf(f.declaration, at, s.pos - at, s.show(at, s.pos));
  }

  private node(at: number): void {
    this.nodes += 1;
    if (this.nodes > NODE_BUDGET) this.stop(XML.budget, at, `More than ${NODE_BUDGET} nodes`);
  }

  private add(text: string, at: number): void {
    const top = this.stack.at(-1);
    // White space between elements means nothing in the documents read here.
    if (/^[ \t\r\n]*$/.test(text)) return;
    if (top === undefined) {
      this.report(XML.markup, at, this.c.pos - at, 'There is text before the root element');
      return;
    }
    this.node(at);
    this.c.rec?.leaf(this.isSecretContent() ? f.textSecret : f.text, at, this.c.pos - at, text);
    top.children.push({ kind: 'text', text, start: at, length: this.c.pos - at });
  }

  private isSecretContent(): boolean {
    return this.c.rec !== null && isSecretText(this.stack);
  }

  private text(at: number): void {
    const { s } = this;
    s.until('<');
    this.add(this.expanded(this.s.slice(at, s.pos), at), at);
  }

  /** Line ends made one (2.11), then references replaced. */
  private expanded(raw: string, start: number): string {
    const end = this.c.pos;
    const { text, unknown } = expand(raw.replace(/\r\n?/g, '\n'));
    if (unknown > 0) this.report(XML.entity, start, end - start, `${unknown} references mean nothing`);
    return text;
  }

  private cdata(at: number): void {
    const { s } = this;
    s.skip(9);
    const from = s.pos;
    if (!s.past(']]>')) this.stop(XML.truncated, at, `The CDATA section at octet ${at} does not end`);
    this.add(s.slice(from, s.pos - 3 * s.unit), at);
  }

  private name(): string {
    const { s } = this;
    const from = s.pos;
    while (isNameChar(s.peek())) s.skip(1);
    return s.slice(from, s.pos);
  }

  private endTag(at: number): void {
    const { s, c } = this;
    s.skip(2);
    const name = this.name();
    s.space();
    if (s.ended) this.stop(XML.truncated, at, `The end tag at octet ${at} does not end`);
    if (s.peek() === 0x3e) s.skip(1);
    else this.report(XML.markup, at, s.pos - at, `The end tag </${name.slice(0, 60)} has no '>'`);
    c.rec?.leaf(f.endTag, at, s.pos - at, name);
    const depth = this.stack.findLastIndex((open) => open.name === name);
    const top = this.stack.at(-1);
    if (depth < 0) {
      this.report(
        XML.endTag,
        at,
        s.pos - at,
        `</${name.slice(0, 60)}> closes nothing${top === undefined ? '' : `; <${top.name.slice(0, 60)}> is open`}`,
      );
      return;
    }
    if (depth < this.stack.length - 1) {
      this.report(
        XML.endTag,
        at,
        s.pos - at,
        `</${name.slice(0, 60)}> comes while <${top?.name.slice(0, 60)}> is open`,
      );
    }
    while (this.stack.length > depth) this.close();
  }

  private close(): void {
    const open = this.stack.pop();
    const row = this.rows.pop();
    if (open === undefined || row === undefined) return;
    open.length = this.c.pos - open.start;
    this.c.rec?.close(row.row, this.c.pos, row.label);
  }

  private startTag(at: number): void {
    const { s, c } = this;
    s.skip(1);
    const name = this.name();
    if (name === '') {
      this.report(XML.markup, at, s.unit, "A '<' begins no markup");
      return;
    }
    this.node(at);
    if (this.stack.length >= DEEPEST) this.stop(XML.depth, at, `Elements are nested deeper than ${DEEPEST}`);
    const row = { row: c.rec?.open(f.element, at) ?? -1, label: name };
    const open: OpenElement = { kind: 'element', name, start: at, length: 0, attributes: [], children: [] };
    const parent = this.stack.at(-1);
    if (parent === undefined) this.root = open;
    else parent.children.push(open);
    this.stack.push(open);
    this.rows.push(row);
    const empty = this.attributes(open, at);
    const first = open.attributes[0];
    if (first !== undefined && first.name.toLowerCase() !== 'value') row.label = `${name} ${first.value ?? ''}`;
    if (empty) this.close();
  }

  /** Up to and with the '>' of a start tag; true for an empty element. */
  private attributes(open: OpenElement, at: number): boolean {
    const { s } = this;
    const names = new Set<string>();
    this.key = null;
    for (;;) {
      s.space();
      if (s.ended) this.stop(XML.truncated, at, `The tag <${open.name.slice(0, 60)} at octet ${at} does not end`);
      if (s.peek() === 0x3e) {
        s.skip(1);
        return false;
      }
      if (s.at('/>')) {
        s.skip(2);
        return true;
      }
      if (s.peek() === 0x3c) {
        this.report(XML.markup, at, s.pos - at, `The tag <${open.name.slice(0, 60)} has no '>'`);
        return false;
      }
      this.attribute(open, names);
    }
  }

  private attribute(open: OpenElement, names: Set<string>): void {
    const { s, c } = this;
    const start = s.pos;
    const name = this.name();
    if (name === '') {
      s.skip(1);
      this.report(XML.attribute, start, s.unit, 'A character stands where an attribute was to come');
      return;
    }
    this.node(start);
    s.space();
    let value: string | null = null;
    let valueStart = s.pos;
    let valueEnd = s.pos;
    if (s.peek() === 0x3d) {
      s.skip(1);
      s.space();
      const quote = s.peek();
      if (quote === 0x22 || quote === 0x27) {
        s.skip(1);
        valueStart = s.pos;
        if (!s.until(String.fromCharCode(quote))) {
          this.stop(XML.truncated, start, `The value of attribute ${name.slice(0, 60)} does not end`);
        }
        valueEnd = s.pos;
        s.skip(1);
      } else {
        valueStart = s.pos;
        while (!s.ended && !isSpace(s.peek()) && s.peek() !== 0x3e && !s.at('/>')) s.skip(1);
        valueEnd = s.pos;
        this.report(XML.attribute, start, s.pos - start, `The value of attribute ${name.slice(0, 60)} is not quoted`);
      }
      // White space becomes blanks before references are replaced (3.3.3).
      value = this.expanded(s.slice(valueStart, valueEnd).replace(/\r\n|[\t\r\n]/g, ' '), valueStart);
    } else {
      this.report(XML.attribute, start, s.pos - start, `Attribute ${name.slice(0, 60)} has no value`);
    }
    if (names.has(name))
      this.report(XML.duplicateAttribute, start, s.pos - start, `Attribute ${name.slice(0, 60)} is there twice`);
    names.add(name);
    const secret = this.isSecret(name, value);
    c.rec?.leaf(secret ? f.attributeSecret : f.attribute, start, s.pos - start, `${name}="${value ?? ''}"`);
    open.attributes.push({
      name,
      value,
      start,
      length: s.pos - start,
      valueRange: { start: valueStart, length: valueEnd - valueStart },
    });
  }

  /** The value of an attribute 'value' whose 'name' is that of a secret, or not known yet. */
  private isSecret(attribute: string, value: string | null): boolean {
    const name = attribute.toLowerCase();
    if (name === 'name') this.key = value;
    return name === 'value' && (this.key === null || isSecretParm(this.key));
  }

  /** What may follow the root element: white space, comments, instructions. */
  private tail(): void {
    const { s, c } = this;
    for (;;) {
      const end = s.pos;
      s.space();
      const at = s.pos;
      if (s.at('<?')) this.misc('?>', at);
      else if (s.at('<!--')) this.misc('-->', at);
      else {
        // A zero octet at the end is what gateways append; it is trailing, too.
        if (c.left > 0) {
          this.report(XML.trailing, at, c.left, `${c.left} octets follow the root element`);
          c.rec?.leaf(f.trailing, at, c.left, c.bytes.subarray(at, c.end));
          c.pos = end;
        }
        return;
      }
    }
  }
}

/**
 * Reads the text document at the cursor, which should count in 'body'. Never throws and expands nothing but the
 * predefined entities. White space between elements is not kept. `transportCharset` is the MIBenum of the content
 * type's charset parameter. Findings: XML-*.
 *
 * @see Extensible Markup Language 1.0 (Fifth Edition)
 */
export function readXml(c: Cursor, transportCharset: number | null = null): DecodedDocument {
  const start = c.pos;
  const form = detectForm(c, transportCharset);
  const document = (root: DocumentElement | null): DecodedDocument => ({
    format: 'xml',
    publicId: null,
    publicIdText: null,
    wbxmlVersion: null,
    charset: null,
    charsetName: form.charset.name,
    root,
    length: c.pos - start,
  });
  if (c.left === 0) {
    c.report(XML.empty, start, 0, 'The body is empty');
    return document(null);
  }
  if (form.unknown !== null) {
    c.report(XML.unknownCharset, start, 0, `'${form.unknown}' can't be read here; read as ${form.charset.name}`);
  }
  c.skip(form.mark);
  const s = new Scanner(c, form);
  const reader = new XmlReader(s);
  reader.read();
  if (s.misfits > 0) {
    c.report(XML.charset, s.firstMisfit, 1, `${s.misfits} pieces of text are not ${form.charset.name}`);
  }
  return document(reader.root);
}
