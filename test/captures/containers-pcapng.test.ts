import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../captures/limits.ts';
import { fromBytes } from '../../captures/source.ts';
import { type WrittenBlock, type WrittenInterface, writePcapng } from '../../captures/write/pcapng.ts';
import { hex, pipeOf, readFile, readSource, someFrames, unhex } from './containers.ts';

const frames = someFrames(30, 21);
const ETHERNET: WrittenInterface = { linkType: 1 };
const packets = (count = frames.length, id = 0): WrittenBlock[] =>
  frames.slice(0, count).map((f) => ({ kind: 'packet', interface: id, ...f }));
const floor = (t: bigint, ticks: bigint) => (((t * ticks) / 1_000_000_000n) * 1_000_000_000n) / ticks;
const dataOf = (count: number) => frames.slice(0, count).map((f) => hex(f.bytes));

describe('what is written is read', () => {
  for (const byteOrder of ['little', 'big'] as const) {
    test(`${byteOrder}-endian, section length given and not`, async () => {
      for (const withLength of [true, false]) {
        const file = await readFile(
          writePcapng([{ byteOrder, withLength, interfaces: [ETHERNET], blocks: packets() }]),
        );
        expect(file.format).toBe('pcapng');
        expect(file.variant).toBe(`${byteOrder}-endian, sections: 1, interfaces: 1`);
        expect(file.codes).toEqual([]);
        expect(file.frames.map((f) => f.hex)).toEqual(dataOf(30));
        expect(file.frames.map((f) => f.time)).toEqual(frames.map((f) => floor(f.time, 1_000_000n)));
      }
    });
  }

  const resolutions: { base: 2 | 10; exponent: number }[] = [
    ...[0, 1, 3, 6, 7, 9].map((exponent) => ({ base: 10 as const, exponent })),
    ...[0, 1, 9, 10, 20, 30].map((exponent) => ({ base: 2 as const, exponent })),
  ];
  for (const resolution of resolutions) {
    test(`times in ${resolution.base}^-${resolution.exponent} s, with and without an offset`, async () => {
      for (const offset of [undefined, 0n, 1_700_000_000n, -86_400n]) {
        const f = { linkType: 1, resolution, ...(offset === undefined ? {} : { offset }) };
        const file = await readFile(writePcapng([{ interfaces: [f], blocks: packets() }]));
        const ticks = BigInt(resolution.base) ** BigInt(resolution.exponent);
        expect(file.frames.map((x) => x.time)).toEqual(frames.map((x) => floor(x.time, ticks)));
      }
    });
  }

  test('picoseconds need an offset to fit, and keep their nanoseconds', async () => {
    const f = { linkType: 1, resolution: { base: 10, exponent: 12 } as const, offset: 1_795_432_000n };
    const file = await readFile(writePcapng([{ interfaces: [f], blocks: packets() }]));
    expect(file.frames.map((x) => x.time)).toEqual(frames.map((x) => x.time));
  });

  test('several interfaces share one time line', async () => {
    const interfaces: WrittenInterface[] = [
      { linkType: 1, resolution: { base: 10, exponent: 9 } },
      { linkType: 101, resolution: { base: 10, exponent: 3 } },
      { linkType: 113, resolution: { base: 2, exponent: 20 }, offset: 5n },
    ];
    const blocks = frames.map((f, i): WrittenBlock => ({ kind: 'packet', interface: i % 3, ...f }));
    const file = await readFile(writePcapng([{ interfaces, blocks }]));
    const ticks = [1_000_000_000n, 1000n, 1n << 20n];
    expect(file.frames.map((x) => x.time)).toEqual(frames.map((x, i) => floor(x.time, ticks[i % 3]!)));
    expect(file.frames.map((x) => x.linkType)).toEqual(frames.map((_, i) => [1, 101, 113][i % 3]));
  });

  test('an interface described after the first packets', async () => {
    const late: WrittenBlock = {
      kind: 'interface',
      interface: { linkType: 276, resolution: { base: 10, exponent: 9 } },
    };
    const file = await readFile(
      writePcapng([{ interfaces: [ETHERNET], blocks: [...packets(2), late, ...packets(2, 1)] }]),
    );
    expect(file.frames.map((x) => x.linkType)).toEqual([1, 1, 276, 276]);
    expect(file.frames.at(-1)!.time).toBe(frames[1]!.time);
  });

  test('sections of both byte orders with interfaces of their own', async () => {
    const file = await readFile(
      writePcapng([
        { byteOrder: 'little', interfaces: [ETHERNET], blocks: packets(3) },
        { byteOrder: 'big', interfaces: [{ linkType: 113 }], blocks: packets(3) },
        { byteOrder: 'little', interfaces: [], blocks: [] },
        { byteOrder: 'little', interfaces: [{ linkType: 0 }], blocks: packets(1) },
      ]),
    );
    expect(file.codes).toEqual([]);
    expect(file.frames.map((x) => x.linkType)).toEqual([1, 1, 1, 113, 113, 113, 0]);
    expect(file.frames.map((x) => x.hex)).toEqual([...dataOf(3), ...dataOf(3), ...dataOf(1)]);
  });

  test('simple packets have no time; the snapshot length cuts them', async () => {
    const blocks: WrittenBlock[] = [
      { kind: 'simple', bytes: unhex('0102030405') },
      { kind: 'simple', bytes: unhex('01020304050607'), wireLength: 90 },
    ];
    const file = await readFile(writePcapng([{ interfaces: [{ linkType: 1, snapLength: 7 }], blocks }]));
    expect(file.frames).toMatchObject([
      { time: null, hex: '0102030405', wireLength: 5 },
      { time: null, hex: '01020304050607', wireLength: 90 },
    ]);
    expect(file.codes).toEqual([]);
  });

  test('obsolete packet blocks, comments, blocks that are passed over', async () => {
    const other = (type: number, body = '00112233'): WrittenBlock => ({ kind: 'other', type, body: unhex(body) });
    const file = await readFile(
      writePcapng([
        {
          comment: 'the section',
          interfaces: [{ linkType: 1, name: 'eth0', comment: 'the interface' }],
          blocks: [
            { ...frames[0]!, kind: 'obsolete', interface: 0 },
            other(4, '00000000'),
            other(0x0bad, '00007d99 01'),
            other(0x40000bad, '00007d99'),
            other(0x0a, '4b534c54 00000000'),
            other(9),
            other(0x7777, ''),
            other(0x80000001),
            other(0x80000001),
            { ...frames[1]!, kind: 'packet', interface: 0, comment: 'grüße' },
          ],
        },
      ]),
    );
    expect(file.codes).toEqual([]);
    expect(file.frames.map((f) => f.hex)).toEqual(dataOf(2));
    expect(file.comments).toEqual([
      { frame: null, text: 'the section' },
      { frame: null, text: 'the interface' },
      { frame: 2, text: 'grüße' },
    ]);
    expect(file.skipped).toEqual([
      { what: 'name resolution', count: 1 },
      { what: 'custom', count: 2 },
      { what: 'decryption secrets', count: 1 },
      { what: 'systemd journal', count: 1 },
      { what: 'unknown block 0x00007777', count: 1 },
      { what: 'unknown block 0x80000001', count: 2 },
    ]);
  });

  test('every way of reading gives the same', async () => {
    const many = someFrames(300, 4, 2000).map((f, i): WrittenBlock => ({ kind: 'packet', interface: i % 2, ...f }));
    const file = writePcapng([{ interfaces: [ETHERNET, { linkType: 101 }], blocks: many }]);
    const whole = await readFile(file);
    expect(whole.frames).toHaveLength(300);
    for (const blockSize of [64, 1024, 4096, 4 << 20]) {
      expect((await readFile(file, { blockSize })).frames).toEqual(whole.frames);
    }
    expect(await readSource(pipeOf(file, 13))).toMatchObject({ frames: whole.frames });
    for (const f of whole.frames) expect(hex(file.subarray(f.offset, f.offset + f.hex.length / 2))).toBe(f.hex);
  });
});

