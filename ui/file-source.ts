// A file that was given to the page. Octets read in their order come through a stream: a browser takes half as long for
// them as for slices, and gets the next ones while these are decoded.

import type { Source } from '../captures/source.ts';

interface Run {
  /** Where its next octet lies in the file. */
  at: number;
  readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  /** Octets that came and were not asked for yet. */
  left: Uint8Array;
  /** Somebody waits for its next octets. */
  waiting: boolean;
}

/** Reads of fewer octets are not worth a stream. */
const LONG = 256 * 1024;
/** Streams that are kept open, and ends of reads that are remembered to see that another one goes on there. */
const RUNS = 2;
const ENDS = 4;

const NOTHING = new Uint8Array(0);

export function fileSource(file: File): Source {
  let runs: Run[] = [];
  let ends: number[] = [];

  const drop = (run: Run): void => {
    runs = runs.filter((r) => r !== run);
    run.reader.cancel().catch(() => undefined);
  };
  const isNext = (at: number): boolean => ends.includes(at);
  const ended = (at: number): void => {
    ends = [at, ...ends.filter((e) => e !== at)].slice(0, ENDS);
  };

  function start(at: number): Run {
    const idle = runs.findLast((r) => !r.waiting);
    if (runs.length >= RUNS && idle !== undefined) drop(idle);
    const run: Run = { at, reader: file.slice(at).stream().getReader(), left: NOTHING, waiting: false };
    runs = [run, ...runs];
    return run;
  }

  async function next(run: Run, into: Uint8Array): Promise<number> {
    run.waiting = true;
    try {
      while (run.left.length === 0) {
        const { done, value } = await run.reader.read();
        if (done) {
          drop(run);
          return 0;
        }
        run.left = value;
      }
    } catch (e) {
      drop(run);
      throw e;
    } finally {
      run.waiting = false;
    }
    const part = run.left.subarray(0, into.length);
    into.set(part);
    run.left = run.left.subarray(part.length);
    run.at += part.length;
    return part.length;
  }

  async function slice(at: number, into: Uint8Array): Promise<number> {
    const part = new Uint8Array(await file.slice(at, at + into.length).arrayBuffer());
    into.set(part);
    return part.length;
  }

  return {
    name: file.name,
    size: file.size,
    async read(at, into) {
      if (into.length === 0 || at >= file.size) return 0;
      const open = runs.find((r) => r.at === at && !r.waiting);
      const run = open ?? (into.length >= LONG && isNext(at) && runs.every((r) => !r.waiting) ? start(at) : null);
      const n = await (run === null ? slice(at, into) : next(run, into)).catch(lost);
      ended(at + n);
      return n;
    },
    end() {
      for (const run of runs) if (!run.waiting) drop(run);
    },
  };
}

/** A browser reads a file only while it is as it was when it was given. */
function lost(e: unknown): never {
  const changed = e instanceof DOMException && (e.name === 'NotReadableError' || e.name === 'NotFoundError');
  throw changed ? new Error('it was changed or removed after it was given to the page; open it again') : e;
}
