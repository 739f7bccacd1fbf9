// Values as people write them: 2948, 0x0b84, 1.8s, 12:05, 2026-11-23T12:05:00Z.

import type { Operand } from './ast.ts';
import type { FilterField } from './fields.ts';

const NS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  min: 60e9,
  h: 3600e9,
  d: 86400e9,
};
const DAY = 86_400_000_000_000n;

/** Absolute nanoseconds of time 0; null when the capture has no time. */
export type Base = bigint | null;

function number(text: string): number | null {
  if (/^0x[0-9a-f]+$/i.test(text)) return Number.parseInt(text, 16);
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}

/** '1.8s', '300ms', '2h'; nanoseconds. */
function duration(text: string): number | null {
  const m = /^([+-]?\d+(?:\.\d+)?)(ns|us|µs|ms|s|min|m|h|d)$/i.exec(text);
  return m === null ? null : Number(m[1]) * NS[m[2]!.toLowerCase()]!;
}

/** Nanoseconds behind the point, as whole nanoseconds. */
const fraction = (digits: string | undefined): bigint => BigInt((digits ?? '').padEnd(9, '0').slice(0, 9));

/** A time of day is that of the capture's first day, UTC; 1.5s is since its first frame. */
function time(text: string, base: Base): number | null {
  const since = duration(text);
  if (since !== null) return since;
  const clock = /^(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?$/.exec(text);
  if (clock !== null) {
    const [, h, min, s, part] = clock;
    if (Number(h) > 24 || Number(min) > 59 || Number(s ?? 0) > 60) return null;
    const ofDay = BigInt(Number(h) * 3600 + Number(min) * 60 + Number(s ?? 0)) * 1_000_000_000n + fraction(part);
    return base === null ? Number(ofDay) : Number(base - (base % DAY) + ofDay - base);
  }
  const full = /^(\d{4}-\d\d-\d\d)(?:[tT](\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,9}))?[zZ]?)?$/.exec(text);
  if (full === null || base === null) return null;
  const ms = Date.parse(`${full[1]}T${full[2] ?? '00:00'}Z`);
  return Number.isNaN(ms) ? null : Number(BigInt(ms) * 1_000_000n + fraction(full[3]) - base);
}

/** What `text` is for this field; a string says what was expected instead. */
export function literal(
  field: FilterField,
  text: string,
  base: Base,
): { readonly value: Operand } | { readonly expected: string } {
  const made = (value: number | null, expected: string) => (value === null ? { expected } : { value });
  switch (field.type) {
    case 'number':
      return made(number(text), 'a number, as 2948 or 0x0b84');
    case 'duration':
      return made(duration(text), 'a duration, as 300ms or 1.8s');
    case 'time':
      return made(time(text, base), 'a time: 12:05, 12:05:30.250, 2026-11-23T12:05:00Z, or 1.5s since the start');
    case 'flag':
      return { expected: 'nothing: the field is true or false by itself' };
    case 'choice': {
      const lower = text.toLowerCase();
      const name = field.aliases?.[lower] ?? field.choices?.find((c) => c.toLowerCase() === lower);
      return name === undefined ? { expected: `one of ${field.choices?.join(', ') ?? ''}` } : { value: name };
    }
    case 'text':
      return { value: text };
  }
}
