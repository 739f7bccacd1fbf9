// How much happens when, over all lanes, for the strip above the panes.

import { MARKS, type WindowReply } from '../../analysis/engine/contract.ts';
import type { Span } from './geometry.ts';

const TRANSACTION = MARKS.indexOf('transaction');

export interface Density {
  readonly span: Span;
  /** Marks in each column. */
  readonly count: Uint32Array;
  /** Worst severity rank in each column. */
  readonly severity: Uint8Array;
}

export const emptyDensity = (span: Span, columns: number): Density => ({
  span,
  count: new Uint32Array(columns),
  severity: new Uint8Array(columns),
});

/** Adds a reply's marks. The worst of a column stays, however many are better. */
export function addToDensity(d: Density, reply: WindowReply): void {
  const scale = d.count.length / (d.span.t1 - d.span.t0);
  for (let i = 0; i < reply.time.length; i += 1) {
    // Drawn around marks that are counted already.
    if (reply.kind[i] === TRANSACTION && !reply.merged) continue;
    const c = Math.floor((reply.time[i]! - d.span.t0) * scale);
    if (c < 0 || c >= d.count.length) continue;
    d.count[c] = d.count[c]! + (reply.merged ? Math.max(1, reply.part[i]!) : 1);
    d.severity[c] = Math.max(d.severity[c]!, reply.severity[i]!);
  }
}
