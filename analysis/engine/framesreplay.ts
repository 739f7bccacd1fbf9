// A capture opened a second time: the frames that mattered the first time are read, and go through the very same
// pipeline, which then says the same. What is kept of a capture are places, times, lengths and counters; no octet of it.

import { type AnchorColumns, Anchors } from '../../captures/index/anchors.ts';
import type { CaptureReader, FrameBatch, HeaderRange, Replayed } from '../../captures/reader.ts';
import type { Source } from '../../captures/source.ts';
import type { CounterValues } from '../../dissectors/driver/stats.ts';
import { decodeReply, encodeReply } from './codec.ts';
import { type KeptFrames, type Kept as KeptInput, keptFrames } from './framestouched.ts';
import type { OpenedInput, StepsBack } from './inputs.ts';
import { type ReadNow, readRanges } from './rangesread.ts';

/** Where a host keeps what is needed to open captures again. Neither rejects. */
export interface ReplayStore {
  /** What was kept of these sources, as they are now, under the same name; null: nothing. */
  find(sources: readonly Source[], about: string): Promise<Found | null>;
  keep(sources: readonly Source[], about: string, octets: Uint8Array): Promise<void>;
  /** Nothing is kept where a larger share of the frames matters: reading them all is as fast then. 0.3 where absent. */
  readonly share?: number;
}

export interface Found {
  readonly octets: Uint8Array;
  /** For each source. */
  readonly read: readonly ReadNow[];
  /** No more is read. Throws where one of the files was changed meanwhile. */
  close(): void;
}

/** Grows with every change of what is kept, or of what it means. */
const FORMAT = 1;
const WORTHWHILE = 0.3;
const MOST_FINDINGS = 200;

interface Kept {
  readonly format: typeof FORMAT;
  readonly counters: CounterValues;
  readonly inputs: readonly KeptFile[];
}

interface KeptFile {
  readonly about: Pick<CaptureReader, 'format' | 'findings' | 'frames' | 'truncatedAt'> & {
    readonly variant: string | null;
    readonly skipped: NonNullable<CaptureReader['skipped']>;
    readonly losses: NonNullable<CaptureReader['losses']>;
    readonly base: string | null;
    readonly stepsBack: StepsBack;
  };
  readonly headers: readonly HeaderRange[] | null;
  readonly anchors: AnchorColumns;
  readonly frames: KeptInput;
}

export interface Recalled {
  readonly readers: readonly ReplayReader[];
  readonly anchors: readonly Anchors[];
  readonly counters: CounterValues;
  /** Throws one sentence where a file was changed while its frames were read. */
  close(): void;
}

/** A reader that gives only frames that matter, on the session's time. */
export interface ReplayReader extends CaptureReader {
  readonly stepsBack: StepsBack;
}

/** What decides which frames matter, besides the files and the program. */
export interface Circumstances {
  readonly decodeAs?: readonly string[];
  readonly includeText?: boolean;
  readonly blockSize?: number;
  readonly prefilter?: boolean;
}

const nameOf = ({ decodeAs = [], includeText = false, blockSize = 0, prefilter = true }: Circumstances): string =>
  JSON.stringify({ format: FORMAT, decodeAs, includeText, blockSize, prefilter });

const canReplay = (sources: readonly Source[]): boolean =>
  sources.length > 0 && sources.every((s) => s.size !== null && s.live !== true);

/** null: nothing is kept of these sources. */
export async function recall(
  store: ReplayStore | undefined,
  sources: readonly Source[],
  about: Circumstances,
): Promise<Recalled | null> {
  if (store === undefined || !canReplay(sources)) return null;
  const found = await store.find(sources, nameOf(about));
  if (found === null) return null;
  const kept = decodeReply(found.octets) as Kept;
  if (kept.format !== FORMAT || kept.inputs.length !== sources.length) {
    found.close();
    return null;
  }
  return {
    readers: kept.inputs.map((k, i) => replay(k, found.read[i]!)),
    anchors: kept.inputs.map((k) => Anchors.from(k.anchors)),
    counters: kept.counters,
    close: () => found.close(),
  };
}

