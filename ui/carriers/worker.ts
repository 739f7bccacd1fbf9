// The engine in a worker of the page, for files that were dropped into it: nothing leaves the browser.

import { isEngineError } from '../../analysis/engine/codec.ts';
import type { Engine, EngineRequest, Reply, Status } from '../../analysis/engine/contract.ts';
import { Lost, Refused } from './carrier.ts';

export type ToWorker =
  | { readonly id: number; readonly request: EngineRequest }
  | { readonly id: number; readonly files: readonly File[]; readonly add: boolean }
  /** The page is in use for so many milliseconds: it goes before reading. */
  | { readonly busy: number };

export interface FromWorker {
  readonly id: number;
  readonly reply: unknown;
}

export interface WorkerEngine extends Engine {
  openFiles(files: readonly File[], add: boolean): Promise<Status>;
}

/** What the user does shows within this time, ms; the engine is told again after half of it. */
const IN_USE = 200;

/** Tells the worker when the page is used: there are not always processors enough for drawing and for reading. */
function tellUse(worker: Worker): void {
  let told = -IN_USE;
  const used = (e: Event): void => {
    // Pointing at marks costs next to nothing.
    if (e.type === 'pointermove' && (e as PointerEvent).buttons === 0) return;
    const now = performance.now();
    if (now - told < IN_USE / 2) return;
    told = now;
    worker.postMessage({ busy: IN_USE } satisfies ToWorker);
  };
  for (const type of ['wheel', 'keydown', 'pointerdown', 'pointermove']) {
    addEventListener(type, used, { capture: true, passive: true });
  }
}

export function workerEngine(): WorkerEngine {
  const worker = new Worker(new URL('../engine.worker.ts', import.meta.url), { type: 'module', name: 'engine' });
  const waiting = new Map<number, { resolve(v: unknown): void; reject(e: Error): void }>();
  tellUse(worker);
  let next = 0;
  let dead: Error | null = null;

  worker.addEventListener('message', (e: MessageEvent<FromWorker>) => {
    const { id, reply } = e.data;
    const w = waiting.get(id);
    waiting.delete(id);
    if (isEngineError(reply)) w?.reject(new Refused(reply.error));
    else w?.resolve(reply);
  });
  worker.addEventListener('error', () => {
    dead = new Lost('The engine in this page has stopped.');
    worker.terminate();
    for (const w of waiting.values()) w.reject(dead);
    waiting.clear();
  });

  const post = (
    message: { readonly request: EngineRequest } | { readonly files: readonly File[]; readonly add: boolean },
  ) =>
    new Promise<unknown>((resolve, reject) => {
      if (dead !== null) {
        reject(dead);
        return;
      }
      next += 1;
      waiting.set(next, { resolve, reject });
      worker.postMessage({ id: next, ...message } satisfies ToWorker);
    });

  return {
    async request<R extends EngineRequest>(request: R): Promise<Reply<R>> {
      return (await post({ request })) as Reply<R>;
    },
    async openFiles(files, add) {
      return (await post({ files, add })) as Status;
    },
  };
}
