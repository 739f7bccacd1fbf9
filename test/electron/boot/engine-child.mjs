// The shipped engine bundle in a process of its own, as a utility process is one: parentPort and ports over Node's channel.

import { EventEmitter } from 'node:events';
import { pathToFileURL } from 'node:url';

const ports = new Map();
process.parentPort = Object.assign(new EventEmitter(), { postMessage: (news) => process.send({ news }) });
const loaded = import(pathToFileURL(process.argv[2]).href);

process.on('message', async ({ port, message, start, given }) => {
  // In the order they came.
  await loaded;
  if (port !== undefined) {
    ports.get(port)?.take(message);
    return;
  }
  const made = given.map((id) => {
    // As a real port does, it keeps what comes until it is started.
    const kept = [];
    let started = false;
    const end = Object.assign(new EventEmitter(), {
      start() {
        started = true;
        for (const data of kept.splice(0)) end.emit('message', { data });
      },
      take(data) {
        if (started) end.emit('message', { data });
        else kept.push(data);
      },
      postMessage: (reply) => process.send({ port: id, reply }),
    });
    ports.set(id, end);
    return end;
  });
  process.parentPort.emit('message', { data: start, ports: made });
});
