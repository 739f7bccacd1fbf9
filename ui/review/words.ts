// What the review's words are called on screen.

import type { AuditGroup, AuditSeverity } from '../../analysis/engine/contract/audit.ts';
import type { Severity } from '../../captures/finding.ts';

/** Worst first. */
export const SEVERITIES: readonly AuditSeverity[] = ['critical', 'high', 'medium', 'low', 'info'];

export const SEVERITY_WORD: Readonly<Record<AuditSeverity, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  info: 'To know',
};

/** What each severity asks of the reader. */
export const SEVERITY_MEANS: Readonly<Record<AuditSeverity, string>> = {
  critical: 'Somebody could take over a phone',
  high: 'Act on it',
  medium: 'Look into it',
  low: 'Usual, and still a weakness',
  info: 'Worth knowing, nothing is wrong',
};

/** The mark that stands for it. */
export const GLYPH_OF: Readonly<Record<AuditSeverity, Severity>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/** What a rule stands on, for people who decide on it. */
export const BASIS_TEXT: Readonly<Record<AuditGroup['basis'], string>> = {
  seen: 'Seen in phones, senders or public reports.',
  recalled: 'From the standard as remembered; not checked against its text.',
  judgement: 'Our own judgement.',
};

const METHOD_ORDER = ['NETWPIN', 'USERNETWPIN', 'USERPIN', 'USERPINMAC', 'none', 'other push'];
const METHOD_WORD: Readonly<Record<string, string>> = { none: 'without protection', 'other push': 'other push' };
const VERDICT_WORD: Readonly<Record<string, string>> = {
  valid: 'match',
  invalid: 'differ',
  'no-key': 'not checked',
  'no-mac': 'missing',
  unprotected: 'none',
  malformed: 'malformed',
};

/** '3 NETWPIN, 1 without protection'. */
export const methodsText = (methods: Readonly<Record<string, number>>): string =>
  Object.entries(methods)
    .sort(([a], [b]) => METHOD_ORDER.indexOf(a) - METHOD_ORDER.indexOf(b))
    .map(([m, n]) => `${n} ${METHOD_WORD[m] ?? m}`)
    .join(', ');

/** '2 match, 1 differ'; '–' where none has any. */
export function verdictsText(verdicts: Readonly<Partial<Record<string, number>>>): string {
  const said = Object.entries(verdicts).filter(([v]) => v !== 'not-applicable');
  return said.length === 0 ? '–' : said.map(([v, n]) => `${n} ${VERDICT_WORD[v] ?? v}`).join(', ');
}

/** 'frame 12', 'frames 3, 4 and 9 more'. */
export function framesText(frames: readonly number[]): string {
  if (frames.length === 0) return '';
  const few = frames.slice(0, 3).join(', ');
  const more = frames.length > 3 ? ` and ${frames.length - 3} more` : '';
  return `frame${frames.length === 1 ? '' : 's'} ${few}${more}`;
}

export const OURS_TEXT = { servers: 'Your own servers', sender: 'Your own sender' } as const;
