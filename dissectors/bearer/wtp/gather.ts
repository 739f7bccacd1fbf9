// WAP-224-WTP 7.14: packets of session PDUs and replies put together, where nobody above waits for them one by one.

import { concatMapped, type Mapped } from '../../base/bytemap.ts';
import { type Gathered, MOST_PACKETS } from './memory.ts';
import { LAST_OF_MESSAGE, NOT_SEGMENTED } from './names.ts';
import type { Pdu } from './pdu.ts';

/** Octets of one message that are put together: sessions and replies are far smaller. */
const MOST_OCTETS = 262_144;

/** A copy that outlives the batch. */
const kept = (m: Mapped): Mapped => ({ bytes: m.bytes.slice(), map: m.map });

/** Adds a packet; the whole message where it completes it or comes whole. */
export function gather(g: Gathered, pdu: Pdu, data: Mapped): Mapped | null {
  if (pdu.trailer === NOT_SEGMENTED) return data;
  const at = pdu.number ?? 0;
  if (pdu.trailer === LAST_OF_MESSAGE) {
    if (at === 0) return data;
    g.total = at + 1;
  }
  if (g.packets[at] !== undefined) return null;
  if (at >= MOST_PACKETS || sizeOf(g) + data.bytes.length > MOST_OCTETS) return null;
  g.packets[at] = kept(data);
  if (g.total === 0) return null;
  const all: Mapped[] = [];
  for (let i = 0; i < g.total; i += 1) {
    const packet = g.packets[i];
    if (packet === undefined) return null;
    all.push(packet);
  }
  return concatMapped(all);
}

const sizeOf = (g: Gathered): number => g.packets.reduce((n, p) => n + (p?.bytes.length ?? 0), 0);
