// otascope open: a window. Electron where its binary is there, else the page in a browser window.

import { dirname, resolve } from 'node:path';
import type { Run } from '../command.ts';
import { withoutCache } from '../host/cache/replays.ts';
import { distFolder } from '../host/dist.ts';
import { decodeAsOf } from '../inputs.ts';
import { openAddress } from '../window/browser.ts';
import { findElectron, runElectron } from '../window/electron.ts';
import { servePage } from './serve.ts';

export const run: Run = async (args, terminal) => {
  withoutCache(args.has('no-cache'));
  const root = dirname(distFolder(import.meta.url));
  // What is live is read by this process, and shown in a browser window.
  const live = args.positionals.includes('-') || args.has('follow');
  const electron = args.has('no-open') || live ? undefined : findElectron(root, terminal.env);
  if (electron !== undefined) {
    const code = await runElectron(electron, root, [
      ...decodeAsOf(args).map((pin) => `--decode-as=${pin}`),
      ...args.positionals.map((file) => resolve(file)),
    ]);
    if (code === 0) return 0;
    await terminal.err.write('Electron did not start; serving the page to a browser instead\n');
  } else if (!args.has('no-open') && !live) {
    await terminal.err.write('Electron is not installed here: the same page opens in a browser window\n');
  }
  return servePage(args, terminal, {
    port: 0,
    show: args.has('no-open') ? undefined : (url) => openAddress(url, 'window', terminal.env),
  });
};
