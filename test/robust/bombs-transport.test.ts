// Captures that grow while they are read: containers, segments and fragments, parts of messages, times.

import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { xxh32 } from '../../captures/compressed/xxh32.ts';
import { chunk, data, init, m3ua, sctp, frame as sctpFrame, u8, xudt } from '../sigtran/build.ts';
import { submit } from '../smpp/build.ts';
import { eth, fragment6, ipv4, ipv6, join, SYN, tcp, u32, udp } from '../stack/build.ts';
import { type Blast, capture, explode, MEGABYTES, SECONDS } from './bomb.ts';

const sane = (out: Blast, codes: readonly string[]): void => {
  expect(out.seconds, `${out.seconds} s of processor time`).toBeLessThan(SECONDS);
  expect(out.megabytes, `${out.megabytes} MB`).toBeLessThan(MEGABYTES);
  expect(out.times.filter((t) => !Number.isNaN(t) && !Number.isFinite(t))).toEqual([]);
  for (const c of codes) expect([...out.codes]).toContain(c);
};

const repeated = (b: Uint8Array, times: number): Uint8Array => {
  const out = new Uint8Array(b.length * times);
  for (let i = 0; i < times; i += 1) out.set(b, i * b.length);
  return out;
};
const le32 = (v: number): Uint8Array => new Uint8Array(new Uint32Array([v]).buffer);
const PCAP = join('d4c3b2a1 0200 0400 00000000 00000000 00000400 01000000');

describe('decompression', () => {
  const zeros = new Uint8Array(64 << 20);
  const gzip64 = new Uint8Array(gzipSync(join(PCAP, zeros), { level: 9 }));
  const member = new Uint8Array(gzipSync(zeros, { level: 9 }));

  test('gzip: 4 GB of zeros in 4 MB', async () => {
    const out = await explode(join(gzip64, repeated(member, 64)));
    sane(out, ['COMPRESSED-EXPANSION']);
  });
  test('gzip in gzip: 1 GB in some kilobytes', async () => {
    const inner = join(gzip64, repeated(member, 15));
    sane(await explode(new Uint8Array(gzipSync(inner, { level: 9 }))), ['COMPRESSED-EXPANSION']);
  });
  test('zstd: 4 GB of repeated octets in 130 KB', async () => {
    // RFC 8878 3.1.1.2: blocks of 128 KiB that repeat one octet, the last one marked.
    const blocks = 32_768;
    const head = join('28b52ffd 00 38', le32((PCAP.length << 3) | 0).subarray(0, 3), PCAP);
    const body = new Uint8Array(blocks * 4);
    for (let i = 0; i < blocks; i += 1)
      body.set([...le32((0x20000 << 3) | 2 | (i === blocks - 1 ? 1 : 0)).subarray(0, 3), 0], 4 * i);
    sane(await explode(join(head, body)), ['COMPRESSED-EXPANSION']);
  });
  test('lz4: 1 GB in 4 MB', async () => {
    // One literal, then a match of 4 MB at distance 1, in blocks of 4 MB (block independence, no checksums).
    const match = new Uint8Array(16_448).fill(0xff);
    const block = join('1f 00 0100', match, '00', '50 0000000000');
    const one = join(le32(block.length), block);
    sane(
      await explode(
        join(
          '04224d18 60 70',
          u8((xxh32(join('60 70')) >>> 8) & 0xff),
          join(le32((0x8000_0000 | PCAP.length) >>> 0), PCAP),
          repeated(one, 250),
          '00000000',
        ),
      ),
      ['COMPRESSED-EXPANSION'],
    );
  });
});

