// The report as JSON, whole or one object a line.

import type { Report } from './schema.ts';

/** One document, indented by two spaces, with a newline at its end. */
export const toJson = (report: Report): string => `${JSON.stringify(report, null, 2)}\n`;

/** The same objects one a line, each with its `type`: report, input, message, transaction, subscriber, finding, totals. */
export function* ndjsonLines(report: Report): Generator<string> {
  const line = (type: string, value: object): string => `${JSON.stringify({ type, ...value })}\n`;
  yield line('report', { schema: report.schema });
  for (const i of report.inputs) yield line('input', i);
  for (const m of report.messages) yield line('message', m);
  for (const t of report.transactions) yield line('transaction', t);
  for (const s of report.subscribers) yield line('subscriber', s);
  for (const f of report.findings) yield line('finding', f);
  yield line('totals', report.totals);
}

export const toNdjson = (report: Report): string => [...ndjsonLines(report)].join('');
