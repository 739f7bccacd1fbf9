import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { fromBytes } from '../../captures/source.ts';
import { writePcap } from '../../captures/write/pcap.ts';
import { type WrittenBlock, writePcapng } from '../../captures/write/pcapng.ts';
import { fileSource, namesIn, sharedFolder } from '../support/shared.ts';
import { type ReadFile, readFile, readSource, seeded, someFrames } from './containers.ts';

const frames = someFrames(9, 55, 40);
const blocks = (ids: number): WrittenBlock[] =>
  frames.map((f, i) => ({ kind: 'packet', interface: i % ids, ...f, ...(i === 3 ? { comment: 'hm' } : {}) }));
const small: Record<string, Uint8Array> = {
  'pcap, little-endian': writePcap(frames, { linkType: 1 }),
  'pcap, big-endian, nanoseconds': writePcap(frames, { linkType: 1, byteOrder: 'big', resolution: 'ns' }),
  'pcapng, little-endian': writePcapng([{ interfaces: [{ linkType: 1, name: 'eth0' }], blocks: blocks(1) }]),
  'pcapng, two sections': writePcapng([
    { byteOrder: 'big', interfaces: [{ linkType: 1 }, { linkType: 101 }], blocks: blocks(2).slice(0, 4) },
    {
      interfaces: [{ linkType: 113, resolution: { base: 10, exponent: 9 } }],
      blocks: [
        { kind: 'simple', bytes: frames[0]!.bytes },
        { kind: 'other', type: 0x0bad, body: new Uint8Array(9) },
        ...blocks(1),
      ],
    },
  ]),
};

const shared = sharedFolder('captures', 'damaged recorded captures');
if (shared === null) {
  test('shared captures absent: cut and changed recorded captures not read', () => expect(shared).toBeNull());
} else {
  for (const name of namesIn(shared, '').filter((n) => /^cont-pcap.*(ng|cap)$/.test(n))) {
    const source = fileSource(join(shared, name));
    const bytes = new Uint8Array(source.size ?? 0);
    await source.read(0, bytes);
    small[name] = bytes;
  }
}

const CUT = new Set(['PCAP-CUT', 'PCAP-HEADER-CUT', 'PCAPNG-CUT']);

/** The file, or null where it is told to be nothing readable. */
async function read(bytes: Uint8Array, blockSize = 65536): Promise<ReadFile | null> {
  const file = await readSource(fromBytes('test', bytes), { blockSize });
  return 'unreadable' in file ? null : file;
}

for (const [name, bytes] of Object.entries(small)) {
  describe(name, () => {
    test('cut at every octet: the frames before are the same, and the cut is said once', async () => {
      const whole = (await readFile(bytes)).frames;
      for (let n = 0; n < bytes.length; n++) {
        const file = await read(bytes.subarray(0, n));
        if (file === null) {
          if (n >= 28) throw new Error(`cut at ${n}: unreadable`);
          continue;
        }
        if (
          JSON.stringify(file.frames.map((f) => f.hex)) !==
          JSON.stringify(whole.slice(0, file.frames.length).map((f) => f.hex))
        ) {
          throw new Error(`cut at ${n}: other frames`);
        }
        const due = whole.filter((_, i) => (whole[i + 1]?.offset ?? Number.POSITIVE_INFINITY) <= n);
        if (file.frames.length < due.length)
          throw new Error(`cut at ${n}: ${file.frames.length} of ${due.length} frames`);
        const cuts = file.codes.filter((c) => CUT.has(c)).length;
        if (cuts > 1 || (cuts === 1) !== (file.truncatedAt !== null))
          throw new Error(`cut at ${n}: ${file.codes.join()}`);
      }
    });

    test('every octet changed: frames before it stay, and blocks of any size give the same', async () => {
      const whole = (await readFile(bytes)).frames;
      const random = seeded(bytes.length);
      // Longer files by their first octets: records repeat.
      for (let at = 0; at < Math.min(bytes.length, 600); at++) {
        const broken = bytes.slice();
        broken[at]! ^= 1 << random(8);
        const file = await read(broken);
        if (file === null) {
          if (at >= 12) throw new Error(`octet ${at} changed: unreadable`);
          continue;
        }
        const before = whole.filter((f) => f.offset + f.hex.length / 2 <= at).length;
        for (let i = 0; i < Math.min(before, file.frames.length); i++) {
          if (file.frames[i]!.hex === whole[i]!.hex) continue;
          // A wrong byte order or layout in a header changes everything behind it.
          if (at >= 48) throw new Error(`octet ${at} changed: frame ${i + 1} before it differs`);
        }
        if (file.frames.length > whole.length + 1) throw new Error(`octet ${at} changed: ${file.frames.length} frames`);
        const again = await read(broken, 64);
        if (
          JSON.stringify(again?.frames.map((f) => [f.hex, f.offset])) !==
          JSON.stringify(file.frames.map((f) => [f.hex, f.offset]))
        ) {
          throw new Error(`octet ${at} changed: blocks of 64 octets give other frames`);
        }
        if (JSON.stringify(again?.codes) !== JSON.stringify(file.codes)) {
          throw new Error(`octet ${at} changed: ${again?.codes.join()} is not ${file.codes.join()}`);
        }
      }
    });
  });
}

test('compressed captures, changed at every octet: read to an end, and the reader says what is wrong', async () => {
  const folder = new URL('./fixtures/', import.meta.url);
  const whole = await readFile(new Uint8Array(readFileSync(new URL('small-3.zst', folder))));
  const files = ['small-3.zst', 'small-frames.zst', 'small-1.lz4'].map((n) => readFileSync(new URL(n, folder)));
  for (const bytes of [...files, gzipSync(small['pcapng, two sections']!)].map((b) => new Uint8Array(b))) {
    for (let at = 0; at < bytes.length; at++) {
      const broken = bytes.slice();
      broken[at]! ^= 0x21;
      const file = await read(broken, 512);
      if (file === null) continue;
      const same = file.frames.map((f) => f.hex).join() === whole.frames.map((f) => f.hex).join();
      if (!same && file.codes.length === 0 && file.format.startsWith('pcap+')) {
        throw new Error(`octet ${at} changed: other frames without a word`);
      }
    }
  }
});

test('octets of no meaning behind every kind of header', async () => {
  const random = seeded(4);
  for (const header of Object.values(small).map((b) => b.subarray(0, 28))) {
    for (let round = 0; round < 60; round++) {
      const noise = Uint8Array.from({ length: 2000 }, () => random(round % 2 === 0 ? 256 : 8));
      const file = await read(new Uint8Array(Buffer.concat([header, noise])), 256);
      expect(file === null || file.frames.length < 200).toBe(true);
    }
  }
});
