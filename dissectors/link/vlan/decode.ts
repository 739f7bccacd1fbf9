import type { Cursor } from '../../base/cursor.ts';
import { bits, header, readHeader } from '../header.ts';
import { afterEtherType, CUT } from '../next.ts';
import { type Packet, u16At } from '../packet.ts';
import { vlanFields as f } from './fields.ts';

const tag = header(f.tci, bits(f.priority, 2, 13, 3), bits(f.id, 2, 0, 12), f.type);

// IEEE 802.1Q 9.6, tag control information; the same for the service tag of 802.1ad. Stacks are walked tag by tag.
export function decodeVlan(c: Cursor, _p: Packet): number {
  if (c.left < tag.size && c.rec === null) return CUT;
  const at = readHeader(c, tag);
  return afterEtherType(u16At(c.bytes, at + 2));
}
