// What a WBXML decoder knows while it reads: the window, the string table, the character set, the budgets.

import type { Rule } from '../../../captures/finding.ts';
import type { Cursor } from '../../base/cursor.ts';
import type { Field } from '../../base/fields.ts';
import { type Charset, decodeText, isMultibyteUtf8, isReadable, latin1, shortAscii, UTF8 } from '../charset.ts';
import { WBXML } from './rules.ts';

/** Thrown by a reader at the end of what can be read; caught in decode.ts. The finding is already there. */
export const STOP = Symbol('the document can not be read further');

/** Characters all strings together may have. */
const TEXT_BUDGET = 4 << 20;
/** Elements, attributes and texts a document may have: several times what fits into 255 short messages. */
const NODE_BUDGET = 1 << 15;
/** Findings of one rule that are listed. */
const LISTED = 20;

export class Reader {
  readonly c: Cursor;
  charset: Charset | undefined = UTF8;
  tableStart = 0;
  tableEnd = 0;
  /** Offsets of the string table whose strings are values of secret parameters. */
  readonly secretOffsets = new Set<number>();
  /** Neither the header nor the transport names a character set. */
  unstated = false;
  /** The last string had no terminator: nothing can follow it. */
  cut = false;
  private readonly tableTexts = new Map<number, string>();
  private readonly told = new Map<Rule, number>();
  private chars = 0;
  private nodes = 0;
  private misfits = 0;
  private firstMisfit = -1;
  private multibyte = 0;

  /** Somebody will look at the tree: only then it matters which values are secrets. */
  readonly recorded: boolean;

  constructor(c: Cursor, recorded: boolean) {
    this.c = c;
    this.recorded = recorded;
  }

  report(rule: Rule, start: number, length: number, message: string): void {
    const n = (this.told.get(rule) ?? 0) + 1;
    this.told.set(rule, n);
    if (n < LISTED) this.c.report(rule, start, length, message);
    if (n === LISTED) this.c.report(rule, start, length, `${message}; further ones are not listed`);
  }

  /** Once in a document. */
  reportOnce(rule: Rule, start: number, length: number, message: string): void {
    if (!this.told.has(rule)) this.report(rule, start, length, message);
  }

  stop(rule: Rule, start: number, length: number, message: string): never {
    this.report(rule, start, length, message);
    throw STOP;
  }

  /** Stops unless n octets are left for `what`, a part of <owner>. */
  need(n: number, what: string, owner = ''): void {
    const { left, pos } = this.c;
    if (left < n) this.ends(left, pos, n, owner === '' ? what : `${what} of <${owner}>`);
  }

  private ends(left: number, pos: number, n: number, what: string): never {
    const none = `The document ends at octet ${pos}, where ${what} was to come`;
    this.stop(WBXML.truncated, pos, left, left === 0 ? none : `${what} needs ${n} octets, ${left} are left`);
  }

  octet(what: string, owner = ''): number {
    this.need(1, what, owner);
    const at = this.c.take(1);
    return this.c.bytes[at]!;
  }

  /** mb_u_int32 (5.1), recorded as `field`; null: the caller records the whole. */
  integer(field: Field<'uintvar'> | null, what: string, text?: (v: number) => string): number {
    const at = this.c.pos;
    let v = 0;
    for (let n = 0; ; n += 1) {
      const o = this.octet(what);
      v = v * 128 + (o & 0x7f);
      if ((o & 0x80) === 0) break;
      if (n === 4) break;
    }
    const length = this.c.pos - at;
    if (v > 0xffffffff || (this.c.bytes[at + length - 1]! & 0x80) !== 0) {
      this.report(WBXML.integer, at, length, `${what} has more than 32 bits`);
    }
    if (length > 1 && this.c.bytes[at] === 0x80) {
      this.reportOnce(WBXML.longInteger, at, length, `${what} takes ${length} octets for ${v}`);
    }
    if (field !== null) this.c.rec?.leaf(field, at, length, v, text?.(v));
    return v;
  }

  /** Counts an element, attribute or text; stops when there are too many. */
  node(at: number): void {
    this.nodes += 1;
    if (this.nodes > NODE_BUDGET) this.stop(WBXML.budget, at, 0, `More than ${NODE_BUDGET} nodes`);
  }

  /** Octets of a string as text, counted against the budget. */
  text(start: number, end: number): string {
    const plain = this.charset === UTF8 ? shortAscii(this.c.bytes, start, end) : undefined;
    if (plain !== undefined) return this.spend(plain, start);
    const bytes = this.c.bytes.subarray(start, end);
    if (this.unstated && bytes.some((o) => o >= 0x80)) {
      this.reportOnce(
        WBXML.noCharset,
        start,
        end - start,
        'The character set is not stated; strings are read as UTF-8',
      );
    }
    if (this.charset !== undefined && !isReadable(this.charset)) {
      this.reportOnce(
        WBXML.unknownCharset,
        start,
        end - start,
        `${this.charset.name} can't be read here; strings are shown as ISO-8859-1`,
      );
      return this.spend(latin1(bytes), start);
    }
    const { text, misfit } = decodeText(bytes, this.charset);
    if (misfit) {
      if (this.charset === undefined) {
        this.reportOnce(
          WBXML.unknownCharset,
          start,
          end - start,
          'The character set is not known; strings are read as UTF-8 where they are that',
        );
      } else {
        this.misfits += 1;
        if (this.firstMisfit < 0) this.firstMisfit = start;
      }
    } else if (this.charset?.unit === 1 && this.charset.mib !== 106 && isMultibyteUtf8(bytes)) {
      this.multibyte += 1;
      if (this.firstMisfit < 0) this.firstMisfit = start;
    }
    return this.spend(text, start);
  }

