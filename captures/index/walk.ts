// Frames of a capture read a second time, from any of them on.

import { openCapture } from '../open.ts';
import type { FrameBatch } from '../reader.ts';
import type { Source } from '../source.ts';

/** A batch on the time of the whole file. Borrowed, as any batch. */
export interface Reread {
  readonly batch: FrameBatch;
  /** Nanoseconds since 1970 of the batch's time 0; null: its frames have no time. */
  readonly base: bigint | null;
}

/** Batches of `source`, which holds a pcap or pcapng file and can be read again, up to the frame before `end`. */
export async function* framesFrom(source: Source, number: number, end: number): AsyncGenerator<Reread, void, void> {
  const reader = await openCapture(source);
  if ('unreadable' in reader) return;
  for await (const batch of reader.batches()) {
    if (batch.kind !== 'frames') return;
    if (batch.firstNumber + batch.count > number) yield { batch, base: reader.base };
    if (batch.firstNumber + batch.count >= end) return;
  }
}
