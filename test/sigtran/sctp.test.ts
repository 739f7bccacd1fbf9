// SCTP: chunks, fragments, repetitions, associations by ports and tags.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FrameBatch } from '../../captures/reader.ts';
import { type DatagramDissector, on, type StreamDissector } from '../../dissectors/base/dissector.ts';
import { recordInto, type TreeRow } from '../../dissectors/base/recorder.ts';
import type { DriverBudgets } from '../../dissectors/driver/budgets.ts';
import { layersOfFrame } from '../../dissectors/driver/inspect.ts';
import { ipv6, udp } from '../stack/build.ts';
import { abort, batchOf, chunk, data, eth, frame, hex, iData, init, ipv4, join, sctp, u16 } from './build.ts';
import { listen } from './rig.ts';

interface Seen {
  readonly text: string;
  readonly frames: readonly number[];
  readonly time: number;
  readonly conversation: string;
  readonly direction: 0 | 1;
  readonly from: string;
  readonly chosenBy: string;
  readonly missing: number;
}

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));

const A = '192.0.2.1';
const B = '192.0.2.2';
const A2 = '198.51.100.1';
const B2 = '198.51.100.2';

function run(frames: Parameters<typeof batchOf>[0] | readonly FrameBatch[], budgets: Partial<DriverBudgets> = {}) {
  const seen: (Omit<Seen, 'frames'> & { map: Parameters<ReturnType<typeof listen>['frames']>[0] })[] = [];
  const reader: DatagramDissector = {
    kind: 'datagram',
    id: 'reader',
    title: '',
    refs: [],
    fields: {},
    rules: [],
    carriedBy: [on('sctp.ppid', 3), on('sctp.port', 2904)],
    decode(c, ctx) {
      seen.push({
        text: String.fromCharCode(...c.bytes),
        map: ctx.origin(0, c.end),
        time: ctx.time,
        conversation: ctx.conversation,
        direction: ctx.direction,
        from: `${ctx.sourceAddress}:${ctx.sourcePort}`,
        chosenBy: ctx.chosenBy,
        missing: ctx.missing ?? 0,
      });
      // Positions lead back to the octets of the frames.
      expect(c.pos).toBe(0);
    },
  };
  /** A number in two octets, then as many octets. */
  const stream: StreamDissector = {
    ...reader,
    kind: 'stream',
    id: 'stream',
    carriedBy: [on('sctp.ppid', 46)],
    maxLength: 100,
    looksLike: () => false,
    frame: (b, start) => 2 + ((b[start]! << 8) | (b[start + 1] ?? 0)),
  };
  const batches =
    'kind' in (frames[0] ?? {}) ? (frames as FrameBatch[]) : [batchOf(frames as Parameters<typeof batchOf>[0])];
  const h = listen([reader, stream], batches, budgets);
  for (const s of seen) expect(String.fromCharCode(...h.lookUp(s.map))).toBe(s.text);
  return { ...h, seen: seen.map(({ map, ...s }): Seen => ({ ...s, frames: h.frames(map) })) };
}

const texts = (r: ReturnType<typeof run>): string[] => r.seen.map((s) => s.text);

interface Case {
  readonly name: string;
  readonly in: readonly Uint8Array[];
  readonly out: readonly string[];
  readonly codes?: readonly string[];
}

const one = (tsn: number, text: string, flags = 'BE') => data({ tsn, flags }, latin1(text));

