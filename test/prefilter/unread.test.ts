// Frames in the plainest headers that nobody reads take a short way: it must count, remember and refuse as the long one.

import { describe, expect, test } from 'vitest';
import type { Sink } from '../../dissectors/base/message.ts';
import { createDriver } from '../../dissectors/driver/index.ts';
import { dissectors } from '../../dissectors/index.ts';
import { createRegistry } from '../../dissectors/registry.ts';
import { batchOf, eth, type FrameSpec, ipv4, join, RST, SYN, tcp, vlan } from '../stack/build.ts';

const registry = createRegistry(dissectors);

/** Everything that comes of the frames, the batches given one after the other. */
function outcome(prefilter: boolean, ...batches: readonly (readonly FrameSpec[])[]): string {
  const told: string[] = [];
  const tell = (what: string) => (x: unknown) => told.push(`${what} ${JSON.stringify(x, (_, v) => v ?? null)}`);
  const names = ['shortMessage', 'datagram', 'answer', 'receipt', 'identity', 'finding', 'activity'] as const;
  const sink = Object.fromEntries(names.map((n) => [n, tell(n)])) as unknown as Sink;
  const rows: string[] = [];
  const driver = createDriver({
    registry,
    sink,
    prefilter,
    frames: { add: (b, i) => b.firstNumber + i },
    touched: { take: (b, touched) => rows.push(`${b.firstNumber}: ${touched.join()}`) },
  });
  let first = 1;
  for (const frames of batches) {
    driver.batch(batchOf(frames, first));
    first += frames.length;
  }
  driver.end();
  const connects = Array.from({ length: driver.connects.length }, (_, i) => driver.connects.at(i));
  return [JSON.stringify(driver.stats()), JSON.stringify(connects), ...rows, ...told].join('\n');
}

function expectSame(...batches: readonly (readonly FrameSpec[])[]): string {
  const long = outcome(false, ...batches);
  expect(outcome(true, ...batches)).toBe(long);
  return long;
}

const payload = (first: number, length = 40): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (first + i * 7) & 255);
const segment = (data: Uint8Array, from = 40_000, to = 6000, flags = 16): Uint8Array =>
  eth(0x0800, ipv4(6, tcp(from, to, data, { flags })));
const plain = segment(payload(0x99));

describe('segments that nobody reads', () => {
  test('are counted the same', () => {
    const report = expectSame(Array.from({ length: 256 }, (_, i) => ({ bytes: segment(payload(i)) })));
    expect(report).toContain('"tcp":256');
    expect(report).toContain('{"port":6000,"frames":256}');
  });

  test('whatever an octet of their headers is', () => {
    for (const value of [0x00, 0x01, 0x10, 0x45, 0x46, 0x4f, 0x60, 0x7f, 0x81, 0xff]) {
      const frames = Array.from({ length: 58 }, (_, at) => {
        const bytes = plain.slice();
        bytes[at] = value;
        return { bytes };
      });
      expectSame(frames);
    }
  });

  test('wherever they are cut, whole on the wire or not', () => {
    const cut = (length: number, wire: number) => ({ bytes: plain.subarray(0, length), wire });
    const lengths = Array.from({ length: plain.length + 1 }, (_, i) => i);
    expectSame(lengths.map((n) => cut(n, n)));
    expectSame(lengths.map((n) => cut(n, plain.length)));
  });

  test.each([
    { name: 'a trailer', bytes: join(plain, '000000000000') },
    { name: 'no payload', bytes: segment(new Uint8Array(0)) },
    {
      name: 'options of TCP',
      bytes: eth(0x0800, ipv4(6, tcp(1, 2, payload(0x99), { options: '0101080a0000000000000000' }))),
    },
    { name: 'options of IPv4', bytes: eth(0x0800, ipv4(6, tcp(1, 2, payload(0x99)), { options: '01010101' })) },
    { name: 'total length 0', bytes: eth(0x0800, ipv4(6, tcp(1, 2, payload(0x99)), { total: 0 })) },
    { name: 'a first fragment', bytes: eth(0x0800, ipv4(6, tcp(1, 2, payload(0x99)), { more: true })) },
    { name: 'a later fragment', bytes: eth(0x0800, ipv4(6, tcp(1, 2, payload(0x99)), { offset: 8 })) },
    { name: 'a tag', bytes: eth(0x8100, vlan(7, 0x0800, ipv4(6, tcp(1, 2, payload(0x99))))) },
    { name: 'SYN', bytes: segment(new Uint8Array(0), 1, 2, SYN) },
    { name: 'RST', bytes: segment(new Uint8Array(0), 1, 2, RST) },
    { name: 'a bound port', bytes: segment(payload(0x99), 40_000, 2775) },
    { name: 'few octets', bytes: segment(payload(0x99, 7)) },
    { name: 'TLS', bytes: segment(join('16030100c8010000c403030000000000000000', payload(1))) },
  ])('$name', ({ bytes }) => {
    expectSame([{ bytes }, { bytes: plain }, { bytes }]);
  });

  test('those in front of the first PDU of their connection belong to it', () => {
    // enquire_link, cut in two: its second half alone looks like nothing.
    const link = join('00000010000000150000000000000001');
    const submit = join('0000002f00000004000000000000000200', '00'.repeat(30));
    const at = (seq: number, data: Uint8Array, flags = 16) => ({
      bytes: eth(0x0800, ipv4(6, tcp(40_000, 6001, data, { seq, flags }))),
    });
    const before = payload(0x99);
    const frames = [at(0, new Uint8Array(0), SYN), at(1, before), at(41, link), at(57, submit)];
    expectSame(frames);
    expectSame(frames.slice(0, 2), frames.slice(2));
  });
});
