// node scripts/samples.mjs: makes captures/samples/ anew from test/generator/.

import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { inRoot, root, say } from './lib.mjs';

const out = inRoot('dist', 'samples-generator');
await build({
  root,
  configFile: false,
  logLevel: 'warn',
  build: { ssr: inRoot('test', 'generator', 'samples.ts'), outDir: out, emptyOutDir: true },
});
const { stories, manifest } = await import(pathToFileURL(`${out}/samples.js`).href);

const folder = inRoot('captures', 'samples');
mkdirSync(folder, { recursive: true });
for (const file of readdirSync(folder)) rmSync(`${folder}/${file}`);
const all = stories();
for (const s of all) writeFileSync(`${folder}/${s.file}`, s.bytes);
writeFileSync(`${folder}/manifest.json`, manifest(all));
say(`${all.length} samples, ${all.reduce((n, s) => n + s.bytes.length, 0)} octets, in captures/samples`);
