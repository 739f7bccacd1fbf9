// The command line: cli/ -> dist/cli, with all it depends on inside, so that the folder can be copied away.

import { defineConfig } from 'vite';

export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: true,
    target: 'node20',
    minify: false,
    outDir: 'dist/cli',
    rolldownOptions: {
      input: { otascope: 'cli/otascope.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
