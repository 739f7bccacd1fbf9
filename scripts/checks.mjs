// The checks that are no tests: types for each folder's own surroundings, lint and format.

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { inRoot, root, say } from './lib.mjs';

const tool = (...path) => inRoot('node_modules', ...path);

const typeChecks = () =>
  readdirSync(root)
    .filter((f) => /^tsconfig\.(?!base\.)\w+\.json$/.test(f))
    .sort()
    .map((config) => ({
      name: `types ${config.slice('tsconfig.'.length, -'.json'.length)}`,
      args: [tool('typescript', 'bin', 'tsc'), '-p', config, '--noEmit', '--pretty', 'false'],
    }));

const CHECKS = () => [
  ...typeChecks(),
  { name: 'lint and format', args: [tool('@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings', '.'] },
  { name: 'licences and pins', args: [inRoot('scripts', 'licences.mjs')] },
  { name: 'known vulnerabilities', args: [inRoot('scripts', 'audit.mjs')] },
  { name: 'window in Electron', args: [inRoot('scripts', 'smoke-electron.mjs'), '--if-there'] },
];

/** Runs them one after the other and returns how many passed and failed. */
export function runChecks() {
  let passed = 0;
  let failed = 0;
  for (const check of CHECKS()) {
    const from = Date.now();
    const ran = spawnSync(process.execPath, check.args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 });
    const ok = ran.status === 0;
    say(` ${ok ? '✓' : '✗'} ${check.name} (${((Date.now() - from) / 1000).toFixed(1)} s)`);
    // A check that could not be made is no failure, and must not look like a pass.
    for (const line of ran.stdout.split('\n')) if (line.startsWith('NOT CHECKED')) say(`   ${line}`);
    if (ok) passed += 1;
    else {
      failed += 1;
      process.stderr.write(`${ran.stdout}${ran.stderr}`);
    }
  }
  return { passed, failed };
}
