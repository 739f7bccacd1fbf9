// Files and pipes as Sources. One that can't be opened is a Source too: it says why when it is read, so that the
// engine reports it beside the others.

import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Source } from '../../captures/source.ts';
import { chunkSource } from './chunk-source.ts';
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

/** Opens what the user named. Never rejects. */
export async function openFile(path: string, name: string = path): Promise<HostSource> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    const s = await handle.stat();
    if (s.isDirectory()) {
      await handle.close();
      return unopenable(name, 'it is a folder; name the files in it');
    }
    if (!s.isFile()) return chunkSource(name, handle.createReadStream({ autoClose: true, highWaterMark: 1 << 18 }));
    return regularFile(name, handle, s.size);
  } catch (e) {
    await handle?.close().catch(() => undefined);
    return unopenable(name, await reasonFor(path, (e as NodeJS.ErrnoException).code));
  }
}

function regularFile(name: string, handle: FileHandle, size: number): HostSource {
  return {
    name,
    size,
    async read(at, into) {
      const { bytesRead } = await handle.read(into, 0, into.length, at);
      return bytesRead;
    },
    close: () => handle.close(),
  };
}

async function reasonFor(path: string, code: string | undefined): Promise<string> {
  switch (code) {
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
    case 'EMFILE':
    case 'ENFILE':
      return 'too many files are open already';
    case 'ENAMETOOLONG':
      return 'its name is longer than a file name can be';
    default:
      return `the system says ${code ?? 'it failed, without a reason'}`;
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