const cases: readonly Case[] = [
  { name: 'one chunk', in: [frame(sctp({}, one(1, 'abc')))], out: ['abc'] },
  {
    name: 'two chunks in a packet, padding between them',
    in: [frame(sctp({}, one(1, 'abcde'), one(2, 'f')))],
    out: ['abcde', 'f'],
  },
  {
    name: 'SACK before data',
    in: [frame(sctp({}, chunk(3, 0, hex('00000001 00010000 0000 0000')), one(1, 'abc')))],
    out: ['abc'],
  },
  {
    name: 'a chunk type nobody knows',
    in: [frame(sctp({}, chunk(0x3e, 0, hex('0102')), one(1, 'abc')))],
    out: ['abc'],
  },
  {
    name: 'another payload protocol',
    in: [frame(sctp({}, data({ tsn: 1, protocol: 18 }, latin1('x')), one(2, 'abc')))],
    out: ['abc'],
  },
  {
    name: 'no payload protocol: the port tells',
    in: [frame(sctp({ to: 2904 }, data({ tsn: 1, protocol: 0 }, latin1('abc'))))],
    out: ['abc'],
  },
  {
    name: "a known protocol on another one's port",
    in: [frame(sctp({ to: 2904 }, data({ tsn: 1, protocol: 18 }, latin1('abc'))))],
    out: [],
  },
  {
    name: 'payload protocol in the wrong order',
    in: [frame(sctp({}, data({ tsn: 1, protocol: 0x0300_0000 }, latin1('abc'))))],
    out: ['abc'],
    codes: ['SCTP-PPID-ORDER'],
  },
  {
    name: 'three fragments in order',
    in: [frame(sctp({}, one(1, 'ab', 'B'))), frame(sctp({}, one(2, 'cd', ''))), frame(sctp({}, one(3, 'ef', 'E')))],
    out: ['abcdef'],
  },
  {
    name: 'fragments out of order, one twice, over the end of the numbers',
    in: [
      frame(sctp({}, one(0, 'ef', 'E'))),
      frame(sctp({}, one(0xffff_fffe, 'ab', 'B'))),
      frame(sctp({}, one(0xffff_fffe, 'ab', 'B'))),
      frame(sctp({}, one(0xffff_ffff, 'cd', ''))),
    ],
    out: ['abcdef'],
  },
  {
    name: 'fragments of two messages and a whole one in between',
    in: [frame(sctp({}, one(1, 'ab', 'B'), one(2, 'cd', 'E'), one(3, 'x'), one(4, 'ef', 'UB'), one(5, 'gh', 'UE')))],
    out: ['abcd', 'x', 'efgh'],
  },
  {
    name: 'the last fragment never comes',
    in: [frame(sctp({}, one(1, 'ab', 'B'), one(2, 'cd', '')))],
    out: ['abcd'],
    codes: ['SCTP-INCOMPLETE'],
  },
  {
    name: 'the first fragment never came',
    in: [frame(sctp({}, one(2, 'cd', ''), one(3, 'ef', 'E')))],
    out: [],
    codes: ['SCTP-INCOMPLETE'],
  },
  {
    name: 'sent again',
    in: [frame(sctp({}, one(1, 'abc'))), frame(sctp({}, one(1, 'abc'), one(2, 'd')))],
    out: ['abc', 'd'],
  },
  {
    name: 'the same number with other data',
    in: [frame(sctp({}, one(1, 'abc'))), frame(sctp({}, one(1, 'xyz'))), frame(sctp({}, one(2, 'z')))],
    out: ['abc', 'xyz', 'z'],
    codes: ['SCTP-RESTART'],
  },
  {
    name: 'the same numbers and tags between other addresses',
    in: [frame(sctp({ tag: 0 }, one(1, 'abc'))), frame(sctp({ tag: 0 }, one(1, 'abc')), A2, B2)],
    out: ['abc', 'abc'],
  },
  {
    name: 'sent again on the other path of a multi-homed association',
    in: [frame(sctp({}, one(1, 'abc'))), frame(sctp({}, one(1, 'abc'), one(2, 'd')), A2, B2)],
    out: ['abc', 'd'],
  },
  {
    name: 'I-DATA, interleaved',
    in: [
      frame(sctp({}, iData({ tsn: 1, mid: 7, word: 3, flags: 'B' }, latin1('ab')))),
      frame(sctp({}, iData({ tsn: 2, mid: 8, word: 3, flags: 'B', stream: 2 }, latin1('uv')))),
      frame(sctp({}, iData({ tsn: 3, mid: 7, word: 1, flags: '' }, latin1('cd')))),
      frame(sctp({}, iData({ tsn: 4, mid: 8, word: 1, flags: 'E', stream: 2 }, latin1('wx')))),
      frame(sctp({}, iData({ tsn: 5, mid: 7, word: 2, flags: 'E' }, latin1('ef')))),
      frame(sctp({}, iData({ tsn: 6, mid: 9, word: 3 }, latin1('g')))),
    ],
    out: ['uvwx', 'abcdef', 'g'],
  },
  {
    name: 'a chunk of length 2',
    in: [frame(sctp({}, hex('00030002 00000000')))],
    out: [],
    codes: ['SCTP-CHUNK-LENGTH'],
  },
  {
    name: 'a chunk longer than its packet',
    in: [frame(sctp({}, hex('00030020 00000001 00010000 00000003 616263')))],
    out: ['abc'],
    codes: ['SCTP-CHUNK-LENGTH'],
  },
  { name: 'a data chunk without room for its header', in: [frame(sctp({}, hex('00030008 00000001')))], out: [] },
  {
    name: 'messages of a protocol that elsewhere is a stream',
    in: [frame(sctp({}, data({ tsn: 1, protocol: 46 }, join(u16(1), '61', u16(2), '6263'))))],
    out: ['\0\x01a', '\0\x02bc'],
  },
  {
    name: 'in fragments of IP, the second one first',
    in: (() => {
      const packet = sctp({}, one(1, 'abcdefghijklmnop'));
      const part = (from: number, to: number, more: boolean) =>
        eth(0x0800, ipv4(132, packet.subarray(from, to), { id: 9, offset: from, more }));
      return [part(24, packet.length, false), part(0, 24, true)];
    })(),
    out: ['abcdefghijklmnop'],
  },
  { name: 'over IPv6', in: [eth(0x86dd, ipv6(132, sctp({}, one(1, 'abc'))))], out: ['abc'] },
  {
    name: 'over UDP',
    in: [eth(0x0800, ipv4(17, udp(9899, 40_000, sctp({}, one(1, 'abc')))))],
    out: ['abc'],
  },
  {
    name: 'on its UDP port, but something else',
    in: [eth(0x0800, ipv4(17, udp(9899, 53, latin1('something that is no packet'))))],
    out: [],
  },
];

