// The Terminal of this process.

import process from 'node:process';
import { reasonOf } from './host/reasons.ts';
import { Sentence } from './sentence.ts';
import type { Output, Terminal } from './terminal.ts';

function output(stream: NodeJS.WriteStream, name: string): Output {
  return {
    get isTerminal() {
      return stream.isTTY === true;
    },
    get columns() {
      return stream.columns ?? 80;
    },
    write: (what) =>
      new Promise((done, fail) => {
        stream.write(what, (e) => {
          if (e === null || e === undefined) done();
          else
            fail(new Sentence(`${name} can't be written: ${reasonOf(e)} (${(e as NodeJS.ErrnoException).code}).`, 2));
        });
      }),
  };
}

export function processTerminal(): Terminal {
  // `otascope scan x | head`: the reader has seen enough, which is no error.
  const closed = (e: NodeJS.ErrnoException) => {
    if (e.code === 'EPIPE') process.exit(0);
    // Whoever wrote is told.
  };
  process.stdout.on('error', closed);
  process.stderr.on('error', closed);
  return {
    out: output(process.stdout, 'standard output'),
    err: output(process.stderr, 'standard error'),
    env: process.env,
    stdinIsTerminal: process.stdin.isTTY === true,
    stdin: () => process.stdin,
    onInterrupt(call) {
      let calls = 0;
      const interrupted = () => {
        calls += 1;
        // A second Ctrl-C means now.
        if (calls > 1) process.exit(130);
        call();
      };
      process.on('SIGINT', interrupted);
      process.on('SIGTERM', interrupted);
      return () => {
        process.off('SIGINT', interrupted);
        process.off('SIGTERM', interrupted);
      };
    },
  };
}
