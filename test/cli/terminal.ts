// A terminal that keeps what is written, for commands run inside the test.

import { run } from '../../cli/run.ts';
import type { Output, Terminal } from '../../cli/terminal.ts';

export interface Surroundings {
  readonly isTerminal?: boolean;
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** Called with what ends reading as Ctrl-C does. */
  readonly interrupt?: (now: () => void) => void;
}

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs one command line. */
export async function otascope(argv: readonly string[], around: Surroundings = {}): Promise<Ran> {
  const { isTerminal = false, columns = 80, env = {}, stdin } = around;
  const written = { out: '', err: '' };
  const output = (name: 'out' | 'err'): Output => ({
    isTerminal,
    columns,
    async write(what) {
      // Octets as ISO-8859-1, one character each.
      written[name] += typeof what === 'string' ? what : Buffer.from(what).toString('latin1');
    },
  });
  const terminal: Terminal = {
    out: output('out'),
    err: output('err'),
    env,
    stdinIsTerminal: stdin === undefined,
    stdin: () => stdin ?? nothing(),
    onInterrupt(call) {
      around.interrupt?.(call);
      return () => undefined;
    },
  };
  const code = await run(argv, terminal);
  return { code, ...written };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
