// Where the built parts lie, seen from any bundle in dist/.

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** dist/, found from a bundle in one of its folders or, unbuilt, from the sources. */
export function distFolder(from: string): string {
  for (let at = dirname(fileURLToPath(from)); ; at = dirname(at)) {
    // The desktop app has no command line, and the package of the command line no desktop app.
    const bundles = ['cli/otascope.js', 'electron/main.js'];
    if (existsSync(join(at, 'ui', 'index.html')) && bundles.some((b) => existsSync(join(at, b)))) return at;
    if (existsSync(join(at, 'dist', 'cli'))) return join(at, 'dist');
    if (dirname(at) === at) return at;
  }
}
