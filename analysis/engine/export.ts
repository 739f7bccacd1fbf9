// Reports and slices of what is loaded, as a page or the command line asks for them.

import { toHtml } from '../report/html/index.ts';
import { buildReport, type Report, toJson, toNdjson } from '../report/index.ts';
import { toMarkdown } from '../report/markdown.ts';
import type { RuleNotes } from '../report/notes.ts';
import { type Redactor, redactor } from '../report/redact.ts';
import { toCsvTable } from '../report/tables.ts';
import type { ExportChoice, ExportReplies } from './contract/export.ts';
import type { FlowReply } from './contract/flows.ts';
import type { Time, WindowReply } from './contract.ts';
import { chartDrawing, ladderDrawing } from './drawings.ts';
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
  flow(r: MessageRecord): FlowReply;
  window(t0: Time, t1: Time): WindowReply;
  /** Indexes of the messages that fit a filter. */
  fitting(filter: string): Int32Array;
}

const NAMES: Readonly<Record<ExportChoice['format'], readonly [string, string]>> = {
  html: ['otascope-report.html', 'text/html'],
  markdown: ['otascope-summary.md', 'text/markdown'],
  json: ['otascope-report.json', 'application/json'],
  ndjson: ['otascope-report.ndjson', 'application/x-ndjson'],
  csv: ['otascope-messages.csv', 'text/csv'],
  svg: ['otascope-chart.svg', 'image/svg+xml'],
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

const redactorOf = (c: ExportChoice): Redactor | null =>
  c.numbers === undefined || c.numbers === 'full' ? null : redactor(c.numbers);

function reportOf(
  e: Exporter,
  c: ExportChoice,
  records: readonly MessageRecord[],
  hide: Redactor | null,
  part = false,
): Report {
  const only = isWhole(c) && !part ? {} : { messages: new Set(records.map((r) => r.id)) };
  const redact = hide === null ? {} : { redact: true, redactor: hide };
  const brief = c.format === 'markdown';
  const marked = c.bookmarks === undefined ? {} : { bookmarks: c.bookmarks };
  return buildReport(
    reportInput(e.loaded, e.flows, { showSecrets: c.secrets === true, brief, ...redact, ...only, ...marked }),
  );
}

/** Ladders of one report. */
const MOST_FIGURES = 40;

/** One ladder for each way that has something to show, at its first message. */
function figures(e: Exporter, records: readonly MessageRecord[], hide: Redactor | null): (id: string) => string {
  const shown = new Set<string>();
  const byId = new Map(records.map((r) => [r.id, r]));
  return (id) => {
    const r = byId.get(id);
    if (r === undefined || shown.size >= MOST_FIGURES) return '';
    const way = e.flows.transactionOf(r)?.id ?? id;
    if (shown.has(way)) return '';
    const drawing = ladderDrawing(e.flow(r), `The way of ${id}`, hide);
    if (drawing !== '') shown.add(way);
    return drawing;
  };
}

/** Messages whose answers and receipts are looked at for the length of a chart. */
const MOST_ANSWERED = 5000;

/** From the first of the messages to the last, and to what was said of them, with a little room on both sides. */
function chartOf(e: Exporter, records: readonly MessageRecord[], hide: Redactor | null): string {
  const answers = records.slice(-MOST_ANSWERED).flatMap((r) => e.flows.flowOf(r).events.map((a) => a.time));
  const messages = records.flatMap(({ joined: j }) => [j.firstTime, j.lastTime]);
  const times = [...messages, ...answers].filter((t) => !Number.isNaN(t));
  if (times.length === 0) return '';
  const t0 = times.reduce((a, b) => Math.min(a, b));
  const t1 = times.reduce((a, b) => Math.max(a, b));
  const room = Math.max(1e6, (t1 - t0) * 0.03);
  const between = { t0: t0 - room, t1: t1 + room };
  return chartDrawing(e.window(between.t0, between.t1), between, 'Messages over time', hide);
}

function textOf(e: Exporter, c: ExportChoice, records: readonly MessageRecord[], part = false): string {
  const hide = redactorOf(c);
  if (c.format === 'svg') {
    const [first] = records;
    const ladder = c.messages?.length === 1 && first !== undefined;
    // Names are given in the order of the report.
    if (hide !== null) reportOf(e, c, records, hide, part);
    return ladder ? ladderDrawing(e.flow(first), `The way of ${first.id}`, hide) : chartOf(e, records, hide);
  }
  const report = reportOf(e, c, records, hide, part);
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
        figure: part ? () => '' : figures(e, records, hide),
        chart: part ? '' : chartOf(e, records, hide),
      });
    default:
      return toJson(report);
  }
}

export async function exportOf(e: Exporter, c: ExportChoice): Promise<ExportReplies['export']> {
  const records = chosen(e, c);
  const [usual, mediaType] = NAMES[c.format];
  const ladder = c.format === 'svg' && c.messages?.length === 1;
  const name =
    c.format === 'csv' && c.table !== undefined ? `otascope-${c.table}.csv` : ladder ? 'otascope-ladder.svg' : usual;
  if (c.format === 'pcapng') {
    const { bytes, left } = await slice(records, e.loaded, e.flows, e.frameBytes);
    return { name, mediaType, bytes, left };
  }
  const text = textOf(e, c, records);
  if (text === '') throw new Error('There is nothing to draw: no steps, or no times.');
  return { name, mediaType, bytes: new TextEncoder().encode(text), left: [] };
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
