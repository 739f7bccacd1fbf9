// Threads as a host lends them: where messages are interpreted besides the engine's own.

import type { FromThread, ToThread } from './task.ts';

export interface Thread {
  post(message: ToThread, transfer: readonly ArrayBuffer[]): void;
  close(): void;
}

export interface ThreadEvents {
  reply(message: FromThread): void;
  /** The thread is no more: nothing it was given will be answered. */
  lost(why: Error): void;
}

export interface Threads {
  /** So many interpret messages, the engine's own among them. */
  readonly most: number;
  /** Messages before they are opened; left out: as many as take as long as to start one. */
  readonly after?: number;
  open(events: ThreadEvents): Thread;
  /** Resolves when what the threads said was heard. */
  turn(): Promise<void>;
}

/** On fewer cores threads take from each other what they give: every one compiles the decoders, and Node has its own. */
const CORES = 4;

/** Threads where nobody says how many. */
export const usualThreads = (cores: number): number => (cores < CORES ? 1 : cores);

/** An input could not be read to its end. */
export class ThreadLost extends Error {
  constructor(why: string) {
    super(`A thread that interprets messages ended before its work was done (${why}); one worker needs no threads.`);
    this.name = 'ThreadLost';
  }
}
