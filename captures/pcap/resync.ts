// Finds the next record of a damaged pcap file.

import { LIMITS } from '../limits.ts';
import { u32 } from '../octets.ts';
import type { Window } from '../window.ts';
import type { PcapLayout } from './header.ts';

const DAY = 86_400;
/** Seconds field of a record that is believed without a neighbour to compare with: from 1987 on. */
const EARLIEST = 0x20000000;

/** Is a record header at `at`, judged by all its fields? `near`: seconds of a good record, or null. */
export function plausible(b: Uint8Array, at: number, layout: PcapLayout, near: number | null): boolean {
  const { little } = layout;
  const captured = u32(b, at + 8, little);
  if (captured === 0 || captured > LIMITS.usualFrameBytes) return false;
  const original = u32(b, at + 12, little);
  if (original > LIMITS.usualFrameBytes || (original < captured && layout.swapped === 'no')) return false;
  if (u32(b, at + 4, little) >= 1e9 / layout.unit) return false;
  const seconds = u32(b, at, little);
  return near === null ? seconds >= EARLIEST : seconds >= near - DAY && seconds <= near + 30 * DAY;
}

/**
 * Position in the window of the first record header from `from` on that is plausible and is followed by another one or
 * (where `near` is known) by the end of the file; -1 when the file has none. Moves the window.
 */
export async function findRecord(w: Window, from: number, layout: PcapLayout, near: number | null): Promise<number> {
  const head = layout.recordHeader;
  let at = from;
  for (;;) {
    while (at + head <= w.end) {
      if (plausible(w.bytes, at, layout, near)) {
        const captured = u32(w.bytes, at + (layout.swapped === 'yes' ? 12 : 8), layout.little);
        const next = at + head + captured;
        if (next + head > w.end && !w.ended) {
          const need = next + head - at;
          await w.fill(at, need);
          at = 0;
          continue;
        }
        const confirmed =
          next + head <= w.end
            ? plausible(w.bytes, next, layout, u32(w.bytes, at, layout.little))
            : next === w.end && near !== null;
        if (confirmed) return at;
      }
      at++;
    }
    if (w.ended) return -1;
    await w.fill(Math.min(at, w.end), head);
    at = 0;
  }
}
