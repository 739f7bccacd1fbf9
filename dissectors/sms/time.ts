// 3GPP TS 23.040 9.2.3.11 and 9.2.3.12: time stamps and validity periods.

import type { Cursor } from '../base/cursor.ts';
import type { Field } from '../base/fields.ts';
import { tpduRules } from './rules.ts';

export interface TimeStamp {
  /** 'YYYY-MM-DDThh:mm:ss+hh:mm', digits as sent where they are none. */
  readonly text: string;
  /** Milliseconds since 1970 in UTC; null where the digits are no time. Never NaN. */
  readonly epochMs: number | null;
  /** Quarters of an hour east of UTC; null where the octet says nothing. */
  readonly zone: number | null;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** A semi-octet pair as two digits, 'A' to 'F' kept. */
const pair = (octet: number): string => `${(octet & 0x0f).toString(16)}${(octet >> 4).toString(16)}`.toUpperCase();

/** Quarters of an hour: bit 3 of the octet is the sign, the digits are the rest. Null where they are no digits. */
function quarters(octet: number): number | null {
  const tens = octet & 0x07;
  const units = octet >> 4;
  if (units > 9) return null;
  const n = tens * 10 + units;
  return (octet & 0x08) !== 0 ? -n : n;
}

function zoneText(zone: number | null): string {
  if (zone === null) return '';
  const n = Math.abs(zone);
  return `${zone < 0 ? '-' : '+'}${two(Math.floor(n / 4))}:${two((n % 4) * 15)}`;
}

/** No place is further from UTC than 14 hours. */
const FARTHEST = 56;

function isDate(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

// 9.2.3.11 TP-Service-Centre-Time-Stamp, 9.2.3.13 TP-Discharge-Time: seven octets of swapped digits.
export function timeStamp(c: Cursor, field: Field<'time'>): TimeStamp {
  const at = c.take(7);
  const b = c.bytes;
  const digits = [0, 1, 2, 3, 4, 5].map((i) => pair(b[at + i]!));
  const numbers = digits.map((d) => (/^\d\d$/.test(d) ? Number(d) : -1));
  const [yy, month, day, hour, minute, second] = numbers as [number, number, number, number, number, number];
  const zone = quarters(b[at + 6]!);
  const year = yy < 70 ? 2000 + yy : 1900 + yy;
  const valid =
    yy >= 0 &&
    isDate(year, month, day) &&
    hour >= 0 &&
    hour < 24 &&
    minute >= 0 &&
    minute < 60 &&
    second >= 0 &&
    second < 60;
  const [, mm, dd, hh, min, ss] = digits;
  const text = `${yy < 0 ? digits[0] : year}-${mm}-${dd}T${hh}:${min}:${ss}${zoneText(zone)}`;
  const used = zone ?? 0;
  if (!valid) c.report(tpduRules.timestamp, at, 7, `'${text}' is no date and time`);
  else if (zone === null || Math.abs(zone) > FARTHEST) {
    c.report(tpduRules.zone, at + 6, 1, `time zone octet 0x${b[at + 6]!.toString(16).padStart(2, '0')}`);
  }
  if (c.rec !== null) c.rec.leaf(field, at, 7, text);
  const epochMs = valid ? Date.UTC(year, month - 1, day, hour, minute, second) - used * 900_000 : null;
  return { text, epochMs, zone };
}

export interface Validity {
  readonly kind: 'relative' | 'absolute' | 'enhanced';
  /** Seconds from submission; null for absolute times and where nothing usable is said. */
  readonly seconds: number | null;
  readonly until: TimeStamp | null;
  readonly text: string;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** 9.2.3.12.1: seconds of a relative validity period. */
export function relativeSeconds(v: number): number {
  if (v <= 143) return (v + 1) * 5 * MINUTE;
  if (v <= 167) return 12 * HOUR + (v - 143) * 30 * MINUTE;
  return v <= 196 ? (v - 166) * DAY : (v - 192) * 7 * DAY;
}

/** '2 d', '1 h 30 min'. */
export function describeSeconds(s: number): string {
  const parts: string[] = [];
  let left = s;
  for (const [size, unit] of [
    [DAY, 'd'],
    [HOUR, 'h'],
    [MINUTE, 'min'],
    [1, 's'],
  ] as const) {
    const n = Math.floor(left / size);
    if (n > 0) parts.push(`${n} ${unit}`);
    left -= n * size;
  }
  return parts.length === 0 ? '0 s' : parts.join(' ');
}

const relative = (kind: Validity['kind'], seconds: number): Validity => ({
  kind,
  seconds,
  until: null,
  text: describeSeconds(seconds),
});

export function relativeValidity(c: Cursor, field: Field<'u8'>): Validity {
  return relative('relative', relativeSeconds(c.u8(field)));
}

export function absoluteValidity(c: Cursor, field: Field<'time'>): Validity {
  const until = timeStamp(c, field);
  return { kind: 'absolute', seconds: null, until, text: `until ${until.text}` };
}

// 9.2.3.12.3: seven octets, the first a functionality indicator.
export function enhancedValidity(c: Cursor, field: Field<'bytes'>): Validity {
  const at = c.pos;
  const b = c.raw(field, 7);
  let value = 1;
  // Bit 7 says that another indicator octet follows; there are seven octets whatever it says.
  while (value < 7 && (b[value - 1]! & 0x80) !== 0) value += 1;
  const format = b[0]! & 7;
  const first = b[value];
  if (format === 1 && first !== undefined) return relative('enhanced', relativeSeconds(first));
  if (format === 2 && first !== undefined && first > 0) return relative('enhanced', first);
  if (format === 3 && value + 2 < 7) {
    const [h, m, s] = [0, 1, 2].map((i) => Number(pair(b[value + i]!)));
    if (h !== undefined && m !== undefined && s !== undefined && h + m + s >= 0) {
      return relative('enhanced', h * HOUR + m * MINUTE + s);
    }
  }
  if (format !== 0) c.report(tpduRules.validity, at, 7, `validity period format ${format}`);
  return { kind: 'enhanced', seconds: null, until: null, text: 'not given' };
}
