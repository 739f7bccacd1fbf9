import type { Cursor } from '../../base/cursor.ts';
import { header, octets, readHeader } from '../header.ts';
import { afterEtherType, CUT } from '../next.ts';
import { type Packet, u16At } from '../packet.ts';
import { ethernetFields as f } from './fields.ts';

const macHeader = header(octets(f.destination, 6), octets(f.source, 6), f.type);

// IEEE 802.3 3.1.1, MAC frame: two addresses, then EtherType or length.
export function decodeEthernet(c: Cursor, _p: Packet): number {
  if (c.left < macHeader.size && c.rec === null) return CUT;
  const at = readHeader(c, macHeader);
  return afterEtherType(u16At(c.bytes, at + 12));
}
