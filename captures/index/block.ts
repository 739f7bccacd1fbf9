// draft-ietf-opsawg-pcapng-05 4: the block around a packet whose octets are known to lie somewhere.

import type { RandomAccess } from '../compressed/access.ts';
import { u32 } from '../octets.ts';
import { BLOCK, padded } from '../pcapng/format.ts';

/** Octets in front of the packet in Enhanced Packet Blocks and Packet Blocks, and in Simple Packet Blocks. */
const LONG = 28;
const SHORT = 12;

/** Position of the packet block that has its packet at `offset`; null where none fits. */
export async function blockStart(access: RandomAccess, offset: number): Promise<number | null> {
  const head = await access.read(offset - LONG, LONG);
  if (head.length < LONG) return null;
  for (const little of [true, false]) {
    const type = u32(head, 0, little);
    const captured = u32(head, 20, little);
    const fits = u32(head, 4, little) >= LONG + padded(captured) + 4;
    if ((type === BLOCK.enhancedPacket || type === BLOCK.packet) && fits) return offset - LONG;
  }
  for (const little of [true, false]) {
    if (u32(head, LONG - SHORT, little) === BLOCK.simplePacket) return offset - SHORT;
  }
  return null;
}
