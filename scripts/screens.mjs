// npm run screens: pictures of the page's views in both themes, into docs/screens/.

import { inRoot } from './lib.mjs';
import { setup } from './setup.mjs';

await setup();
const { runTypeScript } = await import('./ts.mjs');
process.exitCode = await runTypeScript('test/e2e/screens.ts', 'screens', [inRoot('docs', 'screens')]);
