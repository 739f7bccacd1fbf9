import type { Cursor } from '../../base/cursor.ts';
import { afterEtherType, CUT } from '../next.ts';
import type { Packet } from '../packet.ts';
import { ethernetFields as f } from './fields.ts';

// IEEE 802.3 3.1.1, MAC frame: two addresses, then EtherType or length.
export function decodeEthernet(c: Cursor, _p: Packet): number {
  if (c.left < 14 && c.rec === null) return CUT;
  c.span(f.destination, 6);
  c.span(f.source, 6);
  return afterEtherType(c.u16(f.type));
}
