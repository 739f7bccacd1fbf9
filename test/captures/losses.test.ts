// Packets that the capturing host says it lost, and when.

import { describe, expect, test } from 'vitest';
import { openCapture } from '../../captures/open.ts';
import type { Loss } from '../../captures/reader.ts';
import { fromBytes } from '../../captures/source.ts';
import { OctetWriter } from '../../captures/write/octets.ts';
import { type WrittenBlock, type WrittenInterface, writePcapng } from '../../captures/write/pcapng.ts';
import { isUnreadable } from './containers.ts';

const SECOND = 1_000_000_000n;
const START = 1_795_391_664n * SECOND;
const ETHERNET: WrittenInterface = { linkType: 1, name: 'eth0' };

interface Told {
  readonly end?: bigint;
  readonly dropped?: number;
  readonly droppedByOs?: number;
}

/** An interface statistics block `at` nanoseconds after the start. */
function statistics(little: boolean, id: number, at: bigint | null, told: Told): WrittenBlock {
  const out = new OctetWriter(little);
  const stamp = (t: bigint): void => {
    const ticks = (START + t) / 1000n;
    out.u32(Number(ticks >> 32n)).u32(Number(ticks & 0xffffffffn));
  };
  out.u32(id);
  if (at === null) out.u64(0n);
  else stamp(at);
  if (told.end !== undefined) {
    out.u16(3).u16(8);
    stamp(told.end);
  }
  for (const [code, n] of [
    [5, told.dropped],
    [7, told.droppedByOs],
  ] as const) {
    if (n !== undefined) out.u16(code).u16(8).u64(BigInt(n));
  }
  return { kind: 'other', type: 5, body: out.u16(0).u16(0).done() };
}

const packet = (
  at: bigint,
  more: { lost?: number; interface?: number; kind?: 'packet' | 'obsolete' } = {},
): WrittenBlock => ({
  kind: 'packet',
  interface: 0,
  time: START + at,
  bytes: new Uint8Array(20),
  ...more,
});

async function lossesOf(blocks: readonly WrittenBlock[], byteOrder: 'little' | 'big', interfaces = [ETHERNET]) {
  const reader = await openCapture(fromBytes('x', writePcapng([{ byteOrder, interfaces, blocks }])), {});
  if (isUnreadable(reader)) throw new Error('unreadable');
  for await (const _ of reader.batches());
  return { losses: reader.losses ?? [], codes: reader.findings.map((f) => f.rule.code) };
}

const cases: {
  name: string;
  blocks: (little: boolean) => WrittenBlock[];
  losses: Loss[];
  interfaces?: WrittenInterface[];
}[] = [
  {
    name: 'nothing lost',
    blocks: (l) => [packet(0n), statistics(l, 0, SECOND, { dropped: 0, droppedByOs: 0 })],
    losses: [],
  },
  {
    name: 'between two packets of one interface',
    blocks: () => [packet(0n), packet(SECOND), packet(2n * SECOND, { lost: 7 }), packet(3n * SECOND)],
    losses: [{ from: 1e9, to: 2e9, packets: 7, by: 'interface eth0' }],
  },
  {
    name: 'stretches that follow each other are one',
    blocks: () => [packet(0n), packet(SECOND, { lost: 1 }), packet(2n * SECOND, { lost: 2 })],
    losses: [{ from: 0, to: 2e9, packets: 3, by: 'interface eth0' }],
  },
  {
    name: 'in front of the first packet',
    blocks: () => [packet(0n, { lost: 4 })],
    losses: [{ from: null, to: 0, packets: 4, by: 'interface eth0' }],
  },
  {
    name: 'the old packet block, which may not know',
    blocks: () => [packet(0n, { kind: 'obsolete' }), packet(SECOND, { kind: 'obsolete', lost: 3 })],
    losses: [{ from: 0, to: 1e9, packets: 3, by: 'interface eth0' }],
  },
  {
    name: 'counts of statistics go on from the last ones',
    blocks: (l) => [
      packet(0n),
      statistics(l, 0, SECOND, { dropped: 5 }),
      packet(2n * SECOND),
      statistics(l, 0, 3n * SECOND, { dropped: 5 }),
      statistics(l, 0, 9n * SECOND, { end: 8n * SECOND, dropped: 5, droppedByOs: 2 }),
    ],
    losses: [
      { from: null, to: 1e9, packets: 5, by: 'interface eth0' },
      { from: 3e9, to: 8e9, packets: 2, by: 'the operating system on interface eth0' },
    ],
  },
  {
    name: 'what single packets told is not counted again',
    blocks: (l) => [packet(0n), packet(SECOND, { lost: 5 }), statistics(l, 0, 3n * SECOND, { dropped: 5 })],
    losses: [{ from: 0, to: 1e9, packets: 5, by: 'interface eth0' }],
  },
  {
    name: 'statistics without a time are those of the last packet',
    blocks: (l) => [packet(0n), packet(4n * SECOND), statistics(l, 0, null, { dropped: 1 })],
    losses: [{ from: null, to: 4e9, packets: 1, by: 'interface eth0' }],
  },
  {
    name: 'each interface for itself; one that nobody described says nothing',
    interfaces: [ETHERNET, { linkType: 1 }],
    blocks: (l) => [
      packet(0n),
      packet(SECOND, { interface: 1 }),
      packet(2n * SECOND, { interface: 1, lost: 6 }),
      statistics(l, 9, 3n * SECOND, { dropped: 1 }),
    ],
    losses: [{ from: 1e9, to: 2e9, packets: 6, by: 'interface 1' }],
  },
];

describe('lost packets', () => {
  test.each(cases.flatMap((c) => (['little', 'big'] as const).map((order) => ({ ...c, order }))))(
    '$name, $order-endian',
    async ({ blocks, order, losses, interfaces }) => {
      const made = await lossesOf(blocks(order === 'little'), order, interfaces);
      expect(made.losses).toEqual(losses);
      if (losses.length > 0) expect(made.codes).toContain('PCAPNG-DROPPED');
    },
  );

  test('cut at any octet it does not throw', async () => {
    const blocks = [
      packet(0n),
      packet(SECOND, { lost: 2 }),
      statistics(true, 0, SECOND, { dropped: 5, droppedByOs: 1 }),
    ];
    const whole = writePcapng([{ interfaces: [ETHERNET], blocks }]);
    for (let n = 28; n < whole.length; n += 3) {
      const reader = await openCapture(fromBytes('x', whole.subarray(0, n)), {});
      if (isUnreadable(reader)) continue;
      for await (const _ of reader.batches());
      expect((reader.losses ?? []).length).toBeLessThan(3);
    }
  });
});
