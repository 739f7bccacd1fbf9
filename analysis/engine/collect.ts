// The sink of the pipeline: joins parts, keeps what belongs to a push or a document, counts the rest.

import { type Finding, type Rule, rules } from '../../captures/finding.ts';
import type { FrameFinding, Identity, Sink } from '../../dissectors/base/message.ts';
import { createAssembler } from '../../dissectors/sms/assemble.ts';
import type { Joined } from '../../dissectors/sms/joined.ts';
import { type ActivityBook, activityBook } from '../flows/activity.ts';
import { type AnswerBook, answerBook } from '../flows/store.ts';
import type { FrameTable } from './frames.ts';
import { createTold, type ToldNumbers } from './told.ts';

/** Beyond these, things are counted, not kept: a hostile capture must not fill memory with them. */
const BUDGETS = {
  /** Parts of all messages, copies among them. */
  parts: 500_000,
  /** Of those, parts of messages that never became complete. */
  incomplete: 5_000,
  findings: 20_000,
  identities: 200_000,
} as const;

type Budget = keyof typeof BUDGETS;

const LIMIT = { severity: 'warning', clause: 'a limit of this program' } as const;

export const BUDGET_RULES = rules({
  parts: {
    ...LIMIT,
    code: 'SESSION-MESSAGES-BUDGET',
    title: 'The input has more messages than are kept; the later ones are not shown',
    fix: 'Open a part of the capture.',
  },
  incomplete: {
    ...LIMIT,
    code: 'SESSION-INCOMPLETE-BUDGET',
    title: 'The input has more incomplete messages than are kept; the later ones are not shown',
    fix: 'Open a part of the capture.',
  },
  findings: {
    ...LIMIT,
    code: 'SESSION-FINDINGS-BUDGET',
    title: 'There are more findings that belong to no message than are kept; the later ones are not shown',
  },
  identities: {
    ...LIMIT,
    code: 'SESSION-IDENTITIES-BUDGET',
    title: 'There are more pairs of number and IMSI than are kept; the later ones are not used',
  },
} satisfies Record<Budget, Rule>);

export interface Collected {
  /** In the order they became known. */
  readonly joined: readonly Joined[];
  readonly answers: AnswerBook;
  /** What went on besides messages. */
  readonly activities: ActivityBook;
  readonly identities: readonly Identity[];
  /** Those that belong to no message. */
  readonly findings: readonly FrameFinding[];
  /** Ordinary short messages, kept or not. */
  readonly texts: number;
  /** Numbers in those texts. */
  readonly told: ToldNumbers;
}

export interface Collector {
  readonly sink: Sink;
  readonly collected: Collected;
  end(): void;
}

export interface CollectorOptions {
  /** Keep ordinary short messages. */
  readonly includeText: boolean;
  /** Messages are wanted as soon as they are complete; copies of their parts then count as late. */
  readonly live?: boolean;
  readonly budgets?: Partial<Record<Budget, number>>;
}

export function createCollector(frames: FrameTable, options: CollectorOptions): Collector {
  const joined: Joined[] = [];
  const answers = answerBook();
  const activities = activityBook();
  const identities: Identity[] = [];
  const findings: FrameFinding[] = [];
  let texts = 0;
  const told = createTold();
  const budgets: Record<Budget, number> = { ...BUDGETS, ...options.budgets };
  const over: Record<Budget, number> = { parts: 0, incomplete: 0, findings: 0, identities: 0 };
  const parts = { all: 0, incomplete: 0 };

  /** Whether one more is kept; counts it where not. */
  const room = (budget: Budget, kept: number): boolean => {
    if (kept < budgets[budget]) return true;
    over[budget] += 1;
    return false;
  };
  const isKept = (j: Joined): boolean => {
    const incomplete = j.state !== 'complete';
    if (!room('parts', parts.all) || (incomplete && !room('incomplete', parts.incomplete))) return false;
    parts.all += j.segments.length;
    if (incomplete) parts.incomplete += j.segments.length;
    return true;
  };

  const claim = (j: Joined): void => answers.claim(j.segments.map((s) => s.answerKey));
  const assembler = createAssembler(
    (j) => {
      if (j.payload === 'text') {
        texts += 1;
        told.joined(j);
        if (!options.includeText) return;
      }
      if (!isKept(j)) return;
      joined.push(j);
      claim(j);
    },
    {
      // Not even made: a flood of them would cost more than all that is kept.
      declines: (j) => {
        const incomplete = j === null || j.state !== 'complete';
        return (j !== null && !room('parts', parts.all)) || (incomplete && !room('incomplete', parts.incomplete));
      },
      onLate(j) {
        parts.all += 1;
        if (j.state !== 'complete') parts.incomplete += 1;
      },
      timeOf: (frame) => frames.at(frame).time,
      ...(options.live === true ? { budgets: { maxLingering: 0 } } : {}),
      ...(options.includeText
        ? {}
        : {
            onText: (m) => {
              texts += 1;
              told.text(m);
            },
          }),
    },
  );
  const sink: Sink = {
    shortMessage: (m) => assembler.shortMessage(m),
    datagram: (d) => assembler.datagram(d),
    answer: (a) => answers.answer(a),
    receipt: (r) => answers.receipt(r),
    activity: (a) => activities.activity(a),
    activityAnswer: (a) => activities.answer(a),
    identity(i) {
      if (room('identities', identities.length)) identities.push(i);
    },
    finding(f) {
      if (room('findings', findings.length)) findings.push(f);
    },
    ...(options.includeText
      ? {}
      : {
          texts: {
            passed(time) {
              assembler.tick(time);
              texts += 1;
            },
            wants: told.wants,
            told: told.plain,
          },
        }),
  };
  return {
    sink,
    collected: {
      joined,
      answers,
      activities,
      identities,
      findings,
      told,
      get texts() {
        return texts;
      },
    },
    end() {
      assembler.end();
      // Copies that came after a message was complete have answers of their own.
      for (const j of joined) claim(j);
      for (const budget of Object.keys(over) as Budget[]) {
        const n = over[budget];
        if (n > 0) findings.push(ofFile(beyond(BUDGET_RULES[budget], n)));
      }
    },
  };
}

const beyond = (rule: Rule, more: number): Finding => ({
  rule,
  message: `${more} more came`,
  of: 'file',
  start: 0,
  length: 0,
});

/** A finding of the container as one of the session's. */
export const ofFile = (finding: Finding): FrameFinding => ({ frame: null, time: Number.NaN, finding });
