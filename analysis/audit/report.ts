// A review as a report: times and frames as people know them, identities masked on demand.

import type { FrameId } from '../../dissectors/base/bytemap.ts';
import { type Redactor, redactor } from '../report/redact.ts';
import { isoTime } from '../report/time.ts';
import type { AuditResult } from './audit.ts';
import { AUDIT_SCHEMA, type AuditReport } from './schema.ts';

export interface AuditReportOptions {
  /** Absolute nanoseconds of time 0; null when nothing has a time. */
  readonly base: bigint | null;
  readonly inputs: readonly { readonly file: string; readonly error: string | null }[];
  /** Where a frame is: index of its input and its 1-based number there. */
  frameAt(id: FrameId): { readonly input: number; readonly number: number };
  /** Replaces numbers, IMSIs and addresses of people, each by the same name throughout. */
  readonly redact?: boolean;
}

/** The report of one review; nothing is decided anew. */
export function auditReport(result: AuditResult, o: AuditReportOptions): AuditReport {
  const hide: Redactor | null = o.redact === true ? redactor() : null;
  const who = <T extends string | null>(name: T): T =>
    name === null || hide === null ? name : (hide.identity(name) as T);
  // Named first, so that texts know them.
  const senders = result.senders.map(({ first: _, ...s }) => ({ ...s, name: who(s.name) }));
  const victims = result.victims.map(({ first: _, ...v }) => ({
    ...v,
    name: who(v.name),
    senders: v.senders.map((s) => who(s)),
  }));
  const text = (value: string): string => (hide === null ? value : hide.text(value));
  const time = (t: number): string | null => isoTime(o.base, t);
  const times = <T extends { readonly firstTime: number; readonly lastTime: number }>(of: T) => ({
    ...of,
    firstTime: time(of.firstTime),
    lastTime: time(of.lastTime),
  });
  return {
    schema: AUDIT_SCHEMA,
    headline: text(result.headline),
    lead: text(result.lead),
    inputs: o.inputs.map((i) => ({
      file: hide === null ? i.file : hide.file(i.file),
      error: i.error === null ? null : text(i.error),
    })),
    reviewed: result.reviewed,
    sightings: result.sightings,
    bySeverity: { ...result.bySeverity },
    findings: result.findings.map((f) => ({
      code: f.rule.code,
      severity: f.severity,
      area: f.rule.area,
      title: f.rule.title,
      text: text(f.text),
      why: f.rule.why,
      todo: f.rule.todo,
      basis: f.rule.basis,
      source: f.rule.source,
      from: who(f.from),
      ours: f.ours,
      messages: f.messages,
      victims: f.victims,
      firstTime: time(f.firstTime),
      lastTime: time(f.lastTime),
      evidence: f.evidence.map((e) => {
        const places = e.frames.map((id) => o.frameAt(id));
        return {
          message: e.id,
          input: places[0]?.input ?? null,
          frames: places.map((p) => p.number),
          bytes: e.range,
          what: text(e.what),
        };
      }),
    })),
    senders: senders.map((s) => ({
      ...times(s),
      methods: { ...s.methods },
      verdicts: { ...s.verdicts } as Record<string, number>,
      hosts: s.hosts.map(text),
    })),
    victims: victims.map((v) => ({
      ...times(v),
      senders: [...v.senders],
      atStake: [...v.atStake],
      unproven: [...v.unproven],
    })),
    known: result.known,
    notFound: result.notFound.map((n) => ({ ...n, sought: [...n.sought] })),
    notCheckable: result.notCheckable.map(text),
  };
}

export const toAuditJson = (report: AuditReport): string => `${JSON.stringify(report, null, 2)}\n`;

type Cell = string | number | null;

const COLUMNS: readonly (readonly [string, (f: AuditReport['findings'][number]) => Cell])[] = [
  ['severity', (f) => f.severity],
  ['code', (f) => f.code],
  ['title', (f) => f.title],
  ['text', (f) => f.text],
  ['from', (f) => f.from],
  ['ours', (f) => f.ours],
  ['messages', (f) => f.messages],
  ['victims', (f) => f.victims],
  ['firstTime', (f) => f.firstTime],
  ['lastTime', (f) => f.lastTime],
  ['evidence', (f) => [...new Set(f.evidence.flatMap((e) => e.message ?? []))].join(' ')],
  ['frames', (f) => f.evidence.flatMap((e) => e.frames).join(' ')],
  ['todo', (f) => f.todo],
];

/** Text that a spreadsheet would run as a formula; numbers with their '+' are not touched. */
const FORMULA = /^[=@\t\r]|^[+-](?!\d*$)/;

function cell(value: Cell): string {
  if (value === null) return '';
  const plain = String(value);
  const safe = FORMULA.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** One row a finding under a row of names (RFC 4180). */
export const toAuditCsv = (report: AuditReport): string =>
  [COLUMNS.map(([name]) => name), ...report.findings.map((f) => COLUMNS.map(([, of]) => cell(of(f))))]
    .map((r) => `${r.join(',')}\r\n`)
    .join('');
