// The frames that mattered, written down while a capture is read.

import type { FrameBatch } from '../../captures/reader.ts';
import type { TouchedFrames } from '../../dissectors/driver/touched.ts';
import { startOf } from './inputs.ts';

/** Frames beyond which nothing is kept: some 14 MB of places. */
const MOST = 400_000;

/** Of one input: a row a batch that was read, and a row a frame that mattered. */
export interface Kept {
  readonly firstNumber: Float64Array;
  readonly count: Int32Array;
  readonly consumed: Float64Array;
  readonly first: Float64Array;
  readonly earliest: Float64Array;
  readonly latest: Float64Array;
  /** Frames of the batch that mattered. */
  readonly rows: Int32Array;
  /** Where the frame stood in its batch. */
  readonly index: Int32Array;
  readonly offset: Float64Array;
  readonly length: Int32Array;
  readonly wireLength: Int32Array;
  readonly linkType: Uint16Array;
  readonly time: Float64Array;
}

export interface KeptFrames extends TouchedFrames {
  /** Frames that mattered, of all inputs. */
  rows(): number;
  /** null: there were too many. */
  of(input: number): Kept | null;
}

interface Batch {
  readonly firstNumber: number;
  readonly count: number;
  readonly consumed: number;
  readonly first: number;
  readonly earliest: number;
  readonly latest: number;
  readonly index: Int32Array;
  readonly offset: Float64Array;
  readonly length: Int32Array;
  readonly wireLength: Int32Array;
  readonly linkType: Uint16Array;
  readonly time: Float64Array;
}

export function keptFrames(inputs: number, inputOf: (batch: FrameBatch) => number): KeptFrames {
  const kept: Batch[][] = Array.from({ length: inputs }, () => []);
  let rows = 0;
  return {
    take(batch, touched) {
      rows += touched.length;
      if (rows <= MOST) kept[inputOf(batch)]?.push(noted(batch, touched));
      else for (const k of kept) k.length = 0;
    },
    rows: () => rows,
    of: (input) => (rows > MOST ? null : joined(kept[input] ?? [])),
  };
}

function noted(b: FrameBatch, rows: Int32Array): Batch {
  const { firstNumber, count, consumed, time } = b;
  let earliest = Number.NaN;
  let latest = Number.NaN;
  for (let i = 0; i < count; i += 1) {
    const t = time[i]!;
    if (Number.isNaN(t)) continue;
    if (!(t >= earliest)) earliest = t;
    if (!(t <= latest)) latest = t;
  }
  const pick = <T extends Int32Array | Uint16Array | Float64Array>(from: T, to: T): T => {
    for (let i = 0; i < rows.length; i += 1) to[i] = from[rows[i]!]!;
    return to;
  };
  const n = rows.length;
  return {
    firstNumber,
    count,
    consumed,
    first: startOf(b),
    earliest,
    latest,
    index: rows.slice(),
    offset: pick(b.offset, new Float64Array(n)),
    length: pick(b.length, new Int32Array(n)),
    wireLength: pick(b.wireLength, new Int32Array(n)),
    linkType: pick(b.linkType, new Uint16Array(n)),
    time: pick(b.time, new Float64Array(n)),
  };
}

function joined(batches: readonly Batch[]): Kept {
  const total = batches.reduce((n, b) => n + b.index.length, 0);
  const all = <T extends Int32Array | Uint16Array | Float64Array>(of: (b: Batch) => T, to: T): T => {
    let at = 0;
    for (const b of batches) {
      to.set(of(b), at);
      at += b.index.length;
    }
    return to;
  };
  return {
    firstNumber: Float64Array.from(batches, (b) => b.firstNumber),
    count: Int32Array.from(batches, (b) => b.count),
    consumed: Float64Array.from(batches, (b) => b.consumed),
    first: Float64Array.from(batches, (b) => b.first),
    earliest: Float64Array.from(batches, (b) => b.earliest),
    latest: Float64Array.from(batches, (b) => b.latest),
    rows: Int32Array.from(batches, (b) => b.index.length),
    index: all((b) => b.index, new Int32Array(total)),
    offset: all((b) => b.offset, new Float64Array(total)),
    length: all((b) => b.length, new Int32Array(total)),
    wireLength: all((b) => b.wireLength, new Int32Array(total)),
    linkType: all((b) => b.linkType, new Uint16Array(total)),
    time: all((b) => b.time, new Float64Array(total)),
  };
}
