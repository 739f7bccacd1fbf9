import type { Cursor } from '../../base/cursor.ts';
import type { Field } from '../../base/fields.ts';
import { BAD, CUT, FRAGMENT, IP_PROTO } from '../../link/next.ts';
import { type Packet, wordAt } from '../../link/packet.ts';
import { formatIpv4 } from '../address.ts';
import { ipv4Fields as f } from './fields.ts';
import { ipv4Rules } from './rules.ts';

const MIN_HEADER = 20;

// RFC 791 3.1, Internet Header Format. The total length narrows the cursor: what follows is padding or a trailer.
export function decodeIpv4(c: Cursor, p: Packet): number {
  if (c.left < MIN_HEADER && c.rec === null) return CUT;
  const start = c.pos;
  const first = c.u8(f.versionAndLength);
  const headerLength = (first & 0x0f) * 4;
  if (c.rec !== null) {
    c.rec.leaf(f.version, start, 1, first >> 4);
    c.rec.leaf(f.headerLength, start, 1, headerLength);
  }
  if (first >> 4 !== 4 || headerLength < MIN_HEADER) {
    c.report(ipv4Rules.header, start, 1, `version ${first >> 4}, header of ${headerLength} octets`);
    return BAD;
  }
  c.u8(f.service);
  const totalLength = c.u16(f.totalLength);
  const identification = c.u16(f.identification);
  const flags = c.u16(f.flagsAndOffset);
  if (c.rec !== null) recordFlags(c, flags);
  c.u8(f.ttl);
  const protocol = c.u8(f.protocol);
  c.u16(f.checksum);
  p.version = 4;
  p.s0 = p.s1 = p.s2 = p.d0 = p.d1 = p.d2 = 0;
  p.s3 = address(c, f.source);
  p.d3 = address(c, f.destination);
  if (headerLength > MIN_HEADER) {
    if (c.left < headerLength - MIN_HEADER && c.rec === null) return CUT;
    c.span(f.options, headerLength - MIN_HEADER);
  }
  narrow(c, p, start, headerLength, totalLength);
  if ((flags & 0x3fff) !== 0) {
    p.fragment = true;
    p.moreFragments = (flags & 0x2000) !== 0;
    p.fragmentOffset = (flags & 0x1fff) * 8;
    p.identification = identification;
    p.fragmentProtocol = protocol;
    return FRAGMENT;
  }
  return IP_PROTO | protocol;
}

/** Total length 0: segmentation was left to the network card, the frame was captured before. */
function narrow(c: Cursor, p: Packet, start: number, headerLength: number, totalLength: number): void {
  p.missing = 0;
  if (totalLength === 0) return;
  if (totalLength < headerLength) {
    c.report(ipv4Rules.totalShort, start + 2, 2, `total length ${totalLength}, header ${headerLength}`);
    return;
  }
  const held = c.end - start;
  if (totalLength <= held) {
    c.end = start + totalLength;
    return;
  }
  p.missing = totalLength - held;
  if (!p.cut) c.report(ipv4Rules.beyondFrame, start + 2, 2, `total length ${totalLength}, there are ${held} octets`);
}

function address(c: Cursor, field: Field<'address'>): number {
  const at = c.take(4);
  const word = wordAt(c.bytes, at);
  if (c.rec !== null) c.rec.leaf(field, at, 4, formatIpv4(word));
  return word;
}

function recordFlags(c: Cursor, flags: number): void {
  c.rec?.leaf(f.dontFragment, c.pos - 2, 1, (flags >> 14) & 1);
  c.rec?.leaf(f.moreFragments, c.pos - 2, 1, (flags >> 13) & 1);
  c.rec?.leaf(f.fragmentOffset, c.pos - 2, 2, (flags & 0x1fff) * 8);
}
