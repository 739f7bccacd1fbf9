import { readdirSync, readFileSync } from 'node:fs';
import { constants, deflateRawSync, gzipSync } from 'node:zlib';
import { Gunzip } from 'fflate';
import { Decompress } from 'fzstd';
import { describe, expect, test } from 'vitest';
import { crc32 } from '../../captures/compressed/crc32.ts';
import { compressionOf, decompress } from '../../captures/compressed/layer.ts';
import { xxh32 } from '../../captures/compressed/xxh32.ts';
import { Xxh64 } from '../../captures/compressed/xxh64.ts';
import { FindingLog } from '../../captures/findinglog.ts';
import { createRandomAccess, openCapture } from '../../captures/open.ts';
import { fromBytes, type Source } from '../../captures/source.ts';
import { streamOf } from '../../captures/stream.ts';
import { hex, isUnreadable, pipeOf, type ReadFile, readFile, readSource, seeded, unhex } from './containers.ts';
import { mixed, repeating, small } from './plain.ts';

const folder = new URL('./fixtures/', import.meta.url);
const fixture = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, folder)));
const names = readdirSync(folder);
const plain = { mixed: mixed(), repeating: repeating(), small: small() };
const plainOf = (name: string): Uint8Array => plain[name.split('-')[0] as keyof typeof plain];

/** Everything a file decompresses to, and what was found. */
async function unpack(
  bytes: Uint8Array,
  budget?: { expandedBytes: number; expansionRatio: number },
  source: Source = fromBytes('test', bytes),
) {
  const log = new FindingLog();
  const compression = compressionOf(bytes);
  if (compression === undefined) throw new Error('not compressed');
  const stream = decompress(compression, streamOf(source, new Uint8Array(0), log), log, budget);
  const parts: Uint8Array[] = [];
  const into = new Uint8Array(10_000);
  for (let n = await stream.read(into); n > 0; n = await stream.read(into)) parts.push(into.slice(0, n));
  return { bytes: new Uint8Array(Buffer.concat(parts)), codes: log.list.map((f) => f.rule.code) };
}

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

describe('what zstd and lz4 wrote', () => {
  for (const name of names) {
    test(name, async () => {
      const out = await unpack(fixture(name));
      expect(out.codes).toEqual([]);
      expect(same(out.bytes, plainOf(name))).toBe(true);
      const file = await readFile(fixture(name), { blockSize: 4096 });
      expect(file.format).toBe(`pcap+${name.endsWith('zst') ? 'zstd' : 'lz4'}`);
      expect(file.codes).toEqual([]);
      expect(file.frames).toEqual((await readFile(plainOf(name))).frames);
      expect(file.consumed).toBe(fixture(name).length);
    });
  }

  test('fzstd reads the same octets', async () => {
    for (const name of names.filter((n) => n.endsWith('zst'))) {
      const parts: Uint8Array[] = [];
      new Decompress((part) => parts.push(part.slice())).push(fixture(name), true);
      expect(same((await unpack(fixture(name))).bytes, new Uint8Array(Buffer.concat(parts)))).toBe(true);
    }
  });
});

