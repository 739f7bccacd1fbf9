// Entries of the cache: files of octets with their digest in front. What is damaged, cut off or not ours is no entry.

import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { cryptography } from '../late.ts';
import { isOurs } from './folder.ts';

const MAGIC = Buffer.from('otascope cache 1\n', 'latin1');
const DIGEST = 32;
const ENDING = '.kept';
const UNFINISHED = '.part';

/** Octets of all entries, and of one. */
export const MOST_OCTETS = 256 * 1024 * 1024;
const MOST_OCTETS_EACH = 64 * 1024 * 1024;
/** An unfinished entry that is older was left behind by a program that ended; milliseconds. */
const ABANDONED = 3_600_000;

const digestOf = (octets: Uint8Array): Buffer => cryptography().createHash('sha256').update(octets).digest();

/** Undefined: there is none that can be believed. */
export function readEntry(folder: string, name: string): Uint8Array | undefined {
  if (!isOurs(folder, false)) return undefined;
  const path = join(folder, name + ENDING);
  let fd: number | undefined;
  try {
    fd = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    const s = fstatSync(fd);
    const foreign = process.platform !== 'win32' && s.uid !== process.getuid?.();
    if (!s.isFile() || foreign || s.size > MOST_OCTETS_EACH) return undefined;
    const all = readFileSync(fd);
    const head = MAGIC.length + DIGEST;
    const octets = all.subarray(head);
    const whole = all.length >= head && all.subarray(0, MAGIC.length).equals(MAGIC);
    if (!whole || !digestOf(octets).equals(all.subarray(MAGIC.length, head))) return undefined;
    // What was used last goes last.
    const now = new Date();
    utimesSync(path, now, now);
    // Columns begin at multiples of eight.
    return new Uint8Array(octets);
  } catch {
    return undefined;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** Where it can't be written it is left out: the cache is no promise. */
export function writeEntry(folder: string, name: string, octets: Uint8Array, most: number = MOST_OCTETS): void {
  if (octets.length + MAGIC.length + DIGEST > MOST_OCTETS_EACH || !isOurs(folder, true)) return;
  const path = join(folder, `${name}.${process.pid}.${cryptography().randomBytes(6).toString('hex')}${UNFINISHED}`);
  try {
    writeFileSync(path, Buffer.concat([MAGIC, digestOf(octets), octets]), { flag: 'wx', mode: 0o600 });
    renameSync(path, join(folder, name + ENDING));
  } catch {
    rmSync(path, { force: true });
  }
  makeRoom(folder, most);
}

interface Entry {
  readonly path: string;
  readonly size: number;
  readonly used: number;
}

function entriesIn(folder: string, ending: string): Entry[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .flatMap((name) => {
        const path = join(folder, name);
        const s = statSync(path, { throwIfNoEntry: false });
        return s?.isFile() === true ? [{ path, size: s.size, used: s.mtimeMs }] : [];
      });
  } catch {
    return [];
  }
}

function makeRoom(folder: string, most: number): void {
  const entries = entriesIn(folder, ENDING).sort((a, b) => b.used - a.used);
  let octets = 0;
  for (const e of entries) {
    octets += e.size;
    if (octets > most) rmSync(e.path, { force: true });
  }
  for (const e of entriesIn(folder, UNFINISHED)) {
    if (Date.now() - e.used > ABANDONED) rmSync(e.path, { force: true });
  }
}

export function sizeOf(folder: string): { readonly entries: number; readonly octets: number } {
  const entries = entriesIn(folder, ENDING);
  return { entries: entries.length, octets: entries.reduce((n, e) => n + e.size, 0) };
}

/** Removes all entries, and nothing else that may be in the folder. Throws as the system does. */
export function clear(folder: string): void {
  for (const e of [...entriesIn(folder, ENDING), ...entriesIn(folder, UNFINISHED)]) rmSync(e.path, { force: true });
}
