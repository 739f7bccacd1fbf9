// npm start [-- FILE...]: set-up when needed, then the window (or the page in a browser).

import { isAbsolute, resolve } from 'node:path';
import { inRoot, runNode } from './lib.mjs';
import { setup } from './setup.mjs';

await setup();
// npm runs scripts in the checkout; files are named from where the user is.
const from = process.env.INIT_CWD ?? process.cwd();
const args = process.argv.slice(2).map((a) => (a.startsWith('-') || isAbsolute(a) ? a : resolve(from, a)));
process.exitCode = await runNode(inRoot('dist', 'cli', 'otascope.js'), ['open', ...args]);
