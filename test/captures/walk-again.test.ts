// Any frame of a file is found again from the sparse index, with the number, time, place and length it had.

import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { Anchors } from '../../captures/index/anchors.ts';
import { frameAtTime, framesFrom, type Walked } from '../../captures/index/walk.ts';
import { createRandomAccess, openCapture } from '../../captures/open.ts';
import { fromBytes, type Source } from '../../captures/source.ts';
import { type WrittenFrame, writePcap } from '../../captures/write/pcap.ts';
import { type WrittenBlock, writePcapng } from '../../captures/write/pcapng.ts';
import { isUnreadable, seeded, someFrames } from './containers.ts';

interface Row {
  readonly number: number;
  readonly time: number;
  readonly offset: number;
  readonly length: number;
  readonly wireLength: number;
  readonly link: number;
}

const join = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const damaged = (bytes: Uint8Array, at: number): Uint8Array => {
  const out = bytes.slice();
  out.fill(0xff, at, at + 40);
  return out;
};
/** Times that go up and down, as captures of several interfaces have them. */
const shaken = (frames: WrittenFrame[]): WrittenFrame[] =>
  frames.map((f, i) => ({ ...f, time: f.time + BigInt((i * 7919) % 13) * 5_000_000n }));

const packets = (frames: WrittenFrame[], on: (i: number) => number): WrittenBlock[] =>
  frames.map((f, i) =>
    i % 11 === 5
      ? { kind: 'simple', bytes: f.bytes }
      : { kind: i % 7 === 3 ? 'obsolete' : 'packet', interface: on(i), ...f },
  );

const sections = writePcapng([
  {
    byteOrder: 'big',
    interfaces: [{ linkType: 1 }, { linkType: 101, resolution: { base: 10, exponent: 9 } }],
    blocks: [
      ...packets(someFrames(1500, 3), (i) => i % 2),
      { kind: 'interface', interface: { linkType: 113, resolution: { base: 2, exponent: 20 } } },
      ...packets(someFrames(900, 4), (i) => i % 3),
    ],
  },
  { interfaces: [{ linkType: 228, offset: 3600n }], blocks: packets(someFrames(1100, 5), () => 0) },
]);

const little = writePcap(shaken(someFrames(3000, 1)), { linkType: 1 });
const FILES: readonly { readonly name: string; readonly bytes: Uint8Array; readonly whole?: true }[] = [
  { name: 'pcap', bytes: little },
  {
    name: 'pcap, nanoseconds, big-endian',
    bytes: writePcap(someFrames(2000, 2), { linkType: 101, byteOrder: 'big', resolution: 'ns' }),
  },
  { name: 'two pcap files in one', bytes: join(little, writePcap(someFrames(2000, 6), { linkType: 113 })) },
  { name: 'pcap with damage', bytes: damaged(little, 200_000) },
  { name: 'pcapng of two sections', bytes: sections },
  { name: 'pcapng with damage', bytes: damaged(sections, 250_000) },
  { name: 'pcap in gzip', bytes: new Uint8Array(gzipSync(little)), whole: true },
];

async function readOnce(source: Source): Promise<{ rows: Row[]; base: bigint; walked: Walked }> {
  const reader = await openCapture(source);
  if (isUnreadable(reader)) throw new Error(reader.looksLike);
  const anchors = new Anchors();
  const rows: Row[] = [];
  for await (const batch of reader.batches()) {
    if (batch.kind !== 'frames') continue;
    anchors.add(batch);
    for (let i = 0; i < batch.count; i++) rows.push(rowOf(batch, i, 0));
  }
  const access = await createRandomAccess(source);
  const isPcapng = reader.format.startsWith('pcapng');
  const walked = { name: 'test', access, limit: Number.POSITIVE_INFINITY, anchors, headers: reader.headers, isPcapng };
  return { rows, base: reader.base ?? 0n, walked };
}

type Frames = Parameters<Anchors['add']>[0];
const rowOf = (b: Frames, i: number, shift: number): Row => ({
  number: b.firstNumber + i,
  time: b.time[i]! + shift,
  offset: b.offset[i]!,
  length: b.length[i]!,
  wireLength: b.wireLength[i]!,
  link: b.linkType[i]!,
});

describe('frames found again', () => {
  test.each(FILES)('$name', async ({ bytes, whole }) => {
    let octets = 0;
    const memory = fromBytes('test', bytes);
    const source: Source = {
      ...memory,
      async read(at, into) {
        const n = await memory.read(at, into);
        octets += n;
        return n;
      },
    };
    const { rows, base, walked } = await readOnce(source);
    expect(walked.anchors.count).toBeGreaterThan(6);
    const shiftOf = (b: bigint | null): number => (b === null ? 0 : Number(b - base));
    const random = seeded(9);
    for (let n = 0; n < 12; n++) {
      const number = n === 0 ? rows.length : 1 + random(rows.length);
      const found: Row[] = [];
      octets = 0;
      for await (const { batch, base: own } of framesFrom(walked, number)) {
        for (let i = Math.max(0, number - batch.firstNumber); i < batch.count; i++)
          found.push(rowOf(batch, i, shiftOf(own)));
        if (found.length >= 100) break;
      }
      expect(found.slice(0, 100)).toEqual(rows.slice(number - 1, number + 99));
      if (number < rows.length / 3 && whole !== true) expect(octets).toBeLessThan(bytes.length / 2 + 400_000);
    }
    for (let n = 0; n < 6; n++) {
      const { time } = rows[random(rows.length)]!;
      if (Number.isNaN(time)) continue;
      const first = rows.find((r) => r.time >= time)!.number;
      expect(await frameAtTime(walked, time, shiftOf)).toBe(first);
    }
    expect(await frameAtTime(walked, 1e30, shiftOf)).toBeNull();
  });

  test('anchors stay few, whatever the size', () => {
    const anchors = new Anchors();
    const count = 16_384;
    const batch = {
      kind: 'frames' as const,
      bytes: new Uint8Array(0),
      count,
      start: new Int32Array(count),
      length: new Int32Array(count).fill(8000),
      wireLength: new Int32Array(count).fill(8000),
      linkType: new Uint16Array(count),
      time: Float64Array.from({ length: count }, (_, i) => i),
      consumed: 0,
    };
    for (let b = 0; b < 80; b++) {
      const offset = Float64Array.from({ length: count }, (_, i) => (b * count + i) * 8016);
      anchors.add({ ...batch, firstNumber: b * count + 1, offset });
    }
    expect(anchors.count).toBeLessThanOrEqual(16_384);
    expect(anchors.count).toBeGreaterThan(4000);
    const { number } = anchors.at(anchors.before(1_000_000));
    expect(1_000_000 - number).toBeLessThan(200);
  });
});
