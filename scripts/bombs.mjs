// npm run bombs [-- WORDS]: bombs at their full size, measured (docs/robustness.md). WORDS: only those whose name has them.

import process from 'node:process';
import { setup } from './setup.mjs';

await setup();
const { runTypeScript } = await import('./ts.mjs');
process.exitCode = await runTypeScript('test/robust/bombs-main.ts', 'bombs', process.argv.slice(2));
