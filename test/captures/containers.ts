// Helpers of the container tests: reads a whole file, makes frames from a seed.

import { openCapture } from '../../captures/open.ts';
import type { CaptureReader, ReaderOptions, Unreadable } from '../../captures/reader.ts';
import { fromBytes, type Source } from '../../captures/source.ts';
import type { WrittenFrame } from '../../captures/write/pcap.ts';

export interface ReadFrame {
  number: number;
  /** Nanoseconds since 1970; null where the container has no time. */
  time: bigint | null;
  linkType: number;
  wireLength: number;
  offset: number;
  hex: string;
}

export interface ReadFile {
  format: string;
  variant: string | undefined;
  frames: ReadFrame[];
  codes: string[];
  findings: CaptureReader['findings'];
  truncatedAt: number | null;
  comments: CaptureReader['comments'];
  skipped: CaptureReader['skipped'];
  consumed: number;
}

export const hex = (b: Uint8Array): string => Buffer.from(b.buffer, b.byteOffset, b.byteLength).toString('hex');

export const unhex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'));

export const isUnreadable = (r: CaptureReader | Unreadable): r is Unreadable => 'unreadable' in r;

export async function readSource(source: Source, options: ReaderOptions = {}): Promise<ReadFile | Unreadable> {
  const reader = await openCapture(source, options);
  return isUnreadable(reader) ? reader : readAll(reader);
}

/** Reads bytes that must be a capture. */
export async function readFile(bytes: Uint8Array, options: ReaderOptions = {}): Promise<ReadFile> {
  const file = await readSource(fromBytes('test', bytes), options);
  if ('unreadable' in file) throw new Error(`unreadable: ${file.looksLike}`);
  return file;
}

export async function readAll(reader: CaptureReader): Promise<ReadFile> {
  const rows: (Omit<ReadFrame, 'time'> & { relative: number })[] = [];
  let consumed = 0;
  for await (const batch of reader.batches()) {
    consumed = batch.consumed;
    if (batch.kind !== 'frames') continue;
    for (let i = 0; i < batch.count; i++) {
      const start = batch.start[i]!;
      rows.push({
        number: batch.firstNumber + i,
        relative: batch.time[i]!,
        linkType: batch.linkType[i]!,
        wireLength: batch.wireLength[i]!,
        offset: batch.offset[i]!,
        hex: hex(batch.bytes.subarray(start, start + batch.length[i]!)),
      });
    }
  }
  const { base } = reader;
  const frames = rows.map(({ relative, ...row }) => ({
    ...row,
    time: Number.isNaN(relative) || base === null ? null : base + BigInt(relative),
  }));
  return {
    format: reader.format,
    variant: reader.variant,
    frames,
    codes: reader.findings.map((f) => f.rule.code),
    findings: reader.findings,
    truncatedAt: reader.truncatedAt,
    comments: reader.comments,
    skipped: reader.skipped,
    consumed,
  };
}

/** Numbers in [0, below) that depend on the seed alone. */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * below);
  };
}

const WORDS = ['GET /index.html HTTP/1.1', 'Host: example.com', 'submit_sm', '0123456789abcdef', '\0\0\0\0', 'Ümläut'];

/** Frames of mixed content: words that compress and octets that do not. */
export function someFrames(count: number, seed: number, longest = 300): WrittenFrame[] {
  const random = seeded(seed);
  const start = 1_795_432_778_521_920_123n;
  const encoder = new TextEncoder();
  return Array.from({ length: count }, (_, i) => {
    const bytes = new Uint8Array(14 + random(longest));
    for (let at = 0; at < bytes.length; ) {
      const word = random(3) === 0 ? Uint8Array.of(random(256)) : encoder.encode(WORDS[random(WORDS.length)]);
      bytes.set(word.subarray(0, bytes.length - at), at);
      at += word.length;
    }
    return { time: start + BigInt(i) * 1_234_567n + BigInt(random(1000)), bytes };
  });
}

/** A source that gives a few octets at a time and cannot go back, as pipes do. */
export function pipeOf(bytes: Uint8Array, most: number): Source {
  let next = 0;
  return {
    name: 'pipe',
    size: null,
    async read(at, into) {
      if (at !== next) throw new Error(`a pipe cannot give octet ${at} after ${next}`);
      const part = bytes.subarray(at, at + Math.min(into.length, most));
      into.set(part);
      next = at + part.length;
      return part.length;
    },
  };
}
