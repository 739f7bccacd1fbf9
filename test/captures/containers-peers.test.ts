// The same files through other programs. pcap-ng-parser reads one section, of options only the interface's name, and no
// classic pcap: it is compared with on what it can read.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PCAPNGParser from 'pcap-ng-parser';
import { afterAll, describe, expect, test } from 'vitest';
import { compressionOf } from '../../captures/compressed/layer.ts';
import { writePcap } from '../../captures/write/pcap.ts';
import { type WrittenBlock, type WrittenInterface, writePcapng } from '../../captures/write/pcapng.ts';
import { peer } from '../project/peers.ts';
import { fileSource, namesIn, sharedFolder } from '../support/shared.ts';
import { hex, type ReadFile, readFile, readSource, seeded, someFrames } from './containers.ts';

const folder = mkdtempSync(join(tmpdir(), 'otascope-containers-'));
afterAll(() => rmSync(folder, { recursive: true }));

const frames = someFrames(120, 31, 500);
const INTERFACES: WrittenInterface[] = [
  { linkType: 1, name: 'eth0', resolution: { base: 10, exponent: 9 } },
  { linkType: 101, name: 'tun0', resolution: { base: 10, exponent: 3 } },
  { linkType: 113, name: 'any', resolution: { base: 2, exponent: 20 } },
  { linkType: 1, name: 'moved', offset: 1_000_000_000n },
];
const packets = frames.map((f, i): WrittenBlock => ({ kind: 'packet', interface: i % INTERFACES.length, ...f }));
const made: Readonly<Record<string, Uint8Array>> = {
  'us-le.pcap': writePcap(frames, { linkType: 1 }),
  'us-be.pcap': writePcap(frames, { linkType: 113, byteOrder: 'big' }),
  'ns-le.pcap': writePcap(frames, { linkType: 101, resolution: 'ns' }),
  'ns-be.pcap': writePcap(frames, { linkType: 1, byteOrder: 'big', resolution: 'ns' }),
  'le.pcapng': writePcapng([{ comment: 'made', interfaces: INTERFACES, blocks: packets }]),
  'be.pcapng': writePcapng([{ byteOrder: 'big', interfaces: INTERFACES, blocks: packets }]),
  'sections.pcapng': writePcapng([
    { interfaces: INTERFACES, blocks: packets },
    { byteOrder: 'big', withLength: true, interfaces: INTERFACES, blocks: packets },
  ]),
};
for (const [name, bytes] of Object.entries(made)) writeFileSync(join(folder, name), bytes);

interface ParsedPacket {
  readonly interfaceId: number;
  readonly timestampHigh: number;
  readonly timestampLow: number;
  readonly data: Uint8Array;
}

async function parsed(bytes: Uint8Array): Promise<{ packets: ParsedPacket[]; linkTypes: number[] }> {
  const parser = new PCAPNGParser();
  const out: ParsedPacket[] = [];
  const linkTypes: number[] = [];
  parser.on('data', (p: ParsedPacket) => out.push(p));
  parser.on('interface', (i: { linkType: number }) => linkTypes.push(i.linkType));
  await new Promise<void>((resolve, reject) => {
    parser.on('close', resolve);
    parser.on('error', reject);
    parser.end(Buffer.from(bytes));
  });
  return { packets: out, linkTypes };
}

describe('pcap-ng-parser', () => {
  const plain = { linkType: 1, name: 'eth0' };
  const big = Array.from({ length: 4 }, (_, i) => someFrames(500, i, 1400)).flat();
  const files: Record<string, Uint8Array> = {
    'several interfaces': made['le.pcapng']!,
    '2000 packets': writePcapng([
      { interfaces: [plain], blocks: big.map((f): WrittenBlock => ({ kind: 'packet', interface: 0, ...f })) },
    ]),
    'other blocks between': writePcapng([
      { interfaces: [plain], blocks: [packets[0]!, { kind: 'other', type: 4, body: new Uint8Array(8) }, packets[4]!] },
    ]),
  };
  for (const [name, bytes] of Object.entries(files)) {
    test(name, async () => {
      const [ours, theirs] = [await readFile(bytes), await parsed(bytes)];
      expect(ours.frames.map((f) => f.hex)).toEqual(theirs.packets.map((p) => hex(p.data)));
      expect(ours.frames.map((f) => f.linkType)).toEqual(theirs.packets.map((p) => theirs.linkTypes[p.interfaceId]));
    });
  }

  const vectors = sharedFolder('vectors/pcapng', 'pcap-ng-parser with public pcapng files');
  if (vectors === null) test('shared vectors absent: not compared', () => expect(vectors).toBeNull());
  else {
    // Those of one section in which enhanced packet blocks are all there is to compare; it fails on some option lists.
    for (const name of ['le-test001.pcapng', 'le-test006.pcapng']) {
      test(name, async () => {
        const source = fileSource(join(vectors, name));
        const bytes = new Uint8Array(source.size ?? 0);
        await source.read(0, bytes);
        const [ours, theirs] = [await readFile(bytes), await parsed(bytes)];
        expect(ours.frames.map((f) => f.hex)).toEqual(theirs.packets.map((p) => hex(p.data)));
      });
    }
  }
});

