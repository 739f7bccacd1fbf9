import { describe, expect, test } from 'vitest';
import { fromBytes } from '../../captures/source.ts';
import { writePcap } from '../../captures/write/pcap.ts';
import { hex, pipeOf, readFile, readSource, someFrames, unhex } from './containers.ts';

const frames = someFrames(40, 7);
const down = (time: bigint, unit: bigint) => (time / unit) * unit;

describe('what is written is read', () => {
  for (const byteOrder of ['little', 'big'] as const) {
    for (const resolution of ['us', 'ns'] as const) {
      test(`${byteOrder}-endian, ${resolution}`, async () => {
        const file = await readFile(writePcap(frames, { linkType: 113, byteOrder, resolution }));
        expect(file.format).toBe('pcap');
        expect(file.variant).toBe(`${resolution === 'us' ? 'microseconds' : 'nanoseconds'}, ${byteOrder}-endian`);
        expect(file.codes).toEqual([]);
        expect(file.frames.map((f) => f.hex)).toEqual(frames.map((f) => hex(f.bytes)));
        expect(file.frames.map((f) => f.time)).toEqual(
          frames.map((f) => down(f.time, resolution === 'us' ? 1000n : 1n)),
        );
        expect(new Set(file.frames.map((f) => f.linkType))).toEqual(new Set([113]));
        expect(file.frames.map((f) => f.number)).toEqual(frames.map((_, i) => i + 1));
      });
    }
  }

  test('offsets are positions in the file', async () => {
    const bytes = writePcap(frames, { linkType: 1 });
    for (const f of (await readFile(bytes, { blockSize: 128 })).frames) {
      expect(hex(bytes.subarray(f.offset, f.offset + f.hex.length / 2))).toBe(f.hex);
    }
  });

  test('a frame cut by the snapshot length keeps its length on the wire', async () => {
    const one = { time: 5n, bytes: new Uint8Array(96), wireLength: 1400 };
    expect((await readFile(writePcap([one], { linkType: 1 }))).frames[0]).toMatchObject({ wireLength: 1400 });
  });

  test('times before the first frame count backwards', async () => {
    const [a, b] = [frames[0]!, { ...frames[1]!, time: frames[0]!.time - 3_000_000_001n }];
    const file = await readFile(writePcap([a, b], { linkType: 1, resolution: 'ns' }));
    expect(file.frames.map((f) => f.time)).toEqual([a.time, b.time]);
  });
});

describe('every way of reading gives the same', () => {
  const file = writePcap(someFrames(300, 11, 900), { linkType: 1, resolution: 'ns' });
  for (const blockSize of [64, 1000, 1024, 4096, 65536, 4 << 20]) {
    test(`blocks of ${blockSize}`, async () => {
      expect((await readFile(file, { blockSize })).frames).toEqual((await readFile(file)).frames);
    });
  }
  test('a pipe that gives 7 octets at a time', async () => {
    expect(await readSource(pipeOf(file, 7))).toMatchObject({ frames: (await readFile(file)).frames });
  });
});

const LE = 'd4c3b2a1 0200 0400 00000000 00000000 00000400 01000000';
const BE = 'a1b2c3d4 0002 0004 00000000 00000000 00040000 00000001';
/** Record headers at 0x6a000000 s: microseconds, captured, original. */
const rec = (us: string, captured: string, original: string, data: string) =>
  `0000006a ${us} ${captured} ${original} ${data}`;
const A = rec('01000000', '04000000', '04000000', 'aaaaaaaa');
const B = rec('02000000', '02000000', '02000000', 'bbbb');
const C = rec('03000000', '03000000', '05000000', 'cccccc');
const D = rec('04000000', '01000000', '01000000', 'dd');

