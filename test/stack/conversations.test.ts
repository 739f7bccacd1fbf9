import { expect, test } from 'vitest';
import { Conversations } from '../../dissectors/driver/conversations.ts';
import { createPacket, type Packet } from '../../dissectors/link/packet.ts';

function packet(s3: number, d3: number, sourcePort: number, destinationPort: number, version: 0 | 4 = 4): Packet {
  return { ...createPacket(), version, s3, d3, sourcePort, destinationPort };
}

test('both directions are one conversation; ports, addresses and kinds tell them apart', () => {
  const all = new Conversations(100);
  const there = all.of('udp', packet(1, 2, 10, 20));
  expect(all.of('udp', packet(2, 1, 20, 10))).toBe(there);
  const others = [packet(1, 2, 20, 10), packet(1, 3, 10, 20), packet(1, 2, 10, 21)].map((p) => all.of('udp', p));
  others.push(all.of('ip.proto 9', packet(1, 2, 10, 20)));
  expect(new Set([there, ...others]).size).toBe(5);
  expect(others.map((c) => c.ordinal)).toEqual([2, 3, 4, 5]);
});

test('without IP there is one conversation of a kind, whatever an earlier packet left behind', () => {
  const all = new Conversations(100);
  const one = all.of('ethertype 9', packet(1, 2, 0, 0, 0));
  expect(all.of('ethertype 9', packet(7, 8, 0, 0, 0))).toBe(one);
  expect(all.of('ethertype 8', packet(7, 8, 0, 0, 0))).not.toBe(one);
});

test('the one that was silent the longest is forgotten, as a list in the order of use says', () => {
  const most = 5;
  const all = new Conversations(most);
  /** By number, the last used last. */
  let used: { key: number; ordinal: number }[] = [];
  let ordinal = 0;
  for (let i = 0, seed = 1; i < 3000; i += 1) {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    const key = (seed >>> 16) % 9;
    const known = used.find((u) => u.key === key);
    if (known === undefined) ordinal += 1;
    used = [...used.filter((u) => u.key !== key), known ?? { key, ordinal }].slice(-most);
    expect(all.of('udp', packet(key, 1, 5, 6)).ordinal).toBe(used.at(-1)!.ordinal);
  }
});
