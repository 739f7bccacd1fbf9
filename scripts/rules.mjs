// npm run rules: makes docs/rules.md and docs/provisioning-model.md anew from the rules.

import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { inRoot, root, say } from './lib.mjs';

const out = inRoot('dist', 'rules-pages');
await build({
  root,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  build: { ssr: inRoot('test', 'conformance', 'pages.ts'), outDir: out, emptyOutDir: true },
});
const { pages } = await import(pathToFileURL(`${out}/pages.js`).href);
for (const [file, text] of pages()) {
  writeFileSync(inRoot('docs', file), text);
  say(`docs/${file}: ${text.split('\n').length} lines`);
}
