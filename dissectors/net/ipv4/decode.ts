import type { Cursor } from '../../base/cursor.ts';
import { bits, header, octets, readHeader } from '../../link/header.ts';
import { BAD, CUT, FRAGMENT, IP_PROTO } from '../../link/next.ts';
import { type Packet, u16At, wordAt } from '../../link/packet.ts';
import { readIpv4 } from '../address.ts';
import { ipv4Fields as f } from './fields.ts';
import { ipv4Rules } from './rules.ts';

const fixed = header(
  f.versionAndLength,
  bits(f.version, 1, 4, 4),
  bits(f.headerLength, 1, 0, 4, 4),
  f.service,
  f.totalLength,
  f.identification,
  f.flagsAndOffset,
  bits(f.dontFragment, 2, 14, 1),
  bits(f.moreFragments, 2, 13, 1),
  bits(f.fragmentOffset, 2, 0, 13, 8),
  f.ttl,
  f.protocol,
  f.checksum,
  octets(f.source, 4, readIpv4),
  octets(f.destination, 4, readIpv4),
);

// RFC 791 3.1, Internet Header Format. The total length narrows the cursor: what follows is padding or a trailer.
export function decodeIpv4(c: Cursor, p: Packet): number {
  if (c.left < fixed.size && c.rec === null) return CUT;
  const at = readHeader(c, fixed);
  const b = c.bytes;
  const first = b[at]!;
  const headerLength = (first & 0x0f) * 4;
  if (first >> 4 !== 4 || headerLength < fixed.size) {
    c.report(ipv4Rules.header, at, 1, `version ${first >> 4}, header of ${headerLength} octets`);
    return BAD;
  }
  const flags = u16At(b, at + 6);
  const protocol = b[at + 9]!;
  p.version = 4;
  p.s0 = p.s1 = p.s2 = p.d0 = p.d1 = p.d2 = 0;
  p.s3 = wordAt(b, at + 12);
  p.d3 = wordAt(b, at + 16);
  if (headerLength > fixed.size) {
    if (c.left < headerLength - fixed.size && c.rec === null) return CUT;
    c.span(f.options, headerLength - fixed.size);
  }
  narrow(c, p, at, headerLength, u16At(b, at + 2));
  if ((flags & 0x3fff) === 0) return IP_PROTO | protocol;
  p.fragment = true;
  p.moreFragments = (flags & 0x2000) !== 0;
  p.fragmentOffset = (flags & 0x1fff) * 8;
  p.identification = u16At(b, at + 4);
  p.fragmentProtocol = protocol;
  return FRAGMENT;
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
