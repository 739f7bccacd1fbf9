// Files of dist/, for tests of what is shipped rather than of its sources.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const checkout = fileURLToPath(new URL('../../', import.meta.url));

/** Path of a built file; throws with what to do when it isn't there. */
export function built(name: string): string {
  const path = join(checkout, 'dist', name);
  if (!existsSync(path)) throw new Error(`dist/${name} is not built: run 'npm run setup' first`);
  return path;
}
