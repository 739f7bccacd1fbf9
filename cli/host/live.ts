// Captures that are being written while they are looked at: standard input, kept in a file of its own so that octets can
// be shown again, and files that grow.

import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chunkSource } from './chunk-source.ts';
import type { HostSource } from './file-source.ts';

/** How often a file is looked at for more, milliseconds. */
const LOOK = 250;

/**
 * A pipe as a live source. What came through it is written to a file only this user can read, which goes with the
 * source; where that can't be written, octets are decoded all the same but can't be shown again.
 */
export async function spoolSource(name: string, chunks: AsyncIterable<Uint8Array>): Promise<HostSource> {
  let folder: string | null = null;
  let file: FileHandle | null = null;
  let written = 0;
  const drop = async (): Promise<void> => {
    const [f, d] = [file, folder];
    file = null;
    folder = null;
    await f?.close().catch(() => undefined);
    if (d !== null) await rm(d, { recursive: true, force: true });
  };
  try {
    folder = await mkdtemp(join(tmpdir(), 'otascope-live-'));
    file = await open(join(folder, 'octets'), 'wx+', 0o600);
    // Where a file without a name can be read on, nothing stays behind however this process ends.
    await rm(folder, { recursive: true, force: true }).then(
      () => {
        folder = null;
      },
      () => undefined,
    );
  } catch {
    await drop();
  }

  async function* kept(): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      try {
        await file?.write(chunk, 0, chunk.length, written);
        written += chunk.length;
      } catch {
        await drop();
      }
      yield chunk;
    }
  }

  const pipe = chunkSource(name, kept());
  let read = 0;
  return {
    name,
    size: null,
    live: true,
    get again() {
      return file !== null;
    },
    async read(at, into) {
      if (at < read && file !== null) {
        const { bytesRead } = await file.read(into, 0, Math.min(into.length, read - at), at);
        return bytesRead;
      }
      const n = await pipe.read(at, into);
      read = Math.max(read, at + n);
      return n;
    },
    end: () => void pipe.close(),
    async close() {
      await pipe.close();
      await drop();
    },
  };
}

/** A file that is read on as it grows, until it is ended or gone. */
export async function followSource(path: string, name: string): Promise<HostSource> {
  const handle = await open(path, 'r');
  let ended = false;
  let wake: () => void = () => undefined;
  const pause = (): Promise<void> =>
    new Promise((done) => {
      const timer = setTimeout(done, LOOK);
      wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  /** Nobody writes to a file that has no name any more. */
  const isGone = async (): Promise<boolean> => (await handle.stat().catch(() => null))?.nlink === 0;
  let front = 0;
  return {
    name,
    size: null,
    live: true,
    again: true,
    async read(at, into) {
      for (;;) {
        const { bytesRead } = await handle.read(into, 0, into.length, at);
        front = Math.max(front, at + bytesRead);
        if (bytesRead > 0 || at < front || ended || into.length === 0) return bytesRead;
        if (await isGone()) return 0;
        await pause();
      }
    },
    end() {
      ended = true;
      wake();
    },
    async close() {
      ended = true;
      wake();
      await handle.close().catch(() => undefined);
    },
  };
}
