// Times that go back are said once, with the first of them.

import { expect, test } from 'vitest';
import { createSession } from '../../analysis/engine/session.ts';
import { fromBytes } from '../../captures/source.ts';
import { writePcap } from '../../captures/write/pcap.ts';

const findingsOf = async (seconds: readonly bigint[]) => {
  const frames = seconds.map((s) => ({ time: s * 1_000_000_000n, bytes: new Uint8Array(60) }));
  const session = createSession({ open: () => Promise.reject(new Error('No.')), samples: async () => [] });
  await session.openSources([fromBytes('a.pcap', writePcap(frames, { linkType: 1, resolution: 'ns' }))]);
  const { findings } = await session.request({ op: 'rows', table: 'findings', from: 0, count: 100 });
  return findings.filter((f) => f.code === 'CAPTURE-CLOCK-STEP-BACK').map((f) => f.text);
};

test('a clock that goes on is not spoken of', async () => expect(await findingsOf([1n, 2n, 2n, 3n])).toEqual([]));
test('a step back names its frame', async () =>
  expect(await findingsOf([1n, 5n, 2n, 3n, 1n])).toEqual([
    'Frame 3 of a.pcap is 3.0 s before the one in front of it; that happens 2 times',
  ]));
