// npm run mutate [-- WORD ...]: takes each protection away, one after the other, in a copy of the tree, and shows which
// test notices. A protection that nobody misses is a fault. Not part of CI: it takes a quarter of an hour.

import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail, inRoot, root, say } from './lib.mjs';
import { CHECKLIST, FAULTS, LEFT, SERVING } from './mutations.mjs';
import { setup } from './setup.mjs';

const words = process.argv.slice(2);
const wanted = (m) => words.length === 0 || words.some((w) => `${m.item} ${m.what} ${m.file}`.includes(w));
const parts = [
  ['Checklist of the window', CHECKLIST.filter(wanted)],
  ['Local server', SERVING.filter(wanted)],
  ['Faults', FAULTS.filter(wanted)],
  ['What is left and handed on', LEFT.filter(wanted)],
].filter(([, list]) => list.length > 0);
if (parts.length === 0) fail('no protection has that in its name', 2);

await setup();
const copy = mkdtempSync(join(tmpdir(), 'otascope-mutate-'));
process.on('exit', () => rmSync(copy, { recursive: true, force: true }));
for (const name of readdirSync(root)) {
  if (['node_modules', '.git', 'coverage'].includes(name)) continue;
  cpSync(inRoot(name), join(copy, name), { recursive: true, filter: (from) => !from.includes('node_modules') });
}
symlinkSync(inRoot('node_modules'), join(copy, 'node_modules'));

const node = (...args) =>
  spawnSync(process.execPath, args, {
    cwd: copy,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    env: { ...process.env, CI: '' },
  });

/** Names of the tests that fail; null where they did not run at all. */
function failing(tests) {
  const out = join(copy, 'results.json');
  rmSync(out, { force: true });
  node(
    'node_modules/vitest/vitest.mjs',
    'run',
    ...tests,
    '--reporter=json',
    `--outputFile=${out}`,
    '--testTimeout=15000',
  );
  if (!existsSync(out)) return null;
  const { testResults } = JSON.parse(readFileSync(out, 'utf8'));
  // A file that can't even be loaded notices, too.
  return testResults.flatMap((f) => {
    const own = f.assertionResults.filter((a) => a.status === 'failed').map((a) => a.fullName);
    return own.length === 0 && f.status === 'failed' ? [`${f.name.slice(copy.length + 1)} does not load`] : own;
  });
}

const build = (name) => node('scripts/build.mjs', name);

function tryOut(m) {
  const path = join(copy, m.file);
  const before = readFileSync(path, 'utf8');
  const times = before.split(m.find).length - 1;
  if (m.first ? times < 1 : times !== 1) return { fault: `'${m.find}' is there ${times} times` };
  writeFileSync(
    path,
    before.replace(m.find, () => m.put),
  );
  try {
    if (m.build !== undefined && build(m.build).status !== 0) return { fault: 'the build failed' };
    const names = failing(m.tests);
    if (names === null) return { fault: 'the tests did not run' };
    return names.length === 0 ? { fault: 'NOBODY NOTICED' } : { names };
  } finally {
    writeFileSync(path, before);
    if (m.build !== undefined) build(m.build);
  }
}

const all = parts.flatMap(([, list]) => list);
const healthy = failing([...new Set(all.flatMap((m) => m.tests))]);
if (healthy === null || healthy.length > 0) fail(`tests fail before anything is taken away: ${healthy?.join(', ')}`);

let faults = 0;
const cell = (text) => text.replaceAll('|', '\\|');
for (const [title, list] of parts) {
  process.stdout.write(
    `\n### ${title}\n\n| Protection | Taken away | Noticed by | Tests |\n| --- | --- | --- | --- |\n`,
  );
  for (const m of list) {
    const { names = [], fault } = tryOut(m);
    if (fault !== undefined) faults += 1;
    const who = fault ?? names[0];
    process.stdout.write(`| ${cell(m.item)} | ${cell(m.what)} | ${cell(who)} | ${names.length} |\n`);
  }
}
say(faults === 0 ? `all ${all.length} were noticed` : `${faults} of ${all.length} were not noticed`);
process.exitCode = faults === 0 ? 0 : 1;
