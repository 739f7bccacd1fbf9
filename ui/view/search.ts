// A search in numbers and words.

import type { SearchStatus } from '../../analysis/engine/contract/search.ts';

/** 1110000 as '1,110,000'. */
export const grouped = (n: number): string => String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ',');

/** 3412345 as '3.4 million', smaller numbers as they are. */
export function roundly(n: number): string {
  return n >= 999_500 ? `${(n / 1e6).toFixed(n >= 99.95e6 ? 0 : 1)} million` : grouped(n);
}

/** '0.4 s', '12 s', '2 min 5 s', '3 h 12 min'. */
export function spanText(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const s = Math.round(seconds);
  if (s < 60) return `${s} s`;
  const minutes = Math.floor(s / 60);
  if (minutes < 60) return `${minutes} min ${s % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** PINs of `from` to `to` digits. */
export function spaceOf(from: number, to: number): number {
  let all = 0;
  for (let n = from; n <= to; n += 1) all += 10 ** n;
  return all;
}

export const nowTrying = (s: SearchStatus): string =>
  s.digits === null ? 'PINs that people choose' : `all PINs of ${s.digits} digits`;

/** 0 to 1. */
export const doneOf = (s: SearchStatus): number => (s.space === 0 ? 0 : Math.min(1, s.tried / s.space));
