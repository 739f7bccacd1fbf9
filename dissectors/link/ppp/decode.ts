import type { Cursor } from '../../base/cursor.ts';
import { afterEtherType, CUT, PPP } from '../next.ts';
import type { Packet } from '../packet.ts';
import { pppFields as f } from './fields.ts';

const ALL_STATIONS = 0xff;
const UNNUMBERED_INFORMATION = 0x03;
/** Cisco HDLC addresses; an EtherType follows instead of a PPP protocol. */
const CISCO_UNICAST = 0x0f;
const CISCO_BROADCAST = 0x8f;

// RFC 1662 3.1, HDLC-like framing: address FF and control 03, which RFC 1661 6.6 lets the peers leave out. LINKTYPE_PPP
// and LINKTYPE_PPP_HDLC captures of serial lines also hold Cisco HDLC.
export function decodePppFrame(c: Cursor, p: Packet): number {
  if (c.left < 2) return CUT;
  const address = c.peek();
  const control = c.peek(1);
  if (address === ALL_STATIONS && control === UNNUMBERED_INFORMATION) {
    c.u8(f.address);
    c.u8(f.control);
  } else if ((address === CISCO_UNICAST || address === CISCO_BROADCAST) && control === 0) {
    if (c.left < 4 && c.rec === null) return CUT;
    c.u8(f.address);
    c.u8(f.control);
    return afterEtherType(c.u16(f.etherType));
  }
  return decodePppProtocol(c, p);
}

// RFC 1661 2: a protocol field of two octets, or of one where it is odd (protocol field compression, 6.5).
export function decodePppProtocol(c: Cursor, _p: Packet): number {
  if (c.left < 1 && c.rec === null) return CUT;
  const at = c.take(1);
  const first = c.bytes[at]!;
  if ((first & 1) === 1) {
    if (c.rec !== null) c.rec.leaf(f.protocol, at, 1, first);
    return PPP | first;
  }
  if (c.left < 1 && c.rec === null) return CUT;
  const protocol = (first << 8) | c.bytes[c.take(1)]!;
  if (c.rec !== null) c.rec.leaf(f.protocol, at, 2, protocol);
  return PPP | protocol;
}
