// The messages as a table for spreadsheets (RFC 4180).

import type { Report, ReportMessage } from './schema.ts';

type Cell = string | number | null;

const worst = (m: ReportMessage): string =>
  (['error', 'warning', 'note'] as const).find((s) => m.findings.some((f) => f.severity === s)) ?? '';

/** Parts that count: copies and what does not fit are none of their own. */
export const partsHere = (m: ReportMessage): number =>
  new Set(m.segments.filter((s) => s.status === 'used').map((s) => s.part)).size;

const COLUMNS: readonly (readonly [name: string, of: (m: ReportMessage, outcome: string) => Cell])[] = [
  ['id', (m) => m.id],
  ['firstTime', (m) => m.firstTime],
  ['lastTime', (m) => m.lastTime],
  ['kind', (m) => m.kind],
  ['state', (m) => m.state],
  ['bearer', (m) => m.bearer],
  ['from', (m) => m.from],
  ['to', (m) => m.to],
  ['imsi', (m) => m.imsi],
  ['parts', (m) => partsHere(m) + m.missingParts.length],
  ['missingParts', (m) => m.missingParts.join(' ')],
  ['frames', (m) => m.segments.flatMap((s) => s.frames).join(' ')],
  ['contentType', (m) => m.wsp?.contentType ?? null],
  ['method', (m) => m.security.method],
  ['mac', (m) => m.security.mac],
  ['expectedMac', (m) => m.security.expectedMac],
  ['verdict', (m) => m.security.verdict],
  ['matchesOtherDerivation', (m) => m.security.matchesOtherDerivation],
  ['outcome', (_, outcome) => outcome],
  ['worst', worst],
  ['findings', (m) => [...new Set(m.findings.map((f) => f.code))].join(' ')],
  ['summary', (m) => m.summary],
];

/** Text that a spreadsheet would run as a formula; numbers with their '+' are not touched. */
const FORMULA = /^[=@\t\r]|^[+-](?!\d*$)/;

/** Text that a spreadsheet takes for text. */
export const withoutFormula = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** A value as it stands between the commas of a line (RFC 4180 2). */
export function cell(value: Cell): string {
  if (value === null) return '';
  const safe = withoutFormula(String(value));
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** One row a message under a row of names, lines ended by CR LF. */
export function toCsv(report: Report): string {
  const outcomes = new Map<string, string>();
  for (const t of report.transactions) for (const m of t.messages) outcomes.set(m, t.outcome);
  const rows = report.messages.map((m) => COLUMNS.map(([, of]) => cell(of(m, outcomes.get(m.id) ?? ''))));
  return [COLUMNS.map(([name]) => name), ...rows].map((r) => `${r.join(',')}\r\n`).join('');
}
