// npm run build: four bundles into dist/. Each is built beside the old one and takes its place when it is whole.

import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { build } from 'vite';
import { fail, inRoot, root, say } from './lib.mjs';

/** Folder of dist/ and the configurations that fill it. */
const TARGETS = {
  ui: ['vite.config.ts'],
  cli: ['vite.config.cli.ts'],
  electron: ['vite.config.electron.ts', 'vite.config.preload.ts'],
};

async function buildTarget(name) {
  const staged = inRoot('dist', `.${name}-${process.pid}`);
  const final = inRoot('dist', name);
  rmSync(staged, { recursive: true, force: true });
  mkdirSync(staged, { recursive: true });
  try {
    for (const config of TARGETS[name]) {
      await build({
        configFile: inRoot(config),
        logLevel: 'warn',
        build: { outDir: staged, emptyOutDir: false },
      });
    }
    finish(name, staged);
    rmSync(final, { recursive: true, force: true });
    renameSync(staged, final);
  } finally {
    rmSync(staged, { recursive: true, force: true });
  }
}

function finish(name, folder) {
  // One copy of the samples serves the page, the command line and the window.
  const samples = inRoot('captures', 'samples');
  if (name === 'ui' && existsSync(samples)) cpSync(samples, `${folder}/samples`, { recursive: true });
}

process.chdir(root);
const wanted = process.argv.slice(2);
for (const name of wanted.length > 0 ? wanted : Object.keys(TARGETS)) {
  if (!(name in TARGETS)) {
    fail(`nothing called '${name}' is built; there are ${Object.keys(TARGETS).join(', ')}`, 2);
  }
  const from = Date.now();
  try {
    await buildTarget(name);
  } catch (e) {
    fail(`dist/${name} could not be built.\n${e instanceof Error ? e.message : e}`);
  }
  say(`  dist/${name} ${((Date.now() - from) / 1000).toFixed(1)} s`);
}
