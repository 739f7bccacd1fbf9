import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultBudgets } from '../../dissectors/driver/budgets.ts';
import { ACK, batchOf, eth, FIN, type FrameSpec, hex, ipv4, ipv6, join, RST, SECOND, SYN, tcp, udp } from './build.ts';
import { pdu, rig } from './rig.ts';

const CLIENT = 40_000;
const SERVER = 6000;

interface SegmentOptions {
  readonly seq?: number;
  readonly ack?: number;
  readonly flags?: number;
  readonly time?: number;
  readonly back?: boolean;
  readonly port?: number;
  readonly cut?: number;
}

/** One segment from client to server, or `back`. */
function seg(payload: Uint8Array | string, o: SegmentOptions = {}): FrameSpec {
  const data = typeof payload === 'string' ? hex(payload) : payload;
  const server = o.port ?? SERVER;
  const [from, to] = o.back === true ? [server, CLIENT] : [CLIENT, server];
  const addresses = o.back === true ? { from: '192.0.2.2', to: '192.0.2.1' } : {};
  const segment = tcp(from, to, data, { seq: o.seq ?? 0, ack: o.ack ?? 0, flags: o.flags ?? ACK });
  const bytes = eth(0x0800, ipv4(6, segment, addresses));
  const kept = bytes.subarray(0, bytes.length - (o.cut ?? 0));
  return { bytes: kept, wire: bytes.length, ...(o.time === undefined ? {} : { time: o.time }) };
}
const run = (options: Parameters<typeof rig>[0], ...frames: FrameSpec[]) => rig(options).run(batchOf(frames));
const asOt = { decodeAs: [{ table: 'tcp.port', key: SERVER, dissector: 'ot' }] as const };

describe('which connections matter', () => {
  test('by content, on any port, both directions', () => {
    const r = run({}, seg(pdu('one'), { seq: 10 }), seg(pdu('two'), { seq: 500, back: true }));
    expect(r.seen.map((s) => [s.text, s.from, s.to, s.direction, s.chosenBy])).toEqual([
      ['one', '192.0.2.1:40000', '192.0.2.2:6000', 0, 'content'],
      ['two', '192.0.2.2:6000', '192.0.2.1:40000', 1, 'content'],
    ]);
    expect(r.seen[0]!.conversation).toBe(r.seen[1]!.conversation);
  });

  test('by port', () => {
    const r = run({ port: SERVER }, seg(pdu('one'), { seq: 10 }));
    expect(r.seen.map((s) => [s.text, s.chosenBy])).toEqual([['one', 'port 6000']]);
  });

  test('by decode as', () => {
    const r = run(asOt, seg(pdu('one'), { seq: 10 }));
    expect(r.seen.map((s) => s.chosenBy)).toEqual(['decode as']);
  });

  test('unclaimed traffic registers no frame and leaves no finding', () => {
    const r = run({}, seg('474554202f', { seq: 1 }), seg('0102030405060708090a0b0c0d0e0f101112', { seq: 6 }));
    expect([r.registered, r.findings, r.seen]).toEqual([[], [], []]);
    expect(r.driver.stats().byProtocol.tcp).toBe(2);
    expect(r.driver.stats().tcpPorts).toEqual([{ port: SERVER, frames: 2 }]);
  });

  test('another protocol on a bound port: no findings, one sentence', () => {
    const frames = Array.from({ length: 20 }, (_, i) => seg('48656c6c6f', { seq: 5 * i }));
    const r = run({ port: SERVER }, ...frames);
    expect([r.seen, r.codes()]).toEqual([[], []]);
    expect(r.driver.stats().notes).toContain('TCP port 6000: 1 connection without OT');
  });

  test('TLS on a bound port', () => {
    const hello = '16030100c8010000c40303';
    const r = run({ port: SERVER }, seg(hello, { seq: 1 }), seg(pdu('not looked at'), { seq: 12 }));
    expect([r.seen, r.codes()]).toEqual([[], []]);
    expect(r.driver.stats().notes).toContain('TLS on TCP port 6000: 1 connection, encrypted, not read');
  });

  test('TLS on any other port', () => {
    const hello = '16030100c8010000c4030300000000000000';
    const r = run({}, seg(hello, { seq: 1 }));
    expect(r.driver.stats().notes).toContain('TLS on TCP port 6000: 1 connection, encrypted, not read');
  });

  test('what looks like a header once is not enough when nonsense follows in the segment', () => {
    const r = run({}, seg(join(pdu('one'), 'deadbeef'), { seq: 1 }));
    expect(r.seen).toEqual([]);
  });
});

