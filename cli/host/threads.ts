// Threads that say what messages mean, one a core.

import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { FromThread } from '../../analysis/engine/workers/task.ts';
import {
  type Thread,
  type ThreadEvents,
  ThreadLost,
  type Threads,
  usualThreads,
} from '../../analysis/engine/workers/threads.ts';
import { distFolder } from './dist.ts';
import { workerThreads } from './late.ts';

/** The desktop app has no command line. */
function bundle(): string | undefined {
  const dist = distFolder(import.meta.url);
  return ['cli', 'electron'].map((f) => join(dist, f, 'judge-worker.js')).find((f) => existsSync(f));
}

/** A thread that runs the file. */
export function openThread(file: string, { reply, lost }: ThreadEvents): Thread {
  const { Worker } = workerThreads();
  const worker = new Worker(file);
  let closed = false;
  const ended = (why: string): void => {
    if (!closed) lost(new ThreadLost(why));
    closed = true;
  };
  worker.on('message', (m: FromThread) => reply(m));
  worker.on('messageerror', (e) => ended(e.message));
  worker.on('error', (e) => ended(e.message));
  worker.on('exit', (code) => ended(`exit code ${code}`));
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    close() {
      closed = true;
      void worker.terminate();
    },
  };
}

const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

/** undefined where one worker is wanted, or the program was not built: the engine's own thread does it then. */
export function hostThreads(most = usualThreads(availableParallelism())): Threads | undefined {
  const file = most > 1 ? bundle() : undefined;
  return file === undefined ? undefined : { most, open: (events) => openThread(file, events), turn };
}
