// The narrow filter: words, `key:value` and `-word`, all of which a message must meet. The typed language replaces it.

import type { MessageRow } from '../../analysis/engine/contract.ts';
import { kindWord, verdictWord } from './words.ts';

const KEYED: Readonly<Record<string, (r: MessageRow) => string>> = {
  from: (r) => r.from ?? '',
  to: (r) => `${r.to ?? ''} ${r.imsi ?? ''}`,
  kind: (r) => `${r.kind} ${kindWord(r.kind)}`,
  state: (r) => r.state,
  bearer: (r) => r.bearer,
  method: (r) => r.method ?? 'none',
  verdict: (r) => `${r.verdict} ${verdictWord(r.verdict, r.method)}`,
  outcome: (r) => r.outcome ?? '',
  worst: (r) => r.worst ?? 'none',
  type: (r) => r.contentType ?? '',
};

export const FILTER_KEYS: readonly string[] = Object.keys(KEYED);

interface Term {
  readonly not: boolean;
  readonly text: (r: MessageRow) => string;
  readonly value: string;
}

const everything = (r: MessageRow): string =>
  [r.id, r.from, r.to, r.imsi, r.bearer, r.kind, kindWord(r.kind), r.contentType, r.method, r.outcome, r.summary]
    .filter((s) => s !== null)
    .join('\n');

function terms(filter: string): Term[] {
  const out: Term[] = [];
  for (const m of filter.matchAll(/(-?)(?:([a-z]+):)?(?:"([^"]*)"?|(\S+))/gi)) {
    const value = (m[3] ?? m[4] ?? '').toLowerCase();
    if (value === '') continue;
    const key = m[2]?.toLowerCase();
    const keyed = key === undefined ? undefined : KEYED[key];
    // An unknown key is part of the word: 'http://...' is text.
    const word = key !== undefined && keyed === undefined ? `${key}:${value}` : value;
    out.push({ not: m[1] === '-', text: keyed ?? everything, value: word });
  }
  return out;
}

/** A test for rows, or null when the filter is empty. */
export function compileFilter(filter: string): ((r: MessageRow) => boolean) | null {
  const all = terms(filter);
  if (all.length === 0) return null;
  return (r) => all.every((t) => t.text(r).toLowerCase().includes(t.value) !== t.not);
}
