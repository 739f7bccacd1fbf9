// Times of a report: exact to the nanosecond, which neither a double nor Date can hold.

import type { Time } from '../../dissectors/base/message.ts';

const SECOND = 1_000_000_000n;
/** ECMA-262 21.4.1.1: the range of Date in milliseconds. */
const LAST_SECOND = 8_640_000_000_000n;

/** Floor division: times before 1970 keep a positive fraction. */
const floorDiv = (a: bigint, b: bigint): bigint => (a >= 0n || a % b === 0n ? a / b : a / b - 1n);

/** Seconds written last: those of one report follow each other closely. */
let last = { second: Number.NaN, text: '' };

function textOf(second: number): string {
  if (last.second !== second) last = { second, text: new Date(second * 1000).toISOString().slice(0, -5) };
  return last.text;
}

/** Base written last, in parts: seconds, and nanoseconds from 0 on. */
let parts = { of: 0n, seconds: 0, rest: 0 };

/** ISO 8601 in UTC with nine decimals; null for no time and for one no calendar reaches. */
export function isoTime(base: bigint | null, time: Time): string | null {
  if (base === null || !Number.isFinite(time)) return null;
  const whole = Math.round(time);
  if (!Number.isSafeInteger(whole)) return farTime(base + BigInt(whole));
  if (parts.of !== base) {
    const seconds = floorDiv(base, SECOND);
    parts = { of: base, seconds: Number(seconds), rest: Number(base - seconds * SECOND) };
  }
  // Where the quotient was rounded, the remainder says so: it is exact.
  let seconds = Math.floor(whole / 1e9);
  let rest = whole - seconds * 1e9 + parts.rest;
  while (rest < 0) {
    rest += 1e9;
    seconds -= 1;
  }
  while (rest >= 1e9) {
    rest -= 1e9;
    seconds += 1;
  }
  seconds += parts.seconds;
  if (Math.abs(seconds) > Number(LAST_SECOND)) return null;
  return `${textOf(seconds)}.${String(rest).padStart(9, '0')}Z`;
}

function farTime(at: bigint): string | null {
  const seconds = floorDiv(at, SECOND);
  if (seconds > LAST_SECOND || seconds < -LAST_SECOND) return null;
  const fraction = (at - seconds * SECOND).toString().padStart(9, '0');
  return `${textOf(Number(seconds))}.${fraction}Z`;
}