/** A little-endian file: section header, interface, then these blocks. */
const SHB = '0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000';
const IDB = '01000000 14000000 0100 0000 00000400 14000000';
const epb = (data: string, id = '00000000') =>
  `06000000 24000000 ${id} b0950500 00000100 04000000 04000000 ${data} 24000000`;
const A = epb('aaaaaaaa');
const B = epb('bbbbbbbb');
const C = epb('cccccccc');

const cases: { name: string; in: string; out: string[]; codes: string[]; truncatedAt?: number }[] = [
  { name: 'a section header alone', in: SHB, out: [], codes: [] },
  { name: 'three packets', in: SHB + IDB + A + B + C, out: ['aaaaaaaa', 'bbbbbbbb', 'cccccccc'], codes: [] },
  { name: 'minor version 2', in: SHB.replace('0100 0000', '0100 0200') + IDB + A, out: ['aaaaaaaa'], codes: [] },
  {
    name: 'minor version 7',
    in: SHB.replace('0100 0000', '0100 0700') + IDB + A,
    out: ['aaaaaaaa'],
    codes: ['PCAPNG-MINOR-VERSION'],
  },
  {
    name: 'a section of version 2 is skipped',
    in: SHB.replace('0100 0000', '0200 0000') + IDB + A + SHB + IDB + B,
    out: ['bbbbbbbb'],
    codes: ['PCAPNG-VERSION'],
  },
  {
    name: 'cut inside a block',
    in: (SHB + IDB + A + B).slice(0, -16),
    out: ['aaaaaaaa'],
    codes: ['PCAPNG-CUT'],
    truncatedAt: 84,
  },
  {
    name: 'cut inside a block header',
    in: `${SHB + IDB + A}0600`,
    out: ['aaaaaaaa'],
    codes: ['PCAPNG-CUT'],
    truncatedAt: 84,
  },
  {
    name: 'a trailer that differs',
    in: SHB + IDB + A.replace(/24000000$/, '99000000') + B,
    out: ['aaaaaaaa', 'bbbbbbbb'],
    codes: ['PCAPNG-TRAILER'],
  },
  {
    name: 'the last trailer differs',
    in: SHB + IDB + A + B.replace(/24000000$/, '99000000'),
    out: ['aaaaaaaa', 'bbbbbbbb'],
    codes: ['PCAPNG-TRAILER'],
  },
  {
    name: 'a block of 4 GB',
    in: SHB + IDB + A + B.replace('24000000', 'fcffffff') + C,
    out: ['aaaaaaaa', 'cccccccc'],
    codes: ['PCAPNG-BLOCK-LENGTH'],
  },
  {
    name: 'a block of 32 MB that is not there',
    in: SHB + IDB + A + B.replace('24000000', '00000002') + C,
    out: ['aaaaaaaa', 'cccccccc'],
    codes: ['PCAPNG-BLOCK-LENGTH'],
  },
  {
    name: 'a block of 8 octets',
    in: SHB + IDB + A + B.replace('24000000', '08000000') + C,
    out: ['aaaaaaaa', 'cccccccc'],
    codes: ['PCAPNG-BLOCK-LENGTH'],
  },
  {
    name: 'octets between blocks',
    in: `${SHB + IDB + A}010203${B}${C}`,
    out: ['aaaaaaaa', 'bbbbbbbb', 'cccccccc'],
    codes: ['PCAPNG-BLOCK-LENGTH'],
  },
  {
    name: 'nothing good behind damage',
    in: `${SHB + IDB + A}${'ee'.repeat(40)}`,
    out: ['aaaaaaaa'],
    codes: ['PCAPNG-BLOCK-LENGTH'],
  },
  {
    name: 'the byte-order magic is damaged',
    in: SHB.replace('4d3c2b1a', '4d3c2b00') + IDB + A,
    out: ['aaaaaaaa'],
    codes: ['PCAPNG-BYTE-ORDER-MAGIC'],
  },
  {
    name: 'the length of the section header is damaged',
    in: SHB.replace('1c000000', '1c0000ff') + IDB + A,
    out: ['aaaaaaaa'],
    codes: ['PCAPNG-BLOCK-LENGTH'],
  },
  {
    name: 'an interface that was not described',
    in: SHB + IDB + epb('aaaaaaaa', '05000000'),
    out: ['aaaaaaaa'],
    codes: ['PCAPNG-NO-INTERFACE'],
  },
  { name: 'no interface at all', in: SHB + A, out: ['aaaaaaaa'], codes: ['PCAPNG-NO-INTERFACE'] },
  {
    name: 'more captured than the block holds',
    in: SHB + IDB + A.replace('04000000 04000000', '09000000 09000000') + B,
    out: ['aaaaaaaa', 'bbbbbbbb'],
    codes: ['PCAPNG-CAPTURED-LENGTH'],
  },
  {
    name: 'captured length of 4 GB',
    in: SHB + IDB + A.replace('04000000 04000000', 'ffffffff ffffffff') + B,
    out: ['aaaaaaaa', 'bbbbbbbb'],
    codes: ['PCAPNG-CAPTURED-LENGTH'],
  },
  {
    name: 'a packet block without room for its fields',
    in: `${SHB + IDB}06000000 10000000 00000000 10000000${B}`,
    out: ['bbbbbbbb'],
    codes: ['PCAPNG-BLOCK-SHORT'],
  },
  {
    name: 'a length that is no multiple of 4, padded',
    in: `${SHB + IDB}77000000 0e000000 aabb0000 0e000000 ${B}`,
    out: ['bbbbbbbb'],
    codes: ['PCAPNG-BLOCK-PADDING'],
  },
  {
    name: 'a length that is no multiple of 4, not padded',
    in: `${SHB + IDB}77000000 0e000000 aabb 0e000000 ${B}`,
    out: ['bbbbbbbb'],
    codes: ['PCAPNG-BLOCK-PADDING'],
  },
  {
    name: 'an option longer than its block',
    in: `${SHB}01000000 1c000000 0100 0000 00000400 0200 ffff 65746830 1c000000${A}`,
    out: ['aaaaaaaa'],
    codes: ['PCAPNG-OPTION-LENGTH'],
  },
  {
    name: 'a time resolution of 10^-99',
    in: `${SHB}01000000 1c000000 0100 0000 00000400 0900 0100 63000000 1c000000${A}`,
    out: ['aaaaaaaa'],
    codes: ['PCAPNG-TSRESOL'],
  },
  {
    name: 'a snapshot length of 4 GB',
    in: SHB + IDB.replace('00000400', 'ffffffff') + A,
    out: ['aaaaaaaa'],
    codes: ['PCAPNG-SNAPLEN'],
  },
  {
    name: 'packets that the capture dropped',
    in: `${SHB + IDB + A}05000000 24000000 00000000 b0950500 00000100 0500 0800 0c00000000000000 24000000`,
    out: ['aaaaaaaa'],
    codes: ['PCAPNG-DROPPED'],
  },
];

