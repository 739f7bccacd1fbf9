// npm test [-- PATTERN]: set-up, checks, every test; ends with the plain line 'N passed, N failed'.

import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { runChecks } from './checks.mjs';
import { inRoot, runNode, say } from './lib.mjs';
import { setup } from './setup.mjs';

await setup();
const patterns = process.argv.slice(2);
const checks = patterns.length > 0 ? { passed: 0, failed: 0 } : runChecks();

const counts = inRoot('dist', `.test-counts-${process.pid}.json`);
mkdirSync(inRoot('dist'), { recursive: true });
const status = await runNode(inRoot('node_modules', 'vitest', 'vitest.mjs'), ['run', ...patterns], {
  OTASCOPE_TEST_COUNTS: counts,
});
// No counts: the runner itself did not come to its end.
const ran = existsSync(counts)
  ? JSON.parse(readFileSync(counts, 'utf8'))
  : { passed: 0, failed: 1, skipped: 0, broken: [`the test runner ended with status ${status}`] };
rmSync(counts, { force: true });

for (const sentence of ran.broken) say(sentence);
// A test that did not run shows nothing, so it counts as failed.
if (ran.skipped > 0) say(`${ran.skipped} tests were skipped; here that is a failure`);
const failed = checks.failed + ran.failed + ran.skipped;
process.stdout.write(`\n${checks.passed + ran.passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 || status !== 0 ? 1 : 0;
