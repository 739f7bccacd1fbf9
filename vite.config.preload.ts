// The preload: a sandboxed one may be a single CommonJS file only.

import { defineConfig } from 'vite';

export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true, external: ['electron'], target: 'node' },
  build: {
    ssr: true,
    target: 'node20',
    minify: false,
    outDir: 'dist/electron',
    rolldownOptions: {
      input: { preload: 'electron/preload/electron.ts' },
      external: ['electron'],
      output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
    },
  },
});
