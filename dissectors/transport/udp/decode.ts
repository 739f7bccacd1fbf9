import type { Cursor } from '../../base/cursor.ts';
import { CUT, INNER_GTPU, UDP_PAYLOAD } from '../../link/next.ts';
import type { Packet } from '../../link/packet.ts';
import { GTPU_PORT } from '../../net/gtpu/decode.ts';
import { udpFields as f } from './fields.ts';
import { udpRules } from './rules.ts';

const HEADER = 8;

// RFC 768, Format. The checksum is not judged: captures on the sending host have it before it was computed.
export function decodeUdp(c: Cursor, p: Packet): number {
  if (c.left < HEADER && c.rec === null) return CUT;
  const start = c.pos;
  p.sourcePort = c.u16(f.sourcePort);
  p.destinationPort = c.u16(f.destinationPort);
  const length = c.u16(f.length);
  c.u16(f.checksum);
  const held = c.end - start;
  // Length 0: a jumbogram (RFC 2675 4), or segmentation left to the network card.
  if (length >= HEADER && length <= held) {
    c.end = start + length;
    p.missing = 0;
  } else if (length > held && (p.cut || length <= held + p.missing)) {
    p.missing = length - held;
  } else if (length !== 0) {
    c.report(udpRules.length, start + 4, 2, `length ${length}, the IP packet has ${held + p.missing}`);
  }
  return p.sourcePort === GTPU_PORT || p.destinationPort === GTPU_PORT ? INNER_GTPU : UDP_PAYLOAD;
}