describe('gzip', () => {
  const { Z_DEFAULT_STRATEGY, Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE } = constants;
  for (const level of [0, 1, 6, 9]) {
    for (const strategy of [Z_DEFAULT_STRATEGY, Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE]) {
      test(`level ${level}, strategy ${strategy}`, async () => {
        for (const bytes of [plain.mixed, plain.repeating, new Uint8Array(0), Uint8Array.of(1)]) {
          const packed = new Uint8Array(gzipSync(bytes, { level, strategy }));
          const out = await unpack(packed);
          expect(out.codes).toEqual([]);
          expect(same(out.bytes, bytes)).toBe(true);
          const parts: Uint8Array[] = [];
          new Gunzip((part) => parts.push(part)).push(packed, true);
          expect(same(out.bytes, new Uint8Array(Buffer.concat(parts)))).toBe(true);
        }
      });
    }
  }

  test('in pieces that end anywhere', async () => {
    const packed = new Uint8Array(gzipSync(plain.mixed.subarray(0, 3000), { strategy: Z_HUFFMAN_ONLY }));
    for (let most = 1; most < 40; most++) {
      const whole = fromBytes('pieces', packed);
      const read = (at: number, into: Uint8Array) => whole.read(at, into.subarray(0, most));
      const out = await unpack(packed, undefined, { ...whole, size: null, live: true, read });
      expect(out.codes).toEqual([]);
      expect(same(out.bytes, plain.mixed.subarray(0, 3000))).toBe(true);
    }
  });

  const raw = (bytes: Uint8Array): Uint8Array => {
    const tail = new Uint8Array(8);
    new DataView(tail.buffer).setUint32(0, crc32(0, bytes), true);
    new DataView(tail.buffer).setUint32(4, bytes.length, true);
    return new Uint8Array(Buffer.concat([deflateRawSync(bytes), tail]));
  };
  const member = (header: string, bytes: Uint8Array) => new Uint8Array(Buffer.concat([unhex(header), raw(bytes)]));
  const [a, b] = [plain.mixed.subarray(0, 9000), plain.mixed.subarray(9000)];

  test('header fields are passed over: extra, name, comment, header checksum', async () => {
    const file = member('1f8b08 1e 00000000 00 03 0300 616263 6100 6200 ffff', plain.mixed);
    expect(await unpack(file)).toMatchObject({ codes: [] });
    expect(same((await unpack(file)).bytes, plain.mixed)).toBe(true);
  });

  test('several members are one file', async () => {
    const both = new Uint8Array(Buffer.concat([member('1f8b0800000000000003', a), gzipSync(b)]));
    expect((await unpack(both)).codes).toEqual([]);
    expect(same((await unpack(both)).bytes, plain.mixed)).toBe(true);
  });

  test('zeros or other octets behind the last member', async () => {
    for (const tail of ['0000000000', '68656c6c6f20776f726c6421']) {
      const file = new Uint8Array(Buffer.concat([gzipSync(plain.mixed), unhex(tail)]));
      expect((await unpack(file)).codes).toEqual(['GZIP-TRAILING']);
      expect(same((await unpack(file)).bytes, plain.mixed)).toBe(true);
    }
  });

  test('a wrong checksum or length is said and changes nothing', async () => {
    for (const back of [8, 4]) {
      const file = new Uint8Array(gzipSync(plain.mixed));
      file[file.length - back]! ^= 1;
      expect(await unpack(file)).toMatchObject({ codes: ['GZIP-CHECKSUM'] });
      expect(same((await unpack(file)).bytes, plain.mixed)).toBe(true);
    }
  });
});

