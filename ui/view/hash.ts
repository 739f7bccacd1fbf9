// The view in the address: the same link shows the same thing. Never a key, a PIN or an IMSI.

import type { ByteRange } from '../../analysis/engine/contract.ts';
import { TIME_FORMATS, type TimeFormat } from './time.ts';

export const VIEWS = ['overview', 'timeline', 'ladder', 'list', 'device', 'review', 'compare'] as const;
export type View = (typeof VIEWS)[number];

export const TABS = ['summary', 'settings', 'xml', 'tree', 'bytes', 'verify', 'findings'] as const;
export type Tab = (typeof TABS)[number];

export interface HashState {
  readonly view: View;
  readonly tab: Tab;
  readonly message: string | null;
  readonly range: readonly [number, number] | null;
  readonly time: TimeFormat | null;
  readonly octets: ByteRange | null;
  readonly filter: string;
  /** Filters that stay in force beside it. */
  readonly pinned: readonly string[];
  readonly sample: string | null;
}

export const EMPTY_HASH: HashState = {
  view: 'timeline',
  tab: 'summary',
  message: null,
  range: null,
  time: null,
  octets: null,
  filter: '',
  pinned: [],
  sample: null,
};

const oneOf = <T extends string>(all: readonly T[], s: string | null): T | null => all.find((x) => x === s) ?? null;

function parseRange(s: string | null): readonly [number, number] | null {
  const m = s === null ? null : /^(-?\d+)\.\.(-?\d+)$/.exec(s);
  if (m === null) return null;
  const [a, b] = [Number(m[1]), Number(m[2])];
  return Number.isSafeInteger(a) && Number.isSafeInteger(b) && a < b ? [a, b] : null;
}

/** 'body@12-15': first and last octet. */
function parseOctets(s: string | null): ByteRange | null {
  const m = s === null ? null : /^([a-z]+(?::\d+){0,2})@(\d{1,9})-(\d{1,9})$/.exec(s);
  if (m === null) return null;
  const start = Number(m[2]);
  const length = Number(m[3]) - start + 1;
  return length > 0 ? { buffer: m[1] ?? '', start, length } : null;
}

/** Reads what it can; unknown or broken parts are left at their defaults. */
export function parseHash(hash: string): HashState {
  const p = new URLSearchParams(hash.replace(/^#/, ''));
  return {
    view: oneOf(VIEWS, p.get('view')) ?? EMPTY_HASH.view,
    tab: oneOf(TABS, p.get('tab')) ?? EMPTY_HASH.tab,
    message: p.get('m') || null,
    range: parseRange(p.get('t')),
    time: oneOf(TIME_FORMATS, p.get('time')),
    octets: parseOctets(p.get('at')),
    filter: p.get('q') ?? '',
    pinned: p.getAll('pin').filter((t) => t !== ''),
    sample: p.get('sample') || null,
  };
}

/** Without the '#'; '' when all is at its default. */
export function formatHash(s: HashState): string {
  const p = new URLSearchParams();
  if (s.sample !== null) p.set('sample', s.sample);
  if (s.view !== EMPTY_HASH.view) p.set('view', s.view);
  if (s.message !== null) p.set('m', s.message);
  if (s.tab !== EMPTY_HASH.tab) p.set('tab', s.tab);
  if (s.octets !== null && s.octets.length > 0) {
    p.set('at', `${s.octets.buffer}@${s.octets.start}-${s.octets.start + s.octets.length - 1}`);
  }
  if (s.range !== null) p.set('t', `${Math.round(s.range[0])}..${Math.round(s.range[1])}`);
  if (s.time !== null) p.set('time', s.time);
  if (s.filter !== '') p.set('q', s.filter);
  for (const text of s.pinned) p.append('pin', text);
  return p.toString().replaceAll('%40', '@').replaceAll('%3A', ':');
}
