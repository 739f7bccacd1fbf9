// npm run fuzz [-- --minutes N --seed S --only NAME]: the fuzzer of test/fuzz, built like the rest and run by plain Node.
// --plain: without counters at the branches, twice as fast.

import process from 'node:process';
import { setup } from './setup.mjs';

await setup();
const { runTypeScript } = await import('./ts.mjs');
const { coverage } = await import('./coverage.mjs');
const args = process.argv.slice(2);
const plain = args.includes('--plain');
process.exitCode = await runTypeScript(
  'test/fuzz/main.ts',
  plain ? 'fuzz-plain' : 'fuzz',
  args,
  plain ? [] : [coverage()],
);