describe('damage', () => {
  const files: [string, Uint8Array][] = [
    ['gzip', new Uint8Array(gzipSync(plain.small))],
    ['gzip, stored', new Uint8Array(gzipSync(plain.small, { level: 0 }))],
    ['gzip, fixed codes', new Uint8Array(gzipSync(plain.small, { strategy: constants.Z_FIXED }))],
    ['zstd', fixture('small-3.zst')],
    ['zstd, two frames', fixture('small-frames.zst')],
    ['lz4', fixture('small-1.lz4')],
    ['lz4, two frames', fixture('small-frames.lz4')],
  ];
  for (const [name, bytes] of files) {
    test(`${name}, cut at every octet: what is before is read, and the cut is said`, async () => {
      const whole = await unpack(bytes);
      let before = 0;
      for (let n = 4; n < bytes.length; n++) {
        const part = bytes.subarray(0, n);
        if (compressionOf(part) === undefined) continue;
        const out = await unpack(part);
        if (!same(out.bytes, whole.bytes.subarray(0, out.bytes.length))) throw new Error(`cut at ${n}: other octets`);
        if (out.bytes.length < before) throw new Error(`cut at ${n}: fewer octets than one octet before`);
        const betweenFrames = out.codes.length === 0 && out.bytes.length > 0;
        if (!betweenFrames && !/-CUT$/.test(out.codes.join())) throw new Error(`cut at ${n}: ${out.codes.join()}`);
        before = out.bytes.length;
      }
    });

    test(`${name}, every octet changed: never other data without a word`, async () => {
      const whole = await unpack(bytes);
      const random = seeded(1);
      for (let at = 0; at < bytes.length; at++) {
        const broken = bytes.slice();
        broken[at]! ^= 1 << random(8);
        if (compressionOf(broken) === undefined) continue;
        const out = await unpack(broken);
        if (out.codes.length === 0 && !same(out.bytes, whole.bytes)) throw new Error(`octet ${at} changed: silence`);
      }
    });
  }

  const cases: { name: string; in: string; codes: string[]; out?: string }[] = [
    {
      name: 'gzip: stored block whose lengths disagree',
      in: '1f8b0800000000000003 01 0300 0000 616263 0000000000000000',
      codes: ['GZIP-DAMAGED'],
    },
    {
      name: 'gzip: a block of the reserved type',
      in: '1f8b0800000000000003 07 000000000000000000',
      codes: ['GZIP-DAMAGED'],
    },
    { name: 'gzip: reserved flags', in: '1f8b08e0000000000003 0300 0000000000000000', codes: ['GZIP-DAMAGED'] },
    {
      name: 'gzip: a distance beyond the start',
      in: '1f8b0800000000000003 4b4c 0412 00 00000000 00000000',
      codes: ['GZIP-DAMAGED'],
      out: '6161',
    },
    { name: 'zstd: an RLE block', in: '28b52ffd 20 03 1b0000 61', codes: [], out: '616161' },
    { name: 'zstd: a raw block', in: '28b52ffd 20 03 190000 616263', codes: [], out: '616263' },
    { name: 'zstd: a block of the reserved type', in: '28b52ffd 20 03 1f0000 616263', codes: ['ZSTD-DAMAGED'] },
    { name: 'zstd: a window of 3 GB', in: '28b52ffd 00 b4 190000 616263', codes: ['ZSTD-WINDOW'] },
    {
      name: 'zstd: content of 2^63 octets in one segment',
      in: '28b52ffd e0 00000000000000ff 190000 616263',
      codes: ['ZSTD-WINDOW'],
    },
    { name: 'zstd: a dictionary', in: '28b52ffd 21 07 03 190000 616263', codes: ['ZSTD-DICTIONARY'] },
    {
      name: 'zstd: Huffman weights whose states need no bits (hangs fzstd 0.1.1)',
      in: '28b52ffd 20 10 5d0000 02c101 06f00300000001 00 00000000',
      codes: ['ZSTD-DAMAGED'],
    },
    {
      name: 'zstd: skippable frame of 4 GB',
      in: '28b52ffd 20 03 190000 616263 502a4d18 ffffffff 00',
      codes: ['ZSTD-CUT'],
      out: '616263',
    },
    {
      name: 'zstd: other octets behind the frame',
      in: '28b52ffd 20 03 190000 616263 ffffffff',
      codes: ['COMPRESSED-TRAILING'],
      out: '616263',
    },
    {
      name: 'lz4: a plain block without checksums',
      in: '04224d18 60 40 82 03000080 616263 00000000',
      codes: [],
      out: '616263',
    },
    {
      name: 'lz4: a wrong header checksum',
      in: '04224d18 60 40 00 03000080 616263 00000000',
      codes: ['LZ4-CHECKSUM'],
      out: '616263',
    },
    { name: 'lz4: a block longer than its frame allows', in: '04224d18 60 40 82 01000180 61', codes: ['LZ4-DAMAGED'] },
    {
      name: 'lz4: an offset beyond the start',
      in: '04224d18 60 40 82 05000000 10 61 0900 00 00000000',
      codes: ['LZ4-DAMAGED'],
    },
    {
      name: 'lz4: a dictionary',
      in: '04224d18 61 40 07000000 00 03000080 616263 00000000 ffffffff',
      codes: ['LZ4-CHECKSUM', 'LZ4-DICTIONARY'],
    },
    { name: 'lz4: offset 0', in: '04224d18 60 40 82 05000000 10 61 0000 00 00000000', codes: ['LZ4-DAMAGED'] },
  ];
  for (const c of cases) {
    test(c.name, async () => {
      const out = await unpack(unhex(c.in));
      expect(out.codes).toEqual(c.codes);
      expect(hex(out.bytes)).toBe(c.out ?? '');
    });
  }

  test('more than the budget comes out: reading ends and says so', async () => {
    const bomb = new Uint8Array(gzipSync(new Uint8Array(20 << 20)));
    const out = await unpack(bomb, { expandedBytes: 1 << 20, expansionRatio: 100 });
    expect(out.codes).toEqual(['COMPRESSED-EXPANSION']);
    expect(out.bytes.length).toBeLessThan(3 << 20);
    expect((await unpack(bomb)).codes).toEqual([]);
  });

  test('a damaged capture inside good compression is mended as any other', async () => {
    const broken = plain.mixed.slice();
    const whole = await readFile(plain.mixed);
    broken.fill(0xee, whole.frames[9]!.offset - 16, whole.frames[9]!.offset);
    const file = await readFile(new Uint8Array(gzipSync(broken)));
    expect(file.codes).toEqual(['PCAP-RECORD-DAMAGED']);
    expect(file.frames).toHaveLength(whole.frames.length - 1);
  });
});

