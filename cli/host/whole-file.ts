// A file that is replaced as a whole or not at all: what was there stays until the new one is on the disk.

import { type FileHandle, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';

/** A text, octets, or a text in pieces. */
export type Whole = string | Uint8Array | Iterable<string>;

export interface Staged {
  /** Once: puts it in the place of what was there. Rejects as the system does; then that is as it was. */
  write(what: Whole): Promise<void>;
  /** Takes away what was not written. */
  end(): Promise<void>;
}

/**
 * Begins to write beside `path`; rejects where that can't be. `mode`: the rights of a file that was not there before. What
 * a process that was killed left beside it is cleared away.
 */
export async function stage(path: string, mode = 0o666): Promise<Staged> {
  const old = await stat(path).catch(() => undefined);
  // A device or a pipe is written to as it is: there is nothing to lose in it.
  if (old !== undefined && !old.isFile()) return direct(await open(path, 'w'));
  // Who may not write to the file may not replace it either, though the folder would let him.
  if (old !== undefined) await (await open(path, 'r+')).close();
  await sweep(path);
  const beside = join(dirname(path), `${prefixOf(path)}${process.pid}`);
  const handle = await open(beside, 'wx', old === undefined ? mode : old.mode & 0o777);
  let placed = false;
  return {
    async write(what) {
      if (old !== undefined) await handle.chmod(old.mode & 0o777);
      await writeFile(handle, what);
      // On the disk before it has the name: after a power cut there is the old one or the new one.
      await handle.sync();
      await handle.close();
      await rename(beside, path);
      placed = true;
      await syncFolder(dirname(path));
    },
    async end() {
      await handle.close().catch(() => undefined);
      if (!placed) await rm(beside, { force: true });
    },
  };
}

function direct(handle: FileHandle): Staged {
  return {
    write: (what) => writeFile(handle, what),
    end: () => handle.close().catch(() => undefined),
  };
}

const prefixOf = (path: string): string => `.${basename(path)}.otascope-`;

/** What a process that was killed had begun to write here. */
async function sweep(path: string): Promise<void> {
  const prefix = prefixOf(path);
  for (const name of await readdir(dirname(path)).catch(() => [])) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : Number.NaN;
    if (Number.isInteger(pid) && !isAlive(pid)) await rm(join(dirname(path), name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (e) {
    return (e as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The name, too. Windows has no such call, and does it by itself. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close().catch(() => undefined);
}
