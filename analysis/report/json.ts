// The report as JSON, whole or one object a line.

import type { ReportStream } from './build.ts';
import { REPORT_SCHEMA } from './name.ts';
import type { Report } from './schema.ts';

/** One document, indented by two spaces, with a newline at its end. */
export const toJson = (report: Report): string => [...jsonChunks(streamOf(report))].join('');

/** The same objects one a line, each with its `type`: report, input, message, transaction, subscriber, finding, bookmark, totals. */
export const toNdjson = (report: Report): string => [...ndjsonChunks(streamOf(report))].join('');

/** A whole report in the form of one that is made piece by piece. */
export const streamOf = ({ schema: _, inputs, messages, ...rest }: Report): ReportStream => ({
  inputs,
  messages,
  rest: () => rest,
});

/** Characters of a piece that is worth writing. */
const PIECE = 1 << 18;

/** The same text in pieces that are worth a call each. */
export function* inPieces(chunks: Iterable<string>): Generator<string> {
  let piece: string[] = [];
  let length = 0;
  for (const chunk of chunks) {
    piece.push(chunk);
    length += chunk.length;
    if (length < PIECE) continue;
    yield piece.join('');
    piece = [];
    length = 0;
  }
  if (length > 0) yield piece.join('');
}

const indented = (value: unknown, by: string): string => JSON.stringify(value, null, 2).replaceAll('\n', `\n${by}`);

/** `toJson` in pieces, because no string can hold the report of a day's traffic. */
export function* jsonChunks(report: ReportStream): Generator<string> {
  yield `{\n  "schema": ${JSON.stringify(REPORT_SCHEMA)},\n  "inputs": `;
  yield* listed(report.inputs);
  yield ',\n  "messages": ';
  yield* listed(report.messages);
  for (const [key, value] of Object.entries(report.rest())) {
    yield `,\n  "${key}": `;
    if (Array.isArray(value)) yield* listed(value);
    else yield indented(value, '  ');
  }
  yield '\n}\n';
}

/** A list of the document, one element at a time. */
function* listed(elements: Iterable<unknown>): Generator<string> {
  let before = '[';
  for (const e of elements) {
    yield `${before}\n    ${indented(e, '    ')}`;
    before = ',';
  }
  yield before === '[' ? '[]' : '\n  ]';
}

/** `toNdjson` line by line. */
export function* ndjsonChunks(report: ReportStream): Generator<string> {
  const line = (type: string, value: object): string => `${JSON.stringify({ type, ...value })}\n`;
  yield line('report', { schema: REPORT_SCHEMA });
  for (const i of report.inputs) yield line('input', i);
  for (const m of report.messages) yield line('message', m);
  const { transactions, subscribers, findings, totals, bookmarks = [] } = report.rest();
  for (const t of transactions) yield line('transaction', t);
  for (const s of subscribers) yield line('subscriber', s);
  for (const f of findings) yield line('finding', f);
  for (const b of bookmarks) yield line('bookmark', b);
  yield line('totals', totals);
}
