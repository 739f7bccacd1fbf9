// What the reading commands have in common: files to sources, keys, decode-as, and a stop that keeps what was read.

import { readFile } from 'node:fs/promises';
import type { Keys } from '../analysis/engine/contract.ts';
import type { LoadOptions, Subscriber } from '../analysis/engine/load.ts';
import { isMeid, isSerial } from '../analysis/verify/serials.ts';
import type { Signal } from '../captures/source.ts';
import { dissectors } from '../dissectors/index.ts';
import { checkDecodeAs, createRegistry, parseDecodeAs } from '../dissectors/registry.ts';
import type { Arguments } from './command.ts';
import { isFileAt } from './host/cache/identity.ts';
import { userReplays } from './host/cache/replays.ts';
import { chunkSource } from './host/chunk-source.ts';
import { type HostSource, openFile } from './host/file-source.ts';
import { hostThreads } from './host/threads.ts';
import { progressOn } from './progress.ts';
import { type ExitCode, Sentence, usage } from './sentence.ts';
import { parseSubscribers } from './subscribers.ts';
import type { Terminal } from './terminal.ts';

/** Throws a usage sentence when there is nothing to read. */
export async function openAll(
  command: string,
  files: readonly string[],
  terminal: Terminal,
): Promise<readonly HostSource[]> {
  if (files.length === 0) throw usage(`${command} needs a file: otascope ${command} FILE ('-' reads standard input).`);
  if (files.filter((f) => f === '-').length > 1) throw usage("'-' can be given once: there is one standard input.");
  if (files.includes('-') && terminal.stdinIsTerminal) {
    await terminal.err.write('reading what is pasted here; end with Ctrl-D on a line of its own\n');
  }
  const sources: HostSource[] = [];
  for (const file of files) {
    sources.push(file === '-' ? chunkSource('standard input', terminal.stdin()) : isFileAt(await openFile(file), file));
  }
  return sources;
}

export function keysOf(args: Arguments): Keys {
  const imsi = args.values('imsi');
  // 3GPP TS 23.003 2.2: at most 15 digits.
  if (!imsi.every((i) => /^\d{6,15}$/.test(i))) throw usage('--imsi takes an IMSI of 6 to 15 digits.');
  const [esns, meids] = [args.values('esn'), args.values('meid')];
  if (!esns.every((e) => isSerial(e) && !isMeid(e)))
    throw usage('--esn takes an ESN: eight hex digits, or eleven decimal ones.');
  if (!meids.every(isMeid)) throw usage('--meid takes a MEID: fourteen hex digits, or eighteen decimal ones.');
  const esn = [...esns, ...meids];
  const dm = args.values('dm');
  if (!dm.every((d) => /^[^:]+:[^:]+/.test(d))) throw usage('--dm takes SERVER:PASSWORD or SERVER:PASSWORD:NONCE.');
  return {
    imsi,
    pin: args.values('pin'),
    ...(esn.length === 0 ? {} : { esn }),
    ...(dm.length === 0 ? {} : { dm }),
  };
}

/** Checked before anything is read: a protocol nobody knows is a wrong command line. */
export function decodeAsOf(args: Arguments): readonly string[] {
  const pins = args.values('decode-as');
  if (pins.length === 0) return pins;
  const registry = createRegistry(dissectors);
  try {
    for (const pin of pins) checkDecodeAs(registry, parseDecodeAs(pin));
  } catch (e) {
    throw e instanceof TypeError ? usage(`${e.message}.`) : e;
  }
  return pins;
}

export async function subscribersOf(args: Arguments): Promise<readonly Subscriber[] | undefined> {
  const file = args.value('subscribers');
  if (file === undefined) return undefined;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (e) {
    throw new Sentence(`the subscribers table ${file} can't be read (${(e as NodeJS.ErrnoException).code}).`, 2);
  }
  return parseSubscribers(file, text);
}

/** How many; undefined: one a core. */
function workersOf(args: Arguments): number | undefined {
  const asked = args.value('workers');
  if (asked !== undefined && !/^[1-9]\d?$/.test(asked)) throw usage('--workers takes a number from 1 to 99.');
  return asked === undefined ? undefined : Number(asked);
}

export async function loadOptions(
  args: Arguments,
): Promise<Pick<LoadOptions, 'keys' | 'decodeAs' | 'subscribers' | 'prefilter' | 'threads' | 'replays'>> {
  const threads = hostThreads(workersOf(args));
  const subscribers = await subscribersOf(args);
  const replays = userReplays(args.has('no-cache'));
  return {
    keys: keysOf(args),
    decodeAs: decodeAsOf(args),
    ...(subscribers === undefined ? {} : { subscribers }),
    ...(args.has('no-prefilter') ? { prefilter: false } : {}),
    ...(threads === undefined ? {} : { threads }),
    ...(replays === undefined ? {} : { replays }),
  };
}

export interface Reading {
  /** For the engine: stop between batches. */
  readonly signal: Signal;
  interrupted(): boolean;
  /** Between batches: shows how far reading is and lets Ctrl-C be heard. */
  turn(inputs: readonly { readonly consumed: number }[]): Promise<void>;
  /** Takes the progress bar away and closes the sources. */
  end(): Promise<void>;
}

/** Progress on a terminal; Ctrl-C stops reading and keeps what was read. */
export function watchReading(sources: readonly HostSource[], terminal: Terminal): Reading {
  const progress = progressOn(terminal.err);
  const signal = { aborted: false };
  const pipes = sources.filter((s) => s.size === null);
  let interrupted = false;
  const forget = terminal.onInterrupt(() => {
    interrupted = true;
    // A pipe ends here, and what came through it is still decoded; a file is left where reading is.
    for (const pipe of pipes) void pipe.close();
    signal.aborted = pipes.length < sources.length;
  });
  const sizes = sources.map((s) => s.size);
  const total = sizes.includes(null) ? null : sizes.reduce<number>((sum, s) => sum + (s ?? 0), 0);
  return {
    signal,
    interrupted: () => interrupted,
    async turn(inputs) {
      await progress.update(
        inputs.reduce((sum, input) => sum + input.consumed, 0),
        total,
      );
      // Signals arrive between turns of the event loop.
      await new Promise((done) => setImmediate(done));
    },
    async end() {
      forget();
      await progress.end();
      for (const source of sources) await source.close().catch(() => undefined);
    },
  };
}

interface Read {
  readonly error: string | null;
}

/** Says on standard error what could not be read, and which exit status that makes. */
export async function tellUnread(
  inputs: readonly Read[],
  reading: Reading,
  terminal: Terminal,
): Promise<ExitCode | undefined> {
  const errors = inputs.map((i) => i.error).filter((e) => e !== null);
  for (const error of errors) await terminal.err.write(`otascope: ${error}\n`);
  if (reading.interrupted()) {
    await terminal.err.write('otascope: stopped; this is what had been read\n');
    return 130;
  }
  return errors.length > 0 ? 3 : undefined;
}
