import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultBudgets } from '../../dissectors/driver/budgets.ts';
import type { Carrier } from '../../dissectors/link/carrier.ts';
import type { Extent } from '../../dissectors/net/extents.ts';
import { History } from '../../dissectors/transport/tcp/history.ts';
import { type StreamBudgets, TcpStream } from '../../dissectors/transport/tcp/stream.ts';
import { SECOND } from './build.ts';

interface Out {
  readonly stream: TcpStream;
  /** Octets given; a gap of n is n times '_'. */
  text: string;
  readonly events: string[];
  readonly extents: Extent[];
}

/** `plausible`: the stream begins with '<'. */
function out(budgets: Partial<StreamBudgets> = {}): Out {
  const o: Out = { text: '', events: [], extents: [] } as unknown as Out;
  const made = new TcpStream(
    {
      data(e) {
        if (e.bytes !== null) o.text += String.fromCharCode(...e.bytes.subarray(e.start, e.start + e.length));
        o.extents.push(e);
      },
      gap(octets, cut) {
        o.text += '_'.repeat(octets);
        o.events.push(`${cut ? 'cut' : 'gap'} ${octets}`);
      },
      plausible: (b, start, end) => end > start && b[start] === 0x3c,
      conflict: (octets) => o.events.push(`conflict ${octets}`),
      late: (octets) => o.events.push(`late ${octets}`),
    },
    { ...defaultBudgets.stream, ...budgets },
  );
  return Object.assign(o, { stream: made });
}

let order = 0;
const carrier = (time = Number.NaN): Carrier => {
  order += 1;
  const frame = order;
  return { time, order, frame: () => frame, origin: (start, length) => [{ start: 0, length, frame, offset: start }] };
};

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (ch) => ch.charCodeAt(0));
const send = (o: Out, seq: number, text: string, time = Number.NaN, lost = 0): void => {
  // Octets around the payload show that nothing outside of it is taken.
  o.stream.push(seq | 0, bytes(`##${text}##`), 2, text.length, carrier(time), lost);
  o.stream.check(time, true);
};

