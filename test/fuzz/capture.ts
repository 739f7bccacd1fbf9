// Frames of any link types as a pcapng file.

import type { Input } from './input.ts';

const SHB = 28;
const IDB = 20;
const EPB = 32;
/** Microseconds of the first frame, and between two. */
const BEGAN = 1_795_000_000_000_000n;
const APART = 100_000n;

/** draft-ietf-opsawg-pcapng-03 4.1 to 4.3: one section, an interface for each link type. */
export function pcapngOf(input: Input): Uint8Array {
  const links = [...new Set(input.map((s) => s.way & 0xffff))];
  const padded = (n: number): number => (n + 3) & ~3;
  const size = SHB + IDB * links.length + input.reduce((n, s) => n + EPB + padded(s.bytes.length), 0);
  const out = new Uint8Array(size);
  const v = new DataView(out.buffer);
  let at = 0;
  const u32 = (value: number): void => {
    v.setUint32(at, value, true);
    at += 4;
  };
  for (const word of [0x0a0d0d0a, SHB, 0x1a2b3c4d, 1, 0xffffffff, 0xffffffff, SHB]) u32(word);
  for (const link of links) for (const word of [1, IDB, link, 0, IDB]) u32(word);
  input.forEach(({ way, bytes }, i) => {
    const length = EPB + padded(bytes.length);
    const time = BEGAN + APART * BigInt(i);
    for (const word of [6, length, links.indexOf(way & 0xffff), Number(time >> 32n), Number(time & 0xffffffffn)])
      u32(word);
    u32(bytes.length);
    u32(bytes.length);
    out.set(bytes, at);
    at += padded(bytes.length);
    u32(length);
  });
  return out;
}
