// What a worker does, whatever thread it runs on: it gets the tasks once, then slices, and answers each.

import { createGuesser, type Guesser, type GuessTask, type Slice } from './guesser.ts';

/** Sent to a worker; every message survives structuredClone. */
export type ToGuessWorker =
  | { readonly tasks: readonly GuessTask[] }
  | { readonly id: number; readonly task: number; readonly slice: Slice };

export interface FromGuessWorker {
  readonly id: number;
  readonly pin: string | null;
  readonly kind: Guesser['kind'];
}

/** Answers of one worker; null where nothing is to be answered. */
export function guessService(): (message: ToGuessWorker) => FromGuessWorker | null {
  let tasks: readonly GuessTask[] = [];
  let last: { readonly task: number; readonly guesser: Guesser } | null = null;
  return (message) => {
    if ('tasks' in message) {
      tasks = message.tasks;
      last = null;
      return null;
    }
    const task = tasks[message.task];
    if (task === undefined) return { id: message.id, pin: null, kind: 'plain' };
    if (last?.task !== message.task) last = { task: message.task, guesser: createGuesser(task) };
    return { id: message.id, pin: last.guesser.find(message.slice), kind: last.guesser.kind };
  };
}
