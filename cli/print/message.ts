// One message on a terminal, from what it does down to its octets.

import type { ByteRange, Detail, DetailFinding, Time } from '../../analysis/engine/contract.ts';
import { padEnd, printable, wrap } from '../../analysis/report/text.ts';
import { isoTime } from '../../analysis/report/time.ts';
import { BASIS_WORDS } from '../../captures/finding.ts';
import type { Style } from '../style.ts';

export interface Page {
  readonly style: Style;
  /** Columns; null: lines are not wrapped. */
  readonly width: number | null;
  /** Absolute nanoseconds of time 0. */
  readonly base: bigint | null;
}

const TONES = { error: 'bad', warning: 'doubt', note: 'faint' } as const;

export const verdictTone = (verdict: string): 'good' | 'bad' | 'doubt' | 'faint' =>
  verdict === 'valid' ? 'good' : verdict === 'invalid' || verdict === 'malformed' ? 'bad' : 'doubt';

/** '2026-11-23 11:19:48.973000', or a dash. */
export const timeText = (page: Page, time: Time): string =>
  isoTime(page.base, time)?.replace('T', ' ').slice(0, -4) ?? '-';

/** A paragraph, indented and wrapped. */
export function paragraph(page: Page, text: string, indent: number): string[] {
  const room = page.width === null ? null : Math.max(20, page.width - indent);
  return wrap(printable(text), room).map((line) => ' '.repeat(indent) + line);
}

/** Columns as wide as their widest cell. */
export function columns(rows: readonly (readonly string[])[], indent: number): string[] {
  const widths: number[] = [];
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  return rows.map((row) =>
    `${' '.repeat(indent)}${row.map((cell, i) => padEnd(printable(cell), widths[i] ?? 0)).join('  ')}`.trimEnd(),
  );
}

/** `became`: lines about its way. */
export function messageText(detail: Detail, page: Page, became: readonly string[]): string[] {
  return [
    ...head(detail, page),
    ...section(page, 'What it does', summary(detail, page)),
    ...section(page, 'Parts', parts(detail, page)),
    ...became,
    ...section(page, 'Push headers', headers(detail)),
    ...section(page, 'Security', security(detail, page)),
    ...section(page, 'Settings', settings(detail, page)),
    ...section(page, 'Document', document(detail)),
    ...section(
      page,
      'Findings',
      detail.findings.flatMap((f) => finding(f, page)),
    ),
  ];
}

/** A heading and its lines, nothing when there are none. */
export const section = (page: Page, title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', page.style.strong(title), ...lines];

function head({ row, chosen }: Detail, page: Page): string[] {
  const { style } = page;
  const state = row.state === 'complete' ? row.state : style.bad(row.state);
  const to = row.to ?? (row.imsi === null ? '-' : `IMSI ${row.imsi}`);
  return [
    `${style.strong(row.id)}  ${row.kind}  ${state}  over ${row.bearer}`,
    `${printable(row.from ?? '-')} -> ${printable(to)}  ${timeText(page, row.firstTime)} UTC`,
    ...chosen.map((c) => style.faint(printable(c))),
  ];
}

const summary = (detail: Detail, page: Page): string[] => detail.summary.flatMap((s) => paragraph(page, s.text, 2));

function parts({ segments, row }: Detail, page: Page): string[] {
  const lines = segments.map((s) => [
    s.of > 0 ? `${s.part}/${s.of}` : '-',
    timeText(page, s.time),
    `${s.length} octets`,
    `frame${s.frames.length === 1 ? '' : 's'} ${s.frames.join(', ')}`,
    s.status,
    s.answer ?? '',
  ]);
  const missing = row.missing === 0 ? [] : [page.style.bad(`  ${row.missing} of ${row.parts} parts never came`)];
  return [...columns(lines, 2), ...missing];
}

function headers({ headers: list, ports }: Detail): string[] {
  const rows = list.map((h) => [h.name, h.value]);
  if (ports !== null) rows.unshift(['Ports', `${ports.source ?? 'none'} -> ${ports.destination}`]);
  return columns(rows, 2);
}

function security({ verify }: Detail, page: Page): string[] {
  const tone = page.style[verdictTone(verify.verdict)];
  const lead = [verify.method, verify.verdict].filter((w) => w !== null).join(': ');
  return verify.verdict === 'not-applicable' ? [] : [`  ${tone(lead)}`, ...paragraph(page, verify.explanation, 2)];
}

function settings(detail: Detail, page: Page): string[] {
  const lines: string[] = [];
  const groups = [...new Set(detail.settings.map((s) => s.group))];
  for (const group of groups) {
    lines.push(`  ${printable(group)}`);
    const rows = detail.settings.filter((s) => s.group === group).map((s) => [s.label, s.value, s.parm, s.mark ?? '']);
    lines.push(...columns(rows, 4));
  }
  return lines.map((line) => (page.width === null ? line : line.slice(0, Math.max(page.width, 40))));
}

const document = ({ xml }: Detail): string[] =>
  xml === null
    ? []
    : xml
        .trimEnd()
        .split('\n')
        .map((line) => `  ${printable(line)}`);

/** The clause; that a rule is not from a text at hand is worth a word. */
const basisOf = ({ clause, basis }: DetailFinding): string =>
  basis === undefined || basis === 'confirmed' ? clause : `${clause} (${BASIS_WORDS[basis]})`;

export function finding(f: DetailFinding, page: Page): string[] {
  const tone = page.style[TONES[f.severity]];
  const at = f.range === null ? '' : ` (${f.range.buffer}, ${octets(f.range)})`;
  return [
    `  ${tone(`${f.severity} ${f.code}`)}${page.style.faint(at)}`,
    ...paragraph(page, f.text, 4),
    ...paragraph(page, basisOf(f), 4).map(page.style.faint),
    ...(f.receivers === null ? [] : paragraph(page, `Receivers: ${f.receivers}`, 4)),
    ...(f.fix === null ? [] : paragraph(page, `To mend it: ${f.fix}`, 4)),
  ];
}

function octets({ start, length }: ByteRange): string {
  if (length === 0) return `at octet ${start}`;
  return length === 1 ? `octet ${start}` : `octets ${start} to ${start + length - 1}`;
}
