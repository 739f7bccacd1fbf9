// npm run check: types, lint and layers, without the tests of what the product does.

import { runChecks } from './checks.mjs';
import { inRoot, runNode, say } from './lib.mjs';
import { dependencies } from './setup.mjs';

dependencies();
const { failed } = runChecks();
const layers = await runNode(inRoot('node_modules', 'vitest', 'vitest.mjs'), ['run', 'test/project/layers.test.ts']);
if (failed > 0) say(`${failed} of the checks failed`);
process.exitCode = failed > 0 || layers !== 0 ? 1 : 0;
