// How much happens when: one pass over columns, so that it is answered for millions of marks at once.

import type { DensityReply } from './contract/timeline.ts';
import { MARKS, type Time } from './contract.ts';
import type { MarkColumns } from './marks.ts';

const MESSAGE = MARKS.indexOf('message');

/**
 * Messages by severity, and the worst mark, in `columns` equal stretches of [t0, t1]. `fits`: one for each message, 1
 * where it fits the filter.
 */
export function density(
  marks: MarkColumns,
  q: { t0: Time; t1: Time; columns: number },
  fits: Uint8Array | null = null,
): DensityReply {
  const { t0, t1, columns } = q;
  const messages = new Uint32Array(columns * 4);
  const worst = new Uint8Array(columns);
  const fitting = fits === null ? null : new Uint32Array(columns);
  const scale = columns / Math.max(1, t1 - t0);
  const { length, kind, time, severity, message } = marks;
  for (let i = 0; i < length; i += 1) {
    const column = Math.floor((time[i]! - t0) * scale);
    if (!(column >= 0 && column < columns)) continue;
    const rank = severity[i]!;
    if (kind[i] === MESSAGE) {
      messages[column * 4 + rank]! += 1;
      if (fitting !== null && fits?.[message[i]!] === 1) fitting[column]! += 1;
    }
    if (rank > worst[column]!) worst[column] = rank;
  }
  return { t0, t1, messages, worst, ...(fitting === null ? {} : { fitting }) };
}
