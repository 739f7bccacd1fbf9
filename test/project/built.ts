// Files of dist/, for tests of what is shipped rather than of its sources.

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's root, found from here or from a bundle of this file in dist/. */
export const checkout = rootAbove(dirname(fileURLToPath(import.meta.url)));

function rootAbove(folder: string): string {
  return existsSync(join(folder, 'package-lock.json')) ? folder : rootAbove(dirname(folder));
}

/** Path of a built file; throws with what to do when it isn't there. */
export function built(name: string): string {
  const path = join(checkout, 'dist', name);
  if (!existsSync(path)) throw new Error(`dist/${name} is not built: run 'npm run setup' first`);
  return path;
}