describe('what came before a connection mattered', () => {
  const text = pdu('a text of some octets');

  test('segments swapped at the start', () => {
    const r = run({}, seg(text.subarray(10), { seq: 110 }), seg(text.subarray(0, 10), { seq: 100 }));
    expect(r.seen.map((s) => [s.text, s.frames, s.frame])).toEqual([['a text of some octets', [2, 1], 2]]);
    expect([...r.registered].sort()).toEqual([1, 2]);
  });

  test('the same over two batches', () => {
    const r = rig().run(
      batchOf([seg(text.subarray(10), { seq: 110, time: 1 })]),
      batchOf([seg(text.subarray(0, 10), { seq: 100, time: 2 })], 2),
    );
    expect(r.seen.map((s) => [s.text, s.frames, s.time])).toEqual([['a text of some octets', [2, 1], 2]]);
  });

  test('a batch before the last one is out of reach', () => {
    const r = rig().run(
      batchOf([seg(text.subarray(10), { seq: 110 })]),
      batchOf([seg('', { seq: 1 })], 2),
      batchOf([seg(text.subarray(0, 10), { seq: 100 })], 3),
    );
    expect(r.seen.map((s) => [s.text, s.missing])).toEqual([['a text', 15]]);
  });

  test('a stream that starts inside a PDU says what was skipped', () => {
    const r = run({}, seg(join(text.subarray(12), pdu('x')), { seq: 112 }), seg(pdu('two'), { seq: 130 }));
    expect(r.texts()).toEqual(['x', 'two']);
    const [f] = r.findings;
    expect([f?.finding.rule.code, r.registered[f!.frame!]]).toEqual(['STREAM-RESYNC', 1]);
    expect(f?.finding.message).toMatch(/^13 octets/);
    expect(f?.finding.start).toBe(14 + 20 + 20);
  });

  test('a first segment shorter than a header', () => {
    const r = run({}, seg(text.subarray(0, 3), { seq: 100 }), seg(text.subarray(3), { seq: 103 }));
    expect(r.seen.map((s) => [s.text, s.frames, s.chosenBy])).toEqual([['a text of some octets', [1, 2], 'content']]);
    expect(r.registered.length).toBe(2);
  });

  test('a few octets that come to nothing are dropped without a word', () => {
    const frames = Array.from({ length: 20 }, (_, i) => seg('4f54', { seq: 2 * i }));
    const r = run({}, ...frames);
    expect([r.seen, r.codes()]).toEqual([[], []]);
  });

  test('who spoke first is direction 0, also when the other side is seen first', () => {
    const syn = seg('', { seq: 99, flags: SYN });
    const synAck = seg('', { seq: 499, ack: 100, flags: SYN | ACK, back: true });
    for (const before of [[syn, synAck], [synAck], [syn]]) {
      const r = run({}, ...before, seg(pdu('hello'), { seq: 500, ack: 100, back: true }));
      expect(r.seen.map((s) => [s.direction, s.from])).toEqual([[1, '192.0.2.2:6000']]);
    }
  });
});

