// Workers of the page that say what messages mean, for the worker that reads.

import type { FromThread } from '../analysis/engine/workers/task.ts';
import { ThreadLost, type Threads, usualThreads } from '../analysis/engine/workers/threads.ts';

export const pageThreads: Threads = {
  most: usualThreads(navigator.hardwareConcurrency),
  turn: () => new Promise((done) => setTimeout(done)),
  open({ reply, lost }) {
    const worker = new Worker(new URL('./judge.worker.ts', import.meta.url), { type: 'module', name: 'judge' });
    worker.addEventListener('message', (e: MessageEvent<FromThread>) => reply(e.data));
    worker.addEventListener('error', (e) => lost(new ThreadLost(e.message ?? 'a worker of the page')));
    return {
      post: (message, transfer) => worker.postMessage(message, { transfer: [...transfer] }),
      close: () => worker.terminate(),
    };
  },
};
