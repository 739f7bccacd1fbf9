// otascope serve: the page and the engine for this machine's browser.

import { join } from 'node:path';
import type { Arguments, Run } from '../command.ts';
import { withoutCache } from '../host/cache/replays.ts';
import { distFolder } from '../host/dist.ts';
import { hostEngine } from '../host/engine.ts';
import { decodeAsOf } from '../inputs.ts';
import { type ExitCode, Sentence, usage } from '../sentence.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import type { Terminal } from '../terminal.ts';
import { openAddress, type Shown } from '../window/browser.ts';

export const run: Run = (args, terminal) =>
  servePage(args, terminal, {
    port: portOf(args),
    show: args.has('no-open') ? undefined : (url) => openAddress(url, 'tab', terminal.env),
  });

export interface PageOptions {
  readonly port: number;
  /** Shows the address to the user; undefined: only printed. */
  readonly show: ((url: string) => Promise<Shown>) | undefined;
}

/** Serves until it is interrupted, or until the window that shows it is closed. */
export async function servePage(args: Arguments, terminal: Terminal, options: PageOptions): Promise<ExitCode> {
  withoutCache(args.has('no-cache'));
  const engine = hostEngine({ decodeAs: decodeAsOf(args) });
  const { positionals: files } = args;
  if (files.filter((f) => f === '-').length > 1) throw usage("'-' can be given once: there is one standard input.");
  if (files.includes('-') && terminal.stdinIsTerminal) {
    throw usage("'-' reads standard input, and nothing is piped into it: dumpcap -w - | otascope open -");
  }
  if (files.length > 0) {
    await engine.openPaths(files, { stdin: () => terminal.stdin(), follow: args.has('follow') });
  }
  const server = await start(engine, options.port);
  await terminal.out.write(`${server.url}\n`);
  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((done) => {
    stop = done;
  });
  const forget = terminal.onInterrupt(stop);
  try {
    const shown = await options.show?.(server.url);
    if (shown?.note !== undefined) await terminal.err.write(`${shown.note}\n`);
    await terminal.err.write(`serving on 127.0.0.1:${server.port} for this machine only; Ctrl-C ends it\n`);
    if (files.length > 0) void tellUnreadable(engine, terminal).catch(() => undefined);
    await Promise.race([stopped, shown?.closed ?? stopped]);
  } finally {
    forget();
    await server.close();
    // What standard input left in a file goes with it.
    await engine.request({ op: 'close' });
  }
  return 0;
}

/** The page says it too; but who looks at a page that shows nothing? */
async function tellUnreadable(engine: ReturnType<typeof hostEngine>, terminal: Terminal): Promise<void> {
  let status = await engine.request({ op: 'status' });
  while (status.phase === 'loading') status = await engine.request({ op: 'status', after: status.version });
  for (const { error } of status.inputs) if (error !== null) await terminal.err.write(`otascope: ${error}\n`);
}

async function start(engine: ReturnType<typeof hostEngine>, port: number): Promise<LocalServer> {
  try {
    return await startServer({ engine, page: join(distFolder(import.meta.url), 'ui'), port });
  } catch (e) {
    const { code } = e as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new Sentence(`port ${port} is in use; without --port a free one is taken.`, 2);
    if (code === 'EACCES') throw new Sentence(`this user may not use port ${port}; take one above 1023.`, 2);
    throw e;
  }
}

function portOf(args: Arguments): number {
  const text = args.value('port');
  if (text === undefined) return 0;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65535) throw usage('--port is a number from 0 to 65535.');
  return port;
}
