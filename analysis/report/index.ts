// The report as its users see it: built once, written in several forms.

export { buildReport, type ReportRest, type ReportStream, reportStream, wholeReport } from './build.ts';
export { toCsv } from './csv.ts';
export type { MessageFacts, ReportInput, ReportOptions } from './input.ts';
export { inPieces, jsonChunks, ndjsonChunks, toJson, toNdjson } from './json.ts';
export type { Report } from './schema.ts';
export { tableChunks, toTable } from './table.ts';
export { maskedXml } from './xml.ts';