  /** A string for the tree: nothing is counted or reported. */
  show(start: number, end: number): string {
    const bytes = this.c.bytes.subarray(start, end);
    return this.charset !== undefined && !isReadable(this.charset)
      ? latin1(bytes)
      : decodeText(bytes, this.charset).text;
  }

  /** Counts text against the budget. */
  spend(text: string, at: number): string {
    this.chars += text.length;
    if (this.chars > TEXT_BUDGET)
      this.stop(WBXML.budget, at, 0, `The strings add up to more than ${TEXT_BUDGET} characters`);
    return text;
  }

  /** Where the terminator of a string from `start` begins, or -1. */
  terminator(start: number, end: number): number {
    const unit = this.charset?.unit ?? 1;
    const b = this.c.bytes;
    if (unit === 1) {
      const at = b.indexOf(0, start);
      return at < end ? at : -1;
    }
    for (let i = start; i + unit <= end; i += unit) {
      let zeros = 0;
      while (zeros < unit && b[i + zeros] === 0) zeros += 1;
      if (zeros === unit) return i;
    }
    return -1;
  }

  /** termstr (5.8.4.1) at the cursor. */
  inline(): string {
    const at = this.c.pos;
    const end = this.terminator(at, this.c.end);
    if (end < 0) {
      this.c.pos = this.c.end;
      this.report(WBXML.unterminatedString, at, this.c.end - at, `The string at octet ${at} has no terminating zero`);
      // What runs on to the end is mostly not text: it says nothing about the character set.
      this.cut = true;
      return this.spend(this.show(at, this.c.end), at);
    }
    this.c.pos = end + (this.charset?.unit ?? 1);
    return this.text(at, end);
  }

  /** The string at an offset of the string table; offsets may point into the middle of one. */
  fromTable(offset: number, at: number, length: number): string {
    const known = this.tableTexts.get(offset);
    if (known !== undefined) return this.spend(known, at);
    const start = this.tableStart + offset;
    if (start >= this.tableEnd) {
      const size = this.tableEnd - this.tableStart;
      this.report(WBXML.stringTableIndex, at, length, `Offset ${offset} is behind the string table of ${size} octets`);
      return '';
    }
    const end = this.terminator(start, this.tableEnd);
    if (start > this.tableStart && (this.charset?.unit ?? 1) === 1 && this.c.bytes[start - 1] !== 0) {
      this.reportOnce(WBXML.middleReference, at, length, `Offset ${offset} is in the middle of a string`);
    }
    if (end < 0) {
      this.report(
        WBXML.unterminatedString,
        start,
        this.tableEnd - start,
        'The last string of the string table has no terminating zero',
      );
    }
    const text = this.text(start, end < 0 ? this.tableEnd : end);
    this.tableTexts.set(offset, text);
    return text;
  }

  /** Strings of the table that nothing referred to, when the whole document has been read. */
  tellUnused(): void {
    // A reference that went astray was meant for one of them.
    if (this.told.has(WBXML.stringTableIndex)) return;
    const used = [...this.tableTexts.keys()].map((offset) => this.tableStart + offset);
    let first: readonly [number, number] | null = null;
    let unused = 0;
    for (let at = this.tableStart; at < this.tableEnd; ) {
      const end = this.terminator(at, this.tableEnd);
      const next = end < 0 ? this.tableEnd : end + (this.charset?.unit ?? 1);
      // Filling octets are no strings.
      if (end !== at && !used.some((o) => o >= at && o < next)) {
        first ??= [at, next - at];
        unused += 1;
      }
      at = next;
    }
    if (first === null) return;
    const what = unused === 1 ? 'A string' : `${unused} strings`;
    this.report(
      WBXML.unusedString,
      first[0],
      first[1],
      `${what} of the string table ${unused === 1 ? 'is' : 'are'} not used`,
    );
  }

  /** Judges the character set when all strings have been seen. */
  judgeCharset(): void {
    const name = this.charset?.name ?? 'the character set';
    if (this.misfits > 0) {
      this.report(
        WBXML.charsetMismatch,
        this.firstMisfit,
        1,
        `${count(this.misfits, 'string')} not ${name}, as the header says`,
      );
    } else if (this.multibyte > 0) {
      this.report(
        WBXML.charsetMismatch,
        this.firstMisfit,
        1,
        `${count(this.multibyte, 'string')} well-formed UTF-8 while the header says ${name}; shown as the header says`,
      );
    }
  }
}

const count = (n: number, what: string): string => (n === 1 ? `1 ${what} is` : `${n} ${what}s are`);
