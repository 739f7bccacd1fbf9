import type { Cursor } from '../../base/cursor.ts';
import { header, readHeader } from '../../link/header.ts';
import { CUT, INNER_GTPU, IP_PROTO_SCTP, UDP_PAYLOAD } from '../../link/next.ts';
import { type Packet, u16At } from '../../link/packet.ts';
import { GTPU_PORT } from '../../net/gtpu/decode.ts';
import { looksLikeSctp } from '../sctp/chunks.ts';
import { SCTP_UDP_PORT } from '../sctp/decode.ts';
import { udpFields as f } from './fields.ts';
import { udpRules } from './rules.ts';

const fixed = header(f.sourcePort, f.destinationPort, f.length, f.checksum);

// RFC 768, Format. The checksum is not judged: captures on the sending host have it before it was computed.
export function decodeUdp(c: Cursor, p: Packet): number {
  if (c.left < fixed.size && c.rec === null) return CUT;
  const start = readHeader(c, fixed);
  const b = c.bytes;
  p.sourcePort = u16At(b, start);
  p.destinationPort = u16At(b, start + 2);
  const length = u16At(b, start + 4);
  const held = c.end - start;
  // Length 0: a jumbogram (RFC 2675 4), or segmentation left to the network card.
  if (length >= fixed.size && length <= held) {
    c.end = start + length;
    p.missing = 0;
  } else if (length > held && (p.cut || length <= held + p.missing)) {
    p.missing = length - held;
  } else if (length !== 0) {
    c.report(udpRules.length, start + 4, 2, `length ${length}, the IP packet has ${held + p.missing}`);
  }
  if (p.sourcePort === GTPU_PORT || p.destinationPort === GTPU_PORT) return INNER_GTPU;
  const mayBeSctp = p.sourcePort === SCTP_UDP_PORT || p.destinationPort === SCTP_UDP_PORT;
  return mayBeSctp && looksLikeSctp(b, c.pos, c.end, p.missing) ? IP_PROTO_SCTP : UDP_PAYLOAD;
}
