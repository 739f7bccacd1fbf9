// When a log line was written. The log says it, or nobody does: no clock of ours is asked.

import type { Rule } from '../finding.ts';
import { RULES } from './rules.ts';

/** Seconds since 1970 and nanoseconds on top. */
export interface Moment {
  readonly sec: number;
  readonly ns: number;
}

export type TimeKind = 'full' | 'no-year' | 'time-of-day';

export interface TimeRead {
  readonly moment: Moment;
  readonly kind: TimeKind;
  readonly zoned: boolean;
  /** Date with slashes whose order was a guess. */
  readonly guessed: boolean;
  /** Characters [start, end) of the text. */
  readonly start: number;
  readonly end: number;
}

const MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec';
const MONTH = '(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*';
const HMS = '(\\d\\d):(\\d\\d):(\\d\\d)(?:[.,](\\d{1,9}))?';
const ZONE = '(?:\\s{0,2}(Z|UTC|GMT|[+-]\\d\\d:?\\d\\d)(?![\\d:]))?';

const sticky = (source: string): RegExp => new RegExp(source, 'iy');

/** 2026-11-23 11:19:38.123 +0100; Kannel, ISO 8601, logcat -v year. */
const ISO = sticky(`(\\d{4})[-/.](\\d\\d)[-/.](\\d\\d)(?:T|[ ,_]{1,2})${HMS}${ZONE}`);
/** [23/Nov/2026:11:19:38 +0100]; access logs. */
const ACCESS = sticky(`(\\d\\d)[/-]${MONTH}[/-](\\d{4})[: ]${HMS}${ZONE}`);
/** 23.11.2026 11:19:38 and 23/11/2026 11:19:38. */
const DAY_FIRST = sticky(`(\\d{1,2})([./])(\\d{1,2})\\2(\\d{4}),? ${HMS}${ZONE}`);
/** 11-23 11:19:38.123; logcat. */
const LOGCAT = sticky(`(\\d\\d)-(\\d\\d) ${HMS}${ZONE}`);
/** Nov 23 11:19:38, Mon Nov 23 11:19:38 2026; syslog, ctime. */
const SYSLOG = sticky(`(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?${MONTH} {1,2}(\\d{1,2}) ${HMS}(?: (\\d{4})(?!\\d))?`);
/** 11:19:38.123 alone. */
const CLOCK = sticky(`${HMS}(?![\\d:])`);
/** 20100114T204215; gammu. */
const COMPACT = sticky(`(\\d{4})(\\d\\d)(\\d\\d)[T ](\\d\\d):?(\\d\\d):?(\\d\\d)(?:[.,](\\d{1,9}))?${ZONE}`);
/** 1700000000.123; logcat -v epoch. */
const EPOCH = sticky('(1\\d{9})\\.(\\d{3,9})(?=[\\s\\]:,]|$)');

const monthOf = (name: string): number => MONTHS.indexOf(name.slice(0, 3).toLowerCase()) / 3 + 1;

const fraction = (digits: string | undefined): number => (digits === undefined ? 0 : Number(digits.padEnd(9, '0')));

/** Minutes east; undefined where the log gives no zone. */
function zoneMinutes(zone: string | undefined): number | undefined {
  if (zone === undefined) return undefined;
  const parts = /([+-])(\d\d):?(\d\d)/.exec(zone);
  if (parts === null) return 0;
  const minutes = Number(parts[2]) * 60 + Number(parts[3]);
  return parts[1] === '-' ? -minutes : minutes;
}

/** Undefined for a date or time that does not exist. */
export function momentOf(
  date: readonly [year: number, month: number, day: number],
  time: readonly [hour: string | undefined, minute: string | undefined, second: string | undefined],
  subsecond?: string,
  zone?: number,
): Moment | undefined {
  const [hour, minute, second] = [Number(time[0]), Number(time[1]), Number(time[2])];
  const [year, month, day] = date;
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) return undefined;
  const sec = Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
  return Number.isNaN(sec) ? undefined : { sec: sec - (zone ?? 0) * 60, ns: fraction(subsecond) };
}

type Reading = Pick<TimeRead, 'kind' | 'zoned' | 'guessed'> & { readonly moment: Moment | undefined };

const full = (moment: Moment | undefined, zoned: boolean, guessed = false): Reading => ({
  moment,
  kind: 'full',
  zoned,
  guessed,
});

function isoReading(m: RegExpExecArray): Reading {
  const zone = zoneMinutes(m[8]);
  return full(momentOf([Number(m[1]), Number(m[2]), Number(m[3])], [m[4], m[5], m[6]], m[7], zone), zone !== undefined);
}

function dayFirstReading(m: RegExpExecArray): Reading {
  const zone = zoneMinutes(m[9]);
  const slashes = m[2] === '/';
  const monthFirst = slashes && Number(m[3]) > 12;
  const [day, month] = monthFirst ? [Number(m[3]), Number(m[1])] : [Number(m[1]), Number(m[3])];
  const guessed = slashes && day <= 12 && month <= 12 && day !== month;
  return full(momentOf([Number(m[4]), month, day], [m[5], m[6], m[7]], m[8], zone), zone !== undefined, guessed);
}

