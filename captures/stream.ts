// Bytes in order: what container readers read, whether a file or a decompressor makes them.

import { type FindingLog, LOG_RULES } from './findinglog.ts';
import type { Source } from './source.ts';

export interface ByteStream {
  /** Fills `into` with what follows the last read; resolves to the octets given, 0 at the end. Never rejects. */
  read(into: Uint8Array): Promise<number>;
  /**
   * Begins to read what follows while its caller does something else; the next `read` has to be given the same array.
   * Absent where that gains nothing.
   */
  ahead?(into: Uint8Array): void;
  /** Octets of the input (compressed ones, where it is) used so far. */
  readonly consumed: number;
  /** More may come only much later: readers go on with what is there. */
  readonly live?: boolean;
}

/** The whole of a source whose first octets were read already. A source that fails ends here, with a finding. */
export function streamOf(source: Source, head: Uint8Array, log: FindingLog): ByteStream {
  let at = 0;
  /** What was begun: the octets that were read, or why they could not be. */
  let begun: Promise<number | Error> | null = null;

  async function attempt(into: Uint8Array): Promise<number | Error> {
    try {
      return await source.read(at, into);
    } catch (e) {
      return e instanceof Error ? e : new Error(String(e));
    }
  }

  return {
    live: source.live === true,
    get consumed() {
      return at;
    },
    ahead(into) {
      // Pipes are asked only for what is wanted now.
      if (at >= head.length && source.size !== null && source.live !== true) begun = attempt(into);
    },
    async read(into) {
      if (at < head.length) {
        const part = head.subarray(at, at + into.length);
        into.set(part);
        at += part.length;
        return part.length;
      }
      const n = await (begun ?? attempt(into));
      begun = null;
      if (typeof n === 'number') {
        at += n;
        return n;
      }
      log.add(LOG_RULES.readFailed, at, 0, `${source.name} could not be read beyond octet ${at}: ${n.message}`);
      return 0;
    },
  };
}

/** A source that gives octets read earlier again, so that a pipe can be looked at first. */
export function withHead(source: Source, head: Uint8Array): Source {
  return {
    name: source.name,
    size: source.size,
    live: source.live === true,
    async read(at, into) {
      if (at >= head.length) return source.read(at, into);
      const part = head.subarray(at, at + into.length);
      into.set(part);
      return part.length;
    },
  };
}

/** A stream as a source of unknown size: reads must go on where the last one ended. */
export function sourceOf(name: string, stream: ByteStream): Source {
  return { name, size: null, read: (_at, into) => stream.read(into) };
}

/** A stream whose first octets were read, as a whole again. */
export function rejoined(head: Uint8Array, rest: ByteStream): ByteStream {
  let at = 0;
  return {
    live: rest.live === true,
    get consumed() {
      return rest.consumed;
    },
    async read(into) {
      if (at === head.length) return rest.read(into);
      const part = head.subarray(at, at + into.length);
      into.set(part);
      at += part.length;
      return part.length;
    },
  };
}

/**
 * Up to `length` octets from the start of a source; fewer where it is shorter or fails on the way. Rejects as the source
 * does where not even its first octets can be read: then its host's words say why. Of a live source no more is waited
 * for than is `enough`.
 */
export async function readHead(
  source: Source,
  length: number,
  log: FindingLog,
  enough: (head: Uint8Array) => boolean = () => false,
): Promise<Uint8Array> {
  // Room for one octet too many: a file may have grown since its size was asked.
  const room = source.size === null || source.live === true ? length : Math.min(length, source.size + 1);
  const first = new Uint8Array(room);
  const stream = streamOf(source, first.subarray(0, await source.read(0, first)), log);
  const out = new Uint8Array(room);
  let filled = 0;
  while (filled < room) {
    const n = await stream.read(out.subarray(filled));
    if (n === 0) break;
    filled += n;
    if (source.live === true && enough(out.subarray(0, filled))) break;
  }
  return out.subarray(0, filled);
}

/** The next `length` octets of a stream, fewer at its end. */
export async function readFully(stream: ByteStream, length: number): Promise<Uint8Array> {
  const out = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const n = await stream.read(out.subarray(filled));
    if (n === 0) break;
    filled += n;
  }
  return out.subarray(0, filled);
}
