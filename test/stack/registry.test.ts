import { describe, expect, test } from 'vitest';
import type { DatagramDissector } from '../../dissectors/base/dissector.ts';
import { on } from '../../dissectors/base/dissector.ts';
import { dissectors } from '../../dissectors/index.ts';
import { createRegistry, parseDecodeAs } from '../../dissectors/registry.ts';

const one: DatagramDissector = {
  kind: 'datagram',
  id: 'one',
  title: '',
  refs: [],
  fields: {},
  rules: [],
  carriedBy: [on('udp.port', 1), on('sctp.ppid', 3)],
  decode() {},
};

describe('the list', () => {
  test('of the project is without contradiction, and rule codes are each used once', () => {
    const registry = createRegistry(dissectors);
    expect(registry.bound('tcp.port', 2775)?.id).toBe('smpp');
    expect(registry.bound('udp.port', 2948)?.id).toBe('wdp');
    for (const d of dissectors) {
      const codes = d.rules.map((r) => r.code);
      expect(new Set(codes).size).toBe(codes.length);
    }
  });

  test('is looked up by table and key', () => {
    const r = createRegistry([one]);
    expect([r.bound('sctp.ppid', 3), r.bound('sctp.ppid', 4), r.find('one'), r.find('two')]).toEqual([
      one,
      undefined,
      one,
      undefined,
    ]);
    expect(r.bindings('udp.port')).toEqual([[1, one]]);
  });

  test('that contradicts itself is refused', () => {
    expect(() => createRegistry([one, one])).toThrow('two dissectors are called one');
    expect(() => createRegistry([one, { ...one, id: 'two' }])).toThrow('udp.port 1 is claimed by one and two');
    expect(() => createRegistry([{ ...one, carriedBy: [on('tcp.port', 1)] }])).toThrow(
      'one: tcp.port carries no datagram',
    );
  });
});

describe('decode as', () => {
  const good = [
    { in: 'udp.port=5000:wdp', out: { table: 'udp.port', key: 5000, dissector: 'wdp' } },
    { in: ' TCP.port=9000:SMPP ', out: { table: 'tcp.port', key: 9000, dissector: 'smpp' } },
  ];
  for (const g of good) test(g.in, () => expect(parseDecodeAs(g.in)).toEqual(g.out));

  const bad = [
    { in: '', why: 'expected PROTOCOL.port=NUMBER:DISSECTOR' },
    { in: 'tcp.port=9000', why: 'expected PROTOCOL.port=NUMBER:DISSECTOR' },
    { in: 'sctp.port=9000:smpp', why: 'expected PROTOCOL.port=NUMBER:DISSECTOR' },
    { in: 'tcp.port=70000:smpp', why: '70000 is no port' },
  ];
  for (const b of bad) test(`refused: ${b.in}`, () => expect(() => parseDecodeAs(b.in)).toThrow(b.why));
});
