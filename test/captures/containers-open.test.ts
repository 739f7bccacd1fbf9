import { describe, expect, test } from 'vitest';
import { FindingLog, LOG_RULES } from '../../captures/findinglog.ts';
import { LIMITS } from '../../captures/limits.ts';
import { openCapture } from '../../captures/open.ts';
import { fromBytes } from '../../captures/source.ts';
import { writePcap } from '../../captures/write/pcap.ts';
import { isUnreadable, readAll, someFrames, unhex } from './containers.ts';

const open = (bytes: Uint8Array, name = 'x.pcap') => openCapture(fromBytes(name, bytes));
const text = (s: string): Uint8Array => new TextEncoder().encode(s);
const at = (position: number, bytes: Uint8Array): Uint8Array => {
  const out = new Uint8Array(position + bytes.length + 100);
  out.set(bytes, position);
  return out;
};

describe('what is not read is named', () => {
  const cases: [string, Uint8Array, RegExp, RegExp?][] = [
    ['nothing', new Uint8Array(0), /^an empty file$/],
    ['zeros', new Uint8Array(4096), /^a file of zeros$/],
    ['ZIP', unhex('504b0304 1400 0000'), /ZIP archive/, /unpack/i],
    ['7z', unhex('377abcaf271c 0004'), /7-Zip/, /unpack/i],
    ['RAR', text('Rar!\x1a\x07\x01\0'), /RAR/, /unpack/i],
    ['xz', unhex('fd377a585a00 0004'), /xz/, /xz -d/],
    ['bzip2', text('BZh91AY&SY'), /bzip2/, /bzip2 -d/],
    ['tar', at(257, text('ustar\x0000')), /tar archive/, /unpack/i],
    ['PNG', unhex('89504e470d0a1a0a 0000000d'), /PNG/],
    ['JPEG', unhex('ffd8ffe0 0010 4a464946'), /JPEG/],
    ['PDF', text('%PDF-1.7\n%\xff\xff'), /PDF/, /paste/],
    ['SQLite', text('SQLite format 3\0\x10\0'), /SQLite/, /export/i],
    ['ELF', unhex('7f454c46 02010100'), /ELF/],
    ['old office', unhex('d0cf11e0a1b11ae1 0000'), /office/, /CSV/],
    ['snoop', text('snoop\0\0\0\0\0\0\x02'), /snoop/, /editcap/],
    ['btsnoop', text('btsnoop\0\0\0\0\x01'), /btsnoop/],
    ['Network Monitor', text('GMBU\0\x02'), /Network Monitor/, /editcap/],
    ['EyeSDN', text('EyeSDN\r\n'), /EyeSDN/, /editcap/],
    ['iptrace', text('iptrace 2.0'), /iptrace/, /editcap/],
    ['Parquet', text('PAR1\x15\x04\x15'), /Parquet/],
    [
      'PDML',
      text('<?xml version="1.0"?>\n<?xml-stylesheet href="x"?>\n<!-- made by tshark -->\n<pdml version="0">'),
      /PDML/,
    ],
    ['octets without a name', unhex('deadbeef 00ff00ff 8899aabb 01020304 05060708'), /nothing known/],
  ];
  for (const [name, bytes, looksLike, readBy] of cases) {
    test(name, async () => {
      const r = await open(bytes);
      if (!isUnreadable(r)) throw new Error(`read as ${r.format}`);
      expect(r.looksLike).toMatch(looksLike);
      expect(r.readBy ?? '').toMatch(readBy ?? /^/);
      expect(r.firstBytes).not.toMatch(/[^\x20-\x7e]/);
    });
  }

  test('ERF records', async () => {
    const record = unhex('00000000 0000006a 02 00 0020 0000 0010 0000 000102030405060708090a0b0c0d');
    expect(await open(new Uint8Array(Buffer.concat(Array.from({ length: 5 }, () => record))))).toMatchObject({
      looksLike: 'an ERF capture',
    });
  });

  test('first bytes are shown as hex and text', async () => {
    expect(await open(text('SQLite format 3\0'))).toMatchObject({
      firstBytes: '53 51 4c 69 74 65 20 66 6f 72 6d 61 74 20 33 00 "SQLite format 3."',
    });
  });
});

describe('the content decides, not the name', () => {
  const bytes = writePcap(someFrames(3, 1), { linkType: 1 });
  for (const name of ['x.pcapng', 'x.log', 'x.gz', 'noname', 'x.PNG']) {
    test(name, async () => expect(await open(bytes, name)).toMatchObject({ format: 'pcap' }));
  }
});

test('findings have a budget, and say so', () => {
  const log = new FindingLog();
  const rules = Array.from({ length: 40 }, (_, i) => ({ ...LOG_RULES.readFailed, code: `X-${i}` }));
  for (let round = 0; round < 60; round++) for (const rule of rules) log.add(rule, round, 0, 'again');
  expect(log.list).toHaveLength(LIMITS.findings + 1);
  expect(log.list.at(-1)!.message).toBe(`${LIMITS.findings} findings are listed, those from here on are not`);
  const one = new FindingLog();
  for (let i = 0; i < 1000; i++) one.add(rules[0]!, i, 0, 'again');
  expect(one.list).toHaveLength(LIMITS.findingsPerCode + 1);
  expect(one.list.at(-1)!.message).toContain('X-0');
});

describe('sources that fail or are stopped', () => {
  const bytes = writePcap(someFrames(500, 2, 400), { linkType: 1 });

  test('a device that fails in the middle: a finding, and what was read stays', async () => {
    const whole = fromBytes('disk', bytes);
    const source = {
      ...whole,
      async read(at: number, into: Uint8Array): Promise<number> {
        if (at >= 70_000) throw new Error('EIO');
        return whole.read(at, into.subarray(0, Math.max(1, 70_000 - at)));
      },
    };
    const reader = await openCapture(source, { blockSize: 8192 });
    if (isUnreadable(reader)) throw new Error(reader.looksLike);
    const file = await readAll(reader);
    expect(file.codes).toEqual(['CAPTURE-READ-FAILED', 'PCAP-CUT']);
    expect(file.findings[0]!.message).toBe('disk could not be read beyond octet 70000: EIO');
    expect(file.frames.length).toBeGreaterThan(200);
  });

  test('a device that fails at once: in its own words', async () => {
    const source = { name: 'disk', size: 9, read: () => Promise.reject(new Error('EIO')) };
    await expect(openCapture(source)).rejects.toThrow('EIO');
  });

  test('a signal ends the batches without a finding', async () => {
    const signal = { aborted: false };
    const reader = await openCapture(fromBytes('x', bytes), { blockSize: 1024, signal });
    if (isUnreadable(reader)) throw new Error(reader.looksLike);
    let frames = 0;
    for await (const batch of reader.batches()) {
      if (batch.kind === 'frames') frames += batch.count;
      signal.aborted = true;
    }
    expect(frames).toBeLessThan(300);
    expect(reader.findings).toEqual([]);
    expect(reader.truncatedAt).toBeNull();
  });
});
