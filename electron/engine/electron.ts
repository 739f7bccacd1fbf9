// The engine process's entry.

import process from 'node:process';
import type {} from 'electron';
import { hostEngine } from '../../cli/host/engine.ts';
import { servePort } from './serve-port.ts';

const PIN = '--decode-as=';
const decodeAs = process.argv.filter((word) => word.startsWith(PIN)).map((word) => word.slice(PIN.length));
const engine = hostEngine({ decodeAs });
process.parentPort.on('message', (event) => {
  for (const port of event.ports) servePort(port, engine);
});
