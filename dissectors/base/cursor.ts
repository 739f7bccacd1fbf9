// The cursor every decoder stands on: it cannot read past its window, and whoever reads short is told once.

import type { Finding, RangeOf, Rule } from '../../captures/finding.ts';
import type { Field } from './fields.ts';
import type { Recorder } from './recorder.ts';

const SHORT = Symbol('read past the end of the window');

export const TRUNCATED: Rule = {
  code: 'BASE-TRUNCATED',
  severity: 'error',
  title: 'The bytes end before the structure they hold',
  clause: 'the clause of the layer that was being read',
};

/** Reads a window [pos, end) of `bytes`. Big-endian unless a field says `little`. */
export class Cursor {
  bytes: Uint8Array;
  pos: number;
  end: number;
  readonly rec: Recorder | null;
  readonly findings: Finding[];
  /** What positions in findings count in. */
  readonly of: RangeOf;

  constructor(
    bytes: Uint8Array,
    pos = 0,
    end = bytes.length,
    rec: Recorder | null = null,
    findings: Finding[] = [],
    of: RangeOf = 'frame',
  ) {
    this.bytes = bytes;
    this.pos = pos;
    this.end = end;
    this.rec = rec;
    this.findings = findings;
    this.of = of;
  }

  /** Points the same cursor at other bytes: the hot path allocates nothing. */
  reset(bytes: Uint8Array, pos: number, end: number): this {
    this.bytes = bytes;
    this.pos = pos;
    this.end = end;
    return this;
  }

  get left(): number {
    return this.end - this.pos;
  }

  u8(f: Field<'u8'>): number {
    const at = this.pos;
    if (this.end - at < 1) throw SHORT;
    this.pos = at + 1;
    const v = this.bytes[at]!;
    if (this.rec !== null) this.rec.leaf(f, at, 1, v);
    return v;
  }

  u16(f: Field<'u16'>): number {
    const at = this.pos;
    if (this.end - at < 2) throw SHORT;
    this.pos = at + 2;
    const b = this.bytes;
    const v = f.little === true ? b[at]! | (b[at + 1]! << 8) : (b[at]! << 8) | b[at + 1]!;
    if (this.rec !== null) this.rec.leaf(f, at, 2, v);
    return v;
  }

  u24(f: Field<'u24'>): number {
    const at = this.pos;
    if (this.end - at < 3) throw SHORT;
    this.pos = at + 3;
    const b = this.bytes;
    const v = (b[at]! << 16) | (b[at + 1]! << 8) | b[at + 2]!;
    if (this.rec !== null) this.rec.leaf(f, at, 3, v);
    return v;
  }

  u32(f: Field<'u32'>): number {
    const at = this.pos;
    if (this.end - at < 4) throw SHORT;
    this.pos = at + 4;
    const b = this.bytes;
    const v =
      f.little === true
        ? (b[at]! | (b[at + 1]! << 8) | (b[at + 2]! << 16) | (b[at + 3]! << 24)) >>> 0
        : ((b[at]! << 24) | (b[at + 1]! << 16) | (b[at + 2]! << 8) | b[at + 3]!) >>> 0;
    if (this.rec !== null) this.rec.leaf(f, at, 4, v);
    return v;
  }

  /** The next n octets, borrowed from the buffer. */
  raw(f: Field<'bytes'>, n: number): Uint8Array {
    const at = this.take(n);
    const v = this.bytes.subarray(at, at + n);
    if (this.rec !== null) this.rec.leaf(f, at, n, v);
    return v;
  }

  /** Moves over n octets and returns where they began; unlike `raw`, no view is made unless somebody records. */
  span(f: Field<'bytes' | 'address'>, n: number): number {
    const at = this.take(n);
    if (this.rec !== null) this.rec.leaf(f, at, n, this.bytes.subarray(at, at + n));
    return at;
  }

  /** Looks ahead without moving; undefined past the window. */
  peek(ahead = 0): number | undefined {
    const at = this.pos + ahead;
    return at < this.end ? this.bytes[at] : undefined;
  }

  skip(n: number): void {
    this.take(n);
  }

  /** The next n octets as a cursor of their own; it can't see past them. This one moves behind them. */
  window(n: number): Cursor {
    const at = this.take(n);
    return new Cursor(this.bytes, at, at + n, this.rec, this.findings, this.of);
  }

  /** As `window`, but takes what there is when fewer than n octets are left. */
  windowUpTo(n: number): Cursor {
    return this.window(Math.min(n, this.left));
  }

  /** Moves over n octets and returns where they began; ends the layer when they are not there. */
  take(n: number): number {
    if (n < 0 || n > this.end - this.pos) throw SHORT;
    const at = this.pos;
    this.pos += n;
    return at;
  }

  report(rule: Rule, start: number, length: number, message: string): void {
    this.findings.push({ rule, message, of: this.of, start, length });
  }

  /** Opens a group in the tree; the callback reads its children. The group is closed even when the bytes run out. */
  group<T>(f: Field<'group'>, text: string | undefined, read: () => T, label?: (out: T) => string): T {
    if (this.rec === null) return read();
    const row = this.rec.open(f, this.pos, text);
    try {
      const out = read();
      this.rec.close(row, this.pos, label?.(out));
      return out;
    } catch (e) {
      this.rec.close(row, this.pos);
      throw e;
    }
  }
}

/** The one place that catches: what was read stays, and the shortage becomes a finding. */
export function runLayer<T>(c: Cursor, decode: (c: Cursor) => T): T | undefined {
  try {
    return decode(c);
  } catch (e) {
    if (e !== SHORT) throw e;
    c.report(TRUNCATED, c.pos, c.left, `${c.left} octets left where more were announced`);
    c.pos = c.end;
    return undefined;
  }
}
