// Messages become records in the order in which they became known, judged on this thread or on others.

import type { Joined } from '../../dissectors/sms/joined.ts';
import { applyKeys, type Evidence, type Judgement, judge, type MessageRecord, recordOf } from './records.ts';
import { type Message, openPool, type Pool } from './workers/pool.ts';
import { heldMessage, isSendable, sentEvidence } from './workers/task.ts';
import type { Threads } from './workers/threads.ts';

/** Messages judged here before other threads are opened: to start one takes as long as some hundred messages. */
const FIRST_ALONE = 2048;

/** Messages of one task, and tasks that wait at a thread beside the one it works on. */
const TASK = 64;
const AHEAD = 2;

export interface Judging {
  /** Its record comes in its turn. */
  add(j: Joined, evidence: Evidence): void;
  /** Judges the MAC of a record anew. */
  again(r: MessageRecord, evidence: Evidence): void;
  /** Resolves when there is room for more. Rejects when a thread was lost. */
  room(): Promise<void>;
  /** Everything that was added is judged. */
  all(): Promise<void>;
  close(): void;
}

/** A message that has to wait for the ones before it. */
interface Queued {
  readonly joined: Joined;
  judgement: Judgement | null;
}

/** A message that other threads judge. */
interface Sent {
  readonly message: Message;
  readonly take: (judgement: Judgement) => void;
}

/** `emit` is given records in the order in which their messages were added. */
export function createJudging(threads: Threads | undefined, emit: (r: MessageRecord) => void): Judging {
  const queue: Queued[] = [];
  let pool: Pool | null = null;
  let task: Sent[] = [];
  /** Whole tasks that no thread was given yet. */
  const ready: Sent[][] = [];
  let index = 0;
  /** Messages that were sent and are not judged yet. */
  let open = 0;
  let failure: Error | null = null;
  let wake: (() => void) | null = null;

  const settle = (): void => {
    let n = 0;
    for (; n < queue.length; n += 1) {
      const { joined, judgement } = queue[n]!;
      if (judgement === null) break;
      emit(recordOf(joined, index, judgement));
      index += 1;
    }
    queue.splice(0, n);
  };
  const awake = (): void => {
    wake?.();
    wake = null;
  };
  /** Gives tasks to threads that have room for them. */
  const post = (): void => {
    while (pool !== null && ready.length > 0 && pool.busy < pool.threads * (1 + AHEAD)) postOne(pool, ready.shift()!);
  };
  const postOne = (to: Pool, posted: readonly Sent[]): void => {
    to.judge(posted.map((s) => s.message)).then(
      (judgements) => {
        take(posted, judgements);
        post();
        awake();
      },
      (e: Error) => {
        failure ??= e;
        awake();
      },
    );
  };
  const take = (done: readonly Sent[], judgements: readonly Judgement[]): void => {
    for (const [n, s] of done.entries()) s.take(judgements[n]!);
    open -= done.length;
    settle();
  };
  /** What waits for a thread is done here meanwhile, the latest first: the others are needed sooner. */
  const help = async (): Promise<void> => {
    cut();
    post();
    while (failure === null && ready.length > 0) {
      const mine = ready.pop()!;
      take(
        mine,
        mine.map((s) => judge(...heldMessage(s.message))),
      );
      await threads?.turn();
    }
  };
  const cut = (): void => {
    if (task.length > 0) ready.push(task);
    task = [];
  };
  const send = (joined: Joined, evidence: Evidence, take: Sent['take']): void => {
    task.push({ message: [joined, sentEvidence(evidence)], take });
    open += 1;
    if (task.length < TASK) return;
    cut();
    post();
  };
  const isSent = (joined: Joined): boolean => {
    if (threads === undefined || threads.most < 2 || !isSendable(joined)) return false;
    if (pool === null && index >= (threads.after ?? FIRST_ALONE)) pool = openPool(threads);
    return pool !== null;
  };
  const until = async (enough: () => boolean): Promise<void> => {
    while (failure === null && !enough()) {
      await new Promise<void>((done) => {
        wake = done;
      });
    }
    if (failure !== null) throw failure;
  };

  return {
    add(joined, evidence) {
      const sent = isSent(joined);
      const q: Queued = { joined, judgement: sent ? null : judge(joined, evidence) };
      queue.push(q);
      if (!sent) settle();
      else {
        send(joined, evidence, (judgement) => {
          q.judgement = judgement;
        });
      }
    },
    again(r, evidence) {
      if (!isSent(r.joined)) applyKeys(r, evidence);
      else {
        send(r.joined, evidence, ({ verification, verificationFindings, summary }) => {
          Object.assign(r, { verification, verificationFindings, summary });
        });
      }
    },
    async room() {
      if (ready.length > 0) await help();
      // Threads that have nothing to do don't wait for a task to be full.
      else if (pool?.busy === 0) {
        cut();
        post();
      }
      if (failure !== null) throw failure;
    },
    async all() {
      await help();
      await until(() => open === 0);
    },
    close() {
      pool?.close();
      pool = null;
    },
  };
}
