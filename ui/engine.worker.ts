// The worker's side: the same engine, over blobs.

import { createSession } from '../analysis/engine/session.ts';
import type { Source } from '../captures/source.ts';
import type { FromWorker, ToWorker } from './carriers/worker.ts';

interface Port {
  postMessage(message: FromWorker): void;
  addEventListener(type: 'message', listener: (e: { readonly data: ToWorker }) => void): void;
}

const port = self as unknown as Port;

const fromFile = (file: File): Source => ({
  name: file.name,
  size: file.size,
  async read(at, into) {
    const part = new Uint8Array(await file.slice(at, at + into.length).arrayBuffer());
    into.set(part);
    return part.length;
  },
});

const fromText = (name: string, text: string): Source => fromFile(new File([text], name));

const session = createSession({
  async open(input) {
    if ('text' in input) return fromText(input.name, input.text);
    throw new Error('A page on its own opens only what is dropped into it or pasted.');
  },
  samples: async () => [],
  // Questions that came meanwhile are answered between two batches.
  pause: () => new Promise((done) => setTimeout(done)),
});

port.addEventListener('message', (e) => {
  const message = e.data;
  const answer = Promise.resolve().then(() =>
    'request' in message
      ? session.request(message.request)
      : session.startSources(message.files.map(fromFile), message.add),
  );
  answer.then(
    (reply) => port.postMessage({ id: message.id, reply }),
    (error: unknown) =>
      port.postMessage({ id: message.id, reply: { error: error instanceof Error ? error.message : String(error) } }),
  );
});
