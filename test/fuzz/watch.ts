// Ends the process when one input takes for ever: nothing else can, while the only thread is busy with it.

import { Worker } from 'node:worker_threads';
import type { Input } from './input.ts';

const CODE = `
const { workerData, parentPort } = require('node:worker_threads');
const { writeSync, writeFileSync } = require('node:fs');
const { state, octets, seconds, file } = workerData;
const view = new Int32Array(state);
let last = -1, since = Date.now();
setInterval(() => {
  if (view[0] !== last || view[1] === 0) { last = view[0]; since = Date.now(); return; }
  if (Date.now() - since < seconds * 1000) return;
  const b = Buffer.from(new Uint8Array(octets, 0, view[2]));
  let at = 1 + b[0], text = b.toString('latin1', 1, at);
  while (at < b.length) {
    const way = b.readUInt32BE(at), end = at + 8 + b.readUInt32BE(at + 4);
    text += ' ' + way + ':' + b.toString('hex', at + 8, end);
    at = end;
  }
  try { writeFileSync(file, text + '\\n'); } catch {}
  writeSync(2, 'fuzz: an input is being read for more than ' + seconds + ' s; it is in ' + file + ':\\n' + text.slice(0, 2000) + '\\n');
  process.kill(process.pid, 'SIGKILL');
}, 500).unref();
parentPort.on('message', () => process.exit());
`;
const ROOM = 1 << 20;

export interface Watch {
  begin(target: string, input: Input): void;
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
  const words = new DataView(octets);
  const encoder = new TextEncoder();
  return {
    begin(target, input) {
      const name = encoder.encode(target);
      room.set(name, 1);
      room[0] = name.length;
      let at = 1 + name.length;
      for (const { way, bytes } of input) {
        if (at + 8 + bytes.length > ROOM) break;
        words.setUint32(at, way);
        words.setUint32(at + 4, bytes.length);
        room.set(bytes, at + 8);
        at += 8 + bytes.length;
      }
      view[2] = at;
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
