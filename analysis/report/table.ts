// The report for a terminal: a line a message, what it does and what is wrong under it.

import { partsHere } from './csv.ts';
import type { Report, ReportMessage } from './schema.ts';
import { displayWidth, padEnd, printable, wrap } from './text.ts';

export interface TableOptions {
  /** Columns of the terminal; null: lines are not wrapped. */
  readonly width: number | null;
  readonly colours: boolean;
  /** Findings shown under each message, worst first; default 'warning'. */
  readonly least?: 'error' | 'warning' | 'note';
}

type Tone = 'good' | 'bad' | 'doubt' | 'faint' | 'strong' | 'plain';

/** ECMA-48 8.3.117, select graphic rendition. */
const SGR: Readonly<Record<Tone, string>> = {
  good: '32',
  bad: '31',
  doubt: '33',
  faint: '2',
  strong: '1',
  plain: '0',
};

const VERDICT_TONE: Readonly<Record<ReportMessage['security']['verdict'], Tone>> = {
  valid: 'good',
  invalid: 'bad',
  malformed: 'bad',
  'no-key': 'doubt',
  'no-mac': 'doubt',
  unprotected: 'doubt',
  'not-applicable': 'faint',
};

const SEVERITY_TONE = { error: 'bad', warning: 'doubt', note: 'faint' } as const;
const RANK = { error: 2, warning: 1, note: 0 } as const;
const OUTCOME_TONE: Readonly<Record<string, Tone>> = {
  delivered: 'good',
  accepted: 'good',
  failed: 'bad',
  expired: 'bad',
  unconfirmed: 'doubt',
};

interface Cell {
  readonly text: string;
  readonly tone: Tone;
}

const plain = (text: string): Cell => ({ text: printable(text), tone: 'plain' });

/** '2026-11-23 11:19:48.973': a terminal needs no nanoseconds. */
const shortTime = (iso: string | null): string => (iso === null ? '-' : iso.replace('T', ' ').slice(0, -7));

/** Findings of no message that a table lists. */
const MOST_LOOSE = 50;

/** The same words once, with how often. */
function alikeOnce(findings: Report['findings']): Report['findings'] {
  const times = new Map<string, number>();
  const key = (f: Report['findings'][number]): string => `${f.code} ${f.message}`;
  for (const f of findings) times.set(key(f), (times.get(key(f)) ?? 0) + 1);
  return findings.flatMap((f) => {
    const n = times.get(key(f)) ?? 0;
    times.delete(key(f));
    return n === 0 ? [] : [n === 1 ? f : { ...f, message: `${f.message} (${n} times)` }];
  });
}

function parts(m: ReportMessage): string {
  const here = partsHere(m);
  return `${here}/${here + m.missingParts.length}`;
}

function security(m: ReportMessage): Cell {
  const { method, verdict, matchesOtherDerivation } = m.security;
  const words = [method, verdict === 'not-applicable' ? (method === null ? '-' : 'unchecked') : verdict]
    .filter((w) => w !== null)
    .join(' ');
  const other = matchesOtherDerivation === null ? '' : ` (${matchesOtherDerivation})`;
  return { text: words + other, tone: VERDICT_TONE[verdict] };
}

const HEAD = ['ID', 'TIME (UTC)', 'FROM', 'TO', 'KIND', 'PARTS', 'SECURITY', 'OUTCOME'];

function row(m: ReportMessage, outcome: string): Cell[] {
  return [
    { text: m.id, tone: 'strong' },
    plain(shortTime(m.firstTime)),
    plain(m.from ?? '-'),
    plain(m.to ?? m.imsi ?? '-'),
    plain(m.kind),
    { text: parts(m), tone: m.state === 'complete' ? 'plain' : 'bad' },
    security(m),
    { text: outcome === '' ? '-' : outcome, tone: OUTCOME_TONE[outcome] ?? 'faint' },
  ];
}

