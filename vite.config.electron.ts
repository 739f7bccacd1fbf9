// Electron's main process and the engine process: electron/ -> dist/electron. Only `electron` itself stays outside.

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
      input: {
        main: 'electron/main/electron.ts',
        engine: 'electron/engine/electron.ts',
        'judge-worker': 'cli/host/judge-worker.ts',
      },
      external: ['electron'],
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