describe('files as they come', () => {
  for (const c of cases) {
    test(c.name, async () => {
      for (const blockSize of [64, 4 << 20]) {
        const file = await readFile(unhex(c.in), { blockSize });
        expect(file.frames.map((f) => f.hex)).toEqual(c.out);
        expect(file.codes).toEqual(c.codes);
        expect(file.truncatedAt).toBe(c.truncatedAt ?? null);
      }
    });
  }

  test('a claimed length costs no memory', async () => {
    const claims = unhex(SHB + IDB + A + B.replace('24000000', '00000004'));
    const sizes: number[] = [];
    const source = fromBytes('test', claims);
    const read = (at: number, into: Uint8Array) => {
      sizes.push(into.length);
      return source.read(at, into);
    };
    await readSource({ ...source, read });
    expect(Math.max(...sizes)).toBeLessThanOrEqual(LIMITS.headBytes);
  });

  test('damage in too many places gives the file up', async () => {
    const one = `${A}eeeeeeee`;
    const file = await readFile(unhex(SHB + IDB + one.repeat(LIMITS.resyncs + 50)));
    expect(file.codes.at(-1)).toBe('PCAPNG-GIVEN-UP');
    expect(file.codes.filter((c) => c === 'PCAPNG-BLOCK-LENGTH')).toHaveLength(LIMITS.findingsPerCode);
    expect(file.codes).toContain('CAPTURE-FINDINGS-LIMIT');
    expect(file.frames).toHaveLength(LIMITS.resyncs + 1);
  });
});
