// The tables of a report for spreadsheets, one CSV each (RFC 4180).

import type { ExportTable } from '../engine/contract/export.ts';
import { cell, toCsv } from './csv.ts';
import type { Report, ReportTreeNode } from './schema.ts';

type Cell = string | number | null;

const csv = (heads: readonly string[], rows: Iterable<readonly Cell[]>): string =>
  [heads, ...rows].map((r) => `${r.map(cell).join(',')}\r\n`).join('');

function* parms(nodes: readonly ReportTreeNode[], path: string): Generator<readonly Cell[]> {
  for (const n of nodes) {
    const group = n.kind === 'characteristic' || n.kind === 'element';
    const here = group ? `${path}${path === '' ? '' : '/'}${n.name}` : path;
    if (n.value !== null && !(n.kind === 'text' && n.value.trim() === '')) {
      yield [here, n.kind === 'text' ? '' : n.name, n.value, n.bytes.start, n.bytes.length];
    }
    yield* parms(n.children, here);
  }
}

const WRITERS: Readonly<Record<ExportTable, (r: Report) => string>> = {
  messages: toCsv,
  parts: (r) =>
    csv(
      ['message', 'part', 'of', 'reference', 'file', 'frames', 'time', 'octets', 'status'],
      r.messages.flatMap((m) =>
        m.segments.map((s) => [
          m.id,
          s.part,
          s.of,
          s.reference,
          r.inputs[s.input]?.file ?? '',
          s.frames.join(' '),
          s.time,
          s.length,
          s.status,
        ]),
      ),
    ),
  settings: (r) =>
    csv(
      ['message', 'in', 'name', 'value', 'start', 'length'],
      r.messages.flatMap((m) => [...parms(m.document?.tree ?? [], '')].map((row) => [m.id, ...row])),
    ),
  findings: (r) =>
    csv(
      ['message', 'severity', 'code', 'sentence', 'clause', 'of', 'start', 'length', 'frame'],
      [
        ...r.findings.map((f) => ({ ...f, id: null })),
        ...r.messages.flatMap((m) => m.findings.map((f) => ({ ...f, id: m.id, frame: null }))),
      ].map((f) => [
        f.id,
        f.severity,
        f.code,
        f.message,
        f.clause,
        f.bytes?.of ?? null,
        f.bytes?.start ?? null,
        f.bytes?.length ?? null,
        f.frame,
      ]),
    ),
  transactions: (r) =>
    csv(
      ['id', 'recipient', 'messages', 'outcome', 'retries', 'stage', 'code', 'meaning', 'check'],
      r.transactions.map((t) => [
        t.id,
        t.recipient,
        t.messages.join(' '),
        t.outcome,
        t.retries,
        t.failure?.stage ?? null,
        t.failure?.code ?? null,
        t.failure?.meaning ?? null,
        t.failure?.check.join(' ') ?? null,
      ]),
    ),
  events: (r) =>
    csv(
      ['transaction', 'time', 'frame', 'what', 'message', 'part', 'by', 'code', 'text'],
      r.transactions.flatMap((t) =>
        t.events.map((e) => [t.id, e.time, e.frame, e.what, e.message, e.part, e.by, e.code, e.text]),
      ),
    ),
  subscribers: (r) =>
    csv(
      ['msisdn', 'imsi', 'evidence'],
      r.subscribers.map((s) => [s.msisdn, s.imsi, s.evidence.map((e) => e.text).join('; ')]),
    ),
};

export const toCsvTable = (r: Report, table: ExportTable): string => WRITERS[table](r);
