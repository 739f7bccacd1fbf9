// Times of a report: exact to the nanosecond, which neither a double nor Date can hold.

import type { Time } from '../../dissectors/base/message.ts';

const SECOND = 1_000_000_000n;
/** ECMA-262 21.4.1.1: the range of Date in milliseconds. */
const LAST_SECOND = 8_640_000_000_000n;

/** Floor division: times before 1970 keep a positive fraction. */
const floorDiv = (a: bigint, b: bigint): bigint => (a >= 0n || a % b === 0n ? a / b : a / b - 1n);

/** Absolute nanoseconds of a relative time; null where there is none. */
export function absolute(base: bigint | null, time: Time): bigint | null {
  return base === null || !Number.isFinite(time) ? null : base + BigInt(Math.round(time));
}

/** ISO 8601 in UTC with nine decimals; null for no time and for one no calendar reaches. */
export function isoTime(base: bigint | null, time: Time): string | null {
  const at = absolute(base, time);
  if (at === null) return null;
  const seconds = floorDiv(at, SECOND);
  if (seconds > LAST_SECOND || seconds < -LAST_SECOND) return null;
  const fraction = (at - seconds * SECOND).toString().padStart(9, '0');
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, -5)}.${fraction}Z`;
}
