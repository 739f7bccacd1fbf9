import type { Cursor } from '../../base/cursor.ts';
import { BAD, CUT, TCP_PAYLOAD } from '../../link/next.ts';
import type { Packet } from '../../link/packet.ts';
import { tcpFields as f, tcpOptionKinds } from './fields.ts';
import { tcpRules } from './rules.ts';

/** RFC 9293 3.1, Control bits. */
export const FIN = 0x01;
export const SYN = 0x02;
export const RST = 0x04;
export const ACK = 0x10;

const MIN_HEADER = 20;

// RFC 9293 3.1, Header Format. The checksum is not judged: captures on the sending host have it before it was computed.
export function decodeTcp(c: Cursor, p: Packet): number {
  if (c.left < MIN_HEADER && c.rec === null) return CUT;
  p.sourcePort = c.u16(f.sourcePort);
  p.destinationPort = c.u16(f.destinationPort);
  p.sequence = c.u32(f.sequence) | 0;
  p.acknowledgment = c.u32(f.acknowledgment) | 0;
  const at = c.pos;
  const bits = c.u16(f.offsetAndFlags);
  const dataOffset = (bits >> 12) * 4;
  p.flags = bits & 0x1ff;
  if (c.rec !== null) {
    c.rec.leaf(f.dataOffset, at, 1, dataOffset);
    c.rec.leaf(f.flags, at, 2, p.flags, flagNames(p.flags));
  }
  c.u16(f.window);
  c.u16(f.checksum);
  c.u16(f.urgentPointer);
  const optionsLength = dataOffset - MIN_HEADER;
  if (optionsLength < 0) {
    c.report(tcpRules.dataOffset, at, 1, `data offset of ${dataOffset} octets`);
    return BAD;
  }
  if (c.rec !== null) recordOptions(c, optionsLength);
  else if (c.left < optionsLength) return CUT;
  else c.pos += optionsLength;
  return TCP_PAYLOAD;
}

function flagNames(flags: number): string {
  const names = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR', 'AE'].filter(
    (_, i) => (flags & (1 << i)) !== 0,
  );
  return names.length === 0 ? 'none' : names.join(', ');
}

// RFC 9293 3.2, Specific Option Definitions: read only for the tree.
function recordOptions(c: Cursor, length: number): void {
  const end = c.take(length) + length;
  c.pos = end - length;
  while (c.pos < end) {
    const kind = c.bytes[c.pos]!;
    const claimed = kind <= 1 ? 1 : (c.bytes[c.pos + 1] ?? 1);
    const size = Math.max(1, Math.min(claimed, end - c.pos));
    const value = c.bytes.subarray(c.pos, c.pos + size);
    c.rec?.leaf(f.option, c.pos, size, value, tcpOptionKinds[kind] ?? `Option ${kind}`);
    c.pos += size;
    if (kind === 0) c.pos = end;
  }
}