const FORMS: readonly (readonly [RegExp, (m: RegExpExecArray) => Reading])[] = [
  [ISO, isoReading],
  [COMPACT, isoReading],
  [
    LOGCAT,
    (m) => {
      const zone = zoneMinutes(m[7]);
      const moment = momentOf([1970, Number(m[1]), Number(m[2])], [m[3], m[4], m[5]], m[6], zone);
      return { moment, kind: 'no-year', zoned: zone !== undefined, guessed: false };
    },
  ],
  [DAY_FIRST, dayFirstReading],
  [
    ACCESS,
    (m) => {
      const zone = zoneMinutes(m[8]);
      return full(
        momentOf([Number(m[3]), monthOf(m[2]!), Number(m[1])], [m[4], m[5], m[6]], m[7], zone),
        zone !== undefined,
      );
    },
  ],
  [
    SYSLOG,
    (m) => {
      const year = m[7] === undefined ? 1970 : Number(m[7]);
      const moment = momentOf([year, monthOf(m[1]!), Number(m[2])], [m[3], m[4], m[5]], m[6]);
      return { moment, kind: m[7] === undefined ? 'no-year' : 'full', zoned: false, guessed: false };
    },
  ],
  [EPOCH, (m) => full({ sec: Number(m[1]), ns: fraction(m[2]) }, true)],
  [
    CLOCK,
    (m) => ({
      moment: momentOf([1970, 1, 1], [m[1], m[2], m[3]], m[4]),
      kind: 'time-of-day',
      zoned: false,
      guessed: false,
    }),
  ],
];

/** The time written at character `at`, brackets and blanks before it aside. */
export function readTime(text: string, at = 0): TimeRead | undefined {
  let start = at;
  while (start < text.length && start < at + 16 && ' \t[(<>|"\''.includes(text.charAt(start))) start += 1;
  const c = text.charCodeAt(start);
  const digit = c >= 0x30 && c <= 0x39;
  if (!digit && !((c | 0x20) >= 0x61 && (c | 0x20) <= 0x7a)) return undefined;
  for (const [form, read] of FORMS) {
    if (!digit && form !== SYSLOG) continue;
    form.lastIndex = start;
    const m = form.exec(text);
    if (m === null) continue;
    const { moment, ...rest } = read(m);
    if (moment !== undefined) return { moment, ...rest, start, end: start + m[0].length };
  }
  return undefined;
}

const DAY = 86_400;

/** A time without year or date, placed next to one that has them: the nearest such year, or that day. */
function beside(t: TimeRead, whole: Moment): Moment {
  if (t.kind === 'time-of-day') return { sec: whole.sec - (whole.sec % DAY) + t.moment.sec, ns: t.moment.ns };
  const read = new Date(t.moment.sec * 1000);
  const year = new Date(whole.sec * 1000).getUTCFullYear();
  let best = t.moment.sec;
  for (const y of [year - 1, year, year + 1]) {
    const sec = new Date(read).setUTCFullYear(y) / 1000;
    if (Math.abs(sec - whole.sec) < Math.abs(best - whole.sec)) best = sec;
  }
  return { sec: best, ns: t.moment.ns };
}

/** Keeps what a log's times lack: years and days that pass while it goes on, and says so once. */
export class Clock {
  private readonly once: (rule: Rule, at: number, length: number, message: string) => void;
  private lastNoYear = Number.NaN;
  private years = 0;
  private lastTimeOfDay = Number.NaN;
  private days = 0;
  /** Last time with its date, in a log that began with such. */
  private whole: Moment | null = null;
  /** A line of this file had a time. */
  seen = false;
  /** A line of this file had a time without a year. */
  partial = false;

  constructor(once: (rule: Rule, at: number, length: number, message: string) => void) {
    this.once = once;
  }

  /** Places a time in the order of the log. `byte` is where it is written. */
  place(t: TimeRead, byte: number, length: number): Moment {
    this.seen = true;
    if (t.guessed) this.once(RULES.dayMonth, byte, length, 'Dates such as 03/04/2026 are read as 3 April.');
    if (t.kind !== 'full' && this.whole !== null) return beside(t, this.whole);
    if (t.kind === 'no-year') {
      this.partial = true;
      this.once(RULES.noYear, byte, length, 'The year is not in the log: times are shown in 1970, read as UTC.');
      return this.inYear(t.moment);
    }
    if (t.kind === 'time-of-day') {
      this.partial = true;
      this.once(RULES.timeOfDay, byte, length, 'The date is not in the log: the first day is shown as 1970-01-01.');
      return this.inDay(t.moment);
    }
    if (!t.zoned) this.once(RULES.noZone, byte, length, 'The zone is not in the log: times are read as UTC.');
    if (!this.partial) this.whole = t.moment;
    return t.moment;
  }

  /** A step back of more than half a year is a new year. */
  private inYear(m: Moment): Moment {
    if (m.sec < this.lastNoYear - 183 * DAY) this.years += 1;
    this.lastNoYear = m.sec;
    return { sec: m.sec + this.years * 365 * DAY, ns: m.ns };
  }

  /** A step back of more than an hour is a new day. */
  private inDay(m: Moment): Moment {
    if (m.sec < this.lastTimeOfDay - 3600) this.days += 1;
    this.lastTimeOfDay = m.sec;
    return { sec: m.sec + this.days * DAY, ns: m.ns };
  }
}