describe('connections', () => {
  test('port reuse: another SYN, another conversation', () => {
    const r = run(
      {},
      seg('', { seq: 99, flags: SYN }),
      seg(pdu('one'), { seq: 100 }),
      seg('', { seq: 99, flags: SYN }),
      seg('', { seq: 7999, flags: SYN }),
      seg(pdu('two'), { seq: 8000 }),
    );
    expect(r.texts()).toEqual(['one', 'two']);
    expect(r.seen[0]!.conversation).not.toBe(r.seen[1]!.conversation);
    expect(r.codes()).toEqual([]);
  });

  test('port reuse with the same sequence number: after the end, or long after', () => {
    const again = [seg('', { seq: 99, flags: SYN, time: 9 }), seg(pdu('two'), { seq: 100, time: 10 })];
    const first = [seg('', { seq: 99, flags: SYN, time: 0 }), seg(pdu('one'), { seq: 100, time: 1 })];
    const ended = run({}, ...first, seg('', { seq: 107, flags: RST, time: 2 }), ...again);
    expect([ended.texts(), ended.codes()]).toEqual([['one', 'two'], []]);
    const late = run({}, ...first, ...again.map((f) => ({ ...f, time: 200 * SECOND })));
    expect([late.texts(), late.codes()]).toEqual([['one', 'two'], []]);
    const repeated = run({}, ...first, first[0]!, first[1]!);
    expect([repeated.texts(), repeated.codes()]).toEqual([['one'], []]);
  });

  test('a closed connection still knows its retransmissions', () => {
    const r = rig();
    r.driver.batch(
      batchOf([
        seg(pdu('one'), { seq: 100, time: 0 }),
        seg(pdu('two'), { seq: 107, flags: FIN | ACK, time: 1 }),
        seg(pdu('ok'), { seq: 500, back: true, flags: FIN | ACK, time: 2 }),
      ]),
    );
    r.driver.batch(batchOf([seg(pdu('one'), { seq: 100, time: SECOND })], 4));
    r.driver.end();
    expect([r.texts(), r.codes()]).toEqual([['one', 'two', 'ok'], []]);
  });

  test('a reset gives out what waits', () => {
    const r = rig();
    r.driver.batch(
      batchOf([
        seg(pdu('one'), { seq: 100, time: 0 }),
        seg(pdu('three'), { seq: 114, time: 1 }),
        seg('', { seq: 123, flags: RST, time: 2 }),
      ]),
    );
    expect(r.texts()).toEqual(['one', 'three']);
    expect(r.codes()).toEqual(['TCP-GAP']);
    r.driver.end();
  });

  test('a gap: how much, where, between whom; the stream goes on', () => {
    const r = run(
      {},
      seg(pdu('one'), { seq: 100, time: 0 }),
      seg(pdu('three'), { seq: 114, time: 1 }),
      seg(pdu('four'), { seq: 123, time: 2 }),
    );
    expect(r.texts()).toEqual(['one', 'three', 'four']);
    const [f] = r.findings;
    expect([f?.finding.rule.code, r.registered[f!.frame!]]).toEqual(['TCP-GAP', 2]);
    expect(f?.finding.message).toBe(
      '7 octets are missing before this segment (192.0.2.1 port 40000 to 192.0.2.2 port 6000)',
    );
  });

  test('a gap inside a PDU: what there is of it, then the next one', () => {
    const two = pdu('twotwotwo');
    const r = run(
      {},
      seg(join(pdu('one'), two.subarray(0, 7)), { seq: 100 }),
      seg(join(two.subarray(10), pdu('three')), { seq: 117 }),
    );
    expect(r.seen.map((s) => [s.text, s.missing])).toEqual([
      ['one', 0],
      ['two', 6],
      ['three', 0],
    ]);
    expect(r.codes()).toEqual(['TCP-GAP']);
  });

  test('cut by the snapshot length: told once', () => {
    const one = pdu('one and some more');
    const r = run({}, seg(one, { seq: 100, cut: 10 }), seg(one, { seq: 121, cut: 10 }), seg(pdu('x'), { seq: 142 }));
    expect(r.seen.map((s) => [s.text, s.missing])).toEqual([
      ['one and', 10],
      ['one and', 10],
      ['x', 0],
    ]);
    expect(r.findings.map((f) => f.finding.rule.code)).toEqual(['TCP-CUT']);
    expect(r.findings[0]!.finding.message).toContain('2 times');
  });

  test('no times: the order of frames is enough', () => {
    const frames = [seg(pdu('one'), { seq: 100 }), seg(pdu('three'), { seq: 114 })];
    for (let i = 0; i < 40; i++) frames.push(seg('', { seq: 500, ack: 123, back: true }));
    const r = rig();
    r.driver.batch(batchOf(frames));
    // The other side never sent octets, so its acknowledgments are the evidence.
    expect(r.texts()).toEqual(['one', 'three']);
    r.driver.end();
    expect(r.codes()).toEqual(['TCP-GAP']);
  });

  test('more connections than the budget', () => {
    const r = rig({ budgets: { ...defaultBudgets, connections: 16 } });
    const frames = Array.from({ length: 100 }, (_, i) => seg(pdu(`t${i}`), { seq: 1, port: 7000 + i }));
    r.run(batchOf(frames));
    expect(r.seen.length).toBe(100);
    expect(new Set(r.codes())).toEqual(new Set(['DRIVER-CONNECTIONS']));
  });

  test('more octets waiting than the budget', () => {
    const r = rig({ budgets: { pendingOctets: 10_000 } });
    const frames = [seg(pdu('one'), { seq: 100 })];
    for (let i = 0; i < 100; i++) frames.push(seg(new Uint8Array(200), { seq: 1000 + 200 * i }));
    r.driver.batch(batchOf(frames));
    expect(r.codes()).toContain('DRIVER-OCTETS');
    r.driver.end();
  });

  test('findings of one rule are listed up to the budget', () => {
    const r = rig({ budgets: { findingsPerRule: 5 } });
    const frames = Array.from({ length: 30 }, (_, i) => seg(pdu('a'), { seq: 100 + 50 * i }));
    r.run(batchOf(frames));
    expect(r.codes().filter((c) => c === 'TCP-GAP').length).toBe(5);
    expect(r.findings.at(-1)!.finding.message).toBe('TCP-GAP: 24 more than are listed');
  });

  test('IPv6', () => {
    const r = rig().run(batchOf([eth(0x86dd, ipv6(6, tcp(1, 2, pdu('six'))))]));
    expect(r.seen.map((s) => [s.text, s.from, s.to])).toEqual([['six', '2001:db8::1:1', '2001:db8::2:2']]);
  });
});

