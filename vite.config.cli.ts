// The command line: cli/ -> dist/cli, with all it depends on inside, so that the folder can be copied away.

import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { ascii, LEAN } from './vite.lean.ts';

/** A command is a program. */
const executable: Plugin = {
  name: 'executable',
  writeBundle: ({ dir }) => chmodSync(join(dir ?? '.', 'otascope.js'), 0o755),
};

export default defineConfig({
  plugins: [executable, ascii],
  publicDir: false,
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: true,
    target: 'node20',
    minify: false,
    outDir: 'dist/cli',
    rolldownOptions: {
      input: {
        otascope: 'cli/otascope.ts',
        'guess-worker': 'cli/host/guess-worker.ts',
        'judge-worker': 'cli/host/judge-worker.ts',
      },
      output: { minify: LEAN, entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