describe('containers', () => {
  const SHB = join('0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000');
  const IDB = join('01000000 14000000 0100 0000 00000000 14000000');
  test('pcapng: a block of 4 GB', async () => {
    const out = await explode(join(SHB, IDB, '06000000 fcffffff', new Uint8Array(40)));
    expect([...out.codes].some((c) => c.startsWith('PCAPNG-'))).toBe(true);
    sane(out, []);
  });
  test('pcapng: 50,000 blocks of 4 GB, one after the other', async () => {
    const one = join('06000000 fcffffff 00000000 00000000 00000000 ffffffff ffffffff fcffffff');
    sane(await explode(join(SHB, IDB, repeated(one, 50_000))), []);
  });
  test('pcapng: 100,000 interfaces, snap length 4294967295', async () => {
    const idb = join('01000000 14000000 0100 0000 ffffffff 14000000');
    sane(await explode(join(SHB, repeated(idb, 100_000))), ['PCAPNG-INTERFACES']);
  });
  test('pcapng: 200,000 sections', async () => {
    sane(await explode(join(repeated(SHB, 200_000))), []);
  });
  test('pcapng: 60,000 options of one block, and 100,000 comments', async () => {
    const options = new Uint8Array(60_000 * 4).fill(0);
    for (let i = 0; i < options.length; i += 4) options[i] = 0xee;
    const length = le32(28 + 4 + options.length);
    const epb = join(
      '06000000',
      le32(40),
      '00000000 00000000 00000000 00000000 00000000',
      '0100 0100 41000000',
      le32(40),
    );
    const out = await explode(
      join(
        SHB,
        IDB,
        '06000000',
        length,
        '00000000 00000000 00000000 00000000 00000000',
        options,
        length,
        repeated(epb, 100_000),
      ),
    );
    sane(out, ['PCAPNG-COMMENTS']);
  });
  test('pcap: records of 4 GB', async () => {
    const record = join('00000000 00000000 ffffffff ffffffff', new Uint8Array(24));
    const out = await explode(join(PCAP, repeated(record, 20_000)));
    expect([...out.codes].some((c) => c.startsWith('PCAP-'))).toBe(true);
    sane(out, []);
  });
  test('pcap: 2,000,000 records of nothing', async () => {
    sane(await explode(join(PCAP, new Uint8Array(32_000_000))), []);
  });
});

describe('segments and fragments', () => {
  const ends = { from: '192.0.2.1', to: '192.0.2.2' };
  const stream = (seq: number, payload: Uint8Array, flags?: number): Uint8Array =>
    eth(
      0x0800,
      ipv4(6, tcp(40_000, 2775, payload, { seq: seq >>> 0, ...(flags === undefined ? {} : { flags }) }), ends),
    );
  const sm = (n: number): Uint8Array => submit({ content: new Uint8Array(100), sequence: n });

  test('TCP: 60,000 segments that overlap and contradict each other', async () => {
    const frames = [stream(0, new Uint8Array(0), SYN)];
    for (let i = 0; i < 60_000; i += 1)
      frames.push(stream(1 + ((i * 7919) % 40_000), new Uint8Array(120).fill(i & 0xff)));
    sane(await explode(capture(frames)), ['TCP-CONFLICT']);
  });
  test('TCP: 60,000 segments far ahead of a gap', async () => {
    const frames = [stream(0, new Uint8Array(0), SYN), stream(1, sm(1))];
    for (let i = 0; i < 60_000; i += 1) frames.push(stream(5000 + i * 2000, new Uint8Array(1000)));
    sane(await explode(capture(frames)), ['TCP-GAP']);
  });
  test('TCP: an SMPP PDU of 2 GB that never ends', async () => {
    const frames = [stream(0, new Uint8Array(0), SYN), stream(1, sm(1))];
    const n = sm(1).length;
    frames.push(stream(1 + n, join('7fffffff 00000004 00000000 00000002', new Uint8Array(1300))));
    for (let i = 1; i < 30_000; i += 1) frames.push(stream(1 + n + i * 1316, new Uint8Array(1316).fill(0x41)));
    sane(await explode(capture(frames)), []);
  });
  test('IPv4 and IPv6: first fragments of 20,000 datagrams', async () => {
    const frames = Array.from({ length: 20_000 }, (_, i) =>
      i % 2 === 0
        ? eth(
            0x0800,
            ipv4(17, udp(9200, 2948, new Uint8Array(800), 4000), {
              id: i & 0xffff,
              more: true,
              from: `192.0.${i >> 8}.1`,
            }),
          )
        : eth(0x86dd, ipv6(44, fragment6(17, i, 0, true, udp(9200, 2948, new Uint8Array(800), 4000)))),
    );
    const out = await explode(capture(frames));
    sane(out, []);
    expect(
      [...out.codes].some((c) => /FRAGMENT/.test(c)),
      [...out.codes].join(),
    ).toBe(true);
  });
  test('IPv4: 20,000 fragments that overlap in one datagram', async () => {
    const frames = Array.from({ length: 20_000 }, (_, i) =>
      eth(0x0800, ipv4(17, new Uint8Array(800).fill(i & 0xff), { id: 1, offset: ((i * 8) % 60_000) & ~7, more: true })),
    );
    sane(await explode(capture(frames)), []);
  });
  test('SCTP: 20,000 fragments of messages that never end', async () => {
    const frames = [sctpFrame(sctp({}, init(0x1111, 1)))];
    for (let i = 0; i < 20_000; i += 1) {
      frames.push(sctpFrame(sctp({}, data({ tsn: 1 + 2 * i, stream: i & 0xffff, flags: 'B' }, new Uint8Array(600)))));
    }
    const out = await explode(capture(frames));
    sane(out, []);
    expect(
      [...out.codes].some((c) => /^SCTP-(?:FRAGMENTS|INCOMPLETE)$|^SESSION-FINDINGS-BUDGET$/.test(c)),
      [...out.codes].join(),
    ).toBe(true);
  });
  test('SCTP: packets of 300 empty chunks, 20,000 of them', async () => {
    const chunks = Array.from({ length: 300 }, () => chunk(0x80, 0, new Uint8Array(0)));
    const one = sctpFrame(sctp({}, ...chunks));
    sane(await explode(capture(Array.from({ length: 20_000 }, () => one))), []);
  });
  test('SCCP: 20,000 first segments of as many messages', async () => {
    const frames = Array.from({ length: 20_000 }, (_, i) => {
      const s = { first: true, remaining: 15, reference: u32(i).slice(2) };
      return sctpFrame(sctp({}, data({ tsn: 1 + i }, m3ua(xudt(new Uint8Array(200).fill(0x62), s)))));
    });
    sane(await explode(capture(frames)), ['SCCP-SEGMENTS']);
  });
});

