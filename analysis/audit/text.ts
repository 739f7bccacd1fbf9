// The review for a terminal: the verdict, what it rests on, who sent and who is concerned, and what could not be told.

import { displayWidth, padEnd, printable, wrap } from '../report/text.ts';
import { AUDIT_SEVERITIES, type AuditSeverity } from './rule.ts';
import type { AuditReport } from './schema.ts';
import { count } from './words.ts';

export interface AuditTextOptions {
  /** Columns of the terminal; null: lines are not wrapped. */
  readonly width: number | null;
  readonly colours: boolean;
}

type Tone = 'bad' | 'doubt' | 'faint' | 'strong' | 'good' | 'plain';

/** ECMA-48 8.3.117, select graphic rendition. */
const SGR: Readonly<Record<Tone, string>> = { bad: '31', doubt: '33', faint: '2', strong: '1', good: '32', plain: '0' };
const TONE: Readonly<Record<AuditSeverity, Tone>> = {
  critical: 'bad',
  high: 'bad',
  medium: 'doubt',
  low: 'plain',
  info: 'faint',
};

const OURS = { servers: 'leads to your own servers alone', sender: 'the sender is named as your own' } as const;

/** Rows of a table; --json has them all. */
const MOST_ROWS = 20;
const MOST_EVIDENCE = 3;

const shortTime = (iso: string | null): string => (iso === null ? '-' : iso.slice(0, 19).replace('T', ' '));

/** Aligned text that ends with a newline. */
export function toAuditText(report: AuditReport, o: AuditTextOptions): string {
  const out: string[] = [];
  const paint = (tone: Tone, text: string): string =>
    o.colours && tone !== 'plain' && text !== '' ? `\u001b[${SGR[tone]}m${text}\u001b[0m` : text;
  const say = (text: string, margin = 0, tone: Tone = 'plain'): void => {
    const room = o.width === null ? null : Math.max(24, o.width - margin);
    for (const line of wrap(printable(text), room)) out.push(' '.repeat(margin) + paint(tone, line));
  };
  const heading = (text: string): void => {
    out.push('', paint('strong', text));
  };

  const worst = AUDIT_SEVERITIES.find((s) => report.bySeverity[s] > 0);
  say(report.headline, 0, worst === 'critical' || worst === 'high' ? 'bad' : worst === 'medium' ? 'doubt' : 'good');
  say(report.lead);
  for (const severity of AUDIT_SEVERITIES) {
    const mine = report.findings.filter((f) => f.severity === severity);
    if (mine.length === 0) continue;
    heading(`${severity.toUpperCase()}: ${count(mine.length, 'finding')}`);
    for (const f of mine) {
      out.push(`  ${paint(TONE[severity], f.code)}  ${printable(f.title)}`);
      say(f.text, 4);
      const many = f.messages > 1 ? `${count(f.messages, 'message')}, ${count(f.victims, 'phone')}` : '';
      const from = f.from === null ? '' : `from ${f.from}`;
      const ours = f.ours === null ? '' : OURS[f.ours];
      const about = [from, many, ours].filter((t) => t !== '').join('; ');
      if (about !== '') say(about, 4, 'faint');
      for (const e of f.evidence.slice(0, MOST_EVIDENCE)) say(evidence(e, report), 4, 'faint');
      const more = f.evidence.length - MOST_EVIDENCE;
      if (more > 0) say(`and ${count(more, 'more place')}`, 4, 'faint');
      if (severity !== 'info') say(`To do: ${f.todo}`, 4);
    }
  }
  table('Senders', SENDER_HEAD, report.senders.map(senderRow));
  table('Phones', VICTIM_HEAD, report.victims.map(victimRow));
  const quiet = worst === undefined || worst === 'low' || worst === 'info';
  const sought = report.notFound.reduce((n, a) => n + a.sought.length, 0);
  if (sought > 0 && quiet) {
    heading('Looked for and not found');
    for (const n of report.notFound) say(`${n.title}: ${n.sought.join('; ')}.`, 2);
  } else if (sought > 0) {
    out.push('');
    say(
      `Looked for and not found: ${count(sought, 'other kind of problem', 'other kinds of problem')}, which --json lists.`,
    );
  }
  if (report.notCheckable.length > 0) {
    heading('Could not be checked');
    for (const n of report.notCheckable) say(n, 2);
  }
  return `${out.join('\n')}\n`;

  function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
    if (rows.length === 0) return;
    heading(title);
    const shown = [head, ...rows.slice(0, MOST_ROWS)].map((r) => r.map(printable));
    const widths = head.map((_, i) => Math.max(...shown.map((r) => displayWidth(r[i] ?? ''))));
    for (const [n, r] of shown.entries()) {
      const line = `  ${r.map((c, i) => padEnd(c, widths[i] ?? 0)).join('  ')}`.trimEnd();
      out.push(n === 0 ? paint('faint', line) : line);
    }
    if (rows.length > MOST_ROWS) out.push(`  and ${rows.length - MOST_ROWS} more, which --json lists`);
  }
}

function evidence(e: AuditReport['findings'][number]['evidence'][number], report: AuditReport): string {
  const frames = e.frames.length === 0 ? '' : `frame${e.frames.length === 1 ? '' : 's'} ${e.frames.join(', ')}`;
  const file = report.inputs.length > 1 && e.input !== null ? ` of ${report.inputs[e.input]?.file ?? ''}` : '';
  const { bytes } = e;
  const at =
    bytes === null || bytes.length === 0
      ? ''
      : bytes.length === 1
        ? `octet ${bytes.start} of the ${bytes.of}`
        : `octets ${bytes.start} to ${bytes.start + bytes.length - 1} of the ${bytes.of}`;
  return `${[e.message, frames === '' ? '' : frames + file, at].filter((t) => t !== null && t !== '').join(', ')}: ${e.what}`;
}

const counts = (of: Readonly<Record<string, number>>): string =>
  Object.entries(of)
    .map(([name, n]) => `${n} ${name}`)
    .join(', ');
const few = (names: readonly string[]): string =>
  names.length > 3 ? `${names.slice(0, 3).join(', ')} +${names.length - 3}` : names.join(', ');

const SENDER_HEAD = ['SENDER', 'WORST', 'MESSAGES', 'PHONES', 'METHODS', 'MACS', 'FIRST (UTC)', 'HOSTS'];
const senderRow = (s: AuditReport['senders'][number]): string[] => [
  s.name ?? 'not known',
  s.worst ?? '-',
  String(s.messages),
  String(s.victims),
  counts(s.methods),
  counts(s.verdicts),
  shortTime(s.firstTime),
  few(s.hosts),
];

function stake({ atStake, unproven }: AuditReport['victims'][number]): string {
  const rest = atStake.filter((a) => !unproven.includes(a)).join(', ');
  const open = unproven.length === 0 ? '' : `unproven: ${unproven.join(', ')}`;
  return [open, rest].filter((t) => t !== '').join('; ') || '-';
}

const VICTIM_HEAD = ['PHONE', 'WORST', 'MESSAGES', 'ARRIVED', 'FAILED', 'FROM', 'AT STAKE'];
const victimRow = (v: AuditReport['victims'][number]): string[] => [
  v.name,
  v.worst ?? '-',
  String(v.messages),
  v.unknown === v.messages ? 'not known' : String(v.arrived + v.accepted),
  String(v.failed),
  few(v.senders),
  stake(v),
];
