// What is kept of captures between two runs of the program, so that they open at once (docs/performance.md).

import process from 'node:process';
import type { ReplayStore } from '../../../analysis/engine/framesreplay.ts';
import type { Source } from '../../../captures/source.ts';
import { VERSION } from '../../version.ts';
import { cryptography } from '../late.ts';
import { readEntry, writeEntry } from './entries.ts';
import { cacheFolder } from './folder.ts';
import { type OpenFile, openAgain, programStamp, sampled, stampNow } from './identity.ts';
import { OFF } from './off.ts';

/** Smaller inputs are read in no time. */
const LEAST = 32 * 1024 * 1024;

export interface ReplayOptions {
  readonly folder: string;
  /** Octets that all sources together must have. */
  readonly least?: number;
}

/** The store of this user's cache directory; undefined where it is switched off. */
export function userReplays(
  off: boolean,
  env: Readonly<Record<string, string | undefined>> = process.env,
): ReplayStore | undefined {
  if (off || (env[OFF] ?? '') !== '') return undefined;
  return fileReplays({ folder: cacheFolder(env) });
}

/** For this process and the window it starts. */
export function withoutCache(off: boolean): void {
  if (off) process.env[OFF] = '1';
}

export function fileReplays({ folder, least = LEAST }: ReplayOptions): ReplayStore {
  /** Names under which sources were looked for, by what they were then. */
  const looked = new WeakMap<readonly Source[], { readonly stamps: string; readonly name: string }>();

  const nameOf = (files: readonly OpenFile[], about: string): string => {
    const facts = { VERSION, program: programStamp(), about, files: files.map((f) => [f.stamp, sampled(f)]) };
    return cryptography().createHash('sha256').update(JSON.stringify(facts)).digest('hex');
  };
  const stampsOf = (files: readonly OpenFile[]): string => files.map((f) => f.stamp).join('\n');

  return {
    async find(sources, about) {
      const files = openAll(sources, least);
      if (files === null) return null;
      try {
        const name = nameOf(files, about);
        looked.set(sources, { stamps: stampsOf(files), name });
        const octets = readEntry(folder, name);
        if (octets === undefined) {
          closeAll(files);
          return null;
        }
        return {
          octets,
          read: files.map((f) => f.read),
          close() {
            const changed = files.findIndex((f) => stampNow(f) !== f.stamp);
            closeAll(files);
            if (changed < 0) return;
            throw new Error(`${sources[changed]!.name} was changed while it was read; open it again.`);
          },
        };
      } catch {
        closeAll(files);
        return null;
      }
    },
    async keep(sources, about, octets) {
      const before = looked.get(sources);
      const files = before === undefined ? null : openAll(sources, least);
      if (before === undefined || files === null) return;
      try {
        // What was read is what it was when reading began, and still is.
        if (stampsOf(files) === before.stamps && nameOf(files, about) === before.name) {
          writeEntry(folder, before.name, octets);
        }
      } catch {
        // A cache that can't be written is none.
      } finally {
        closeAll(files);
      }
    },
  };
}

/** null: one of them is no file, or they are too small. */
function openAll(sources: readonly Source[], least: number): OpenFile[] | null {
  const size = sources.reduce((n, s) => n + (s.size ?? 0), 0);
  if (size < least) return null;
  const files: OpenFile[] = [];
  for (const s of sources) {
    const file = openAgain(s);
    if (file === null) {
      closeAll(files);
      return null;
    }
    files.push(file);
  }
  return files;
}

function closeAll(files: readonly OpenFile[]): void {
  for (const f of files) f.close();
}
