// What a file is at this moment: where a cache may answer for it, and where it may not.

import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Source } from '../../../captures/source.ts';
import { cryptography } from '../late.ts';

const paths = new WeakMap<Source, string>();

/** Says which file a source reads, so that it can be known again. */
export function isFileAt<S extends Source>(source: S, path: string): S {
  paths.set(source, path);
  return source;
}

export interface OpenFile {
  readonly fd: number;
  readonly size: number;
  /** Differs from what it was before when the file was written to, replaced, or set back to an earlier time. */
  readonly stamp: string;
  read(at: number, into: Uint8Array): number;
  close(): void;
}

const stampOf = (fd: number): string => {
  const { dev, ino, size, mtimeNs, ctimeNs } = fstatSync(fd, { bigint: true });
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
};

export const stampNow = (file: OpenFile): string => stampOf(file.fd);

/** Null: it is no file that could be read again by its path. */
export function openAgain(source: Source): OpenFile | null {
  const path = paths.get(source);
  if (path === undefined) return null;
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch {
    return null;
  }
  const s = fstatSync(fd);
  if (!s.isFile() || s.size !== source.size) {
    closeSync(fd);
    return null;
  }
  return {
    fd,
    size: s.size,
    stamp: stampOf(fd),
    read: (at, into) => readSync(fd, into, 0, into.length, at),
    close: () => closeSync(fd),
  };
}

/** Octets of the head and of the tail, and of places between, that go into the digest. */
const ENDS = 64 * 1024;
const PLACES = 16;
const PLACE = 4096;

/** SHA-256 over the size, head, tail and places between: a file changed behind its times' back is another one. */
export function sampled(file: OpenFile): string {
  const hash = cryptography().createHash('sha256').update(String(file.size));
  const octets = Buffer.alloc(ENDS);
  const take = (at: number, length: number): void => {
    hash.update(octets.subarray(0, readSync(file.fd, octets, 0, length, Math.max(0, at))));
  };
  take(0, ENDS);
  take(file.size - ENDS, ENDS);
  for (let i = 1; i <= PLACES; i += 1) take(Math.floor((file.size * i) / (PLACES + 1)), PLACE);
  return hash.digest('hex');
}

/** Another build of the program may read captures differently: its files, as they are. */
export function programStamp(): string {
  const folder = dirname(fileURLToPath(import.meta.url));
  const files = [folder, ...(basename(folder) === 'chunks' ? [dirname(folder)] : [])].flatMap((f) =>
    readdirSync(f).map((name) => join(f, name)),
  );
  const facts = files.sort().map((path) => {
    const s = statSync(path);
    return s.isFile() ? `${basename(path)} ${s.size} ${s.mtimeMs}` : basename(path);
  });
  return cryptography().createHash('sha256').update(facts.join('\n')).digest('hex');
}
