// What is kept of each message's flow for counts over all of them: no events, no frames.

import type { Joined } from '../../dissectors/sms/joined.ts';
import type { Failure, MessageFlow, Outcome } from './flow.ts';
import type { Stage, StageName } from './stages.ts';

export interface StageTime {
  readonly stage: StageName;
  readonly bearer: string;
  /** Nanoseconds; NaN where its end was not seen. */
  readonly duration: number;
}

export interface Fate {
  /** null for what nothing was ever going to answer. */
  readonly outcome: Outcome | null;
  readonly failure: Failure | null;
  readonly retries: number;
  readonly stages: readonly StageTime[];
}

/** Somebody could say what became of it: the road has answers, or a receipt came. */
export const isAnswerable = (j: Joined, flow: MessageFlow): boolean =>
  j.segments.some((s) => s.answerKey !== null) || flow.parts.some((p) => p.attempts.some((a) => a.receipts.length > 0));

export const fateOf = (flow: MessageFlow, j: Joined, stages: readonly Stage[]): Fate => ({
  outcome: isAnswerable(j, flow) ? flow.outcome : null,
  failure: flow.failure,
  retries: flow.retries,
  stages: stages.map(({ stage, bearer, t0, t1 }) => ({ stage, bearer, duration: t1 - t0 })),
});