export interface Recording extends KeptFrames {
  /** All frames were given; what the driver counted until now. */
  counted(counters: () => CounterValues): void;
  /** Keeps what was recorded, where that is of use and allowed. */
  keep(opened: readonly OpenedInput[], anchors: readonly Anchors[], base: bigint | null): Promise<void>;
}

/** null: these sources cannot be opened again, or nobody keeps anything. */
export function record(
  store: ReplayStore | undefined,
  sources: readonly Source[],
  about: Circumstances,
  inputOf: (batch: FrameBatch) => number,
): Recording | null {
  if (store === undefined || !canReplay(sources)) return null;
  const frames = keptFrames(sources.length, inputOf);
  let counters: CounterValues | null = null;
  return {
    ...frames,
    counted(values) {
      counters = values();
    },
    async keep(opened, anchors, base) {
      if (counters === null) return;
      const inputs: KeptFile[] = [];
      const all = anchors.reduce((n, a) => n + a.frames, 0);
      if (frames.rows() > all * (store.share ?? WORTHWHILE)) return;
      for (const [i, { reader, stepsBack }] of opened.entries()) {
        const of = frames.of(i);
        if (reader === null || of === null || !isKept(reader)) return;
        const { format, variant, skipped, losses, findings, truncatedAt } = reader;
        const { frames: count } = reader;
        const about = {
          format,
          findings,
          truncatedAt,
          frames: count,
          variant: variant ?? null,
          skipped: skipped ?? [],
          losses: losses ?? [],
          base: reader.base === null || base === null ? null : String(base),
          stepsBack,
        };
        inputs.push({ about, headers: reader.headers ?? null, anchors: anchors[i]!.columns(), frames: of });
      }
      const kept: Kept = { format: FORMAT, counters, inputs };
      await store.keep(sources, nameOf(about), encodeReply(kept));
    },
  };
}

/** Comments are words of the capture, and a file that failed once may fail elsewhere the next time. */
const isKept = (r: CaptureReader): boolean =>
  (r.format === 'pcap' || r.format === 'pcapng') &&
  r.comments.length === 0 &&
  r.findings.length <= MOST_FINDINGS &&
  !r.findings.some((f) => f.rule.code === 'CAPTURE-READ-FAILED');

function replay({ about, headers, frames: k }: KeptFile, read: ReadNow): ReplayReader {
  const { format, variant, skipped, losses, base, findings, truncatedAt, stepsBack } = about;
  let given = 0;

  /** Batch `n`, of which the first frame that matters is row `from`. */
  function batch(n: number, from: number): FrameBatch {
    const to = from + k.rows[n]!;
    const length = k.length.subarray(from, to);
    const offset = k.offset.subarray(from, to);
    const { bytes, start } = readRanges(read, offset, length);
    const replayed: Replayed = {
      count: k.count[n]!,
      index: k.index.subarray(from, to),
      first: k.first[n]!,
      earliest: k.earliest[n]!,
      latest: k.latest[n]!,
    };
    return {
      kind: 'frames',
      bytes,
      count: to - from,
      firstNumber: k.firstNumber[n]!,
      start,
      length,
      wireLength: k.wireLength.subarray(from, to),
      linkType: k.linkType.subarray(from, to),
      time: k.time.subarray(from, to),
      offset,
      consumed: k.consumed[n]!,
      replayed,
    };
  }

  async function* batches(): AsyncGenerator<FrameBatch, void, void> {
    let from = 0;
    for (let n = 0; n < k.rows.length; n += 1) {
      const now = batch(n, from);
      from += k.rows[n]!;
      given += k.count[n]!;
      yield now;
    }
  }

  return {
    format,
    ...(variant === null ? {} : { variant }),
    skipped,
    losses,
    base: base === null ? null : BigInt(base),
    findings,
    truncatedAt,
    comments: [],
    headers: headers ?? undefined,
    stepsBack,
    get frames() {
      return given;
    },
    batches,
  };
}
