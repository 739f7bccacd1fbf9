// The report for a terminal: a line a message, what it does and what is wrong under it.

import type { ReportStream } from './build.ts';
import { partsHere } from './csv.ts';
import { streamOf } from './json.ts';
import type { Report, ReportMessage } from './schema.ts';
import { displayWidth, printable, wrap } from './text.ts';

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

function security(m: ReportMessage): string {
  const { method, verdict, matchesOtherDerivation } = m.security;
  const words = [method, verdict === 'not-applicable' ? (method === null ? '-' : 'unchecked') : verdict]
    .filter((w) => w !== null)
    .join(' ');
  const other = matchesOtherDerivation === null ? '' : ` (${matchesOtherDerivation})`;
  return words + other;
}

const HEAD = ['ID', 'TIME (UTC)', 'FROM', 'TO', 'KIND', 'PARTS', 'SECURITY', 'OUTCOME'];

/** What is kept of a message until all are known: columns are as wide as the widest cell. */
interface Row {
  readonly id: string;
  readonly cells: readonly string[];
  readonly complete: boolean;
  readonly verdict: ReportMessage['security']['verdict'];
  readonly summary: string;
  /** Those that are shown, worst first. */
  readonly findings: ReportMessage['findings'];
}

const rowOf = (m: ReportMessage, findings: Row['findings']): Row => ({
  id: m.id,
  cells: [
    m.id,
    printable(shortTime(m.firstTime)),
    printable(m.from ?? '-'),
    printable(m.to ?? m.imsi ?? '-'),
    printable(m.kind),
    parts(m),
    security(m),
  ],
  complete: m.state === 'complete',
  verdict: m.security.verdict,
  summary: m.summary,
  findings,
});

const tonesOf = (r: Row): readonly Tone[] => [
  'strong',
  'plain',
  'plain',
  'plain',
  'plain',
  r.complete ? 'plain' : 'bad',
  VERDICT_TONE[r.verdict],
];

function cellsOf(r: Row, outcome: string): Cell[] {
  const tones = tonesOf(r);
  const cells = r.cells.map((text, i): Cell => ({ text, tone: tones[i]! }));
  return [...cells, { text: outcome === '' ? '-' : outcome, tone: OUTCOME_TONE[outcome] ?? 'faint' }];
}

/** Aligned text, ended by a newline; without `colours` it holds no escape sequence whatever the capture held. */
export const toTable = (report: Report, options: TableOptions): string =>
  [...tableChunks(streamOf(report), options)].join('');

/** `toTable` line by line; of each message little is kept until all are known. */
export function* tableChunks(report: ReportStream, options: TableOptions): Generator<string> {
  const paint = (c: Cell, text = c.text): string =>
    !options.colours || c.tone === 'plain' || text === '' ? text : `\u001b[${SGR[c.tone]}m${text}\u001b[0m`;
  const least = RANK[options.least ?? 'warning'];
  const shown = <F extends { readonly severity: keyof typeof RANK }>(list: readonly F[]): F[] => {
    const worth = list.filter((f) => RANK[f.severity] >= least);
    return worth.length < 2 ? worth : worth.sort((a, b) => RANK[b.severity] - RANK[a.severity]);
  };
  const rows: Row[] = [];
  const widths = HEAD.map((h) => h.length);
  const widen = (i: number, text: string): void => {
    widths[i] = Math.max(widths[i]!, displayWidth(text));
  };
  for (const m of report.messages) {
    const r = rowOf(m, shown(m.findings));
    for (let i = 0; i < r.cells.length; i += 1) widen(i, r.cells[i]!);
    rows.push(r);
  }
  const rest = report.rest();
  const outcomes = new Map<string, string>();
  for (const t of rest.transactions) for (const m of t.messages) outcomes.set(m, t.outcome);
  for (const r of rows) widen(HEAD.length - 1, outcomes.get(r.id) ?? '');

  const aligned = (cells: readonly Cell[]): string =>
    `${cells
      .map((c, i) => paint(c) + (i === cells.length - 1 ? '' : ' '.repeat(widths[i]! - displayWidth(c.text))))
      .join('  ')
      .trimEnd()}\n`;
  const indent = '  '.padEnd(widths[0]! + 2);
  function* say(cell: Cell, lead: Cell | null, margin: string): Generator<string> {
    const room = options.width === null ? null : Math.max(20, options.width - margin.length);
    const first = lead === null ? '' : `${lead.text} `;
    const lines = wrap(first + cell.text, room);
    for (const [i, l] of lines.entries()) {
      const body = i === 0 && lead !== null ? paint(lead) + paint(cell, l.slice(lead.text.length)) : paint(cell, l);
      yield `${margin}${body}\n`;
    }
  }
  function* finding(f: ReportMessage['findings'][number], margin: string): Generator<string> {
    const lead: Cell = { text: `${f.severity} ${f.code}`, tone: SEVERITY_TONE[f.severity] };
    yield* say(plain(printable(f.message)), lead, margin);
  }

  for (const i of report.inputs) {
    const size = i.error ?? `${i.format}, ${i.frames} ${i.frames === 1 ? 'frame' : 'frames'}`;
    yield `${printable(i.file)}: ${printable(size)}\n`;
  }
  if (rows.length > 0) {
    if (report.inputs.length > 0) yield '\n';
    yield aligned(HEAD.map((text) => ({ text, tone: 'faint' })));
  }
  for (const r of rows) {
    yield aligned(cellsOf(r, outcomes.get(r.id) ?? ''));
    if (r.summary !== '') yield* say(plain(r.summary), null, indent);
    for (const f of r.findings) yield* finding(f, indent);
  }
  const loose = alikeOnce(shown(rest.findings));
  if (loose.length > 0) yield '\nFindings that belong to no message\n';
  for (const f of loose.slice(0, MOST_LOOSE)) yield* finding(f, '  ');
  if (loose.length > MOST_LOOSE) yield `  and ${loose.length - MOST_LOOSE} more, which --json lists\n`;
  yield `\n${totalsLine(rest)}\n`;
}

function totalsLine({ totals }: Pick<Report, 'totals'>): string {
  const { messages, texts, byKind, byVerdict, bySeverity } = totals;
  const count = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;
  const verdicts = Object.entries(byVerdict)
    .filter(([v]) => v !== 'not-applicable')
    .map(([v, n]) => `${n} ${v}`);
  const found = (['error', 'warning', 'note'] as const).map((s) => count(bySeverity[s] ?? 0, s));
  const unlisted = texts - (byKind.text ?? 0);
  const left = unlisted > 0 ? ` ${count(unlisted, 'ordinary text message')} not listed.` : '';
  return `${[count(messages, 'message'), ...verdicts].join(', ')}; ${found.join(', ')}.${left}`;
}
