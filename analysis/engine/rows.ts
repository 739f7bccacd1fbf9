// Rows of the lists, made for the page that asks.

import { sentenceOf } from '../../captures/finding.ts';
import { formatAddress } from '../../dissectors/base/message.ts';
import type { FindingRow, MessageRow } from './contract.ts';
import type { Flows } from './flowsof.ts';
import type { Loaded } from './load.ts';
import { allFindings, type MessageRecord, worstOf } from './records.ts';

/** A page of rows never holds more. */
export const MAX_ROWS = 200;

/** Parts that were sent, as far as anybody said: copies are none of their own. */
export const partsOf = ({ joined }: MessageRecord): number =>
  new Set(joined.segments.filter((s) => s.status === 'used').map((s) => s.part)).size + joined.missing.length;

export function messageRow(r: MessageRecord, flows: Flows): MessageRow {
  const j = r.joined;
  const findings = allFindings(r);
  return {
    id: r.id,
    index: r.index,
    kind: r.kind,
    state: r.state,
    bearer: j.bearer,
    from: j.from === null ? null : formatAddress(j.from),
    to: j.to === null ? null : formatAddress(j.to),
    imsi: j.imsi,
    firstTime: j.firstTime,
    lastTime: j.lastTime,
    parts: partsOf(r),
    missing: j.missing.length,
    contentType: r.contentType,
    method: r.verification.method,
    verdict: r.verification.verdict,
    outcome: flows.outcomeOf(r),
    summary: r.summary,
    worst: worstOf(findings),
    findings: findings.length,
  };
}

/** Findings of the session first, then message by message, in capture order. */
export function findingRows(loaded: Loaded, from: number, count: number): { total: number; rows: FindingRow[] } {
  const rows: FindingRow[] = [];
  let index = 0;
  const wanted = Math.min(count, MAX_ROWS);
  for (const f of loaded.findings) {
    if (index >= from && rows.length < wanted) {
      const frame = f.frame === null ? null : loaded.frames.at(f.frame).number;
      rows.push({ ...ofRule(f.finding), index, message: null, time: f.time, frame });
    }
    index += 1;
  }
  for (const r of loaded.records) {
    for (const finding of allFindings(r)) {
      if (index >= from && rows.length < wanted) {
        rows.push({ ...ofRule(finding), index, message: r.id, time: r.joined.lastTime, frame: null });
      }
      index += 1;
    }
  }
  return { total: index, rows };
}

const ofRule = (f: Loaded['findings'][number]['finding']) => ({
  code: f.rule.code,
  severity: f.rule.severity,
  text: sentenceOf(f),
  clause: f.rule.clause,
});
