// Finds the next block of a damaged pcapng file.

import { LIMITS } from '../limits.ts';
import { u32 } from '../octets.ts';
import type { Window } from '../window.ts';
import { BLOCK, byteOrder, isKnown, leastLength } from './format.ts';

/** Total length of the block header at `at` if a known block may start there, else 0. Needs 12 octets. */
export function candidate(b: Uint8Array, at: number, little: boolean): number {
  const type = u32(b, at, little);
  let order: boolean | undefined = little;
  if (type === BLOCK.sectionHeader) order = byteOrder(b, at);
  else if (!isKnown(type)) return 0;
  if (order === undefined) return 0;
  const total = u32(b, at + 4, order);
  return total >= leastLength(type) && total % 4 === 0 && total <= LIMITS.resyncBlockBytes ? total : 0;
}

/**
 * Position in the window of the first block from `from` on that is of a known type and ends with its own length; -1
 * when the file has none. Moves the window.
 */
export async function findBlock(w: Window, from: number, little: boolean): Promise<number> {
  let at = from;
  for (;;) {
    while (at + 12 <= w.end) {
      const total = candidate(w.bytes, at, little);
      if (total !== 0) {
        if (at + total > w.end && !w.ended) {
          await w.fill(at, total);
          at = 0;
          continue;
        }
        if (at + total <= w.end && sameOctets(w.bytes, at + 4, at + total - 4)) return at;
      }
      at++;
    }
    if (w.ended) return -1;
    await w.fill(Math.min(at, w.end), 12);
    at = 0;
  }
}

const sameOctets = (b: Uint8Array, p: number, q: number): boolean =>
  b[p] === b[q] && b[p + 1] === b[q + 1] && b[p + 2] === b[q + 2] && b[p + 3] === b[q + 3];
