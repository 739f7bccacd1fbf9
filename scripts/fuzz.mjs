// npm run fuzz [-- --minutes N --seed S --only NAME]: the fuzzer of test/fuzz, built like the rest and run by plain Node.

import process from 'node:process';
import { setup } from './setup.mjs';

await setup();
const { runTypeScript } = await import('./ts.mjs');
const { coverage } = await import('./coverage.mjs');
process.exitCode = await runTypeScript('test/fuzz/main.ts', 'fuzz', process.argv.slice(2), [coverage()]);
