// A window of one lane, written down by hand.

import { MARKS, type MarkKind, type WindowReply } from '../../../analysis/engine/contract.ts';

export interface GivenMark {
  readonly kind: MarkKind;
  readonly time: number;
  readonly from?: number;
  readonly message?: number;
  readonly part?: number;
  readonly severity?: number;
  readonly code?: string;
  /** Marks and messages of a cell. */
  readonly count?: number;
  readonly messages?: number;
}

export function oneLane(marks: readonly GivenMark[], cell = 32): WindowReply {
  const codes = ['', ...new Set(marks.flatMap((m) => m.code ?? []))];
  return {
    t0: 0,
    t1: 1000,
    cell,
    total: 1,
    lanes: [{ id: 'a', label: 'a', messages: marks.length, worst: null }],
    laneFrom: 0,
    laneStart: Int32Array.of(0, marks.length),
    kind: Uint8Array.from(marks, (m) => MARKS.indexOf(m.kind)),
    time: Float64Array.from(marks, (m) => m.time),
    from: Float64Array.from(marks, (m) => m.from ?? m.time),
    message: Int32Array.from(marks, (m) => m.message ?? 0),
    part: Uint16Array.from(marks, (m) => m.part ?? 0),
    verdict: Uint8Array.from(marks, (m) => (m.kind === 'message' ? 0 : 255)),
    severity: Uint8Array.from(marks, (m) => m.severity ?? 0),
    code: Uint16Array.from(marks, (m) => codes.indexOf(m.code ?? '')),
    codes,
    count: Uint32Array.from(marks, (m) => m.count ?? 0),
    messages: Uint32Array.from(marks, (m) => m.messages ?? 0),
    merged: marks.some((m) => m.kind === 'cell'),
  };
}
