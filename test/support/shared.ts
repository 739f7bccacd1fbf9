// Recorded captures and vectors that may lie beside a checkout. A clone without them passes, and says what it lacks.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fromBytes, type Source } from '../../captures/source.ts';

export const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, '..', 'shared');

/** The folder's path, or null with one loud line about what will not be compared. */
export function sharedFolder(part: string, what: string): string | null {
  const path = join(folder, part);
  if (existsSync(path)) return path;
  console.warn(`NOT COMPARED: ${what} needs the folder ../shared/${part} beside this checkout, which is not there.`);
  return null;
}

export const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

export const fileSource = (path: string): Source => fromBytes(basename(path), new Uint8Array(readFileSync(path)));

export const namesIn = (path: string, ending: string): string[] =>
  readdirSync(path)
    .filter((n) => n.endsWith(ending))
    .sort();