describe('datagrams', () => {
  const datagram = (from: number, to: number, text: string) => eth(0x0800, ipv4(17, udp(from, to, pdu(text))));

  test("by port, either one; state is the conversation's", () => {
    const r = rig().run(batchOf([datagram(9, 7777, 'a'), datagram(7777, 9, 'b'), datagram(9, 10, 'c')]));
    expect(r.seen.map((s) => [s.text, s.chosenBy])).toEqual([
      ['a', 'port 7777'],
      ['b', 'port 7777'],
    ]);
    expect(r.registered).toEqual([1, 2]);
  });

  test('decode as', () => {
    const decodeAs = [{ table: 'udp.port', key: 10, dissector: 'otd' }] as const;
    const r = rig({ decodeAs }).run(batchOf([datagram(9, 10, 'c')]));
    expect(r.seen.map((s) => [s.text, s.chosenBy, s.mapped])).toEqual([['c', 'decode as', 'c']]);
  });

  test('other tables: link type and IP protocol', () => {
    const r = rig().run(batchOf([{ bytes: pdu('bare'), link: 252 }, eth(0x0800, ipv4(200, pdu('proto')))]));
    expect(r.seen.map((s) => [s.text, s.chosenBy, s.from, s.mapped])).toEqual([
      ['bare', 'link.type 252', ':0', 'bare'],
      ['proto', 'ip.proto 200', '192.0.2.1:0', 'proto'],
    ]);
  });

  test('unknown link types are told once, with their number', () => {
    const r = rig().run(
      batchOf([
        { bytes: pdu('a'), link: 147 },
        { bytes: pdu('b'), link: 147 },
      ]),
    );
    expect(r.findings.map((f) => [f.finding.rule.code, f.finding.message])).toEqual([
      ['LINK-UNKNOWN-TYPE', 'link type 147; 2 times, this is the first'],
    ]);
  });
});

test('a decode-as that fits nothing is refused with a sentence', () => {
  const ask = (table: 'udp.port' | 'tcp.port', dissector: string) => () =>
    rig({ decodeAs: [{ table, key: 1, dissector }] });
  expect(ask('tcp.port', 'nope')).toThrow('decode as tcp.port=1: "nope" is not known; there is ot');
  expect(ask('udp.port', 'ot')).toThrow('decode as udp.port=1: "ot" does not read datagrams; there is otd');
});

describe('the network shuffles, repeats, overlaps', () => {
  const texts = ['first', 'the second one', '', 'x', 'and a longer one at the end of it all'];
  const stream = join(...texts.map(pdu));
  const spans = fc
    .tuple(
      fc.uniqueArray(fc.integer({ min: 1, max: stream.length - 1 }), { maxLength: 8 }),
      fc.array(fc.tuple(fc.nat(stream.length - 2), fc.integer({ min: 1, max: 30 })), { maxLength: 5 }),
    )
    .chain(([cuts, extra]) => {
      const at = [0, ...cuts.sort((a, b) => a - b), stream.length];
      const all: [number, number][] = at.slice(0, -1).map((from, i) => [from, at[i + 1]!]);
      for (const [from, n] of extra) all.push([from, Math.min(stream.length, from + n)]);
      return fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
    });

  test('the same PDUs come out, each octet from a frame that had it', () => {
    fc.assert(
      fc.property(spans, fc.integer(), fc.integer({ min: 1, max: 12 }), (all, isn, size) => {
        const frames = all.map(([from, to]) => seg(stream.subarray(from, to), { seq: (isn + 1 + from) | 0 }));
        const r = rig(asOt);
        r.driver.batch(batchOf([seg('', { seq: isn, flags: SYN })]));
        for (let i = 0; i < frames.length; i += size) r.driver.batch(batchOf(frames.slice(i, i + size), i + 2));
        r.driver.end();
        expect(r.texts()).toEqual(texts);
        for (const s of r.seen) expect(s.mapped).toBe(s.text);
        expect(r.codes()).toEqual([]);
        expect(new Set(r.registered).size).toBe(r.registered.length);
      }),
    );
  });
});
