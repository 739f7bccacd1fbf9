#!/usr/bin/env node
// The command `otascope`.

import process from 'node:process';
import { keepCompiled } from './host/compiled.ts';
import { processTerminal } from './process-terminal.ts';
import { run } from './run.ts';

keepCompiled(process.argv.slice(2));
process.exitCode = await run(process.argv.slice(2), processTerminal());
// A read that still waits for a pipe or a share that says nothing is not waited for.
setTimeout(() => process.exit(), 100).unref();
