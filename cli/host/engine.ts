// An engine on this machine: files by path, samples from the installation, pasted text from memory.

import { basename, dirname, join } from 'node:path';
import type { Engine, EngineRequest, InputRequest, Reply } from '../../analysis/engine/contract.ts';
import { createSession, type Session, type SessionOptions } from '../../analysis/engine/session.ts';
import { fromBytes, type Signal } from '../../captures/source.ts';
import { isFileAt } from './cache/identity.ts';
import { userReplays } from './cache/replays.ts';
import { distFolder } from './dist.ts';
import { type HostSource, openFile, openSoon, unopenable } from './file-source.ts';
import { guessHost } from './guess-host.ts';
import { followSource, spoolSource } from './live.ts';
import { readSamples, sampleFile } from './samples.ts';
import { hostThreads } from './threads.ts';

export interface LiveInputs {
  readonly stdin?: () => AsyncIterable<Uint8Array>;
  readonly follow?: boolean;
}

export interface HostEngine extends Engine {
  /** Begins to read what the command line named; '-' is `stdin`, and with `follow` files are read on as they grow. */
  openPaths(paths: readonly string[], live?: LiveInputs): Promise<void>;
}

const pageFolder = (): string => join(distFolder(import.meta.url), 'ui');

/** How long the engine waits for a file to open before it says that it reads it, milliseconds. */
const PATIENCE = 2000;

const soon = async (path: string, name: string): Promise<HostSource> =>
  isFileAt(await openSoon(name, PATIENCE, () => openFile(path, name, true)), path);

/** A page has room for a file's name, not for its path; of two with one name the folder is named too. */
function shortName(path: string, others: readonly HostSource[]): string {
  const name = basename(path);
  return others.some((o) => o.name === name) ? join(basename(dirname(path)), name) : name;
}

async function openInput(input: InputRequest, others: readonly HostSource[]): Promise<HostSource> {
  if ('path' in input) return soon(input.path, shortName(input.path, others));
  if ('text' in input) {
    return { ...fromBytes(input.name, new TextEncoder().encode(input.text)), close: () => Promise.resolve() };
  }
  const sample = await sampleFile(pageFolder(), input.sample);
  return sample === undefined ? unopenable(input.sample, 'there is no such sample') : soon(sample.path, sample.name);
}

async function openLive(path: string, name: string, live: LiveInputs): Promise<HostSource> {
  if (path === '-' && live.stdin !== undefined) return spoolSource('standard input', live.stdin());
  if (live.follow !== true) return soon(path, name);
  try {
    return await followSource(path, name);
  } catch {
    // Why it can't be opened is said where it is read.
    return soon(path, name);
  }
}

/** Read between two pauses: a request waits some 10 ms for its turn. */
const BLOCK = 1 << 20;

/** Lets timers and connections have their turn. */
const pause = (): Promise<void> => new Promise((done) => setImmediate(done));

export function hostEngine(options: SessionOptions = {}): HostEngine {
  const threads = hostThreads();
  const replays = userReplays(false);
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
    {
      ...(replays === undefined ? {} : { replays }),
      blockSize: BLOCK,
      ...(threads === undefined ? {} : { threads }),
      ...options,
    },
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
    async openPaths(paths, live = {}) {
      const before = opened;
      opened = [];
      for (const path of paths) opened.push(await openLive(path, shortName(path, opened), live));
      session.startSources(opened);
      for (const source of before) await source.close().catch(() => undefined);
    },
  };
}
