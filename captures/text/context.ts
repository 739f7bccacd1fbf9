// What the recognisers of one file share: where records and findings go, and what time it is in the log.

import type { Finding, Rule } from '../finding.ts';
import type { LogIdentity, LogRecord, RecordContent } from '../reader.ts';
import { Clock, type Moment, readTime, type TimeRead } from './clock.ts';
import { byteAt, type Line } from './lines.ts';
import { RULES } from './rules.ts';
import type { Shape } from './shape.ts';

const MAX_FINDINGS = 1000;
/** Lines for which a time read from a line holds for those after it without one. */
const TIME_HOLDS = 16;

/** A record before it has its number and its time on the reader's base. */
export interface Draft {
  readonly content: RecordContent;
  readonly bytes: Uint8Array;
  /** Byte range in the file. */
  readonly at: number;
  readonly end: number;
  readonly label: string;
  /** Where the log has a time of its own for the record. */
  readonly moment?: Moment | null | undefined;
  /** Service centre time stamp, used where the log has no times. */
  readonly scts?: Moment | undefined;
  readonly direction?: 'mt' | 'mo' | undefined;
  readonly udhi?: boolean | undefined;
  readonly dcs?: number | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly smsc?: string | undefined;
  readonly imsi?: string | undefined;
}

/** What `draft` takes from a PDU's shape. */
export const fromShape = (s: Shape): Pick<Draft, 'content' | 'direction' | 'udhi' | 'dcs' | 'scts'> => ({
  content: s.content,
  direction: s.direction,
  udhi: s.udhi,
  dcs: s.dcs,
  scts: s.scts,
});

export class LogContext {
  readonly findings: Finding[];
  readonly identities: LogIdentity[] = [];
  readonly clock: Clock;
  /** Records since the last batch. */
  records: LogRecord[] = [];
  /** Records given so far. */
  count = 0;
  /** Absolute time of 0. */
  base: Moment | null = null;
  /** True once a batch without base was given: later times are left out. */
  timeless = false;
  /** File size when its last line had no end; set before the recognisers are told of the end. */
  cutAt: number | null = null;
  /** File size when that line was inside a record. */
  truncatedAt: number | null = null;
  readonly unknownHex = { count: 0, line: 0, at: 0, length: 0 };
  private readonly told = new Set<string>();
  private dropped = 0;
  private held: Moment | null = null;
  private heldLine = Number.NEGATIVE_INFINITY;
  private imsi: string | undefined;

  constructor(findings: Finding[] = []) {
    this.findings = findings;
    this.clock = new Clock((rule, at, length, message) => this.once(rule, at, length, message));
  }

  report(rule: Rule, start: number, length: number, message: string): void {
    if (this.findings.length < MAX_FINDINGS) {
      this.findings.push({ rule, message, of: 'file', start, length });
    } else this.dropped += 1;
  }

  once(rule: Rule, start: number, length: number, message: string): void {
    if (this.told.has(rule.code)) return;
    this.told.add(rule.code);
    this.findings.push({ rule, message, of: 'file', start, length });
  }

  /** Notes the time at the start of a line; returns the characters it took, 0 where there is none. */
  lineTime(line: Line): number {
    const t = readTime(line.text);
    if (t === undefined) return 0;
    this.hold(t, line);
    return t.end;
  }

  hold(t: TimeRead, line: Line): void {
    this.held = this.clock.place(t, byteAt(line, t.start), (t.end - t.start) * line.unit);
    this.heldLine = line.number;
    this.setBase(this.held);
  }

  /** Time in force at a line. */
  timeAt(lineNumber: number): Moment | null {
    return lineNumber - this.heldLine <= TIME_HOLDS ? this.held : null;
  }

  hexUnknown(line: Line): void {
    const u = this.unknownHex;
    if (u.count === 0) Object.assign(u, { line: line.number, at: line.at, length: line.text.length * line.unit });
    u.count += 1;
  }

  /** The record that began at `at` is cut off by the end of the file. */
  cutInside(at: number): void {
    if (this.cutAt === null) return;
    this.truncatedAt = this.cutAt;
    this.once(RULES.fileCut, at, this.cutAt - at, 'The file ends inside its last record.');
  }

  identity(imsi: string, line: Line, at: number, label: string): void {
    this.imsi = imsi;
    if (this.identities.length < MAX_FINDINGS && this.identities.at(-1)?.imsi !== imsi) {
      const m = this.timeAt(line.number);
      const time = m === null ? Number.NaN : this.sinceBase(m);
      this.identities.push({ imsi, time, offset: byteAt(line, at), length: imsi.length * line.unit, label });
    }
  }

  record(d: Draft): void {
    const imsi = d.imsi ?? this.imsi;
    this.count += 1;
    this.records.push({
      number: this.count,
      time: this.relative(this.momentFor(d), d),
      content: d.content,
      bytes: d.bytes,
      offset: d.at,
      length: d.end - d.at,
      ...(d.direction === undefined ? {} : { direction: d.direction }),
      ...(d.udhi === undefined ? {} : { udhi: d.udhi }),
      ...(d.dcs === undefined ? {} : { dcs: d.dcs }),
      ...(d.from === undefined || d.from === '' ? {} : { from: d.from }),
      ...(d.to === undefined || d.to === '' ? {} : { to: d.to }),
      ...(d.smsc === undefined || d.smsc === '' ? {} : { smsc: d.smsc }),
      ...(imsi === undefined ? {} : { imsi }),
      label: d.label,
    });
  }

  /** What can only be said at the end of the file. */
  close(): void {
    const u = this.unknownHex;
    if (u.count > 0) {
      const lines = u.count === 1 ? '1 line of hex is' : `${u.count} lines of hex are`;
      this.once(RULES.hexUnknown, u.at, u.length, `${lines} no message; the first is line ${u.line}.`);
    }
    if (this.dropped > 0) this.once(RULES.budget, 0, 0, `${this.dropped} more findings are not listed.`);
  }

  /** Absolute nanoseconds of time 0. */
  get baseNanoseconds(): bigint | null {
    return this.base === null ? null : BigInt(this.base.sec) * 1_000_000_000n + BigInt(this.base.ns);
  }

  private momentFor(d: Draft): Moment | null {
    if (d.moment !== undefined && d.moment !== null) return d.moment;
    if (d.scts === undefined || this.clock.partial) return null;
    if (!this.clock.seen) {
      this.once(RULES.fromScts, d.at, d.end - d.at, 'The log has no times: those of the service centre are shown.');
    }
    return d.scts;
  }

  private relative(m: Moment | null, d: Draft): number {
    if (m === null) return Number.NaN;
    if (this.base === null && this.timeless) {
      this.once(RULES.timeLate, d.at, d.end - d.at, 'Times begin late in this file; they are left out.');
      return Number.NaN;
    }
    this.setBase(m);
    return this.sinceBase(m);
  }

  private sinceBase(m: Moment): number {
    return this.base === null ? Number.NaN : (m.sec - this.base.sec) * 1e9 + (m.ns - this.base.ns);
  }

  private setBase(m: Moment): void {
    if (this.base === null && !this.timeless) this.base = m;
  }
}

/** One kind of log. Lines are offered in order; whoever takes one says so. */
export interface Recogniser {
  /** Waits for what follows: every line is offered while it does. */
  readonly busy: boolean;
  /** Hints without which a line is not offered, unless it is waited for. */
  readonly wants: number;
  /** `from`: first character behind the time. True: the line is taken. */
  line(l: Line, from: number): boolean;
  /** The line went to another. */
  passed?(): void;
  /** The file ends. */
  end(): void;
}