describe('messages', () => {
  for (const c of cases) {
    test(c.name, () => {
      const r = run(c.in);
      expect([texts(r), r.codes]).toEqual([c.out, c.codes ?? []]);
    });
    test(`${c.name}: every truncation, every flip`, () => {
      // One driver for all of them: what a damaged packet leaves behind must not throw later either.
      const damaged = c.in.flatMap((f) => {
        const cuts = Array.from({ length: f.length }, (_, n) => ({ bytes: f.subarray(0, n), wire: f.length }));
        const flips = Array.from(f, (v, n) => ({ bytes: f.with(n, v ^ 0xff) }));
        return [...cuts, ...flips, { bytes: f }];
      });
      run(damaged);
    });
  }
});

test('a cut packet: what is there, and how much is not', () => {
  const f = frame(sctp({}, one(1, 'abcdef')));
  const r = run([{ bytes: f.subarray(0, f.length - 4), wire: f.length }]);
  expect(r.seen.map((s) => [s.text, s.missing])).toEqual([['abcd', 2]]);
  expect(r.codes).toEqual([]);
});

test('a message ends with its last fragment, and comes from all of them', () => {
  const r = run([
    { bytes: frame(sctp({}, one(2, 'cd', 'E'))), time: 1e9 },
    { bytes: frame(sctp({}, one(1, 'ab', 'B'))), time: 2e9 },
  ]);
  expect(r.seen.map((s) => [s.text, s.frames, s.time])).toEqual([['abcd', [2, 1], 2e9]]);
});

describe('associations', () => {
  test('tags told by INIT and INIT ACK tie both ways together', () => {
    const r = run([
      frame(sctp({ tag: 0 }, init(0xaaaa, 1))),
      frame(sctp({ tag: 0xaaaa }, init(0xbbbb, 100, true)), B, A),
      frame(sctp({ tag: 0xbbbb }, one(1, 'to b'))),
      frame(sctp({ tag: 0xaaaa }, one(100, 'to a')), B, A),
      // The second path: other addresses, the same tags.
      frame(sctp({ tag: 0xbbbb }, one(2, 'to b2')), A2, B2),
      frame(sctp({ tag: 0xaaaa }, one(101, 'to a2')), B2, A2),
    ]);
    expect(r.seen.map((s) => [s.text, s.direction, s.from])).toEqual([
      ['to b', 0, `${A}:2905`],
      ['to a', 1, `${B}:2905`],
      ['to b2', 0, `${A}:2905`],
      ['to a2', 1, `${B}:2905`],
    ]);
    expect(new Set(r.seen.map((s) => s.conversation)).size).toBe(1);
  });

  test('without a handshake the two ways between the same ports and addresses are one', () => {
    const r = run([
      frame(sctp({ tag: 0x77 }, one(1, 'ask'))),
      frame(sctp({ tag: 0x78 }, one(50, 'answer')), B, A),
      frame(sctp({ tag: 0x79, from: 2906 }, one(1, 'other'))),
    ]);
    expect(r.seen.map((s) => [s.text, s.direction])).toEqual([
      ['ask', 0],
      ['answer', 1],
      ['other', 0],
    ]);
    const [ask, answer, other] = r.seen.map((s) => s.conversation);
    expect(ask).toBe(answer);
    expect(other).not.toBe(ask);
  });

  test('a new INIT begins another association between the same ports', () => {
    const r = run([
      frame(sctp({ tag: 0 }, init(0xaaaa, 1))),
      frame(sctp({ tag: 0xaaaa }, init(0xbbbb, 100, true)), B, A),
      frame(sctp({ tag: 0xbbbb }, one(1, 'first'))),
      frame(sctp({ tag: 0 }, init(0xcccc, 1))),
      frame(sctp({ tag: 0xcccc }, init(0xdddd, 100, true)), B, A),
      frame(sctp({ tag: 0xdddd }, one(1, 'first'))),
    ]);
    expect(texts(r)).toEqual(['first', 'first']);
    expect(new Set(r.seen.map((s) => s.conversation)).size).toBe(2);
  });

  test('an abort is told once, and only of what was read', () => {
    const end = frame(sctp({}, abort(12)));
    expect(run([end]).codes).toEqual([]);
    const r = run([frame(sctp({}, one(1, 'abc'))), end, end]);
    expect(r.codes).toEqual(['SCTP-ABORT']);
    expect(r.findings[0]?.finding.message).toContain('user-initiated abort');
  });

  test('what was not read is counted', () => {
    const r = run([frame(sctp({}, data({ tsn: 1, protocol: 18 }, latin1('x'))))]);
    expect(r.stats.notes.join('\n')).toContain('SCTP payload protocol 18 (S1AP): 1 chunks, not read');
    expect(r.stats.byProtocol.sctp).toBe(1);
  });
});