const cases: { name: string; in: string; out: string[]; codes: string[]; truncatedAt?: number }[] = [
  { name: 'a header alone', in: LE, out: [], codes: [] },
  { name: 'three records', in: LE + A + B + C, out: ['aaaaaaaa', 'bbbb', 'cccccc'], codes: [] },
  {
    name: 'cut inside the data',
    in: `${LE + A + B}0000006a 03000000 03000000 05000000 cc`,
    out: ['aaaaaaaa', 'bbbb'],
    codes: ['PCAP-CUT'],
    truncatedAt: 62,
  },
  {
    name: 'cut inside a record header',
    in: `${LE + A}0000006a 0300`,
    out: ['aaaaaaaa'],
    codes: ['PCAP-CUT'],
    truncatedAt: 44,
  },
  { name: 'cut inside the file header', in: LE.slice(0, 30), out: [], codes: ['PCAP-HEADER-CUT'], truncatedAt: 13 },
  {
    name: 'a record of 4 GB',
    in: LE + A + rec('02000000', 'ffffffff', 'ffffffff', 'bbbb') + C + D,
    out: ['aaaaaaaa', 'cccccc', 'dd'],
    codes: ['PCAP-RECORD-DAMAGED'],
  },
  {
    name: 'a record of 1 MB that is not there',
    in: LE + A + rec('02000000', '00001000', '00001000', 'bbbb') + C + D,
    out: ['aaaaaaaa', 'cccccc', 'dd'],
    codes: ['PCAP-RECORD-DAMAGED'],
  },
  {
    name: 'a length that swallows the next record',
    in: LE + A + rec('02000000', '0b000000', '0b000000', 'bbbb') + C + D + A + B,
    out: ['aaaaaaaa', 'bbbb0000006a03000000 03'.replaceAll(' ', ''), 'cccccc', 'dd', 'aaaaaaaa', 'bbbb'],
    codes: ['PCAP-RECORD-DAMAGED'],
  },
  {
    name: 'a length that is too short',
    in: LE + A + B + rec('01000000', '04000000', '08000000', 'aaaaaaaa ffffffff') + C + D,
    out: ['aaaaaaaa', 'bbbb', 'aaaaaaaa', 'cccccc', 'dd'],
    codes: ['PCAP-RECORD-DAMAGED'],
  },
  {
    name: 'zeros behind the last record',
    in: LE + A + B + '00'.repeat(64),
    out: ['aaaaaaaa', 'bbbb'],
    codes: ['PCAP-RECORD-DAMAGED'],
  },
  {
    name: 'a fraction beyond a second, records go on',
    in: LE + A + rec('ffffff7f', '02000000', '02000000', 'bbbb') + C,
    out: ['aaaaaaaa', 'bbbb', 'cccccc'],
    codes: ['PCAP-TIME-FRACTION'],
  },
  {
    name: 'original length below the captured one',
    in: LE + A + rec('02000000', '02000000', '01000000', 'bbbb'),
    out: ['aaaaaaaa', 'bbbb'],
    codes: ['PCAP-ORIGINAL-LENGTH'],
  },
  {
    name: 'snapshot length 0',
    in: LE.replace('00000400 0100', '00000000 0100') + A,
    out: ['aaaaaaaa'],
    codes: ['PCAP-SNAPLEN'],
  },
  {
    name: 'snapshot length 0xffffffff',
    in: LE.replace('00000400 0100', 'ffffffff 0100') + A,
    out: ['aaaaaaaa'],
    codes: ['PCAP-SNAPLEN'],
  },
  {
    name: 'a frame check sequence of 4 octets',
    in: LE.replace('01000000', '01000024') + A,
    out: ['aaaaaaaa'],
    codes: ['PCAP-FCS'],
  },
  {
    name: 'reserved bits beside the link type',
    in: LE.replace('01000000', '01000108') + A,
    out: ['aaaaaaaa'],
    codes: ['PCAP-LINKTYPE-RESERVED'],
  },
  {
    name: 'two files behind one another',
    in: LE + A + B + LE + C,
    out: ['aaaaaaaa', 'bbbb', 'cccccc'],
    codes: ['PCAP-CONCATENATED'],
  },
  {
    name: 'another byte order behind the first',
    in: `${LE + A + BE}6a000000 00000001 00000002 00000002 eeee`,
    out: ['aaaaaaaa', 'eeee'],
    codes: ['PCAP-CONCATENATED'],
  },
  {
    name: 'version 2.2: lengths in the other order',
    in: LE.replace('0200 0400', '0200 0200') + rec('01000000', '05000000', '03000000', 'cccccc') + B,
    out: ['cccccc', 'bbbb'],
    codes: ['PCAP-VERSION'],
  },
  {
    name: 'version 2.3: the smaller length is the captured one',
    in: LE.replace('0200 0400', '0200 0300') + rec('01000000', '05000000', '03000000', 'cccccc') + C,
    out: ['cccccc', 'cccccc'],
    codes: ['PCAP-VERSION'],
  },
];