/** Aligned text, ended by a newline; without `colours` it holds no escape sequence whatever the capture held. */
export function toTable(report: Report, options: TableOptions): string {
  const paint = (c: Cell, text = c.text): string =>
    !options.colours || c.tone === 'plain' || text === '' ? text : `\u001b[${SGR[c.tone]}m${text}\u001b[0m`;
  const outcomes = new Map<string, string>();
  for (const t of report.transactions) for (const m of t.messages) outcomes.set(m, t.outcome);
  const rows = report.messages.map((m) => row(m, outcomes.get(m.id) ?? ''));
  const widths = HEAD.map((h, i) => rows.reduce((w, r) => Math.max(w, displayWidth(r[i]?.text ?? '')), h.length));
  const aligned = (cells: readonly Cell[]): string =>
    cells
      .map((c, i) => paint(c) + (i === cells.length - 1 ? '' : padEnd('', (widths[i] ?? 0) - displayWidth(c.text))))
      .join('  ')
      .trimEnd();
  const indent = '  '.padEnd((widths[0] ?? 0) + 2);
  const out: string[] = [];
  const say = (cell: Cell, lead: Cell | null, margin: string): void => {
    const room = options.width === null ? null : Math.max(20, options.width - margin.length);
    const first = lead === null ? '' : `${lead.text} `;
    const lines = wrap(first + cell.text, room);
    for (const [i, l] of lines.entries()) {
      const body = i === 0 && lead !== null ? paint(lead) + paint(cell, l.slice(lead.text.length)) : paint(cell, l);
      out.push(margin + body);
    }
  };
  const least = RANK[options.least ?? 'warning'];
  const finding = (f: Report['messages'][number]['findings'][number], margin: string): void => {
    if (RANK[f.severity] < least) return;
    const lead: Cell = { text: `${f.severity} ${f.code}`, tone: SEVERITY_TONE[f.severity] };
    say(plain(printable(f.message)), lead, margin);
  };
  const worstFirst = <F extends { readonly severity: keyof typeof RANK }>(list: readonly F[]): F[] =>
    [...list].sort((a, b) => RANK[b.severity] - RANK[a.severity]);

  for (const i of report.inputs) {
    const size = i.error ?? `${i.format}, ${i.frames} ${i.frames === 1 ? 'frame' : 'frames'}`;
    out.push(`${printable(i.file)}: ${printable(size)}`);
  }
  if (rows.length > 0) {
    if (out.length > 0) out.push('');
    out.push(aligned(HEAD.map((text) => ({ text, tone: 'faint' }))));
  }
  for (const [i, m] of report.messages.entries()) {
    out.push(aligned(rows[i] ?? []));
    if (m.summary !== '') say(plain(m.summary), null, indent);
    for (const f of worstFirst(m.findings)) finding(f, indent);
  }
  const loose = alikeOnce(worstFirst(report.findings).filter((f) => RANK[f.severity] >= least));
  if (loose.length > 0) out.push('', 'Findings that belong to no message');
  for (const f of loose.slice(0, MOST_LOOSE)) finding(f, '  ');
  if (loose.length > MOST_LOOSE) out.push(`  and ${loose.length - MOST_LOOSE} more, which --json lists`);
  out.push('', totalsLine(report));
  return `${out.join('\n')}\n`;
}

function totalsLine(report: Report): string {
  const { messages, texts, byKind, byVerdict, bySeverity } = report.totals;
  const count = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;
  const verdicts = Object.entries(byVerdict)
    .filter(([v]) => v !== 'not-applicable')
    .map(([v, n]) => `${n} ${v}`);
  const found = (['error', 'warning', 'note'] as const).map((s) => count(bySeverity[s] ?? 0, s));
  const unlisted = texts - (byKind.text ?? 0);
  const left = unlisted > 0 ? ` ${count(unlisted, 'ordinary text message')} not listed.` : '';
  return `${[count(messages, 'message'), ...verdicts].join(', ')}; ${found.join(', ')}.${left}`;
}