describe('budgets', () => {
  const sctpBudgets = (o: { associations?: number; fragments?: number; octets?: number }) => ({
    sctp: {
      associations: o.associations ?? 100,
      fragments: { fragments: o.fragments ?? 100, octets: o.octets ?? 10_000, wait: 60e9 },
    },
  });

  test('associations', () => {
    const frames = Array.from({ length: 40 }, (_, i) => frame(sctp({ tag: i + 1, from: i + 1 }, one(1, 'x'))));
    const r = run(frames, sctpBudgets({ associations: 8 }));
    expect(texts(r).length).toBe(40);
    expect(r.codes).toContain('SCTP-ASSOCIATIONS');
  });

  test('fragments and their octets', () => {
    const frames = Array.from({ length: 50 }, (_, i) => frame(sctp({}, one(2 * i, 'fragment', 'B'))));
    for (const b of [sctpBudgets({ fragments: 10 }), sctpBudgets({ octets: 100 })]) {
      const r = run(frames, b);
      expect(texts(r)).toEqual(frames.map(() => 'fragment'));
      expect(r.codes.sort()).toEqual(['SCTP-FRAGMENTS', 'SCTP-INCOMPLETE']);
    }
  });

  test('fragments nobody waits for any longer', () => {
    const r = run([
      batchOf([{ bytes: frame(sctp({}, one(1, 'ab', 'B'))), time: 0 }]),
      batchOf([{ bytes: frame(sctp({}, one(9, 'x'))), time: 100e9 }], 2),
      batchOf([{ bytes: frame(sctp({}, one(10, 'y'))), time: 101e9 }], 3),
    ]);
    expect(texts(r)).toEqual(['x', 'ab', 'y']);
  });
});

test('any order, repetition and bundling of fragments gives each message once', () => {
  const messages = ['a', 'bcdefgh', 'ij', 'klmnopqrstuvw', 'x'];
  let tsn = 0xffff_fff8;
  const all = messages.flatMap((m) => {
    const parts = m.match(/.{1,3}/g)!;
    return parts.map((part, i) => {
      const flags = (i === 0 ? 'B' : '') + (i === parts.length - 1 ? 'E' : '');
      const made = one(tsn, part, flags);
      tsn = (tsn + 1) >>> 0;
      return made;
    });
  });
  const order = fc.shuffledSubarray(
    [...all, ...all].map((_, i) => i),
    { minLength: all.length * 2, maxLength: all.length * 2 },
  );
  fc.assert(
    fc.property(order, fc.integer({ min: 1, max: 4 }), (indexes, bundle) => {
      const frames: Uint8Array[] = [];
      for (let i = 0; i < indexes.length; i += bundle) {
        frames.push(frame(sctp({}, ...indexes.slice(i, i + bundle).map((n) => all[n % all.length]!))));
      }
      const r = run(frames);
      expect(texts(r).sort()).toEqual([...messages].sort());
      expect(r.codes).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('the tree of a packet has every octet', () => {
  const packets = [
    sctp({}, init(5, 6)),
    sctp({}, init(5, 6, true)),
    sctp({}, chunk(3, 0, hex('00000001 00010000 0001 0001 00020003 00000009')), one(1, 'abcde')),
    sctp({}, iData({ tsn: 1, mid: 1, word: 3 }, latin1('abc'))),
    sctp({}, abort(12), chunk(9, 0, hex('0003 0008 00000001'))),
    sctp({}, chunk(14, 1, new Uint8Array(0))),
  ];
  for (const p of packets) {
    const f = frame(p);
    const rows: TreeRow[] = [];
    const told = layersOfFrame(f, 1, recordInto(rows));
    const covered = new Uint8Array(f.length);
    for (const r of rows) if (r.field.kind !== 'group') covered.fill(1, r.start, r.start + r.length);
    expect(covered.indexOf(0)).toBe(-1);
    expect(told).toEqual(layersOfFrame(f, 1, null));
    for (let n = 0; n < f.length; n++) layersOfFrame(f.subarray(0, n), 1, recordInto([]), true);
  }
});