const capinfos = peer('capinfos', 'wireshark-common', 'counts and times of captures');
if (capinfos !== undefined) {
  describe('capinfos', () => {
    const shared = sharedFolder('captures', 'capinfos with recorded captures');
    const paths = [
      ...Object.keys(made).map((name) => join(folder, name)),
      ...(shared === null
        ? []
        : namesIn(shared, '')
            .filter((n) => !n.endsWith('.json'))
            .map((n) => join(shared, n))),
    ];

    test(`counts and times of ${paths.length} files`, async () => {
      // It ends with an error where one file is cut off, and still reports all.
      const out = run(capinfos, ['-T', '-r', '-M', '-c', '-a', '-e', '-S', ...paths]);
      const rows = new Map(
        out
          .trim()
          .split('\n')
          .map((line) => [line.split('\t')[0]!, line.split('\t')]),
      );
      for (const path of paths) {
        const file = (await readSource(fileSource(path))) as ReadFile;
        const row = rows.get(path);
        // Custom and journal blocks count as packets there.
        if (row === undefined || /truncated-last|pcapng-blocks/.test(path)) continue;
        expect(file.frames.length, path).toBe(Number(row[1]));
        const times = file.frames.flatMap((f) => (f.time === null ? [] : [f.time]));
        if (times.length === 0) continue;
        times.sort((a, b) => Number(a - b));
        const [first, last] = [times[0]!, times.at(-1)!];
        expect(seconds(first).startsWith(row[2]!), `${path}: ${row[2]} ${seconds(first)}`).toBe(true);
        expect(seconds(last).startsWith(row[3]!), `${path}: ${row[3]} ${seconds(last)}`).toBe(true);
      }
    });
  });
}

const seconds = (t: bigint): string => `${t / 1_000_000_000n}.${String(t % 1_000_000_000n).padStart(9, '0')}`;

/** What a program writes, whatever it returns. */
function run(program: string, args: readonly string[], input?: Uint8Array): string {
  try {
    return execFileSync(program, args, { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'], maxBuffer: 1e8 });
  } catch (e) {
    return (e as { stdout: string }).stdout;
  }
}

const tshark = peer('tshark', 'tshark', 'the time of every frame');
if (tshark !== undefined) {
  describe('tshark', () => {
    for (const name of ['sections.pcapng', 'ns-be.pcap']) {
      test(`${name}: time, captured and original length of every frame`, async () => {
        const columns = ['frame.time_epoch', 'frame.cap_len', 'frame.len'].flatMap((f) => ['-e', f]);
        const out = run(tshark, ['-n', '-r', join(folder, name), '-T', 'fields', ...columns]);
        const file = await readFile(made[name]!);
        const ours = file.frames.map((f) => `${seconds(f.time!)}\t${f.hex.length / 2}\t${f.wireLength}`);
        expect(ours).toEqual(out.trim().split('\n'));
      });
    }
  });
}

const big = writePcap(
  someFrames(700, 8, 1400).flatMap((f, i, all) => [f, { ...f, bytes: all[(i * 7) % all.length]!.bytes }]),
  { linkType: 1 },
);
const compressors: [string, string, readonly (readonly string[])[]][] = [
  ['zstd', 'zstd', [['--fast=3'], ['-1'], ['-5'], ['-12'], ['-19'], ['-15', '--long=24'], ['--no-check', '-7']]],
  ['lz4', 'lz4', [['-1'], ['-3', '-BD', '-B4'], ['-9', '-B5', '-BX'], ['-12', '-BD', '-B7', '--no-frame-crc'], ['-l']]],
  ['gzip', 'gzip', [['-1'], ['-6'], ['-9']]],
];
for (const [program, from, options] of compressors) {
  const path = peer(program, from, `files compressed by ${program}`);
  if (path === undefined) continue;
  test(`${program}: ${options.length} ways to compress 1 MB`, async () => {
    const plain = await readFile(big);
    for (const way of options) {
      const packed = new Uint8Array(
        execFileSync(path, [...way, '-c'], { input: big, maxBuffer: 1e8, stdio: ['pipe', 'pipe', 'ignore'] }),
      );
      expect(compressionOf(packed), way.join(' ')).toBe(program);
      const file = await readFile(packed, { blockSize: 65536 });
      expect(file.codes, way.join(' ')).toEqual([]);
      expect(file.frames).toEqual(plain.frames);
    }
  }, 30_000);
}

test('a seed gives the same frames on every machine', () => {
  const random = seeded(1);
  expect([random(1000), random(1000), random(1000)]).toEqual([236, 369, 504]);
});
