// What is between two times, in numbers.

import type { Severity } from '../../captures/finding.ts';
import type { RangeReply } from './contract/timeline.ts';
import type { Time } from './contract.ts';
import type { Flows } from './flowsof.ts';
import type { Loaded } from './load.ts';
import { allFindings, rankOf } from './records.ts';

const MOST_RULES = 50;

interface Told {
  readonly code: string;
  readonly severity: Severity;
  readonly title: string;
  messages: number;
  readonly example: number;
}

function median(values: readonly number[]): number | null {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) return null;
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** Messages of which anything was seen in [t0, t1]. */
export function rangeSummary(loaded: Loaded, flows: Flows, q: { t0: Time; t1: Time }): RangeReply {
  const outcomes: Record<string, number> = {};
  const rules = new Map<string, Told>();
  const took: number[] = [];
  const sum = { messages: 0, parts: 0, missing: 0, retries: 0 };
  for (const r of loaded.records) {
    const j = r.joined;
    if (!(j.lastTime >= q.t0 && j.firstTime <= q.t1)) continue;
    sum.messages += 1;
    sum.parts += j.segments.length;
    sum.missing += j.missing.length;
    sum.retries += flows.flowOf(r).retries;
    if (j.segments.length > 1 && j.state === 'complete') took.push(j.lastTime - j.firstTime);
    const outcome = flows.outcomeOf(r) ?? 'none';
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    const own = new Set<string>();
    for (const { rule } of allFindings(r)) {
      if (rule.severity === 'note' || own.has(rule.code)) continue;
      own.add(rule.code);
      const told = rules.get(rule.code);
      if (told === undefined) {
        const { code, severity, title } = rule;
        rules.set(code, { code, severity, title, messages: 1, example: r.index });
      } else told.messages += 1;
    }
  }
  const sorted = [...rules.values()].sort(
    (a, b) => rankOf(b.severity) - rankOf(a.severity) || b.messages - a.messages || (a.code < b.code ? -1 : 1),
  );
  return { ...sum, median: median(took), outcomes, rules: sorted.slice(0, MOST_RULES) };
}
