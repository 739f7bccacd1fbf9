import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultBudgets } from '../../dissectors/driver/budgets.ts';
import { batchOf, type FrameSpec, fragment6, hex, ipv4, ipv6, join, SECOND, tcp, udp } from './build.ts';
import { pdu, rig } from './rig.ts';

const text = 'abcdefghijklmnopqrstuvwxyz0123456789ABCD';
const whole = udp(5000, 7777, pdu(text));

const part = (from: number, to: number, id = 1, payload = whole): Uint8Array =>
  ipv4(17, payload.subarray(from, to), { id, offset: from, more: to < payload.length });
const raw = (bytes: Uint8Array, time = 0): FrameSpec => ({ bytes, time, link: 101 });
const run = (...frames: FrameSpec[]) => rig().run(batchOf(frames));

describe('IPv4 and IPv6', () => {
  test('in order, with every octet leading to its frame', () => {
    const r = run(raw(part(0, 16)), raw(part(16, 32)), raw(part(32, 60), 5));
    expect(r.seen.map((s) => [s.text, s.frames, s.frame, s.time, s.missing])).toEqual([[text, [1, 2, 3], 3, 5, 0]]);
    expect(r.seen[0]!.mapped).toBe(text);
    expect(r.codes()).toEqual([]);
  });

  test('the last one first, and one twice', () => {
    const r = run(raw(part(32, 60)), raw(part(16, 32)), raw(part(16, 32)), raw(part(0, 16)));
    expect(r.texts()).toEqual([text]);
    expect(r.seen[0]!.frame).toBe(4);
    expect(r.codes()).toEqual([]);
  });

  test('two datagrams of other identification do not mix', () => {
    const other = udp(5000, 7777, pdu(text.toUpperCase()));
    const r = run(raw(part(0, 32)), raw(part(0, 32, 2, other)), raw(part(32, 60)), raw(part(32, 60, 2, other)));
    expect(r.texts()).toEqual([text, text.toUpperCase()]);
  });

  test('IPv6, destination options inside', () => {
    const inner = join('1100 010400000000', udp(5000, 7777, pdu(text)));
    const f = (from: number, to: number) =>
      raw(ipv6(44, fragment6(60, 9, from, to < inner.length, inner.subarray(from, to))));
    const r = run(f(0, 24), f(24, 48), f(48, inner.length));
    expect(r.seen.map((s) => [s.text, s.from])).toEqual([[text, '2001:db8::1:5000']]);
  });

  test('a TCP segment in fragments', () => {
    const segment = tcp(5000, 6000, pdu(text));
    const f = (from: number, to: number) =>
      raw(ipv4(6, segment.subarray(from, to), { id: 3, offset: from, more: to < segment.length }));
    const r = run(f(32, segment.length), f(0, 32));
    expect(r.seen.map((s) => [s.text, s.mapped, s.frames])).toEqual([[text, text, [2, 1]]]);
  });

  test('fragments of a datagram that came in fragments', () => {
    const outer = (id: number, from: number, to: number, of: Uint8Array) =>
      raw(ipv4(4, of.subarray(from, to), { id, offset: from, more: to < of.length, from: '198.51.100.1' }));
    const first = part(0, 32);
    const second = part(32, 60);
    const r = run(outer(1, 0, 24, first), outer(1, 24, first.length, first), outer(2, 0, second.length, second));
    // The first frame holds only headers: the inner IP header and half of UDP's.
    expect(r.seen.map((s) => [s.text, s.mapped, s.frames])).toEqual([[text, text, [2, 3]]]);
  });
});

