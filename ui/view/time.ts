// Times in words. Nanoseconds stay whole: the base is a bigint, the rest a double of nanoseconds below 2^53.

import type { Time } from '../../analysis/engine/contract.ts';

/** 'previous': since the event before; where nothing is before, as 'relative'. */
export type TimeFormat = 'relative' | 'utc' | 'local' | 'previous';
export const TIME_FORMATS: readonly TimeFormat[] = ['relative', 'utc', 'local', 'previous'];

export const TIME_FORMAT_LABEL: Readonly<Record<TimeFormat, string>> = {
  relative: 'Since start',
  utc: 'UTC',
  local: 'Local time',
  previous: 'Since previous',
};

export const US = 1e3;
export const MS = 1e6;
export const SECOND = 1e9;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Shown where there is no time to show. */
export const NO_TIME = '–';

const THIN = '\u2009';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export const two = (n: number): string => String(n).padStart(2, '0');

/** The fraction of a second, cut (never rounded) to `digits`, in groups of three. */
export function fraction(ns: number, digits: number): string {
  const all = String(Math.floor(ns)).padStart(9, '0').slice(0, digits);
  return all.match(/.{1,3}/g)?.join(THIN) ?? '';
}

export interface Clock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Nanoseconds of the second. */
  readonly ns: number;
  /** Minutes east of Greenwich. */
  readonly zone: number;
}

/** The clock at `t` nanoseconds after `base` (nanoseconds since 1970, decimal digits). */
export function clockAt(t: Time, base: string, local: boolean): Clock {
  const at = BigInt(base) + BigInt(Math.round(t));
  const seconds = at / 1_000_000_000n - (at < 0n && at % 1_000_000_000n !== 0n ? 1n : 0n);
  const ns = Number(at - seconds * 1_000_000_000n);
  const d = new Date(Number(seconds) * 1000);
  return local
    ? {
        year: d.getFullYear(),
        month: d.getMonth(),
        day: d.getDate(),
        hour: d.getHours(),
        minute: d.getMinutes(),
        second: d.getSeconds(),
        ns,
        zone: -d.getTimezoneOffset(),
      }
    : {
        year: d.getUTCFullYear(),
        month: d.getUTCMonth(),
        day: d.getUTCDate(),
        hour: d.getUTCHours(),
        minute: d.getUTCMinutes(),
        second: d.getUTCSeconds(),
        ns,
        zone: 0,
      };
}

export const zoneName = (minutes: number): string => {
  const m = Math.abs(minutes);
  return `UTC${minutes < 0 ? '−' : '+'}${two(Math.floor(m / 60))}:${two(m % 60)}`;
};

export const dayText = (c: Clock): string => `${c.day} ${MONTHS[c.month] ?? ''}`;

const isoDay = (c: Clock): string => `${c.year}-${two(c.month + 1)}-${two(c.day)}`;

const hms = (c: Clock): string => `${two(c.hour)}:${two(c.minute)}:${two(c.second)}`;

/** Seconds since the start with a sign only when negative: '12.345', '1:02:03.004'. */
export function relativeText(t: Time, digits: number): string {
  const sign = t < 0 ? '−' : '';
  const ns = Math.abs(Math.round(t));
  const whole = Math.floor(ns / SECOND);
  const tail = digits > 0 ? `.${fraction(ns % SECOND, digits)}` : '';
  if (whole < 60) return `${sign}${whole}${tail}`;
  const h = Math.floor(whole / 3600);
  const m = Math.floor(whole / 60) % 60;
  const s = two(whole % 60);
  return h > 0 ? `${sign}${h}:${two(m)}:${s}${tail}` : `${sign}${m}:${s}${tail}`;
}

/** One column wide: time of day or seconds since the start, `digits` after the point. */
export function formatTime(t: Time, format: TimeFormat, base: string | null, digits = 3): string {
  if (!Number.isFinite(t)) return NO_TIME;
  if (format === 'relative' || format === 'previous' || base === null)
    return `${relativeText(t, digits)}${Math.abs(t) < MINUTE ? ' s' : ''}`;
  const c = clockAt(t, base, format === 'local');
  return digits > 0 ? `${hms(c)}.${fraction(c.ns, digits)}` : hms(c);
}

/** With the day, all nine digits and the zone. */
export function formatInstant(t: Time, format: TimeFormat, base: string | null): string {
  if (!Number.isFinite(t)) return 'no time given';
  if (base === null || format === 'relative' || format === 'previous')
    return `${formatTime(t, 'relative', base, 9)} after the start`;
  const c = clockAt(t, base, format === 'local');
  return `${isoDay(c)} ${hms(c)}.${fraction(c.ns, 9)} ${format === 'local' ? zoneName(c.zone) : 'UTC'}`;
}

/** '+1.82 s' after `before`, '−3 ms' where the clock went back; since the start where nothing is before. */
export const formatStep = (t: Time, before: Time | null, base: string | null): string => {
  if (before === null || !Number.isFinite(t) || !Number.isFinite(before)) return formatTime(t, 'relative', base, 3);
  const step = formatDuration(t - before);
  return t >= before ? `+${step}` : step;
};

/** The filter's words for a range: nothing is lost, times are since the start. */
export const rangeTerm = (t0: Time, t1: Time): string => {
  const seconds = (t: Time): string => `${(t / 1e9).toFixed(9).replace(/\.?0+$/, '')}s`;
  return `time in ${seconds(t0)}..${seconds(t1)}`;
};

/** A duration as people say it, three figures at most: '1.82 s', '140 ms', '3 min 20 s'. */
export function formatDuration(ns: number): string {
  if (!Number.isFinite(ns)) return NO_TIME;
  const sign = ns < 0 ? '−' : '';
  const v = Math.abs(ns);
  const figures = (x: number): string => String(Number(x.toPrecision(3)));
  if (v < US) return `${sign}${Math.round(v)} ns`;
  if (v < 999.5 * US) return `${sign}${figures(v / US)} µs`;
  if (v < 999.5 * MS) return `${sign}${figures(v / MS)} ms`;
  if (v < 59.95 * SECOND) return `${sign}${figures(v / SECOND)} s`;
  const pair = (big: number, small: number, a: string, b: string): string => {
    const rest = Math.round((v % big) / small);
    const whole = Math.floor(v / big) + (rest * small >= big ? 1 : 0);
    return rest === 0 || rest * small >= big ? `${sign}${whole} ${a}` : `${sign}${whole} ${a} ${rest} ${b}`;
  };
  if (v < 59.5 * MINUTE) return pair(MINUTE, SECOND, 'min', 's');
  if (v < 23.5 * HOUR) return pair(HOUR, MINUTE, 'h', 'min');
  return pair(DAY, HOUR, 'd', 'h');
}
