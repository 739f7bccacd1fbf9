// Frames of the frame table in order of their numbers, and which messages they belong to.

import type { FrameId } from '../../dissectors/base/bytemap.ts';
import { framesOfMessage } from './buffers.ts';
import type { Loaded } from './load.ts';

export interface Owned {
  /** Frames, each once. */
  readonly length: number;
  /** Row of the frame table. */
  id(place: number): FrameId;
  number(place: number): number;
  /** Indexes of the records, ascending. */
  owners(place: number): readonly number[];
  /** Place of the first frame of that number or a later one; `length` where there is none. */
  placeOf(number: number): number;
}

/** Frames of one input that belong to a message; with `others`, whatever else the table has of it. */
export function ownedFrames(loaded: Loaded, input: number, others = false): Owned {
  const { frames, records } = loaded;
  const owners = new Map<FrameId, number[]>();
  for (let id = 0; others && id < frames.length; id += 1) if (frames.at(id).input === input) owners.set(id, []);
  for (const r of records) {
    for (const id of framesOfMessage(r)) {
      if (frames.at(id).input !== input) continue;
      const known = owners.get(id);
      if (known === undefined) owners.set(id, [r.index]);
      else known.push(r.index);
    }
  }
  const ids = Int32Array.from(owners.keys());
  const numbers = new Float64Array(frames.length);
  for (const id of ids) numbers[id] = frames.at(id).number;
  ids.sort((a, b) => numbers[a]! - numbers[b]!);
  return {
    length: ids.length,
    id: (place) => ids[place]!,
    number: (place) => numbers[ids[place]!]!,
    owners: (place) => owners.get(ids[place]!) ?? [],
    placeOf(number) {
      let lo = 0;
      let hi = ids.length;
      while (lo < hi) {
        const mid = (lo + hi) >>> 1;
        if (numbers[ids[mid]!]! < number) lo = mid + 1;
        else hi = mid;
      }
      return lo;
    },
  };
}
