// The captures that the compressed fixtures hold. Change nothing here without making the fixtures again.

import { writePcap } from '../../captures/write/pcap.ts';
import { someFrames } from './containers.ts';

/** 200 frames of mixed octets: several Huffman trees, hardly a match. */
export const mixed = (): Uint8Array => writePcap(someFrames(200, 99, 200), { linkType: 1 });

/** Small enough to be cut and changed at every octet. */
export const small = (): Uint8Array => writePcap(someFrames(24, 77, 80), { linkType: 1 });

/** 500 KB of frames that repeat: several blocks, matches over long distances. */
export function repeating(): Uint8Array {
  const kinds = someFrames(40, 5, 900);
  const start = kinds[0]!.time;
  const frames = Array.from({ length: 1500 }, (_, i) => ({
    time: start + BigInt(i) * 1_000_000n,
    bytes: kinds[(i * i) % kinds.length]!.bytes,
  }));
  return writePcap(frames, { linkType: 113, resolution: 'ns' });
}
