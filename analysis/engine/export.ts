// Reports and slices of what is loaded, as a page or the command line asks for them.

import { toHtml } from '../report/html/index.ts';
import { buildReport, type Report, toJson, toNdjson } from '../report/index.ts';
import { toMarkdown } from '../report/markdown.ts';
import type { RuleNotes } from '../report/notes.ts';
import { toCsvTable } from '../report/tables.ts';
import type { ExportChoice, ExportReplies } from './contract/export.ts';
import type { Flows } from './flowsof.ts';
import type { FrameBytes } from './framebytes.ts';
import type { Loaded } from './load.ts';
import { allFindings, type MessageRecord } from './records.ts';
import { reportInput } from './reportof.ts';
import { slice } from './slice.ts';

export interface Exporter {
  readonly loaded: Loaded;
  readonly flows: Flows;
  readonly frameBytes: FrameBytes;
  /** Indexes of the messages that fit a filter. */
  fitting(filter: string): Int32Array;
}

const NAMES: Readonly<Record<ExportChoice['format'], readonly [string, string]>> = {
  html: ['otascope-report.html', 'text/html'],
  markdown: ['otascope-summary.md', 'text/markdown'],
  json: ['otascope-report.json', 'application/json'],
  ndjson: ['otascope-report.ndjson', 'application/x-ndjson'],
  csv: ['otascope-messages.csv', 'text/csv'],
  pcapng: ['otascope-slice.pcapng', 'application/octet-stream'],
};

/** Messages written to tell how large all of them would be. */
const SAMPLE = 50;

function chosen({ loaded, fitting }: Exporter, c: ExportChoice): readonly MessageRecord[] {
  const { records } = loaded;
  const { range } = c;
  let out: readonly MessageRecord[] =
    c.filter === undefined ? records : Array.from(fitting(c.filter), (i) => records[i]!);
  if (c.messages !== undefined) {
    const ids = new Set(c.messages);
    out = out.filter((r) => ids.has(r.id));
  }
  if (range !== undefined) out = out.filter(({ joined: j }) => j.lastTime >= range.t0 && j.firstTime <= range.t1);
  return out;
}

/** All of them: then what belongs to no message is told, too. */
const isWhole = (c: ExportChoice): boolean =>
  c.filter === undefined && c.messages === undefined && c.range === undefined;

function scopeOf(c: ExportChoice, messages: number): string[] {
  const hidden =
    c.numbers === 'named'
      ? 'Numbers, IMSIs and addresses have names of their own, the same throughout this report.'
      : c.numbers === 'last4'
        ? 'Of numbers and IMSIs the last four digits are shown.'
        : null;
  return [
    ...(isWhole(c) ? [] : [`This is a choice of ${messages} messages, not the whole capture.`]),
    ...(c.filter === undefined ? [] : [`Filter: ${c.filter}`]),
    ...(hidden === null ? [] : [hidden]),
    c.secrets === true ? 'Passwords and PINs are shown as they were sent.' : 'Passwords and PINs are masked.',
  ];
}

const notesOf = (records: readonly MessageRecord[], loaded: Loaded): RuleNotes =>
  new Map([
    ...loaded.findings.map(({ finding: { rule } }) => [rule.code, rule] as const),
    ...records.flatMap((r) => allFindings(r).map(({ rule }) => [rule.code, rule] as const)),
  ]);

function reportOf(e: Exporter, c: ExportChoice, records: readonly MessageRecord[], part = false): Report {
  const only = isWhole(c) && !part ? {} : { messages: new Set(records.map((r) => r.id)) };
  const redact = c.numbers === 'named' ? true : c.numbers === 'last4' ? 'last4' : false;
  return buildReport(
    reportInput(e.loaded, e.flows, {
      showSecrets: c.secrets === true,
      redact,
      brief: c.format === 'markdown',
      ...only,
    }),
  );
}

function textOf(e: Exporter, c: ExportChoice, records: readonly MessageRecord[], part = false): string {
  const report = reportOf(e, c, records, part);
  switch (c.format) {
    case 'csv':
      return toCsvTable(report, c.table ?? 'messages');
    case 'ndjson':
      return toNdjson(report);
    case 'markdown':
      return toMarkdown(report, scopeOf(c, records.length));
    case 'html':
      return toHtml(report, {
        notes: notesOf(records, e.loaded),
        scope: scopeOf(c, records.length),
        figure: () => '',
        chart: '',
      });
    default:
      return toJson(report);
  }
}

export async function exportOf(e: Exporter, c: ExportChoice): Promise<ExportReplies['export']> {
  const records = chosen(e, c);
  const [usual, mediaType] = NAMES[c.format];
  const name = c.format === 'csv' && c.table !== undefined ? `otascope-${c.table}.csv` : usual;
  if (c.format === 'pcapng') {
    const { bytes, left } = await slice(records, e.loaded, e.flows, e.frameBytes);
    return { name, mediaType, bytes, left };
  }
  return { name, mediaType, bytes: new TextEncoder().encode(textOf(e, c, records)), left: [] };
}

/** Writes some of the messages and reckons the rest. */
export function exportSize(e: Exporter, c: ExportChoice): ExportReplies['exportSize'] {
  const records = chosen(e, c);
  const messages = records.length;
  if (c.format === 'pcapng') {
    const frames = records.flatMap((r) => r.joined.segments.map((s) => e.loaded.frames.at(s.frame).length + 36));
    return { messages, bytes: frames.reduce((n, l) => n + l, 0), exact: false };
  }
  const size = (of: readonly MessageRecord[]): number => new TextEncoder().encode(textOf(e, c, of, true)).length;
  if (messages <= SAMPLE) return { messages, bytes: exactSize(e, c, records), exact: true };
  const step = messages / SAMPLE;
  const some = Array.from({ length: SAMPLE }, (_, i) => records[Math.floor(i * step)]!);
  const none = size([]);
  return { messages, bytes: Math.round(none + ((size(some) - none) / SAMPLE) * messages), exact: false };
}

const exactSize = (e: Exporter, c: ExportChoice, records: readonly MessageRecord[]): number =>
  new TextEncoder().encode(textOf(e, c, records)).length;