describe('what goes wrong', () => {
  test('overlap with the same octets', () => {
    const r = run(raw(part(0, 32)), raw(part(16, 48)), raw(part(40, 60)));
    expect([r.texts(), r.codes()]).toEqual([[text], []]);
  });

  test('overlap with other octets: the first ones stay', () => {
    const changed = whole.map((v, i) => (i >= 16 ? v ^ 1 : v));
    const r = run(raw(part(0, 32)), raw(part(16, 48, 1, changed)), raw(part(32, 60)));
    expect(r.texts()).toEqual([
      `${text.slice(0, 20)}${[...text.slice(20, 36)].map((c) => String.fromCharCode(c.charCodeAt(0) ^ 1)).join('')}${text.slice(36)}`,
    ]);
    expect(r.codes()).toEqual(['FRAGMENT-CONFLICT']);
  });

  test('one missing: what is certain is decoded when the capture ends', () => {
    const r = run(raw(part(0, 16), 1), raw(part(32, 60), 2));
    expect(r.seen.map((s) => [s.text, s.missing, s.time])).toEqual([[text.slice(0, 4), 44 - 8, 2]]);
    expect(r.codes()).toEqual(['FRAGMENT-MISSING']);
  });

  test('one missing: given up after 60 seconds of the capture, not of the clock on the wall', () => {
    const r = rig();
    r.driver.batch(batchOf([raw(part(0, 32), 1)]));
    r.driver.batch(batchOf([raw(part(0, 32, 2), 60 * SECOND)], 2));
    expect(r.seen).toEqual([]);
    r.driver.batch(batchOf([raw(ipv4(1, hex('00')), 62 * SECOND)], 3));
    expect(r.texts()).toEqual([text.slice(0, 20)]);
    r.driver.batch(batchOf([raw(part(32, 60, 2), 63 * SECOND)], 4));
    expect(r.texts()).toEqual([text.slice(0, 20), text]);
  });

  test('without the first fragment there is nothing to decode', () => {
    const r = run(raw(part(16, 32)), raw(part(32, 60)));
    expect([r.texts(), r.codes()]).toEqual([[], ['FRAGMENT-MISSING']]);
  });

  test('cut by the snapshot length', () => {
    const first = part(0, 32);
    const r = run({ bytes: first.subarray(0, 40), wire: first.length, link: 101, time: 0 }, raw(part(32, 60)));
    expect(r.seen.map((s) => [s.text, s.missing])).toEqual([[text.slice(0, 8), 32]]);
    expect(r.codes()).toEqual([]);
  });

  test('beyond 65535 octets', () => {
    const r = run(raw(ipv4(17, whole, { offset: 65_528, id: 4 })));
    expect([r.texts(), r.codes()]).toEqual([[], ['FRAGMENT-SIZE']]);
  });

  test('behind the last fragment, and a last fragment before another', () => {
    const r = run(
      raw(part(0, 16)),
      raw(part(16, 60)),
      raw(part(0, 16, 2)),
      raw(part(40, 60, 2)),
      raw(ipv4(17, whole.subarray(16, 24), { id: 2, offset: 16 })),
    );
    expect(r.codes()).toContain('FRAGMENT-SIZE');
    expect(r.texts()[0]).toBe(text);
  });

  test('not a multiple of eight', () => {
    const r = run(raw(part(0, 12)), raw(part(8, 60)));
    expect([r.texts(), r.codes()]).toEqual([[text], ['FRAGMENT-SIZE']]);
  });

  test('more datagrams than the budget: the oldest goes, and it is said once', () => {
    const r = rig({ budgets: { fragments: { ...defaultBudgets.fragments, datagrams: 4 } } });
    r.run(batchOf(Array.from({ length: 10 }, (_, i) => raw(part(0, 32, i + 1)))));
    expect(r.seen.length).toBe(10);
    expect(r.seen[0]!.frame).toBe(1);
    expect(r.codes().sort()).toEqual(['FRAGMENT-BUDGET', 'FRAGMENT-MISSING']);
    expect(r.findings.find((f) => f.finding.rule.code === 'FRAGMENT-BUDGET')!.finding.message).toContain('6 times');
  });

  test('nobody reads the port: no frame is registered', () => {
    const foreign = udp(5000, 53, pdu(text));
    const r = run(
      raw(part(0, 32, 1, foreign)),
      raw(part(32, 60, 1, foreign)),
      raw(ipv4(1, hex('00'.repeat(16)), { more: true })),
    );
    expect([r.registered, r.codes(), r.texts()]).toEqual([[], [], []]);
  });
});

test('any order, any repetition, any overlap gives the same datagram', () => {
  const units = Math.ceil(whole.length / 8);
  const piece = fc.tuple(fc.nat(units - 1), fc.integer({ min: 1, max: units }));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), fc.integer({ min: 1, max: 3 }), fc.nat(), (extra, step, seed) => {
      const spans: [number, number][] = extra.map(([at, n]) => [8 * at, Math.min(whole.length, 8 * (at + n))]);
      for (let i = 0; i < units; i += step) spans.push([8 * i, Math.min(whole.length, 8 * (i + step))]);
      spans.sort((a, b) => ((a[0] * 7919 + a[1] + seed) % 101) - ((b[0] * 7919 + b[1] + seed) % 101));
      const r = run(...spans.map(([from, to]) => raw(part(from, to))));
      // Pieces that come after it was complete may begin it anew, and stay incomplete.
      expect(r.texts()[0]).toBe(text);
      expect(r.seen[0]!.mapped).toBe(text);
      expect(r.codes()).not.toContain('FRAGMENT-CONFLICT');
    }),
  );
});
