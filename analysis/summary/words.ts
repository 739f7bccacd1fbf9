// Numbers and lists as people say them.

/** '1 part', '3 parts'. */
export const count = (n: number, one: string, many = `${one}s`): string => `${grouped(n)} ${n === 1 ? one : many}`;

/** Thousands apart by a thin comma-free space from five digits on: '12 345'. */
export function grouped(n: number): string {
  const digits = String(n);
  return digits.length < 5 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, ' ');
}

/** 'a', 'a and b', 'a, b and c'. */
export function list(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

/** Nanoseconds as '0.4 ms', '320 ms', '1.8 s', '3 min 5 s', '2 h 10 min'; '' where unknown. */
export function duration(ns: number): string {
  if (Number.isNaN(ns) || ns < 0) return '';
  const ms = ns / 1e6;
  if (ms < 10) return `${trim(ms)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  const s = ms / 1000;
  if (s < 59.95) return `${trim(s)} s`;
  const whole = Math.round(s);
  if (whole < 3600) return pair(whole, 60, 'min', 's');
  return pair(Math.round(s / 60), 60, 'h', 'min');
}

const trim = (n: number): string => n.toFixed(1).replace(/\.0$/, '');

function pair(n: number, unit: number, big: string, small: string): string {
  const rest = n % unit;
  return `${Math.floor(n / unit)} ${big}${rest === 0 ? '' : ` ${rest} ${small}`}`;
}

export const capital = (s: string): string => s.charAt(0).toUpperCase() + s.slice(1);

/** At most `most` characters; what is cut is shown as cut. */
export function short(text: string, most = 80): string {
  const tidy = text.replace(/\s+/g, ' ').trim();
  return tidy.length <= most ? tidy : `${tidy.slice(0, most - 1)}…`;
}

/** A value in running text. */
export const quoted = (text: string, most = 80): string => `"${short(text, most)}"`;
