import type { Cursor } from '../../base/cursor.ts';
import { BAD, CUT, ETHERTYPE_IPV4, ETHERTYPE_IPV6 } from '../next.ts';
import { type Packet, wordAt } from '../packet.ts';
import { nullFields as f } from './fields.ts';

/** AF_INET everywhere; AF_INET6 of Linux, NetBSD and OpenBSD, FreeBSD, Darwin. */
const AF_INET = 2;
const AF_INET6 = [10, 24, 28, 30];

// LINKTYPE_NULL: the family in the byte order of the capturing host; LINKTYPE_LOOP: in network order. Files that were
// relabelled mix the two up, so both orders are tried.
export function decodeNull(c: Cursor, _p: Packet): number {
  if (c.left < 4 && c.rec === null) return CUT;
  const at = c.take(4);
  const big = wordAt(c.bytes, at);
  const family = (big & 0xff) === 0 ? big >>> 24 : big & 0xff;
  const expected = big === family || big === family << 24;
  if (c.rec !== null) c.rec.leaf(f.family, at, 4, expected ? family : big >>> 0);
  if (!expected) return BAD;
  if (family === AF_INET) return ETHERTYPE_IPV4;
  return AF_INET6.includes(family) ? ETHERTYPE_IPV6 : BAD;
}
