// Names of things as people say them.

import type { Report, ReportMessage } from './schema.ts';

export const KIND: Readonly<Record<string, string>> = {
  'client-provisioning': 'provisioning document',
  'service-indication': 'service indication',
  'service-loading': 'service loading',
  'cache-operation': 'cache operation',
  'mms-notification': 'MMS notification',
  'email-notification': 'mail notification',
  'dm-notification': 'device management notification',
  text: 'text message',
  unknown: 'push of another kind',
};

export const VERDICT: Readonly<
  Record<ReportMessage['security']['verdict'], readonly [string, 'good' | 'bad' | 'doubt' | 'quiet']>
> = {
  valid: ['MAC right', 'good'],
  invalid: ['MAC wrong', 'bad'],
  'no-key': ['not checked: no key', 'doubt'],
  'no-mac': ['no MAC was sent', 'doubt'],
  unprotected: ['not protected', 'doubt'],
  malformed: ['MAC malformed', 'bad'],
  'not-applicable': ['carries no MAC', 'quiet'],
};

export const OUTCOME: Readonly<
  Record<Report['transactions'][number]['outcome'], readonly [string, 'good' | 'bad' | 'doubt' | 'quiet']>
> = {
  delivered: ['delivered', 'good'],
  accepted: ['accepted, delivery not seen', 'doubt'],
  failed: ['failed', 'bad'],
  unconfirmed: ['no answer seen', 'doubt'],
  expired: ['expired', 'bad'],
};

export const plural = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;

const UNCOUNTED = /ing$|settings$/;
export const kindWord = (kind: string, n = 1): string => {
  const word = KIND[kind] ?? kind.replaceAll('-', ' ');
  return n === 1 || UNCOUNTED.test(word)
    ? word
    : word.endsWith('push of another kind')
      ? 'pushes of another kind'
      : `${word}s`;
};

/** '2026-11-23 11:19:48.973'. */
export const when = (iso: string | null): string =>
  iso === null ? 'time unknown' : iso.replace('T', ' ').slice(0, -7);

/** Sentences that say what the capture holds. */
export function overview(r: Report): string[] {
  const out: string[] = [];
  const { messages, byKind, byVerdict, bySeverity } = r.totals;
  const kinds = Object.entries(byKind).sort((a, b) => b[1] - a[1]);
  if (messages === 0) out.push('No push or provisioning message is in this report.');
  else
    out.push(
      `${plural(messages, 'message')}: ${kinds.map(([k, n]) => `${n.toLocaleString('en-US')} ${kindWord(k, n)}`).join(', ')}.`,
    );
  const protectedOnes = Object.entries(byVerdict).filter(([v]) => v !== 'not-applicable');
  if (protectedOnes.length > 0) {
    const list = protectedOnes.map(([v, n]) => `${n.toLocaleString('en-US')} ${VERDICT[v as keyof typeof VERDICT][0]}`);
    out.push(`Of those that can carry a MAC: ${list.join(', ')}.`);
  }
  const failed = r.transactions.filter((t) => t.outcome === 'failed' || t.outcome === 'expired').length;
  if (r.transactions.length > 0) {
    out.push(
      `${plural(r.transactions.length, 'attempt')} to reach a phone; ${failed === 0 ? 'none failed' : `${failed.toLocaleString('en-US')} failed`}.`,
    );
  }
  const found = (['error', 'warning', 'note'] as const).flatMap((s) =>
    bySeverity[s] === undefined ? [] : [plural(bySeverity[s], s)],
  );
  out.push(found.length === 0 ? 'Nothing was found to be wrong.' : `Found: ${found.join(', ')}.`);
  return out;
}

export interface RuleGroup {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'note';
  readonly clause: string;
  readonly first: string;
  readonly messages: readonly string[];
  readonly count: number;
}

const RANK = { error: 0, warning: 1, note: 2 } as const;

/** Findings by rule, worst and most frequent first. */
export function byRule(r: Report): RuleGroup[] {
  const groups = new Map<string, RuleGroup & { messages: string[]; count: number }>();
  const add = (f: Report['findings'][number] | ReportMessage['findings'][number], message: string | null): void => {
    const g = groups.get(f.code) ?? {
      code: f.code,
      severity: f.severity,
      clause: f.clause,
      first: f.message,
      messages: [],
      count: 0,
    };
    g.count += 1;
    if (message !== null && g.messages.at(-1) !== message) g.messages.push(message);
    groups.set(f.code, g);
  };
  for (const f of r.findings) add(f, null);
  for (const m of r.messages) for (const f of m.findings) add(f, m.id);
  return [...groups.values()].sort((a, b) => RANK[a.severity] - RANK[b.severity] || b.count - a.count);
}
