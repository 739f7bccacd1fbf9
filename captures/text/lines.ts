// A stream of blocks as lines: LF, CRLF or CR, one octet or two a character, bounded in length.

/** Characters read of one line; what follows up to the line's end is skipped. */
export const MAX_LINE = 1 << 18;

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

export interface Line {
  /** One character an octet, or one a UTF-16 unit, so that positions lead back to the file. No line end. */
  readonly text: string;
  /** Byte position of the first character. */
  readonly at: number;
  /** Octets a character: 1 or 2. */
  readonly unit: 1 | 2;
  /** 1-based. */
  readonly number: number;
}

/** Byte position of character `i` of a line. */
export const byteAt = (l: Line, i: number): number => l.at + i * l.unit;

const LF = 0x0a;
const CR = 0x0d;

export function octetsToText(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let i = start; i < end; i += 8192) {
    text += String.fromCharCode.apply(null, bytes.subarray(i, Math.min(i + 8192, end)) as unknown as number[]);
  }
  return text;
}

/** Text as people wrote it: the octets of a `Line` read as UTF-8 where they are. */
export function readable(text: string, unit: 1 | 2): string {
  if (unit === 2) return text;
  for (let i = 0; i < text.length; i += 1) {
    if (text.charCodeAt(i) > 0x7f) return new TextDecoder('utf-8').decode(textToOctets(text));
  }
  return text;
}

export function textToOctets(text: string): Uint8Array {
  const out = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) out[i] = text.charCodeAt(i);
  return out;
}

/** Where lines go. Octets are borrowed until the call returns. */
export interface LineSink {
  /** Octets [start, end) of `bytes`; `at` is the byte position of `start` in the file. */
  line(bytes: Uint8Array, start: number, end: number, at: number): void;
  /** The line at `at` was cut at MAX_LINE. */
  tooLong(at: number): void;
}

/** Splits 8-bit text. What a block leaves unfinished waits, at most MAX_LINE octets. */
export class LineSplitter {
  private readonly sink: LineSink;
  private carry = new Uint8Array(1024);
  private carried = 0;
  private carriedAt = 0;
  private afterCr = false;
  private skipping = false;

  constructor(sink: LineSink) {
    this.sink = sink;
  }

  push(block: Uint8Array, at: number): void {
    let start = 0;
    if (this.afterCr && block.length > 0) {
      this.afterCr = false;
      if (block[0] === LF) start = 1;
    }
    const n = block.length;
    for (let i = start; i < n; i += 1) {
      const c = block[i]!;
      if (c !== LF && c !== CR) continue;
      this.end(block, start, i, at);
      if (c === CR) {
        if (i + 1 === n) this.afterCr = true;
        else if (block[i + 1] === LF) i += 1;
      }
      start = i + 1;
    }
    if (start < n) this.keep(block, start, n, at);
  }

  /** True when the last line had no end. */
  finish(): boolean {
    if (this.carried === 0 && !this.skipping) return false;
    this.end(new Uint8Array(0), 0, 0, 0);
    return true;
  }

  private end(block: Uint8Array, start: number, end: number, at: number): void {
    if (this.skipping) {
      this.skipping = false;
      return;
    }
    if (this.carried === 0) {
      const whole = Math.min(end, start + MAX_LINE);
      this.sink.line(block, start, whole, at + start);
      if (whole < end) this.sink.tooLong(at + start);
      return;
    }
    const lineAt = this.carriedAt;
    this.keep(block, start, end, at);
    if (this.skipping) {
      this.skipping = false;
      return;
    }
    const length = this.carried;
    this.carried = 0;
    this.sink.line(this.carry, 0, length, lineAt);
  }

  private keep(block: Uint8Array, start: number, end: number, at: number): void {
    if (this.skipping) return;
    if (this.carried === 0) this.carriedAt = at + start;
    const take = Math.min(end - start, MAX_LINE - this.carried);
    if (this.carried + take > this.carry.length) {
      const grown = new Uint8Array(Math.min(MAX_LINE, Math.max(this.carry.length * 2, this.carried + take)));
      grown.set(this.carry.subarray(0, this.carried));
      this.carry = grown;
    }
    this.carry.set(block.subarray(start, start + take), this.carried);
    this.carried += take;
    if (take < end - start) {
      const length = this.carried;
      this.carried = 0;
      this.skipping = true;
      this.sink.line(this.carry, 0, length, this.carriedAt);
      this.sink.tooLong(this.carriedAt);
    }
  }
}

/** Splits UTF-16 text; characters go to `sink` two octets each, as the file has them. */
export class WideSplitter {
  private readonly big: boolean;
  private readonly sink: (text: string, at: number) => void;
  private readonly tooLong: (at: number) => void;
  private parts: string[] = [];
  private length = 0;
  private at = 0;
  private half: number | null = null;
  private halfAt = 0;
  private afterCr = false;
  private skipping = false;

  constructor(big: boolean, sink: (text: string, at: number) => void, tooLong: (at: number) => void) {
    this.big = big;
    this.sink = sink;
    this.tooLong = tooLong;
  }

  push(block: Uint8Array, at: number): void {
    let i = 0;
    let run: number[] = [];
    const flush = () => {
      if (run.length === 0) return;
      this.parts.push(String.fromCharCode.apply(null, run));
      run = [];
    };
    const unit = (u: number, where: number) => {
      if (this.afterCr) {
        this.afterCr = false;
        if (u === LF) return;
      }
      if (u === LF || u === CR) {
        flush();
        this.end(where);
        this.afterCr = u === CR;
        return;
      }
      if (this.skipping) return;
      if (this.length === 0) this.at = where;
      run.push(u);
      this.length += 1;
      if (run.length >= 4096) flush();
      if (this.length < MAX_LINE) return;
      flush();
      this.end(where);
      this.tooLong(this.at);
      this.skipping = true;
    };
    if (this.half !== null && block.length > 0) {
      unit(this.join(this.half, block[0]!), this.halfAt);
      this.half = null;
      i = 1;
    }
    for (; i + 1 < block.length; i += 2) unit(this.join(block[i]!, block[i + 1]!), at + i);
    if (i < block.length) {
      this.half = block[i]!;
      this.halfAt = at + i;
    }
    flush();
  }

  finish(): boolean {
    if (this.length === 0) return false;
    this.end(this.at);
    return true;
  }

  private join(a: number, b: number): number {
    return this.big ? (a << 8) | b : (b << 8) | a;
  }

  private end(where: number): void {
    if (this.skipping) {
      this.skipping = false;
      return;
    }
    const text = this.parts.join('');
    const at = this.length === 0 ? where : this.at;
    this.parts = [];
    this.length = 0;
    this.sink(text, at);
  }
}
