// The engine process's entry.

import process from 'node:process';
import type {} from 'electron';
import type { EngineRequest } from '../../analysis/engine/contract.ts';
import { hostEngine } from '../../cli/host/engine.ts';
import type { EngineStart } from '../channels.ts';
import { telling } from './news.ts';
import { servePort } from './serve-port.ts';

const PIN = '--decode-as=';
const decodeAs = process.argv.filter((word) => word.startsWith(PIN)).map((word) => word.slice(PIN.length));
const engine = hostEngine({ decodeAs });
/** What is resumed is known already; what the page opens is told. */
const told = telling(engine, (news) => process.parentPort.postMessage(news));

async function resume(start: EngineStart): Promise<void> {
  for (const json of start.resume) await engine.request(JSON.parse(json) as EngineRequest).catch(() => undefined);
}

let resumed = Promise.resolve();
process.parentPort.on('message', (event) => {
  resumed = resumed.then(() => resume(event.data as EngineStart));
  // The page is answered by an engine that has everything open again.
  void resumed.then(() => {
    for (const port of event.ports) servePort(port, told);
  });
});
