// PINs are searched for in workers of the page's own: one a core, none of them talks to anybody else.

import type { GuessHost, GuessWorker } from '../analysis/verify/guess/search.ts';
import type { FromGuessWorker, ToGuessWorker } from '../analysis/verify/guess/service.ts';

function guessWorker(tasks: Extract<ToGuessWorker, { tasks: unknown }>['tasks']): GuessWorker {
  const worker = new Worker(new URL('./guess.worker.ts', import.meta.url), { type: 'module', name: 'guess' });
  const waiting = new Map<number, { done(m: FromGuessWorker): void; failed(e: Error): void }>();
  let next = 0;
  let dead: Error | null = null;
  const post = (message: ToGuessWorker): void => worker.postMessage(message);
  worker.addEventListener('message', (e: MessageEvent<FromGuessWorker>) => {
    waiting.get(e.data.id)?.done(e.data);
    waiting.delete(e.data.id);
  });
  worker.addEventListener('error', () => {
    dead = new Error('a worker of the page stopped');
    for (const w of waiting.values()) w.failed(dead);
    waiting.clear();
  });
  post({ tasks });
  return {
    find: (task, slice) =>
      new Promise((done, failed) => {
        if (dead !== null) return failed(dead);
        next += 1;
        waiting.set(next, { done, failed });
        post({ id: next, task, slice });
      }),
    close() {
      waiting.clear();
      worker.terminate();
    },
  };
}

export const guessHost: GuessHost = {
  cores: navigator.hardwareConcurrency,
  now: () => performance.now(),
  open: async (tasks) => guessWorker(tasks),
};
