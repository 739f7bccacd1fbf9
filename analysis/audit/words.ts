// Phrases that the checks share.

import type { Time } from '../../dissectors/base/message.ts';
import { ROLE_NAME, type Stake, type Target } from './targets.ts';

export const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

/** 'a, b and c'. */
export const list = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

const LONGEST = 80;
export const short = (text: string): string => (text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`);

export const nameOf = (t: Target): string => t.place.host?.name ?? short(t.value);

const SECOND = 1e9;

/** '4 s', '3 min', '2 h', '5 days'. */
export function span(time: Time): string {
  const s = Math.abs(time) / SECOND;
  if (s < 90) return `${s < 10 ? Number(s.toFixed(1)) : Math.round(s)} s`;
  if (s < 5400) return `${Math.round(s / 60)} min`;
  return s < 129_600 ? `${Math.round(s / 3600)} h` : `${Math.round(s / 86_400)} days`;
}

/** 'the proxy 192.0.2.1 and the home page www.example.com', most worth taking first. */
export function whatItSets(stake: Stake): string {
  const parts: string[] = [];
  for (const role of ['dm', 'proxy', 'mmsc', 'mail', 'ds', 'dns', 'home', 'apn', 'supl'] as const) {
    const names = [...new Set(stake.targets.filter((t) => t.role === role).map(nameOf))];
    if (names.length === 0) continue;
    const more = names.length > 2 ? ` and ${names.length - 2} more` : '';
    parts.push(`the ${ROLE_NAME[role]} ${short(names.slice(0, 2).join(', '))}${more}`);
  }
  if (stake.certificates.length > 0) parts.unshift('a certificate');
  if (stake.wlan.length > 0) parts.push('a wireless network');
  const said = parts.slice(0, 4);
  return list(parts.length > 4 ? [...said, 'more'] : said);
}
