// Findings of a capture, a rule at a time.

import type { FindingRow } from '../../analysis/engine/contract.ts';
import type { Severity } from '../../captures/finding.ts';
import { severityRank } from './words.ts';

export interface FindingGroup {
  readonly code: string;
  readonly severity: Severity;
  readonly clause: string;
  readonly rows: readonly FindingRow[];
}

/** By severity, then by how often; within a rule in capture order. */
export function groupFindings(rows: readonly FindingRow[]): FindingGroup[] {
  const byCode = new Map<string, FindingRow[]>();
  for (const r of rows) {
    const list = byCode.get(r.code);
    if (list === undefined) byCode.set(r.code, [r]);
    else list.push(r);
  }
  const groups = [...byCode].map(([code, list]): FindingGroup => {
    const worst = list.reduce((w, r) => (severityRank(r.severity) > severityRank(w.severity) ? r : w));
    return { code, severity: worst.severity, clause: worst.clause, rows: list };
  });
  return groups.sort((a, b) => severityRank(b.severity) - severityRank(a.severity) || b.rows.length - a.rows.length);
}
