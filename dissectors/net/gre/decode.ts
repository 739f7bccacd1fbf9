import type { Cursor } from '../../base/cursor.ts';
import { header, readHeader } from '../../link/header.ts';
import { afterEtherType, BAD, CONTROL, CUT, INNER_PPP } from '../../link/next.ts';
import { type Packet, u16At } from '../../link/packet.ts';
import { greFields as f } from './fields.ts';

const CHECKSUM_PRESENT = 0x8000;
const ROUTING_PRESENT = 0x4000;
const KEY_PRESENT = 0x2000;
const SEQUENCE_PRESENT = 0x1000;
/** Version 1 only. */
const ACKNOWLEDGMENT_PRESENT = 0x0080;
const PROTOCOL_PPP = 0x880b;

const fixed = header(f.flags, f.protocol);

// RFC 2784 2 with the key and sequence number of RFC 2890 2; version 1 is PPTP's, RFC 2637 4.1.
export function decodeGre(c: Cursor, _p: Packet): number {
  if (c.left < fixed.size && c.rec === null) return CUT;
  const at = readHeader(c, fixed);
  const flags = u16At(c.bytes, at);
  const protocol = u16At(c.bytes, at + 2);
  const version = flags & 7;
  if (version === 1) return decodeVersion1(c, flags, protocol);
  // Source routing (RFC 1701) has no length one could trust; nobody sends it.
  if (version !== 0 || (flags & ROUTING_PRESENT) !== 0) return BAD;
  const size = words(flags & CHECKSUM_PRESENT) + words(flags & KEY_PRESENT) + words(flags & SEQUENCE_PRESENT);
  if (c.left < size && c.rec === null) return CUT;
  if ((flags & CHECKSUM_PRESENT) !== 0) {
    c.u16(f.checksum);
    c.u16(f.offset);
  }
  if ((flags & KEY_PRESENT) !== 0) c.u32(f.key);
  if ((flags & SEQUENCE_PRESENT) !== 0) c.u32(f.sequence);
  // Protocol 0 is a keepalive.
  return protocol === 0 ? CONTROL : afterEtherType(protocol);
}

function decodeVersion1(c: Cursor, flags: number, protocol: number): number {
  const size = 4 + words(flags & SEQUENCE_PRESENT) + words(flags & ACKNOWLEDGMENT_PRESENT);
  if (protocol !== PROTOCOL_PPP) return BAD;
  if (c.left < size && c.rec === null) return CUT;
  c.u16(f.payloadLength);
  c.u16(f.callId);
  if ((flags & SEQUENCE_PRESENT) !== 0) c.u32(f.sequence);
  if ((flags & ACKNOWLEDGMENT_PRESENT) !== 0) c.u32(f.acknowledgment);
  // An acknowledgment alone carries no payload.
  return (flags & SEQUENCE_PRESENT) === 0 ? CONTROL : INNER_PPP;
}

const words = (flag: number): number => (flag === 0 ? 0 : 4);
