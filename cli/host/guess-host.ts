// PINs are searched for on threads of their own: the engine goes on answering.

import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { GuessTask } from '../../analysis/verify/guess/guesser.ts';
import type { GuessHost, GuessWorker } from '../../analysis/verify/guess/search.ts';
import { type FromGuessWorker, guessService, type ToGuessWorker } from '../../analysis/verify/guess/service.ts';
import { distFolder } from './dist.ts';

const bundle = (): string => join(distFolder(import.meta.url), 'cli', 'guess-worker.js');

function threadWorker(file: string, tasks: readonly GuessTask[]): GuessWorker {
  const thread = new Worker(file);
  const waiting = new Map<number, { done(m: FromGuessWorker): void; failed(e: Error): void }>();
  let next = 0;
  let dead: Error | null = null;
  const lost = (e: Error): void => {
    dead = e;
    for (const w of waiting.values()) w.failed(e);
    waiting.clear();
  };
  thread.on('message', (m: FromGuessWorker) => {
    waiting.get(m.id)?.done(m);
    waiting.delete(m.id);
  });
  // Out of memory, or a fault in it: nobody may wait for it.
  thread.on('error', () => lost(new Error('a thread of it stopped; it can be started again')));
  thread.on('exit', () => lost(dead ?? new Error('a thread of it stopped; it can be started again')));
  thread.postMessage({ tasks } satisfies ToGuessWorker);
  return {
    find: (task, slice) =>
      new Promise((done, failed) => {
        if (dead !== null) return failed(dead);
        next += 1;
        waiting.set(next, { done, failed });
        thread.postMessage({ id: next, task, slice } satisfies ToGuessWorker);
      }),
    close() {
      waiting.clear();
      void thread.terminate();
    },
  };
}

/** The engine's own thread, where the program was not built: it answers between two slices. */
export function ownThread(tasks: readonly GuessTask[]): GuessWorker {
  const serve = guessService();
  serve({ tasks });
  return {
    async find(task, slice) {
      await new Promise((done) => setImmediate(done));
      const { pin, kind } = serve({ id: 0, task, slice })!;
      return { pin, kind };
    },
    close: () => undefined,
  };
}

export function guessHost(): GuessHost {
  const file = bundle();
  const threads = existsSync(file);
  return {
    cores: threads ? availableParallelism() : 1,
    now: () => performance.now(),
    open: async (tasks) => (threads ? threadWorker(file, tasks) : ownThread(tasks)),
  };
}
