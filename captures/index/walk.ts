// Frames of a pcap or pcapng file read a second time, from any of them on: the reader that read the file first is given
// the headers in force there, and behind them the file from an anchor on.

import type { RandomAccess } from '../compressed/access.ts';
import { openCapture } from '../open.ts';
import type { FrameBatch, HeaderRange } from '../reader.ts';
import type { Source } from '../source.ts';
import type { Anchors } from './anchors.ts';
import { blockStart } from './block.ts';

/** What was read, as far as it was. */
export interface Walked {
  readonly name: string;
  /** Octets of the (decompressed) file. */
  readonly access: RandomAccess;
  /** Nothing is read from here on: it may not be there yet. */
  readonly limit: number;
  readonly anchors: Anchors;
  /** Undefined: the frames can be reached from the file's beginning only. */
  readonly headers: readonly HeaderRange[] | undefined;
  readonly isPcapng: boolean;
}

/** A batch with numbers and offsets of the whole file. Borrowed, as any batch. */
export interface Reread {
  readonly batch: FrameBatch;
  /** Nanoseconds since 1970 of the batch's time 0; null: none of its frames has a time. */
  readonly base: bigint | null;
}

/** Octets read at once: a page of the frame list needs few. */
const BLOCK = 256 * 1024;
/** Record headers of pcap files have one of these lengths. */
const RECORD_HEADERS: ReadonlySet<number> = new Set([16, 20, 24, 28]);

/** Batches from the one that holds frame `number` on. */
export async function* framesFrom(w: Walked, number: number): AsyncGenerator<Reread, void, void> {
  for (let i = w.anchors.before(number); i > 0; i -= 1) {
    const start = await startAt(w, i);
    if (start === null) continue;
    let good = false;
    for await (const read of batchesFrom(w, start)) {
      // The reader must agree with what it said the first time.
      good ||= read.batch.offset[0] === start.offset;
      if (!good) break;
      if (read.batch.firstNumber + read.batch.count > number) yield read;
    }
    if (good) return;
  }
  for await (const read of batchesFrom(w, BEGINNING)) {
    if (read.batch.firstNumber + read.batch.count > number) yield read;
  }
}

/** Number of the first frame at or after `time`, by the clock that `shiftOf` moves a batch's times to; null: none. */
export async function frameAtTime(
  w: Walked,
  time: number,
  shiftOf: (base: bigint | null) => number,
): Promise<number | null> {
  const anchor = w.anchors.beforeTime(time);
  for await (const { batch, base } of framesFrom(w, anchor < 0 ? 1 : w.anchors.at(anchor).number)) {
    const shift = shiftOf(base);
    const first = anchor < 0 ? 1 : w.anchors.at(anchor).number;
    for (let i = Math.max(0, first - batch.firstNumber); i < batch.count; i += 1) {
      if (batch.time[i]! + shift >= time) return batch.firstNumber + i;
    }
  }
  return null;
}

interface Start {
  /** Of the first frame. */
  readonly number: number;
  readonly offset: number;
  /** Where its record begins in the file, and the headers that stand in front of it. */
  readonly record: number;
  readonly prefix: Uint8Array;
}

const BEGINNING: Start = { number: 1, offset: 0, record: 0, prefix: new Uint8Array(0) };

async function startAt(w: Walked, i: number): Promise<Start | null> {
  if (w.headers === undefined) return null;
  const { number, offset, behind } = w.anchors.at(i);
  const record = w.isPcapng ? await blockStart(w.access, offset) : RECORD_HEADERS.has(offset - behind) ? behind : null;
  if (record === null) return null;
  const prefix = await headersBefore(w.access, w.headers, record);
  return prefix === null ? null : { number, offset, record, prefix };
}

/** The headers that tell how the record at `position` is to be read: those since the last file or section header. */
async function headersBefore(
  access: RandomAccess,
  headers: readonly HeaderRange[],
  position: number,
): Promise<Uint8Array | null> {
  let end = headers.length;
  while (end > 0 && headers[end - 1]!.at >= position) end -= 1;
  let from = end - 1;
  while (from > 0 && !headers[from]!.begins) from -= 1;
  if (from < 0) return null;
  const parts: Uint8Array[] = [];
  for (let i = from; i < end; ) {
    const start = headers[i]!.at;
    let stop = start;
    // Headers that follow one another are read at once.
    for (; i < end && headers[i]!.at === stop; i += 1) stop += headers[i]!.length;
    parts.push(await access.read(start, stop - start));
  }
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) {
    out.set(p, at);
    at += p.length;
  }
  return out;
}

async function* batchesFrom(w: Walked, start: Start): AsyncGenerator<Reread, void, void> {
  const { prefix, record } = start;
  const source: Source = {
    name: w.name,
    size: null,
    async read(at, into) {
      if (at < prefix.length) {
        const part = prefix.subarray(at, at + into.length);
        into.set(part);
        return part.length;
      }
      const from = record + at - prefix.length;
      const octets = await w.access.read(from, Math.max(0, Math.min(into.length, w.limit - from)));
      into.set(octets);
      return octets.length;
    },
  };
  const reader = await openCapture(source, { blockSize: BLOCK });
  if ('unreadable' in reader) return;
  const moved = record - prefix.length;
  for await (const batch of reader.batches()) {
    if (batch.kind !== 'frames') return;
    const offset = moved === 0 ? batch.offset : batch.offset.map((o) => o + moved);
    yield {
      batch: { ...batch, firstNumber: batch.firstNumber + start.number - 1, offset },
      base: reader.base,
    };
  }
}
