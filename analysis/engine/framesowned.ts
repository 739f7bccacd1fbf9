// Which frames belong to which messages, in order of their numbers.

import type { FrameId } from '../../dissectors/base/bytemap.ts';
import { framesOfMessage } from './buffers.ts';
import type { Loaded } from './load.ts';

export interface Owned {
  /** Frames that belong to a message, each once. */
  readonly length: number;
  /** Row of the frame table. */
  id(place: number): FrameId;
  number(place: number): number;
  /** Indexes of the records, ascending. */
  owners(place: number): readonly number[];
  /** Place of the first frame of that number or a later one; `length` where there is none. */
  placeOf(number: number): number;
}

/** Of one input. */
export function ownedFrames(loaded: Loaded, input: number): Owned {
  const { frames, records } = loaded;
  const owners = new Map<FrameId, number[]>();
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
