// What a page sees while an input is being read and after.

import type { Status } from './contract.ts';
import type { Loaded } from './load.ts';
import { allFindings, recipientOf } from './records.ts';
import type { View } from './view.ts';

export function emptyStatus(version: number): Status {
  return {
    version,
    phase: 'empty',
    inputs: [],
    base: null,
    t0: 0,
    t1: 0,
    messages: 0,
    lanes: 0,
    findings: { error: 0, warning: 0, note: 0 },
    totals: { byKind: {}, byVerdict: {} },
    other: [],
    hasKeys: false,
    decodeAs: [],
  };
}

interface Counts {
  readonly findings: { error: number; warning: number; note: number };
  readonly byKind: Record<string, number>;
  readonly byVerdict: Record<string, number>;
  readonly recipients: Set<string | null>;
}

/** Totals grow with the records; each record is counted once. */
export function countRecords(loaded: Loaded): Counts {
  const counts: Counts = {
    findings: { error: 0, warning: 0, note: 0 },
    byKind: {},
    byVerdict: {},
    recipients: new Set(),
  };
  for (const f of loaded.findings) counts.findings[f.finding.rule.severity] += 1;
  for (const r of loaded.records) {
    for (const f of allFindings(r)) counts.findings[f.rule.severity] += 1;
    counts.byKind[r.kind] = (counts.byKind[r.kind] ?? 0) + 1;
    const { verdict } = r.verification;
    counts.byVerdict[verdict] = (counts.byVerdict[verdict] ?? 0) + 1;
    counts.recipients.add(recipientOf(r.joined));
  }
  return counts;
}

export interface StatusInput {
  readonly version: number;
  readonly hasKeys: boolean;
  readonly decodeAs: readonly string[];
  readonly run: {
    readonly sources: readonly { readonly name: string; readonly size: number | null; readonly live?: boolean }[];
    readonly signal: { readonly aborted: boolean };
    readonly loaded: Loaded | null;
    readonly view: View | null;
    readonly failed: string | null;
  };
}

export function statusOf({ version, hasKeys, decodeAs, run }: StatusInput): Status {
  const { loaded } = run;
  const opening = { ...emptyStatus(version), hasKeys, decodeAs };
  if (loaded === null) {
    const inputs = run.sources.map((s) => ({
      name: s.name,
      format: '',
      bytes: s.size,
      consumed: 0,
      frames: 0,
      truncatedAt: null,
      ...(s.live === true ? { live: true } : {}),
      error: run.failed,
    }));
    return { ...opening, phase: run.failed === null ? 'loading' : 'ready', inputs };
  }
  const counts = run.view?.counts() ?? countRecords(loaded);
  const finite = (t: number) => (Number.isFinite(t) ? t : 0);
  return {
    ...opening,
    phase: loaded.done ? (run.signal.aborted ? 'stopped' : 'ready') : 'loading',
    inputs: loaded.opened.map((o) => ({
      name: o.source.name,
      format: o.reader?.format ?? '',
      bytes: o.source.size,
      consumed: o.consumed,
      frames: o.reader?.frames ?? 0,
      truncatedAt: o.reader?.truncatedAt ?? null,
      ...(o.source.live === true && !loaded.done ? { live: true } : {}),
      error: o.error ?? run.failed,
    })),
    base: loaded.base === null ? null : String(loaded.base),
    t0: finite(loaded.firstTime),
    t1: finite(loaded.lastTime),
    messages: loaded.records.length,
    lanes: counts.recipients.size,
    findings: counts.findings,
    totals: { byKind: counts.byKind, byVerdict: counts.byVerdict },
    other: loaded.stats.notes,
  };
}
