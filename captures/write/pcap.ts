// draft-ietf-opsawg-pcap-08: writes a classic pcap file.

import { OctetWriter } from './octets.ts';

export interface WrittenFrame {
  /** Nanoseconds since 1970; rounded down to what the file can hold. */
  readonly time: bigint;
  readonly bytes: Uint8Array;
  /** Octets on the wire, where more than were captured. */
  readonly wireLength?: number;
}

export interface PcapWriteOptions {
  /** LINKTYPE_ value. */
  readonly linkType: number;
  readonly byteOrder?: 'little' | 'big';
  readonly resolution?: 'us' | 'ns';
  readonly snapLength?: number;
}

const NANO = 1_000_000_000n;

export function writePcap(frames: Iterable<WrittenFrame>, options: PcapWriteOptions): Uint8Array {
  const nanoseconds = options.resolution === 'ns';
  const out = new OctetWriter(options.byteOrder !== 'big');
  out
    .u32(nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4)
    .u16(2)
    .u16(4)
    .u32(0)
    .u32(0);
  out.u32(options.snapLength ?? 262144).u32(options.linkType);
  for (const f of frames) {
    const fraction = Number(f.time % NANO);
    out.u32(Number(f.time / NANO)).u32(nanoseconds ? fraction : Math.floor(fraction / 1000));
    out
      .u32(f.bytes.length)
      .u32(f.wireLength ?? f.bytes.length)
      .raw(f.bytes);
  }
  return out.done();
}
