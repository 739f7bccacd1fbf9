// What happened in made-up traffic, as counts over time.

import type { OverviewReply, OverviewSeries } from '../../../analysis/engine/contract/flows.ts';
import type { MessageRow } from '../../../analysis/engine/contract.ts';

export function fakeOverview(rows: readonly MessageRow[], bins = 60): OverviewReply {
  const t0 = rows[0]?.firstTime ?? 0;
  const t1 = rows.at(-1)?.lastTime ?? 0;
  const binWidth = Math.max(1, (t1 - t0) / bins);
  const series = (of: (r: MessageRow) => string): OverviewSeries[] => {
    const all = new Map<string, number[]>();
    for (const r of rows) {
      const counts = all.get(of(r)) ?? new Array<number>(bins).fill(0);
      counts[Math.min(bins - 1, Math.floor((r.firstTime - t0) / binWidth))]! += 1;
      all.set(of(r), counts);
    }
    return [...all].map(([name, counts]) => ({ name, counts, total: counts.reduce((a, b) => a + b, 0) }));
  };
  return {
    sentences: [`${rows.length} messages, made up.`],
    messages: rows.length,
    transactions: rows.length,
    retries: 0,
    t0,
    t1,
    bins,
    binWidth,
    kinds: series((r) => r.kind),
    outcomes: series((r) => r.outcome ?? 'none'),
    verdicts: series((r) => r.verdict),
    failures: [],
    stages: [],
    senders: [],
    notSeen: [],
  };
}