describe('times at the ends of their range', () => {
  const message = eth(0x0800, ipv4(17, udp(9200, 2948, join('0106 01 b6 030b6a0005')), {}));
  const at = (seconds: number, fraction: number): Uint8Array =>
    join(le32(seconds), le32(fraction), le32(message.length), le32(message.length), message);
  test('pcap: second 0, second 2^32-1, fractions above a second', async () => {
    const out = await explode(join(PCAP, at(0, 0), at(0xffff_ffff, 0xffff_ffff), at(1, 999_999), at(0x7fff_ffff, 0)));
    sane(out, []);
    expect(out.messages).toBe(4);
  });
  test('pcapng: 2^64-1 in every resolution', async () => {
    for (const resolution of [0, 1, 6, 9, 18, 19, 63, 0x80, 0x8a, 0xbf, 0xff]) {
      const SHB = join('0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000');
      const offset = join('0e00 0800 ffffffffffffff7f');
      const idb = join(
        '01000000 2c000000 0100 0000 00000000 0900 0100',
        u8(resolution),
        '000000',
        offset,
        '0000 0000 2c000000',
      );
      const padded = join(message, new Uint8Array(-message.length & 3));
      const length = le32(32 + padded.length);
      const epb = (time: string): Uint8Array =>
        join('06000000', length, '00000000', time, le32(message.length), le32(message.length), padded, length);
      const out = await explode(
        join(SHB, idb, epb('ffffffff ffffffff'), epb('00000000 00000000'), epb('00000080 00000000')),
      );
      sane(out, []);
      expect(out.messages).toBe(3);
    }
  });
  test('service centre time stamps: each octet 0 to 255', async () => {
    const lines: string[] = [];
    for (let at = 0; at < 7; at += 1) {
      for (let v = 0; v < 256; v += 1) {
        const time = ['62', '11', '32', '11', '91', '83', '40'];
        time[at] = u8(v);
        lines.push(`000491214300F5${time.join('')}0341E19008`.toUpperCase());
      }
    }
    const out = await explode(new TextEncoder().encode(`${lines.join('\n')}\n`));
    sane(out, []);
  });
});
