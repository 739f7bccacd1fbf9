// Files and pipes as Sources. One that can't be opened is a Source too: it says why when it is read, so that the
// engine reports it beside the others.

import type { Stats } from 'node:fs';
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Source } from '../../captures/source.ts';
import { chunkSource } from './chunk-source.ts';
import { fifoChunks } from './fifo.ts';
import { reasonOf } from './reasons.ts';
import { closest } from './words.ts';

export interface HostSource extends Source {
  /** Ends reading; a read that waits for a pipe resolves to 0. */
  close(): Promise<void>;
}

/** Why in the words after "can't be read: ". */
export const unopenable = (name: string, why: string): HostSource => ({
  name,
  size: null,
  read: () => Promise.reject(new Error(why)),
  close: () => Promise.resolve(),
});

/** Opens what the user named. With `live`, a pipe is waited for, and shown while it comes. Never rejects. */
export async function openFile(path: string, name: string = path, live = false): Promise<HostSource> {
  let handle: FileHandle | undefined;
  try {
    if (live && (await stat(path)).isFIFO()) return { ...chunkSource(name, fifoChunks(path)), live };
    handle = await open(path, 'r');
    const s = await handle.stat();
    if (s.isDirectory()) {
      await handle.close();
      return unopenable(name, 'it is a folder; name the files in it');
    }
    if (s.isFIFO()) return chunkSource(name, fifoChunks(path, handle));
    if (!s.isFile()) return chunkSource(name, handle.createReadStream({ autoClose: true, highWaterMark: 1 << 18 }));
    return regularFile(name, handle, s);
  } catch (e) {
    await handle?.close().catch(() => undefined);
    return unopenable(name, await reasonFor(path, e));
  }
}

/** Octets at the front that tell whether a file that has grown is still the same. */
const FRONT = 4096;

function regularFile(name: string, handle: FileHandle, opened: Stats): HostSource {
  let was = opened;
  let front: Uint8Array | null = null;
  const wait = endable();

  /** After each read: what another program did to the file meanwhile must not be shown as what was captured. */
  async function check(): Promise<void> {
    const now = await handle.stat();
    if (now.size === was.size && now.mtimeMs === was.mtimeMs) return;
    if (now.size < was.size)
      throw new Error(`it became shorter while it was open: ${now.size} of ${was.size} octets are left`);
    const { bytesRead, buffer } = await handle.read(new Uint8Array(FRONT), 0, front?.length ?? 0, 0);
    const same = front === null || Buffer.compare(buffer.subarray(0, bytesRead), front) === 0;
    if (now.size === was.size || !same) throw new Error('it was changed while it was open; open it again');
    was = now;
  }

  async function readNow(at: number, into: Uint8Array): Promise<number> {
    try {
      const { bytesRead } = await handle.read(into, 0, into.length, at);
      if (at === 0 && front === null) front = into.slice(0, Math.min(FRONT, bytesRead));
      await check();
      return bytesRead;
    } catch (e) {
      throw 'code' in (e as object) ? new Error(reasonOf(e)) : e;
    }
  }
  return {
    name,
    size: opened.size,
    read: (at, into) => wait.orEnd(readNow(at, into)),
    end: wait.end,
    async close() {
      // A read that stalls is not waited for, and would keep the file's close waiting.
      if (wait.end() > 0) void handle.close().catch(() => undefined);
      else await handle.close();
    },
  };
}

/** Reads that wait for a disk or a pipe resolve to 0 when they are ended. */
function endable(): { orEnd(reading: Promise<number>): Promise<number>; end(): number } {
  const waiting = new Set<() => void>();
  return {
    orEnd: (reading) =>
      new Promise((done, failed) => {
        const stop = () => done(0);
        waiting.add(stop);
        reading.then(done, failed).finally(() => waiting.delete(stop));
      }),
    end() {
      for (const stop of waiting) stop();
      return waiting.size;
    },
  };
}

/**
 * What `opens` opens, or after `patience` milliseconds a source that waits for it while it is read: a share that does not
 * answer keeps nothing else waiting. Never rejects.
 */
export async function openSoon(name: string, patience: number, opens: () => Promise<HostSource>): Promise<HostSource> {
  const opening = opens();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((done) => {
    timer = setTimeout(() => done(undefined), patience);
  });
  const soon = await Promise.race([opening, late]);
  clearTimeout(timer);
  if (soon !== undefined) return soon;

  const wait = endable();
  let real: HostSource | undefined;
  let closed = false;
  let ends = 0;
  void opening.then((source) => {
    real = source;
    if (closed) void source.close().catch(() => undefined);
  });
  return {
    name,
    get size() {
      return real?.size ?? null;
    },
    get live() {
      return real?.live === true;
    },
    get again() {
      return real !== undefined && real.size !== null;
    },
    read(at, into) {
      if (real !== undefined) return real.read(at, into);
      const asked = ends;
      // A read that was ended takes no octets from the one after it.
      return wait.orEnd(opening.then((s) => (asked === ends ? s.read(at, into) : 0)));
    },
    end() {
      ends += 1;
      wait.end();
      real?.end?.();
    },
    async close() {
      closed = true;
      ends += 1;
      wait.end();
      await real?.close();
    },
  };
}

async function reasonFor(path: string, e: unknown): Promise<string> {
  switch ((e as NodeJS.ErrnoException).code) {
    case 'ENOENT':
    case 'ENOTDIR': {
      const near = await similarFile(path);
      return `there is no such file${near === undefined ? '' : ` (did you mean ${near}?)`}`;
    }
    case 'EACCES':
    case 'EPERM':
      return 'this user may not read it';
    case 'EISDIR':
      return 'it is a folder; name the files in it';
    default:
      return reasonOf(e);
  }
}

async function similarFile(path: string): Promise<string | undefined> {
  try {
    const folder = dirname(path);
    const near = closest(basename(path), await readdir(folder));
    if (near === undefined) return undefined;
    const at = folder === '.' ? near : `${folder}/${near}`;
    return (await stat(at)).isFile() ? at : undefined;
  } catch {
    return undefined;
  }
}
