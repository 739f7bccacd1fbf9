// Text as code units with the octets behind them.

import type { Cursor } from '../../base/cursor.ts';
import { type Charset, charsetByMib, charsetByName, decodeText, isReadable, UTF8 } from '../charset.ts';

/** What a text says of its own character set. */
export interface TextForm {
  readonly charset: Charset;
  /** Name in the XML declaration that is not known, or null. */
  readonly unknown: string | null;
  /** Octets of the byte order mark. */
  readonly mark: number;
}

/** XML 1.0 Appendix F and 4.3.3: mark, declaration, transport, UTF-8. */
export function detectForm(c: Cursor, transportCharset: number | null): TextForm {
  const b = (i: number): number | undefined => c.peek(i);
  if (b(0) === 0xef && b(1) === 0xbb && b(2) === 0xbf) return { charset: UTF8, unknown: null, mark: 3 };
  const be = charsetByMib(1013) ?? UTF8;
  const le = charsetByMib(1014) ?? UTF8;
  if (b(0) === 0xfe && b(1) === 0xff) return { charset: be, unknown: null, mark: 2 };
  if (b(0) === 0xff && b(1) === 0xfe) return { charset: le, unknown: null, mark: 2 };
  if (b(0) === 0 && b(1) === 0x3c) return { charset: be, unknown: null, mark: 0 };
  if (b(0) === 0x3c && b(1) === 0) return { charset: le, unknown: null, mark: 0 };
  let head = '';
  for (let i = 0; i < 200 && b(i) !== undefined; i += 1) head += String.fromCharCode(b(i)!);
  const name = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(head)?.[1];
  const stated = name === undefined ? undefined : charsetByName(name);
  const transport = transportCharset === null ? undefined : charsetByMib(transportCharset);
  // A declaration that could be read octet by octet names no two-octet character set truthfully.
  const usable = (x: Charset | undefined): x is Charset => x !== undefined && x.unit === 1 && isReadable(x);
  const charset = usable(stated) ? stated : usable(transport) ? transport : UTF8;
  return { charset, unknown: name !== undefined && !usable(stated) ? name : null, mark: 0 };
}

/**
 * A window of text. Markup characters are the same octets in all character sets of one-octet units read here, so
 * positions are octets and only what lies between markup is decoded.
 */
export class Scanner {
  readonly c: Cursor;
  readonly charset: Charset;
  readonly unit: 1 | 2 | 4;
  misfits = 0;
  firstMisfit = -1;

  constructor(c: Cursor, form: TextForm) {
    this.c = c;
    this.charset = form.charset;
    this.unit = form.charset.unit;
  }

  get pos(): number {
    return this.c.pos;
  }

  get ended(): boolean {
    return this.c.left < this.unit;
  }

  /** Code of the character `ahead` code units on, -1 past the end. */
  peek(ahead = 0): number {
    const at = this.c.pos + ahead * this.unit;
    if (at + this.unit > this.c.end) return -1;
    const b = this.c.bytes;
    if (this.unit === 1) return b[at]!;
    return this.charset.mib === 1014 ? b[at]! | (b[at + 1]! << 8) : (b[at]! << 8) | b[at + 1]!;
  }

  next(): number {
    const v = this.peek();
    this.c.pos = Math.min(this.c.pos + this.unit, this.c.end);
    return v;
  }

  skip(n: number): void {
    this.c.pos = Math.min(this.c.pos + n * this.unit, this.c.end);
  }

  /** Does the text go on with these ASCII characters? */
  at(word: string): boolean {
    for (let i = 0; i < word.length; i += 1) if (this.peek(i) !== word.charCodeAt(i)) return false;
    return true;
  }

  space(): boolean {
    const from = this.c.pos;
    while (isSpace(this.peek())) this.skip(1);
    return this.c.pos > from;
  }

  /** Moves to the next of these ASCII characters, or the end; returns whether it is there. */
  until(stops: string): boolean {
    for (; !this.ended; this.skip(1)) if (stops.includes(String.fromCharCode(this.peek()))) return true;
    this.c.pos = this.c.end;
    return false;
  }

  /** Moves behind a word; false: it does not come, and the window is at its end. */
  past(word: string): boolean {
    for (; !this.ended; this.skip(1)) {
      if (this.at(word)) {
        this.skip(word.length);
        return true;
      }
    }
    this.c.pos = this.c.end;
    return false;
  }

  /** Text for the tree: nothing is counted. */
  show(start: number, end: number): string {
    return decodeText(this.c.bytes.subarray(start, end), this.charset).text;
  }

  slice(start: number, end: number): string {
    const { text, misfit } = decodeText(this.c.bytes.subarray(start, end), this.charset);
    if (misfit) {
      this.misfits += 1;
      if (this.firstMisfit < 0) this.firstMisfit = start;
    }
    return text;
  }
}

export const isSpace = (ch: number): boolean => ch === 0x20 || ch === 0x09 || ch === 0x0a || ch === 0x0d;

/** Octets above 0x7F are taken for letters; the names that matter are ASCII. */
export const isNameChar = (ch: number): boolean =>
  ch >= 0x80 ||
  (ch >= 0x61 && ch <= 0x7a) ||
  (ch >= 0x41 && ch <= 0x5a) ||
  (ch >= 0x30 && ch <= 0x3a) ||
  ch === 0x2d ||
  ch === 0x2e ||
  ch === 0x5f;
