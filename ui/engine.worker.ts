// The worker's side: the same engine, over blobs.

import type { Sample } from '../analysis/engine/contract.ts';
import { createSession } from '../analysis/engine/session.ts';
import type { Source } from '../captures/source.ts';
import type { FromWorker, ToWorker } from './carriers/worker.ts';
import { guessHost } from './guess-host.ts';
import { pageThreads } from './threads.ts';

interface Port {
  postMessage(message: FromWorker): void;
  addEventListener(type: 'message', listener: (e: { readonly data: ToWorker }) => void): void;
}

const port = self as unknown as Port;

const fromFile = (file: File): Source => ({
  name: file.name,
  size: file.size,
  async read(at, into) {
    const part = new Uint8Array(
      await file
        .slice(at, at + into.length)
        .arrayBuffer()
        .catch(lost),
    );
    into.set(part);
    return part.length;
  },
});

/** A browser reads a file only while it is as it was when it was given. */
function lost(e: unknown): never {
  const changed = e instanceof DOMException && (e.name === 'NotReadableError' || e.name === 'NotFoundError');
  throw changed ? new Error('it was changed or removed after it was given to the page; open it again') : e;
}

const fromText = (name: string, text: string): Source => fromFile(new File([text], name));

/** The samples lie beside the built page's scripts; a page served without them has none. */
const SAMPLES = new URL('../samples/', self.location.href);

interface SampleFile extends Sample {
  readonly file: string;
}

async function sampleFiles(): Promise<readonly SampleFile[]> {
  const response = await fetch(new URL('manifest.json', SAMPLES)).catch(() => null);
  return response?.ok === true ? ((await response.json().catch(() => [])) as SampleFile[]) : [];
}

async function openSample(id: string): Promise<Source> {
  const sample = (await sampleFiles()).find((s) => s.id === id);
  const response = sample === undefined ? null : await fetch(new URL(sample.file, SAMPLES)).catch(() => null);
  if (sample === undefined || response?.ok !== true) throw new Error(`There is no sample ${id}.`);
  return fromFile(new File([await response.blob()], sample.file));
}

/** Octets between two pauses: what a question waits for at most. */
const BLOCK = 1 << 20;
/** While the page is in use reading rests after each block, as long as a frame takes, ms. */
const REST = 16;
let busyUntil = 0;

/** After what waits already. Timers that follow each other are kept back for 4 ms each; messages are not. */
const { port1, port2 } = new MessageChannel();
const due: (() => void)[] = [];
port1.onmessage = () => due.shift()?.();
const soon = (done: () => void): void => {
  due.push(done);
  port2.postMessage(null);
};

const session = createSession(
  {
    async open(input) {
      if ('text' in input) return fromText(input.name, input.text);
      if ('sample' in input) return openSample(input.sample);
      throw new Error('A page on its own opens only what is dropped into it or pasted.');
    },
    samples: async () => (await sampleFiles()).map(({ id, title, story }) => ({ id, title, story })),
    // Questions that came meanwhile are answered between two batches.
    pause: () => new Promise((done) => (performance.now() < busyUntil ? setTimeout(done, REST) : soon(done))),
    guess: guessHost,
  },
  { threads: pageThreads, blockSize: BLOCK },
);

port.addEventListener('message', (e) => {
  const message = e.data;
  if ('busy' in message) {
    busyUntil = performance.now() + message.busy;
    return;
  }
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
