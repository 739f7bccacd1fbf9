// The worker's side: the same engine, over blobs.

import type { Sample } from '../analysis/engine/contract.ts';
import { createSession } from '../analysis/engine/session.ts';
import type { Source } from '../captures/source.ts';
import type { FromWorker, ToWorker } from './carriers/worker.ts';
import { fileSource } from './file-source.ts';
import { guessHost } from './guess-host.ts';
import { pageThreads } from './threads.ts';

interface Port {
  postMessage(message: FromWorker): void;
  addEventListener(type: 'message', listener: (e: { readonly data: ToWorker }) => void): void;
}

const port = self as unknown as Port;

const fromText = (name: string, text: string): Source => fileSource(new File([text], name));

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
  return fileSource(new File([await response.blob()], sample.file));
}

/** Octets of a batch. */
const BLOCK = 1 << 20;
/** Reading lets questions in as often as this, ms. */
const TURN = 4;
/** While the page is in use and processors are few, reading rests after so much work, ms. */
const WORK = 8;
const REST = 5;
const FEW = 2;
let busyUntil = 0;
let turnAt = 0;
let restedAt = 0;

/** After what waits already. Timers that follow each other are kept back for 4 ms each; messages are not. */
const { port1, port2 } = new MessageChannel();
const due: (() => void)[] = [];
port1.onmessage = () => due.shift()?.();
const soon = (done: () => void): void => {
  due.push(done);
  port2.postMessage(null);
};

/** Questions that came meanwhile are answered between two batches. */
async function pause(): Promise<void> {
  const now = performance.now();
  const rests = now < busyUntil && now - restedAt >= WORK && navigator.hardwareConcurrency <= FEW;
  if (rests) {
    await new Promise((done) => setTimeout(done, REST));
    restedAt = performance.now();
  } else if (now - turnAt >= TURN) await new Promise<void>(soon);
  else return;
  turnAt = performance.now();
}

const session = createSession(
  {
    async open(input) {
      if ('text' in input) return fromText(input.name, input.text);
      if ('sample' in input) return openSample(input.sample);
      throw new Error('A page on its own opens only what is dropped into it or pasted.');
    },
    samples: async () => (await sampleFiles()).map(({ id, title, story }) => ({ id, title, story })),
    pause,
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
      : session.startSources(message.files.map(fileSource), message.add),
  );
  answer.then(
    (reply) => port.postMessage({ id: message.id, reply }),
    (error: unknown) =>
      port.postMessage({ id: message.id, reply: { error: error instanceof Error ? error.message : String(error) } }),
  );
});
