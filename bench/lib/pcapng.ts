// A pcap file as pcapng, for readers that know nothing else.

import { closeSync, openSync, readSync, writeSync } from 'node:fs';

const CHUNK = 1 << 24;
const FILE_HEADER = 24;
const RECORD_HEADER = 16;
/** Octets of an Enhanced Packet Block around the packet (draft-ietf-opsawg-pcapng 4.3). */
const EPB_BEFORE = 28;
const EPB_AFTER = 4;

/** Copies `from`, little-endian with microseconds, to `to`; records must be shorter than 16 MiB. */
export function toPcapng(from: string, to: string): void {
  const input = openSync(from, 'r');
  const output = openSync(to, 'w');
  const chunk = Buffer.alloc(CHUNK);
  const blocks = Buffer.alloc(2 * CHUNK);
  readSync(input, chunk, 0, FILE_HEADER, 0);
  writeSync(output, opening(chunk.readUInt32LE(16), chunk.readUInt32LE(20)));
  let held = 0;
  let position = FILE_HEADER;
  for (;;) {
    const got = readSync(input, chunk, held, CHUNK - held, position);
    if (got === 0) break;
    position += got;
    held += got;
    let at = 0;
    let written = 0;
    while (at + RECORD_HEADER <= held) {
      const captured = chunk.readUInt32LE(at + 8);
      if (at + RECORD_HEADER + captured > held) break;
      written += enhancedPacket(chunk, at, captured, blocks, written);
      at += RECORD_HEADER + captured;
    }
    writeSync(output, blocks, 0, written);
    chunk.copyWithin(0, at, held);
    held -= at;
  }
  closeSync(input);
  closeSync(output);
}

/** Section Header Block and one Interface Description Block (4.1, 4.2), named: pcap-ng-parser fails without options. */
function opening(snapLength: number, linkType: number): Buffer {
  const b = Buffer.alloc(60);
  b.writeUInt32LE(0x0a0d0d0a, 0);
  b.writeUInt32LE(28, 4);
  b.writeUInt32LE(0x1a2b3c4d, 8);
  b.writeUInt16LE(1, 12);
  b.fill(0xff, 16, 24);
  b.writeUInt32LE(28, 24);
  b.writeUInt32LE(1, 28);
  b.writeUInt32LE(32, 32);
  b.writeUInt16LE(linkType, 36);
  b.writeUInt32LE(snapLength, 40);
  // if_name, then opt_endofopt.
  b.writeUInt16LE(2, 44);
  b.writeUInt16LE(4, 46);
  b.write('eth0', 48, 'latin1');
  b.writeUInt32LE(32, 56);
  return b;
}

function enhancedPacket(from: Buffer, at: number, captured: number, to: Buffer, start: number): number {
  const padded = (captured + 3) & ~3;
  const length = EPB_BEFORE + padded + EPB_AFTER;
  const time = BigInt(from.readUInt32LE(at)) * 1_000_000n + BigInt(from.readUInt32LE(at + 4));
  to.writeUInt32LE(6, start);
  to.writeUInt32LE(length, start + 4);
  to.writeUInt32LE(0, start + 8);
  to.writeUInt32LE(Number(time >> 32n), start + 12);
  to.writeUInt32LE(Number(time & 0xffffffffn), start + 16);
  to.writeUInt32LE(captured, start + 20);
  to.writeUInt32LE(from.readUInt32LE(at + 12), start + 24);
  from.copy(to, start + EPB_BEFORE, at + RECORD_HEADER, at + RECORD_HEADER + captured);
  to.fill(0, start + EPB_BEFORE + captured, start + EPB_BEFORE + padded);
  to.writeUInt32LE(length, start + EPB_BEFORE + padded);
  return length;
}
