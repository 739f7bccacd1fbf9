// An engine on this machine: files by path, samples from the installation, pasted text from memory.

import { basename, dirname, join } from 'node:path';
import type { Engine, EngineRequest, InputRequest, Reply } from '../../analysis/engine/contract.ts';
import { createSession, type Session, type SessionOptions } from '../../analysis/engine/session.ts';
import { fromBytes, type Signal } from '../../captures/source.ts';
import { distFolder } from './dist.ts';
import { type HostSource, openFile, unopenable } from './file-source.ts';
import { guessHost } from './guess-host.ts';
import { readSamples, sampleFile } from './samples.ts';

export interface HostEngine extends Engine {
  /** Begins to read files that the command line named. */
  openPaths(paths: readonly string[]): Promise<void>;
}

const pageFolder = (): string => join(distFolder(import.meta.url), 'ui');

/** A page has room for a file's name, not for its path; of two with one name the folder is named too. */
function shortName(path: string, others: readonly HostSource[]): string {
  const name = basename(path);
  return others.some((o) => o.name === name) ? join(basename(dirname(path)), name) : name;
}

async function openInput(input: InputRequest, others: readonly HostSource[]): Promise<HostSource> {
  if ('path' in input) return openFile(input.path, shortName(input.path, others));
  if ('text' in input) {
    return { ...fromBytes(input.name, new TextEncoder().encode(input.text)), close: () => Promise.resolve() };
  }
  const sample = await sampleFile(pageFolder(), input.sample);
  return sample === undefined
    ? unopenable(input.sample, 'there is no such sample')
    : openFile(sample.path, sample.name);
}

/** Read between two pauses: a request waits some 10 ms for its turn. */
const BLOCK = 1 << 20;

/** Lets timers and connections have their turn. */
const pause = (): Promise<void> => new Promise((done) => setImmediate(done));

export function hostEngine(options: SessionOptions = {}): HostEngine {
  let opened: HostSource[] = [];
  const session: Session = createSession(
    {
      async open(input) {
        const source = await openInput(input, opened);
        opened.push(source);
        return source;
      },
      samples: () => readSamples(pageFolder()),
      pause,
      guess: guessHost(),
    },
    { blockSize: BLOCK, ...options },
  );
  return {
    async request<R extends EngineRequest>(request: R, signal?: Signal): Promise<Reply<R>> {
      const replaces = request.op === 'close' || (request.op === 'open' && request.add !== true);
      const before = replaces ? opened : [];
      if (replaces) opened = [];
      const reply = await session.request(request, signal);
      for (const source of before) await source.close().catch(() => undefined);
      return reply;
    },
    async openPaths(paths) {
      await this.request({ op: 'open', inputs: paths.map((path) => ({ path })) });
    },
  };
}
