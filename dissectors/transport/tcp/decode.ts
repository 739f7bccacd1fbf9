import type { Cursor } from '../../base/cursor.ts';
import { bits, header, readHeader } from '../../link/header.ts';
import { BAD, CUT, TCP_PAYLOAD } from '../../link/next.ts';
import { type Packet, u16At, wordAt } from '../../link/packet.ts';
import { tcpFields as f, tcpOptionKinds } from './fields.ts';
import { tcpRules } from './rules.ts';

/** RFC 9293 3.1, Control bits. */
export const FIN = 0x01;
export const SYN = 0x02;
export const RST = 0x04;
export const ACK = 0x10;

const fixed = header(
  f.sourcePort,
  f.destinationPort,
  f.sequence,
  f.acknowledgment,
  f.offsetAndFlags,
  bits(f.dataOffset, 2, 12, 4, 4),
  bits(f.flags, 2, 0, 9, 1, flagNames),
  f.window,
  f.checksum,
  f.urgentPointer,
);

// RFC 9293 3.1, Header Format. The checksum is not judged: captures on the sending host have it before it was computed.
export function decodeTcp(c: Cursor, p: Packet): number {
  if (c.left < fixed.size && c.rec === null) return CUT;
  const at = readHeader(c, fixed);
  const b = c.bytes;
  p.sourcePort = u16At(b, at);
  p.destinationPort = u16At(b, at + 2);
  p.sequence = wordAt(b, at + 4);
  p.acknowledgment = wordAt(b, at + 8);
  const dataOffset = (b[at + 12]! >> 4) * 4;
  p.flags = u16At(b, at + 12) & 0x1ff;
  const optionsLength = dataOffset - fixed.size;
  if (optionsLength < 0) {
    c.report(tcpRules.dataOffset, at + 12, 1, `data offset of ${dataOffset} octets`);
    return BAD;
  }
  if (c.rec !== null) recordOptions(c, optionsLength);
  else if (c.left < optionsLength) return CUT;
  else c.pos += optionsLength;
  return TCP_PAYLOAD;
}

const CONTROL_BITS = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR', 'AE'];

function flagNames(flags: number): string {
  const names = CONTROL_BITS.filter((_, i) => (flags & (1 << i)) !== 0);
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
