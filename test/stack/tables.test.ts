// Tables that begin small: what they hold does not depend on when they grew.

import { expect, test } from 'vitest';
import type { Connection } from '../../dissectors/driver/connection.ts';
import { Flows } from '../../dissectors/driver/flows.ts';
import { Counters } from '../../dissectors/driver/stats.ts';

test('ports that were counted are the same after they were kept and taken back', () => {
  const counters = new Counters();
  const seen: [number, number][] = [
    [0, 1],
    [2775, 3],
    [2776, 2],
    [2900, 1],
    [9200, 2],
    [65_535, 4],
  ];
  for (const [port, frames] of seen) for (let i = 0; i < frames; i += 1) counters.tcpPorts.add(port);
  counters.udpPorts.add(2948);
  counters.tcp = 13;
  counters.udp = 1;
  counters.frames = 14;
  const again = new Counters();
  again.tcpPorts.add(7);
  again.restore(counters.values());
  expect([...again.values().tcpPorts]).toEqual(seen.flat());
  expect(again.stats([])).toEqual(counters.stats([]));
  expect(again.stats([]).tcpPorts.slice(0, 2)).toEqual([
    { port: 65_535, frames: 4 },
    { port: 2775, frames: 3 },
  ]);
});

test('connections are found by their hash however many there are, and not once they are gone', () => {
  const flows = new Flows();
  const some = Array.from({ length: 9000 }, (_, i) => ({ hash: Math.imul(i + 1, 0x9e3779b1), next: null }));
  const all = some as unknown as Connection[];
  for (const [i, c] of all.entries()) {
    flows.add(c);
    if (i % 100 === 0) expect(all.slice(0, i + 1).every((x) => flows.mayHold(x.hash))).toBe(true);
  }
  expect([...flows.all()]).toHaveLength(9000);
  for (const c of all) flows.remove(c);
  expect(all.some((x) => flows.mayHold(x.hash))).toBe(false);
});
