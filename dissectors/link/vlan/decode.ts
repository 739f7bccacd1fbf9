import type { Cursor } from '../../base/cursor.ts';
import { afterEtherType, CUT } from '../next.ts';
import type { Packet } from '../packet.ts';
import { vlanFields as f } from './fields.ts';

// IEEE 802.1Q 9.6, tag control information; the same for the service tag of 802.1ad. Stacks are walked tag by tag.
export function decodeVlan(c: Cursor, _p: Packet): number {
  if (c.left < 4 && c.rec === null) return CUT;
  const at = c.pos;
  const tci = c.u16(f.tci);
  if (c.rec !== null) {
    c.rec.leaf(f.priority, at, 1, tci >> 13);
    c.rec.leaf(f.id, at, 2, tci & 0x0fff);
  }
  return afterEtherType(c.u16(f.type));
}
