// The report as JSON, whole or one object a line.

import type { ReportStream } from './build.ts';
import { REPORT_SCHEMA, type Report } from './schema.ts';

/** One document, indented by two spaces, with a newline at its end. */
export const toJson = (report: Report): string => [...jsonChunks(streamOf(report))].join('');

/** The same objects one a line, each with its `type`: report, input, message, transaction, subscriber, finding, totals. */
export const toNdjson = (report: Report): string => [...ndjsonChunks(streamOf(report))].join('');

const streamOf = ({ inputs, messages, transactions, subscribers, findings, totals }: Report): ReportStream => ({
  inputs,
  messages,
  rest: () => ({ transactions, subscribers, findings, totals }),
});

const indented = (value: unknown, by: string): string => JSON.stringify(value, null, 2).replaceAll('\n', `\n${by}`);

/** `toJson` in pieces, because no string can hold the report of a day's traffic. */
export function* jsonChunks(report: ReportStream): Generator<string> {
  yield `{\n  "schema": ${JSON.stringify(REPORT_SCHEMA)},\n  "inputs": ${indented(report.inputs, '  ')},\n  "messages": [`;
  let first = true;
  for (const m of report.messages) {
    yield `${first ? '' : ','}\n    ${indented(m, '    ')}`;
    first = false;
  }
  yield first ? ']' : '\n  ]';
  for (const [key, value] of Object.entries(report.rest())) yield `,\n  "${key}": ${indented(value, '  ')}`;
  yield '\n}\n';
}

/** `toNdjson` line by line. */
export function* ndjsonChunks(report: ReportStream): Generator<string> {
  const line = (type: string, value: object): string => `${JSON.stringify({ type, ...value })}\n`;
  yield line('report', { schema: REPORT_SCHEMA });
  for (const i of report.inputs) yield line('input', i);
  for (const m of report.messages) yield line('message', m);
  const { transactions, subscribers, findings, totals } = report.rest();
  for (const t of transactions) yield line('transaction', t);
  for (const s of subscribers) yield line('subscriber', s);
  for (const f of findings) yield line('finding', f);
  yield line('totals', totals);
}