describe('segments', () => {
  const cases: { name: string; do: (o: Out) => void; text: string; events: string[] }[] = [
    {
      name: 'in order',
      do: (o) => {
        o.stream.synchronize(100);
        send(o, 100, 'abc');
        send(o, 103, 'def');
      },
      text: 'abcdef',
      events: [],
    },
    {
      name: 'swapped',
      do: (o) => {
        o.stream.synchronize(100);
        send(o, 103, 'def');
        send(o, 100, 'abc');
      },
      text: 'abcdef',
      events: [],
    },
    {
      name: 'repeated, overlapping on both sides',
      do: (o) => {
        o.stream.synchronize(100);
        send(o, 100, 'abc');
        send(o, 100, 'abc');
        send(o, 106, 'gh');
        send(o, 102, 'cdefg');
        send(o, 101, 'bcdefghi');
      },
      text: 'abcdefghi',
      events: [],
    },
    {
      name: 'across the end of the sequence numbers',
      do: (o) => {
        o.stream.synchronize(0xfffffffe | 0);
        send(o, 2, 'ef');
        send(o, 0xfffffffe, 'abcd');
      },
      text: 'abcdef',
      events: [],
    },
    {
      name: 'retransmission with other octets: the first ones stay',
      do: (o) => {
        o.stream.synchronize(0);
        send(o, 0, 'abc');
        send(o, 0, 'aXc');
        send(o, 5, 'fg');
        send(o, 4, 'eYZ');
        send(o, 3, 'd');
      },
      text: 'abcdefg',
      events: ['conflict 1', 'conflict 2'],
    },
    {
      name: 'keep-alive probe with any octet',
      do: (o) => {
        o.stream.synchronize(0);
        send(o, 0, 'abc');
        send(o, 2, 'X');
        send(o, 3, 'd');
      },
      text: 'abcd',
      events: [],
    },
    {
      name: 'gap at the end of the capture',
      do: (o) => {
        o.stream.synchronize(0);
        send(o, 0, 'ab');
        send(o, 4, 'ef');
        o.stream.end();
      },
      text: 'ab__ef',
      events: ['gap 2'],
    },
    {
      name: 'gap the other side acknowledged, after enough segments',
      do: (o) => {
        o.stream.synchronize(0);
        send(o, 0, 'ab');
        send(o, 4, 'ef');
        o.stream.acknowledge(6);
        for (let i = 0; i < 20; i++) o.stream.check(Number.NaN, true);
        send(o, 6, 'g');
      },
      text: 'ab__efg',
      events: ['gap 2'],
    },
    {
      name: 'gap the other side acknowledged, after a second of the capture',
      do: (o) => {
        o.stream.synchronize(0);
        send(o, 0, 'ab', 0);
        send(o, 4, 'ef', 1);
        o.stream.acknowledge(6);
        o.stream.check(2, false);
        expect(o.text).toBe('ab');
        o.stream.check(2 * SECOND, false);
      },
      text: 'ab__ef',
      events: ['gap 2'],
    },
    {
      name: 'an acknowledgment of what came before the gap is no evidence',
      do: (o) => {
        o.stream.synchronize(0);
        send(o, 0, 'ab', 0);
        send(o, 4, 'ef', 1);
        o.stream.acknowledge(2);
        for (let i = 0; i < 100; i++) o.stream.check(5 * SECOND, true);
      },
      text: 'ab',
      events: [],
    },
    {
      name: 'gap nobody acknowledged, after ten seconds',
      do: (o) => {
        o.stream.synchronize(0);
        send(o, 4, 'ef', 0);
        o.stream.check(11 * SECOND, false);
      },
      text: '____ef',
      events: ['gap 4'],
    },
    {
      name: 'the gap comes late',
      do: (o) => {
        o.stream.synchronize(0);
        send(o, 4, 'ef', 0);
        o.stream.check(11 * SECOND, false);
        send(o, 0, 'abcd', 12 * SECOND);
        send(o, 6, 'g', 12 * SECOND);
      },
      text: '____efg',
      events: ['gap 4', 'late 4'],
    },
    {
      name: 'octets missing before the FIN',
      do: (o) => {
        o.stream.synchronize(0);
        send(o, 0, 'ab');
        o.stream.finish(5);
        expect(o.stream.finished).toBe(false);
        o.stream.end();
      },
      text: 'ab___',
      events: ['gap 3'],
    },
    {
      name: 'all octets before the FIN',
      do: (o) => {
        o.stream.synchronize(0);
        send(o, 0, 'ab');
        o.stream.finish(2);
        o.stream.acknowledge(3);
        expect(o.stream.finished).toBe(true);
        o.stream.end();
      },
      text: 'ab',
      events: [],
    },
    {
      name: 'acknowledged octets missing at the end',
      do: (o) => {
        o.stream.synchronize(0);
        send(o, 0, 'ab');
        o.stream.acknowledge(7);
        o.stream.end();
      },
      text: 'ab_____',
      events: ['gap 5'],
    },
    {
      name: 'cut by the snapshot length',
      do: (o) => {
        o.stream.synchronize(0);
        send(o, 0, 'ab', 0, 3);
        send(o, 5, 'fg', 0, 1);
      },
      text: 'ab___fg_',
      events: ['cut 3', 'cut 1'],
    },
    {
      name: 'no SYN: begins where it looks like a beginning',
      do: (o) => {
        send(o, 63, 'more');
        expect(o.text).toBe('');
        send(o, 60, '<ab');
      },
      text: '<abmore',
      events: [],
    },
    {
      name: 'no SYN, nothing like a beginning: the lowest octet after a while',
      do: (o) => {
        for (const i of [2, 1, 3, 4, 5, 6, 7, 8, 9]) send(o, 60 + i, String(i));
      },
      text: '123456789',
      events: [],
    },
    {
      name: 'no SYN, and over before that',
      do: (o) => {
        send(o, 5, 'b');
        send(o, 4, 'a');
        o.stream.end();
      },
      text: 'ab',
      events: [],
    },
    {
      name: 'SYN seen after the first octets',
      do: (o) => {
        send(o, 11, 'bc');
        expect(o.stream.opensWith(10)).toBe(true);
        o.stream.synchronize(10);
        send(o, 10, 'a');
      },
      text: 'abc',
      events: [],
    },
    {
      name: 'more held than the budget allows',
      do: (o) => {
        o.stream.synchronize(0);
        for (let i = 2; i < 40; i++) send(o, i * 2, 'xy');
      },
      text: `____${'xy'.repeat(38)}`,
      events: ['gap 4'],
    },
  ];
  for (const c of cases) {
    test(c.name, () => {
      const o = out({ pendingSegments: 32 });
      c.do(o);
      expect([o.text, o.events]).toEqual([c.text, c.events]);
    });
  }

  test('another sequence space without SYN: the stream goes on there', () => {
    const gaps: number[] = [];
    const given: number[] = [];
    const stream = new TcpStream(
      { data: (e) => given.push(e.length), gap: (n) => gaps.push(n), plausible: () => true, conflict() {}, late() {} },
      defaultBudgets.stream,
    );
    stream.synchronize(0);
    stream.push(0, bytes('ab'), 0, 2, carrier(), 0);
    stream.push(0x60000000, bytes('cde'), 0, 3, carrier(), 0);
    stream.push(5, bytes('fghi'), 0, 4, carrier(), 0);
    stream.push(9, bytes('j'), 0, 1, carrier(), 0);
    expect([gaps, given]).toEqual([
      [0x60000000 - 2, 0],
      [2, 3, 4, 1],
    ]);
  });

  test('a SYN with another number opens another stream', () => {
    const o = out();
    o.stream.synchronize(100);
    send(o, 100, 'abc');
    expect([o.stream.opensWith(100), o.stream.opensWith(101), o.stream.opensWith(5_000_000)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('whatever the network does to segments', () => {
  const text = Array.from({ length: 3000 }, (_, i) => String.fromCharCode(33 + ((i * 7) % 90))).join('');
  /** Cuts that cover the text, then any number of further pieces of it, all in any order. */
  const pieces = fc
    .tuple(
      fc.uniqueArray(fc.integer({ min: 1, max: text.length - 1 }), { maxLength: 20 }),
      fc.array(fc.tuple(fc.nat(text.length - 1), fc.integer({ min: 1, max: 900 })), { maxLength: 10 }),
    )
    .chain(([cuts, more]) => {
      const at = [0, ...cuts.sort((a, b) => a - b), text.length];
      const cover = at.slice(0, -1).map((from, i) => [from, at[i + 1]!] as const);
      const extra = more.map(([from, n]) => [from, Math.min(text.length, from + n)] as const);
      const all = [...cover, ...extra];
      return fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
    });

  test('every octet comes out once, in order, and leads back to a segment that had it', () => {
    fc.assert(
      fc.property(pieces, fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), (segments, isn) => {
        const o = out();
        const sent = new Map<number, { from: number; to: number }>();
        o.stream.synchronize(isn);
        for (const [from, to] of segments) {
          send(o, (isn + from) | 0, text.slice(from, to));
          sent.set(order, { from, to });
        }
        expect([o.text, o.events]).toEqual([text, []]);
        for (const e of o.extents) {
          for (const p of e.map) {
            const s = sent.get(p.frame)!;
            // Payloads begin at octet 2 of their buffer.
            expect(s.from + p.offset - 2).toBe(e.at + p.start);
            expect(s.from + p.offset - 2 + p.length).toBeLessThanOrEqual(s.to);
          }
        }
      }),
    );
  });

  test('with some lost: what is there is right, what is not is a gap', () => {
    fc.assert(
      fc.property(pieces, fc.nat(), (segments, seed) => {
        const o = out();
        const kept = segments.filter((_, i) => ((seed >> (i % 16)) & 1) === 0);
        o.stream.synchronize(7);
        for (const [from, to] of kept) send(o, 7 + from, text.slice(from, to));
        o.stream.end();
        const there = new Set(kept.flatMap(([from, to]) => Array.from({ length: to - from }, (_, i) => from + i)));
        const last = kept.reduce((n, [, to]) => Math.max(n, to), 0);
        const expected = Array.from({ length: last }, (_, i) => (there.has(i) ? text[i] : '_')).join('');
        expect(o.text).toBe(expected);
      }),
    );
  });
});

test('history forgets the oldest octets and compares the rest', () => {
  const h = new History(1024);
  const data = Uint8Array.from({ length: 3000 }, (_, i) => (i * 31) & 0xff);
  const changed = data.map((v) => v ^ 1);
  for (let at = 0; at < 3000; at += 100) {
    h.push(at, data, at, 100);
    expect([h.differences(0, data, 0, at + 100), h.differences(0, changed, 0, at + 100)]).toEqual([
      0,
      Math.min(1024, at + 100),
    ]);
  }
  expect(h.differences(0, data, 0, 3000)).toBe(0);
  expect(h.differences(0, changed, 0, 3000)).toBe(1024);
  expect(h.differences(2990, changed, 2990, 10)).toBe(10);
  h.push(5000, data, 0, 50);
  expect(h.differences(2000, changed, 2000, 1000)).toBe(0);
  expect(h.differences(5000, changed, 0, 50)).toBe(50);
});
