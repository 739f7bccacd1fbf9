import type { Cursor } from '../../base/cursor.ts';
import { BAD, CUT, ETHERTYPE_IPV4, ETHERTYPE_IPV6 } from '../next.ts';
import type { Packet } from '../packet.ts';

// RFC 791 3.1 and RFC 8200 3: the first four bits of an IP header are its version.
export function decodeRawIp(c: Cursor, _p: Packet): number {
  if (c.left < 1) return CUT;
  const version = c.bytes[c.pos]! >> 4;
  return version === 4 ? ETHERTYPE_IPV4 : version === 6 ? ETHERTYPE_IPV6 : BAD;
}
