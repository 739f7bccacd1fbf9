// Threads at work: tasks go to the one that has the least to do, answers come back to who asked.

import type { Rule } from '../../../captures/finding.ts';
import type { Readable } from '../readable.ts';
import type { Judgement } from '../records.ts';
import { type FromThread, type SentEvidence, type SentFinding, type SentJudgement, taskOf } from './task.ts';
import type { Thread, Threads } from './threads.ts';

export type Message = readonly [Readable, SentEvidence];

export interface Pool {
  /** Judgements in the order of the messages. Rejects when the thread ends before it answered. */
  judge(messages: readonly Message[]): Promise<readonly Judgement[]>;
  /** Tasks that were given and not answered. */
  readonly busy: number;
  readonly threads: number;
  close(): void;
}

interface Waiting {
  done(judgements: readonly Judgement[]): void;
  failed(e: Error): void;
}

interface Member {
  readonly thread: Thread;
  readonly waiting: Map<number, Waiting>;
  /** By the thread's own numbers. */
  readonly rules: Rule[];
}

/** Opens all threads at once; the engine's own is one of them. */
export function openPool(threads: Threads): Pool {
  const members: Member[] = [];
  /** One object a rule, whichever thread named it. */
  const known = new Map<string, Rule>();
  let dead: Error | null = null;
  let next = 0;

  const lost = (why: Error): void => {
    dead ??= why;
    for (const { waiting } of members) {
      for (const w of waiting.values()) w.failed(dead);
      waiting.clear();
    }
  };
  const reply = (member: Member, { id, rules, judgements }: FromThread): void => {
    for (const rule of rules) {
      const name = JSON.stringify(rule);
      const same = known.get(name) ?? rule;
      known.set(name, same);
      member.rules.push(same);
    }
    const waiting = member.waiting.get(id);
    member.waiting.delete(id);
    waiting?.done(judgements.map((j) => held(j, member.rules)));
  };
  for (let n = 1; n < threads.most; n += 1) {
    const waiting = new Map<number, Waiting>();
    const rules: Rule[] = [];
    const thread = threads.open({ reply: (m) => reply(member, m), lost });
    const member: Member = { thread, waiting, rules };
    members.push(member);
  }
  return {
    judge: (messages) =>
      new Promise((done, failed) => {
        if (dead !== null) return failed(dead);
        const least = members.reduce((a, b) => (b.waiting.size < a.waiting.size ? b : a));
        next += 1;
        least.waiting.set(next, { done, failed });
        const task = taskOf(next, messages);
        least.thread.post(task, [task.octets.buffer as ArrayBuffer]);
      }),
    get busy() {
      return members.reduce((n, m) => n + m.waiting.size, 0);
    },
    threads: members.length,
    close() {
      for (const { thread, waiting } of members) {
        waiting.clear();
        thread.close();
      }
    },
  };
}

function held(j: SentJudgement, rules: readonly Rule[]): Judgement {
  const finding = (f: SentFinding) => ({ ...f, rule: rules[f.rule]! });
  return {
    ...j,
    findings: j.findings.map(finding),
    verificationFindings: j.verificationFindings.map(finding),
  };
}
