// Ends the process when one input takes for ever: nothing else can, while the only thread is busy with it.

import { Worker } from 'node:worker_threads';

const CODE = `
const { workerData, parentPort } = require('node:worker_threads');
const { writeSync, writeFileSync } = require('node:fs');
const { state, octets, seconds, file } = workerData;
const view = new Int32Array(state);
let last = -1, since = Date.now();
setInterval(() => {
  if (view[0] !== last || view[1] === 0) { last = view[0]; since = Date.now(); return; }
  if (Date.now() - since < seconds * 1000) return;
  const text = Buffer.from(new Uint8Array(octets, 0, view[2])).toString();
  try { writeFileSync(file, text + '\\n'); } catch {}
  writeSync(2, 'fuzz: an input is being read for more than ' + seconds + ' s; it is in ' + file + ':\\n' + text.slice(0, 2000) + '\\n');
  process.kill(process.pid, 'SIGKILL');
}, 500).unref();
parentPort.on('message', () => process.exit());
`;
const ROOM = 1 << 20;

export interface Watch {
  /** `text`: how the input is to be found again. */
  begin(text: string): void;
  rest(): void;
  end(): Promise<void>;
}

/** After `seconds` without a new input the reproducer is written to `file` and this process killed. */
export function watch(seconds: number, file: string): Watch {
  const state = new SharedArrayBuffer(16);
  const octets = new SharedArrayBuffer(ROOM);
  const view = new Int32Array(state);
  const room = new Uint8Array(octets);
  const worker = new Worker(CODE, { eval: true, workerData: { state, octets, seconds, file } });
  worker.unref();
  const encoder = new TextEncoder();
  const scratch = new Uint8Array(ROOM);
  return {
    begin(text) {
      const { written } = encoder.encodeInto(text, scratch);
      room.set(scratch.subarray(0, written));
      view[2] = written;
      view[0] = (view[0]! + 1) | 0;
      view[1] = 1;
    },
    rest() {
      view[1] = 0;
    },
    async end() {
      view[1] = 0;
      await worker.terminate();
    },
  };
}
