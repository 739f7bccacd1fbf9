import { describe, expect, test } from 'vitest';
import { axisContext, clockOffset, tickLabel, tickStep, tickValues } from '../../ui/view/ticks.ts';
import {
  DAY,
  formatDuration,
  formatInstant,
  formatTime,
  fraction,
  HOUR,
  MINUTE,
  MS,
  relativeText,
  SECOND,
  US,
} from '../../ui/view/time.ts';

// 2026-11-22T23:54:24.120000001Z
const BASE = '1795391664120000001';
const thin = '\u2009';

describe('times', () => {
  const relative: readonly { readonly t: number; readonly digits: number; readonly out: string }[] = [
    { t: 0, digits: 3, out: '0.000' },
    { t: 1_234_567_891, digits: 9, out: `1.234${thin}567${thin}891` },
    { t: 59_999_999_999, digits: 3, out: '59.999' },
    { t: 60 * SECOND, digits: 0, out: '1:00' },
    { t: HOUR + 2 * MINUTE + 3 * SECOND + 4 * MS, digits: 3, out: '1:02:03.004' },
    { t: -1.5 * SECOND, digits: 1, out: '−1.5' },
  ];
  for (const c of relative) test(`relative ${c.t}`, () => expect(relativeText(c.t, c.digits)).toBe(c.out));

  test('no nanosecond is lost on the way to a clock', () => {
    expect(formatInstant(0, 'utc', BASE)).toBe(`2026-11-22 23:54:24.120${thin}000${thin}001 UTC`);
    expect(formatInstant(879_999_998, 'utc', BASE)).toBe(`2026-11-22 23:54:24.999${thin}999${thin}999 UTC`);
    expect(formatInstant(879_999_999, 'utc', BASE)).toBe(`2026-11-22 23:54:25.000${thin}000${thin}000 UTC`);
  });

  test('a clock before 1970', () => {
    expect(formatInstant(0, 'utc', '-1')).toBe(`1969-12-31 23:59:59.999${thin}999${thin}999 UTC`);
  });

  test('fractions are cut, not rounded up into the next second', () => expect(fraction(999_999_999, 3)).toBe('999'));

  test('unknown times say so', () => {
    expect(formatTime(Number.NaN, 'utc', BASE)).toBe('–');
    expect(formatInstant(Number.NaN, 'utc', BASE)).toBe('no time given');
    expect(formatTime(5 * SECOND, 'utc', null)).toBe('5.000 s');
  });

  const durations: readonly (readonly [number, string])[] = [
    [0, '0 ns'],
    [999, '999 ns'],
    [1500, '1.5 µs'],
    [999_600, '1 ms'],
    [140 * MS, '140 ms'],
    [1.82 * SECOND, '1.82 s'],
    [59.97 * SECOND, '1 min'],
    [200 * SECOND, '3 min 20 s'],
    [59.6 * MINUTE, '1 h'],
    [26 * HOUR, '1 d 2 h'],
    [-2 * SECOND, '−2 s'],
    [Number.NaN, '–'],
  ];
  for (const [ns, out] of durations) test(`duration ${out}`, () => expect(formatDuration(ns)).toBe(out));
});

describe('ticks', () => {
  const steps: readonly (readonly [number, number, number])[] = [
    [10 * SECOND, 10, SECOND],
    [60 * SECOND, 8, 10 * SECOND],
    [HOUR, 6, 10 * MINUTE],
    [DAY, 8, 3 * HOUR],
    [30 * DAY, 10, 5 * DAY],
    [1 * MS, 10, 100 * US],
    [950 * MS, 9, 200 * MS],
    [5, 10, 1],
    [0, 10, SECOND],
    [Number.NaN, 10, SECOND],
  ];
  for (const [span, count, step] of steps) {
    test(`${formatDuration(span)} in ${count}`, () => expect(tickStep(span, count)).toBe(step));
  }

  test('no span gives more ticks than asked for', () => {
    for (let span = 10; span < 1e18; span *= 1.7) {
      const step = tickStep(span, 9);
      expect(span / step).toBeLessThanOrEqual(9.0001);
    }
  });

  test('values are multiples of the step on the clock shown', () => {
    const off = clockOffset(0, 'utc', BASE);
    const values = tickValues(0, 3 * SECOND, SECOND, off);
    expect(values.map((t) => tickLabel(t, SECOND, 'utc', BASE))).toEqual(['23:54:25', '23:54:26', '23:54:27']);
    expect(tickValues(-2, 5, 2, 0)).toEqual([-2, 0, 2, 4]);
  });

  const labels: readonly (readonly [number, number, 'relative' | 'utc', string])[] = [
    [0, SECOND, 'relative', '0'],
    [200 * MS, 200 * MS, 'relative', '200 ms'],
    [1.2 * SECOND, 200 * MS, 'relative', '1.2 s'],
    [90 * SECOND, 30 * SECOND, 'relative', '1:30'],
    [2 * DAY, DAY, 'relative', '2 d'],
    [40 * US, 20 * US, 'relative', '40 µs'],
    [335_879_999_999, MINUTE, 'utc', '23 Nov'],
    [35_879_999_999, MINUTE, 'utc', '23:55'],
    [879_999_999, 200 * MS, 'utc', '23:54:25.0'],
    [880_000_999, US, 'utc', `:25.000${thin}001`],
  ];
  for (const [t, step, format, out] of labels) {
    test(`label ${out}`, () => expect(tickLabel(t, step, format, BASE)).toBe(out));
  }

  test('the context says what the ticks leave out', () => {
    expect(axisContext(0, 'relative', BASE)).toBe('0 = 22 Nov 23:54:24 UTC');
    expect(axisContext(10 * MINUTE, 'utc', BASE)).toBe('23 Nov 2026, UTC');
    expect(axisContext(0, 'utc', null)).toBe('no clock in the input');
  });
});