describe('layers', () => {
  const gz = (b: Uint8Array) => new Uint8Array(gzipSync(b));

  test('two layers are opened, three are refused', async () => {
    expect((await readFile(gz(fixture('mixed-1.zst')))).format).toBe('pcap+zstd+gzip');
    expect((await readFile(gz(gz(plain.mixed)))).frames).toEqual((await readFile(plain.mixed)).frames);
    expect(await openCapture(fromBytes('test', gz(gz(gz(plain.mixed)))))).toMatchObject({
      unreadable: true,
      looksLike: 'gzip data in gzip in gzip data',
    });
  });

  test('a compressed log is a log', async () => {
    const log = '+CMT: ,24\r\n07911326040000F0040B911346610089F60000208062917314080CC8F71D14969741F977FD07\r\n';
    const reader = await openCapture(fromBytes('test', gz(new TextEncoder().encode(log))));
    if (isUnreadable(reader)) throw new Error(reader.looksLike);
    expect(reader.format).toMatch(/\+gzip$/);
  });

  test('something else inside is named with its layer', async () => {
    const zip = gz(unhex('504b0304 14000000'));
    expect(await openCapture(fromBytes('test', zip))).toMatchObject({
      looksLike: expect.stringMatching(/^gzip data that holds a ZIP archive/),
    });
  });

  test('a pipe that gives 3 octets at a time', async () => {
    const whole = await readFile(plain.mixed);
    for (const name of ['mixed-1.zst', 'mixed-frames.lz4']) {
      expect(((await readSource(pipeOf(fixture(name), 3))) as ReadFile).frames).toEqual(whole.frames);
    }
  });

  test('octets by position, in any order', async () => {
    const random = seeded(3);
    const big = new Uint8Array(Buffer.concat(Array.from({ length: 8 }, () => plain.repeating)));
    for (const file of [gz(big), big, gz(gz(big))]) {
      const access = await createRandomAccess(fromBytes('test', file));
      for (let i = 0; i < 20; i++) {
        const at = random(big.length);
        const n = random(3000);
        if (file === big || i < 20) expect(same(await access.read(at, n), big.subarray(at, at + n))).toBe(true);
      }
      expect(await access.read(big.length + 5, 10)).toHaveLength(0);
      expect(same(await access.read(0, 24), big.subarray(0, 24))).toBe(true);
      const several = await Promise.all([access.read(3_000_000, 9), access.read(5, 9), access.read(big.length - 4, 9)]);
      expect(several.map((p) => p.length)).toEqual([9, 9, 4]);
    }
  }, 30_000);
});

describe('checksums', () => {
  const nine = new TextEncoder().encode('123456789');
  const text = new TextEncoder().encode('Nobody inspects the spammish repetition');

  test('published check values', () => {
    expect(crc32(0, nine)).toBe(0xcbf43926);
    expect(xxh32(new Uint8Array(0))).toBe(0x02cc5d05);
    expect(xxh32(text)).toBe(0xe2293b2f);
    const h = new Xxh64();
    expect(new Xxh64().digest()).toBe(0x51d8e999);
    h.update(text);
    expect(h.digest()).toBe(0x8a378bf1);
  });

  test('data in pieces gives the same', () => {
    const random = seeded(9);
    const [whole, pieces] = [new Xxh64(), new Xxh64()];
    whole.update(plain.mixed);
    let crc = 0;
    for (let at = 0; at < plain.mixed.length; ) {
      const part = plain.mixed.subarray(at, at + 1 + random(70));
      pieces.update(part);
      crc = crc32(crc, part);
      at += part.length;
    }
    expect(pieces.digest()).toBe(whole.digest());
    expect(crc).toBe(crc32(0, plain.mixed));
  });
});
