// The main process's entry: the only file of it that knows Electron by value.

import * as electron from 'electron';
import { nodeHost } from './node-host.ts';
import { startMain } from './start.ts';

// Not awaited: Electron is ready only after this module has been run to its end.
startMain(electron, nodeHost()).catch((e: unknown) => {
  process.stderr.write(`otascope: ${e instanceof Error ? e.message : String(e)}\n`);
  electron.app.exit(1);
});
