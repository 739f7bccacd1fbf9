import type { Cursor } from '../../base/cursor.ts';
import { bits, header, readHeader } from '../header.ts';
import { CUT, ETHERTYPE_IPV4, ETHERTYPE_IPV6, ETHERTYPE_MPLS, INNER_ETHERNET, STOP } from '../next.ts';
import type { Packet } from '../packet.ts';
import { mplsFields as f } from './fields.ts';

const entry = header(
  f.entry,
  bits(f.label, 4, 12, 20),
  bits(f.trafficClass, 4, 9, 3),
  bits(f.bottom, 4, 8, 1),
  bits(f.ttl, 4, 0, 8),
);

// RFC 3032 2.1, Encoding the Label Stack: one entry at a time.
export function decodeMpls(c: Cursor, _p: Packet): number {
  if (c.left < entry.size && c.rec === null) return CUT;
  const at = readHeader(c, entry);
  return (c.bytes[at + 2]! & 1) === 0 ? ETHERTYPE_MPLS : afterStack(c);
}

// What the bottom label means was agreed on elsewhere. RFC 4928 3 keeps 4 and 6 in the first four bits to IP; RFC 4385 3
// begins a pseudowire's control word with 0. Without a control word an Ethernet pseudowire begins with the address.
function afterStack(c: Cursor): number {
  const first = c.peek();
  if (first === undefined) return CUT;
  if (first >> 4 === 4) return ETHERTYPE_IPV4;
  if (first >> 4 === 6) return ETHERTYPE_IPV6;
  if (first >> 4 === 0 && frameAt(c, 4)) {
    c.u32(f.controlWord);
    return INNER_ETHERNET;
  }
  return frameAt(c, 0) ? INNER_ETHERNET : STOP | ETHERTYPE_MPLS;
}

/** Is there an EtherType this program reads where an Ethernet header would have it? */
function frameAt(c: Cursor, ahead: number): boolean {
  const high = c.peek(ahead + 12);
  const low = c.peek(ahead + 13);
  if (high === undefined || low === undefined) return false;
  const type = (high << 8) | low;
  return type === 0x0800 || type === 0x86dd || type === 0x8100 || type === 0x88a8 || type === 0x8864;
}
