// Where the axis puts its ticks and what it writes there. Steps are those of clocks, not of decimals.

import type { Time } from '../../analysis/engine/contract.ts';
import {
  clockAt,
  DAY,
  dayText,
  fraction,
  HOUR,
  MINUTE,
  MS,
  relativeText,
  SECOND,
  type TimeFormat,
  two,
  US,
  zoneName,
} from './time.ts';

const LARGE_STEPS = [
  SECOND,
  2 * SECOND,
  5 * SECOND,
  10 * SECOND,
  15 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
];

/** The smallest step, in nanoseconds, that puts at most `count` ticks into `span`. Never below 1 ns. */
export function tickStep(span: number, count: number): number {
  const least = span / Math.max(1, count);
  if (!(least > 0) || !Number.isFinite(least)) return SECOND;
  if (least > 12 * HOUR) return decimalStep(least / DAY) * DAY;
  for (const s of LARGE_STEPS) if (s >= least && least > 0.5 * SECOND) return s;
  return Math.max(1, decimalStep(least));
}

/** 1, 2 or 5 times a power of ten, not below `least`. */
function decimalStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  for (const m of [1, 2, 5, 10]) if (m * power >= least * (1 - 1e-9)) return m * power;
  return 10 * power;
}

/** Nanoseconds to add to a time so that multiples of a step fall on the round numbers of the clock shown. */
export function clockOffset(t0: Time, format: TimeFormat, base: string | null): number {
  if (format === 'relative' || format === 'previous' || base === null) return 0;
  const zone = format === 'local' ? clockAt(t0, base, true).zone * MINUTE : 0;
  return Number((BigInt(base) + BigInt(zone)) % BigInt(DAY));
}

/** Multiples of `step` on the clock within [t0, t1]. At most 1,000. */
export function tickValues(t0: Time, t1: Time, step: number, offset: number): Time[] {
  const out: Time[] = [];
  const first = Math.ceil((t0 + offset) / step);
  const last = Math.floor((t1 + offset) / step);
  for (let i = first; i <= last && out.length < 1000; i += 1) out.push(i * step - offset);
  return out;
}

const digitsFor = (step: number): number => {
  for (let d = 0; d < 9; d += 1) if (Math.abs(step / 10 ** (9 - d) - Math.round(step / 10 ** (9 - d))) < 1e-9) return d;
  return 9;
};

/** What a tick says, given the step between ticks. */
export function tickLabel(t: Time, step: number, format: TimeFormat, base: string | null): string {
  const digits = digitsFor(step);
  if (format === 'relative' || format === 'previous' || base === null) {
    const ns = Math.round(t);
    if (ns === 0) return '0';
    if (Math.abs(ns) >= DAY && step >= DAY) return `${Math.round(ns / DAY)} d`;
    if (Math.abs(ns) < SECOND && step >= MS) return `${Math.round(ns / MS)} ms`;
    if (Math.abs(ns) < MS && step >= US) return `${Math.round(ns / US)} µs`;
    if (Math.abs(ns) < US) return `${ns} ns`;
    return Math.abs(ns) < MINUTE ? `${relativeText(ns, digits)} s` : relativeText(ns, digits);
  }
  const c = clockAt(t, base, format === 'local');
  if (step >= DAY || (c.hour === 0 && c.minute === 0 && c.second === 0 && c.ns === 0)) return dayText(c);
  const minutes = `${two(c.hour)}:${two(c.minute)}`;
  if (step >= MINUTE) return minutes;
  if (step >= MS) return `${minutes}:${two(c.second)}${digits > 0 ? `.${fraction(c.ns, digits)}` : ''}`;
  return `:${two(c.second)}.${fraction(c.ns, digits)}`;
}

/** What the ticks leave unsaid: the day, the zone, or the moment that 0 stands for. */
export function axisContext(t0: Time, format: TimeFormat, base: string | null): string {
  if (base === null) return 'no clock in the input';
  const since = format === 'relative' || format === 'previous';
  const c = clockAt(since ? 0 : t0, base, format === 'local');
  const at = `${two(c.hour)}:${two(c.minute)}:${two(c.second)}`;
  if (since) return `0 = ${dayText(c)} ${at} UTC`;
  return `${dayText(c)} ${c.year}, ${format === 'local' ? zoneName(c.zone) : 'UTC'}`;
}
