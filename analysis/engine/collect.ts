// The sink of the pipeline: joins parts, keeps what belongs to a push or a document, counts the rest.

import type { Finding } from '../../captures/finding.ts';
import type { FrameFinding, Identity, Sink } from '../../dissectors/base/message.ts';
import { createAssembler } from '../../dissectors/sms/assemble.ts';
import type { Joined } from '../../dissectors/sms/joined.ts';
import { type AnswerBook, answerBook } from '../flows/store.ts';
import type { FrameTable } from './frames.ts';

/** Beyond these, findings and identities are counted, not kept: a hostile capture must not fill memory with them. */
const MOST_FINDINGS = 20_000;
const MOST_IDENTITIES = 200_000;

export interface Collected {
  /** In the order they became known. */
  readonly joined: readonly Joined[];
  readonly answers: AnswerBook;
  readonly identities: readonly Identity[];
  /** Those that belong to no message. */
  readonly findings: readonly FrameFinding[];
  /** Ordinary short messages, kept or not. */
  readonly texts: number;
  /** Findings over the budget. */
  readonly dropped: number;
}

export interface Collector {
  readonly sink: Sink;
  readonly collected: Collected;
  end(): void;
}

export function createCollector(frames: FrameTable, options: { readonly includeText: boolean }): Collector {
  const joined: Joined[] = [];
  const answers = answerBook();
  const identities: Identity[] = [];
  const findings: FrameFinding[] = [];
  let texts = 0;
  let dropped = 0;

  const claim = (j: Joined): void => answers.claim(j.segments.map((s) => s.answerKey));
  const assembler = createAssembler(
    (j) => {
      if (j.payload === 'text') {
        texts += 1;
        if (!options.includeText) return;
      }
      joined.push(j);
      claim(j);
    },
    {
      timeOf: (frame) => frames.at(frame).time,
      ...(options.includeText
        ? {}
        : {
            onText: () => {
              texts += 1;
            },
          }),
    },
  );
  const sink: Sink = {
    shortMessage: (m) => assembler.shortMessage(m),
    datagram: (d) => assembler.datagram(d),
    answer: (a) => answers.answer(a),
    receipt: (r) => answers.receipt(r),
    identity(i) {
      if (identities.length < MOST_IDENTITIES) identities.push(i);
    },
    finding(f) {
      if (findings.length < MOST_FINDINGS) findings.push(f);
      else dropped += 1;
    },
  };
  return {
    sink,
    collected: {
      joined,
      answers,
      identities,
      findings,
      get texts() {
        return texts;
      },
      get dropped() {
        return dropped;
      },
    },
    end() {
      assembler.end();
      // Copies that came after a message was complete have answers of their own.
      for (const j of joined) claim(j);
    },
  };
}

/** A finding of the container as one of the session's. */
export const ofFile = (finding: Finding): FrameFinding => ({ frame: null, time: Number.NaN, finding });
