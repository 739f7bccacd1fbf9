// A named pipe, read without a thread that waits for it: a thread that does keeps the process from ending.

import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

const PIECE = 1 << 18;
/** Milliseconds between two looks at a pipe that is empty: the first, and the longest. */
const FIRST_LOOK = 1;
const LAST_LOOK = 50;

/**
 * What comes out of the pipe. `opened`: a handle that somebody writes to already, and which is closed here; the pipe ends
 * when nobody writes to it any more. Without one it is waited for until somebody does. Ends at once by `return`.
 */
export function fifoChunks(path: string, opened?: FileHandle): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => fifoIterator(path, opened) };
}

function fifoIterator(path: string, opened: FileHandle | undefined): AsyncIterator<Uint8Array, undefined> {
  let handle: FileHandle | undefined;
  let ended = false;
  let begun = opened !== undefined;
  let wake: () => void = () => undefined;
  const pause = (ms: number): Promise<void> =>
    new Promise((done) => {
      const timer = setTimeout(done, ms);
      wake = () => {
        clearTimeout(timer);
        done();
      };
    });

  /** Undefined: nothing is there now. */
  async function look(from: FileHandle): Promise<Uint8Array | undefined> {
    const piece = new Uint8Array(PIECE);
    try {
      const { bytesRead } = await from.read(piece, 0, PIECE, null);
      if (bytesRead === 0 && !begun) return undefined;
      begun = true;
      return piece.subarray(0, bytesRead);
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== 'EAGAIN') throw e;
      begun = true;
      return undefined;
    }
  }

  return {
    async next() {
      if (handle === undefined) {
        handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
        await opened?.close();
      }
      for (let ms = FIRST_LOOK; !ended; ms = Math.min(LAST_LOOK, 2 * ms)) {
        const value = await look(handle);
        if (value !== undefined && value.length > 0) return { done: false, value };
        if (value !== undefined) break;
        await pause(ms);
      }
      return { done: true, value: undefined };
    },
    async return() {
      ended = true;
      wake();
      for (const h of [handle, opened]) await h?.close().catch(() => undefined);
      return { done: true, value: undefined };
    },
  };
}
