// Runs the shipped engine bundle with a parent port, asks it one question and prints the octets of its reply.

import { EventEmitter } from 'node:events';
import { pathToFileURL } from 'node:url';
import { fakeElectron } from '../fake.mjs';

const { MessageChannelMain } = fakeElectron().electron;
process.parentPort = Object.assign(new EventEmitter(), { postMessage: () => undefined });
await import(pathToFileURL(process.argv[2]).href);

const { port1, port2 } = new MessageChannelMain();
process.parentPort.emit('message', { data: { resume: [] }, ports: [port1] });
port2.on('message', ({ data }) => {
  process.stdout.write(JSON.stringify({ id: data.id, hex: Buffer.from(data.bytes).toString('hex') }));
});
port2.start();
port2.postMessage('no request at all');
port2.postMessage({ id: 7, json: process.argv[3] });