describe('files as they come', () => {
  for (const c of cases) {
    test(c.name, async () => {
      const bytes = unhex(c.in);
      for (const blockSize of [64, 4 << 20]) {
        const file = await readFile(bytes, { blockSize });
        expect(file.frames.map((f) => f.hex)).toEqual(c.out);
        expect(file.codes).toEqual(c.codes);
        expect(file.truncatedAt).toBe(c.truncatedAt ?? null);
      }
    });
  }

  test('damage in the middle of many records loses one', async () => {
    const many = someFrames(2000, 3, 700);
    const bytes = writePcap(many, { linkType: 1 });
    const whole = await readFile(bytes);
    for (const victim of [1, 700, 1998]) {
      const broken = bytes.slice();
      broken.fill(0xee, whole.frames[victim]!.offset - 16, whole.frames[victim]!.offset);
      const file = await readFile(broken, { blockSize: 4096 });
      expect(file.codes).toEqual(['PCAP-RECORD-DAMAGED']);
      expect(file.frames.map((f) => f.hex)).toEqual(whole.frames.filter((_, i) => i !== victim).map((f) => f.hex));
    }
  });

  test('a frame longer than a block, and than capture programs write', async () => {
    const long = { time: frames[0]!.time, bytes: new Uint8Array(3 << 20).fill(7) };
    const file = await readFile(writePcap([frames[0]!, long, frames[1]!], { linkType: 1 }), { blockSize: 4096 });
    expect(file.codes).toEqual(['PCAP-RECORD-LONG']);
    expect(file.frames.map((f) => f.hex.length / 2)).toEqual([frames[0]!, long, frames[1]!].map((f) => f.bytes.length));
  });
});

describe('variants of the record header', () => {
  const records = (header: number, extra: number) => {
    const parts = [unhex(LE)];
    new DataView(parts[0]!.buffer).setUint32(0, header, true);
    for (const f of frames.slice(0, 10)) {
      const record = new Uint8Array(16 + extra + f.bytes.length).fill(0x11, 16, 16 + extra);
      const view = new DataView(record.buffer);
      view.setUint32(0, Number(f.time / 1_000_000_000n), true);
      view.setUint32(4, Number((f.time % 1_000_000_000n) / 1000n), true);
      view.setUint32(8, f.bytes.length, true);
      view.setUint32(12, f.bytes.length, true);
      record.set(f.bytes, 16 + extra);
      parts.push(record);
    }
    return new Uint8Array(Buffer.concat(parts));
  };
  const variants = [
    { name: 'Kuznetzov, 24 octets', magic: 0xa1b2cd34, extra: 8 },
    { name: 'Kuznetzov with SMP fields, 28 octets', magic: 0xa1b2cd34, extra: 12 },
    { name: 'standard magic with 24 octets', magic: 0xa1b2c3d4, extra: 8 },
    { name: 'Nokia IPSO, 20 octets', magic: 0xa1b2c3d4, extra: 4 },
  ];
  for (const v of variants) {
    test(v.name, async () => {
      const file = await readFile(records(v.magic, v.extra));
      expect(file.codes).toEqual(['PCAP-VARIANT']);
      expect(file.variant).toContain(`record headers of ${16 + v.extra} octets`);
      expect(file.frames.map((f) => f.hex)).toEqual(frames.slice(0, 10).map((f) => hex(f.bytes)));
      expect(file.frames.map((f) => f.time)).toEqual(frames.slice(0, 10).map((f) => down(f.time, 1000n)));
    });
  }

  test('IXIA: a total length behind the file header', async () => {
    const plain = writePcap(frames, { linkType: 1, resolution: 'ns' });
    const bytes = new Uint8Array(Buffer.concat([plain.subarray(0, 24), unhex('99999999'), plain.subarray(24)]));
    bytes.set(unhex('ac01001c'));
    const file = await readFile(bytes);
    expect(file.frames.map((f) => f.time)).toEqual(frames.map((f) => f.time));
  });

  test('AIX: interface types instead of link types, nanoseconds', async () => {
    const bytes = writePcap(frames, { linkType: 6, resolution: 'ns' });
    bytes.set(unhex('d4c3b2a1 0200 0200'));
    for (let at = 24; at < bytes.length; ) {
      const length = new DataView(bytes.buffer).getUint32(at + 8, true);
      at += 16 + length;
    }
    const file = await readFile(bytes);
    expect(file.codes).toEqual(['PCAP-VERSION', 'PCAP-VARIANT']);
    expect(file.frames[0]).toMatchObject({ linkType: 1, time: frames[0]!.time });
  });
});

test('the borrowed octets of a batch outlive the next one', async () => {
  const { openCapture } = await import('../../captures/open.ts');
  const bytes = writePcap(someFrames(400, 5), { linkType: 1 });
  const expected = (await readFile(bytes)).frames.map((f) => f.hex);
  const reader = await openCapture(fromBytes('test', bytes), { blockSize: 512 });
  if ('unreadable' in reader) throw new Error(reader.looksLike);
  const seen: string[] = [];
  let before: (() => string[]) | null = null;
  for await (const batch of reader.batches()) {
    if (before !== null) seen.push(...before());
    if (batch.kind !== 'frames') throw new Error('records');
    before = () =>
      Array.from(batch.start.subarray(0, batch.count), (at, i) => hex(batch.bytes.subarray(at, at + batch.length[i]!)));
  }
  expect([...seen, ...(before?.() ?? [])]).toEqual(expected);
});
