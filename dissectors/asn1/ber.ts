// Basic encoding rules over a cursor: elements are found where they lie, nothing is copied, and a tree is built only for
// a recorder. A general library would build objects for every element of every message of a signalling link.

import { Cursor } from '../base/cursor.ts';
import type { Field } from '../base/fields.ts';
import type { Value } from '../base/recorder.ts';
import { berFields as f } from './fields.ts';
import { berRules } from './rules.ts';

export interface Element {
  /** Identifier octets as one number: 0x30, 0xa1, 0x9f69. */
  readonly tag: number;
  readonly constructed: boolean;
  /** Of the identifier. */
  readonly at: number;
  /** Contents are [start, end) of the cursor's buffer. */
  readonly start: number;
  readonly end: number;
  /** Behind the element, its end-of-contents octets included. */
  readonly next: number;
}

/** X.690 8.1.2.4: identifiers of more octets are read as far as this. */
const MOST_IDENTIFIER_OCTETS = 4;
/** Elements of indefinite length inside one another. */
const MOST_NESTED = 32;

const CONSTRUCTED = 0x20;
const LONG_IDENTIFIER = 0x1f;

/**
 * X.690 8.1: reads identifier and length of the next element; the cursor then stands at its contents, which end within
 * its window whatever the length says. Ends the layer where identifier or length are cut.
 */
export function readElement(c: Cursor): Element {
  const at = c.pos;
  const first = c.bytes[c.take(1)]!;
  let tag = first;
  if ((first & LONG_IDENTIFIER) === LONG_IDENTIFIER) {
    let more = 0x80;
    for (let n = 1; (more & 0x80) !== 0 && n < MOST_IDENTIFIER_OCTETS; n++) {
      more = c.bytes[c.take(1)]!;
      tag = tag * 256 + more;
    }
  }
  const constructed = (first & CONSTRUCTED) !== 0;
  const length = readLength(c);
  const start = c.pos;
  if (length < 0) return indefinite(c, tag, at);
  const end = Math.min(start + length, c.end);
  if (start + length > c.end) {
    c.report(berRules.length, at, start - at, `${length} octets announced, ${c.end - start} are there`);
  }
  return { tag, constructed, at, start, end, next: end };
}

/** X.690 8.1.3; -1: indefinite. */
function readLength(c: Cursor): number {
  const first = c.bytes[c.take(1)]!;
  if (first < 0x80) return first;
  if (first === 0x80) return -1;
  const at = c.take(first & 0x7f);
  let length = 0;
  for (let i = at; i < c.pos; i++) length = Math.min(length * 256 + c.bytes[i]!, Number.MAX_SAFE_INTEGER / 512);
  return length;
}

function indefinite(c: Cursor, tag: number, at: number): Element {
  const start = c.pos;
  const end = endOfContents(c.bytes, start, c.end, 0);
  if (end >= 0) return { tag, constructed: true, at, start, end, next: end + 2 };
  c.report(berRules.indefinite, at, start - at, 'no end-of-contents octets');
  return { tag, constructed: true, at, start, end: c.end, next: c.end };
}

/** Where the end-of-contents octets of an element begin whose contents begin at `from`; -1: nowhere. */
function endOfContents(b: Uint8Array, from: number, end: number, depth: number): number {
  if (depth > MOST_NESTED) return -1;
  for (let at = from; at + 2 <= end; ) {
    if (b[at] === 0 && b[at + 1] === 0) return at;
    let p = at + 1;
    if ((b[at]! & LONG_IDENTIFIER) === LONG_IDENTIFIER) while (p < end && (b[p++]! & 0x80) !== 0);
    if (p >= end) return -1;
    const first = b[p++]!;
    if (first === 0x80) {
      const inner = endOfContents(b, p, end, depth + 1);
      if (inner < 0) return -1;
      at = inner + 2;
      continue;
    }
    let length = first;
    if (first > 0x80) {
      length = 0;
      for (let i = 0; i < (first & 0x7f); i++) length = length * 256 + (b[p++] ?? 0);
    }
    at = p + length;
  }
  return -1;
}

/** The identifier octet of the next element, without moving; -1 where there is none. */
export const peekTag = (c: Cursor): number => c.peek() ?? -1;

/** The contents of an element as a cursor of their own. */
export const contents = (c: Cursor, e: Element): Cursor => new Cursor(c.bytes, e.start, e.end, c.rec, c.findings, c.of);

/** Tells the recorder the whole element as one value. */
export function leaf(c: Cursor, field: Field, e: Element, value: Value, text?: string): void {
  if (c.rec !== null) c.rec.leaf(field, e.at, e.next - e.at, value, text);
}

/** Tells the recorder the whole element as its octets. */
export function octetsLeaf(c: Cursor, field: Field<'bytes'>, e: Element): void {
  if (c.rec !== null) c.rec.leaf(field, e.at, e.next - e.at, c.bytes.subarray(e.start, e.end));
}

/** Tells the recorder an element that nobody reads. */
export function unread(c: Cursor, e: Element): void {
  if (c.rec === null) return;
  const bytes = c.bytes.subarray(e.start, e.end);
  c.rec.leaf(f.element, e.at, e.next - e.at, bytes, `[${tagText(e.tag)}] ${octetsText(bytes)}`);
}

/** Opens a group for an element, reads its contents, and moves behind it. */
export function inside<T>(
  c: Cursor,
  field: Field<'group'>,
  e: Element,
  read: (body: Cursor) => T,
  label?: (out: T) => string,
): T {
  const rec = c.rec;
  if (rec === null) {
    const out = read(contents(c, e));
    c.pos = e.next;
    return out;
  }
  const row = rec.open(field, e.at);
  let text: string | undefined;
  try {
    rec.leaf(f.header, e.at, e.start - e.at, c.bytes.subarray(e.at, e.start), tagText(e.tag));
    const out = read(contents(c, e));
    text = label?.(out);
    if (e.next > e.end) rec.leaf(f.endOfContents, e.end, e.next - e.end, c.bytes.subarray(e.end, e.next));
    c.pos = e.next;
    return out;
  } finally {
    rec.close(row, e.next, text);
  }
}

/**
 * Reads element after element to the end of the window. `read` says whether it knew the one it got; what it did not is
 * told to the recorder as it is.
 */
export function eachElement(c: Cursor, read: (e: Element) => boolean): void {
  while (c.left > 0) {
    const e = readElement(c);
    if (!read(e)) unread(c, e);
    c.pos = e.next;
  }
}

const CLASSES = ['universal', 'application', 'context', 'private'];

/** 'context 1', 'universal 16'. */
export function tagText(tag: number): string {
  let first = tag;
  let number = tag & LONG_IDENTIFIER;
  if (tag > 0xff) {
    number = 0;
    const octets = tag > 0xff_ffff ? 3 : tag > 0xffff ? 2 : 1;
    for (let i = octets - 1; i >= 0; i--) number = number * 128 + (Math.floor(tag / 256 ** i) & 0x7f);
    first = Math.floor(tag / 256 ** octets);
  }
  return `${CLASSES[first >> 6]} ${number}`;
}

const SHOWN = 32;

function octetsText(b: Uint8Array): string {
  const shown = Array.from(b.subarray(0, SHOWN), (v) => v.toString(16).toUpperCase().padStart(2, '0')).join(' ');
  return b.length > SHOWN ? `${shown} … ${b.length} octets` : shown;
}
