// Runs a TypeScript file of the checkout: bundled first, because Node 20 can't take types away.

import { basename } from 'node:path';
import { build } from 'vite';
import { inRoot, root, runNode } from './lib.mjs';

/** Packages that are found at run time rather than bundled: they carry files of their own. */
const OUTSIDE = ['playwright-core', '@sparticuz/chromium', 'pcap-ng-parser'];

/** Resolves to the exit code. `folder` is where in dist/ the bundle goes; `plugins` are vite's. */
export async function runTypeScript(entry, folder, args = [], plugins = []) {
  const outDir = inRoot('dist', folder);
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins,
    publicDir: false,
    ssr: { noExternal: true, external: OUTSIDE },
    build: { ssr: inRoot(entry), outDir, emptyOutDir: false, rolldownOptions: { external: OUTSIDE } },
  });
  return runNode(`${outDir}/${basename(entry).replace(/\.ts$/, '.js')}`, args);
}
