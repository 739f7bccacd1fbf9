import { Cursor, runLayer } from '../../base/cursor.ts';
import { bits, header, readHeader } from '../../link/header.ts';
import { CUT, SCTP_PAYLOAD } from '../../link/next.ts';
import { type Packet, u16At, wordAt } from '../../link/packet.ts';
import { BEGINNING, CHUNK, CHUNK_HEADER, ENDING, UNORDERED } from './chunks.ts';
import { chunkTypes, sctpFields as f } from './fields.ts';

/** RFC 6951 5.1: UDP port of encapsulated SCTP. */
export const SCTP_UDP_PORT = 9899;

const fixed = header(f.sourcePort, f.destinationPort, f.verificationTag, f.checksum);
const chunkHeader = header(f.chunkType, f.chunkFlags, f.chunkLength);
const dataHeader = header(
  f.chunkType,
  f.chunkFlags,
  bits(f.unordered, 1, Math.log2(UNORDERED), 1),
  bits(f.beginning, 1, Math.log2(BEGINNING), 1),
  bits(f.ending, 1, Math.log2(ENDING), 1),
  f.chunkLength,
  f.tsn,
  f.streamIdentifier,
);

const init = header(f.initiateTag, f.receiverWindow, f.outboundStreams, f.inboundStreams, f.initialTsn);
const sack = header(f.cumulativeTsn, f.receiverWindow, f.gapBlocks, f.duplicates);

// RFC 9260 3.1, Common Header. The checksum is not judged: captures on the sending host have it before it was computed.
export function decodeSctp(c: Cursor, p: Packet): number {
  if (c.left < fixed.size && c.rec === null) return CUT;
  const at = readHeader(c, fixed);
  const b = c.bytes;
  p.sourcePort = u16At(b, at);
  p.destinationPort = u16At(b, at + 2);
  p.verificationTag = wordAt(b, at + 4) >>> 0;
  if (c.rec !== null) recordChunks(c);
  return SCTP_PAYLOAD;
}

// RFC 9260 3.2: read only for the tree; the driver takes what it needs from the octets. The cursor stays where it was.
function recordChunks(c: Cursor): void {
  const from = c.pos;
  while (c.left >= CHUNK_HEADER) {
    const length = u16At(c.bytes, c.pos + 2);
    if (length < CHUNK_HEADER) break;
    const type = c.bytes[c.pos]!;
    const size = Math.min(length, c.left);
    c.group(f.chunk, chunkTypes[type] ?? `type ${type}`, () => {
      // What is cut here is told where chunks are read for their data.
      const w = new Cursor(c.bytes, c.pos, c.pos + size, c.rec);
      runLayer(w, () => recordChunk(w, type));
      c.pos += size;
    });
    const padding = Math.min(-size & 3, c.left);
    if (padding > 0) c.span(f.padding, padding);
  }
  c.pos = from;
}

// RFC 9260 3.3, RFC 8260 2.1
function recordChunk(w: Cursor, type: number): void {
  if (type === CHUNK.data || type === CHUNK.iData) {
    recordData(w, type === CHUNK.iData);
    return;
  }
  readHeader(w, chunkHeader);
  if (type === CHUNK.init || type === CHUNK.initAck) readHeader(w, init);
  else if (type === CHUNK.sack) readHeader(w, sack);
  else if (type === CHUNK.abort || type === CHUNK.error) recordCauses(w);
  if (w.left > 0) w.span(f.value, w.left);
}

function recordData(w: Cursor, interleaved: boolean): void {
  const beginning = ((w.peek(1) ?? 0) & BEGINNING) !== 0;
  readHeader(w, dataHeader);
  if (interleaved) {
    w.span(f.reserved, 2);
    w.u32(f.messageIdentifier);
    w.u32(beginning ? f.payloadProtocol : f.fragmentSequence);
  } else {
    w.u16(f.streamSequence);
    w.u32(f.payloadProtocol);
  }
  w.span(f.data, w.left);
}

// RFC 9260 3.3.10
function recordCauses(w: Cursor): void {
  while (w.left >= 4) {
    const length = u16At(w.bytes, w.pos + 2);
    w.u16(f.causeCode);
    w.u16(f.chunkLength);
    const size = Math.min(Math.max(0, length - 4), w.left);
    if (size > 0) w.span(f.value, Math.min((size + 3) & ~3, w.left));
  }
}
