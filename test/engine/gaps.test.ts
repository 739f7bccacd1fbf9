// What the timeline is told of times in which the capture has less than there was.

import { describe, expect, test } from 'vitest';
import { PLAIN } from '../../analysis/engine/contract/timeline.ts';
import { createSession } from '../../analysis/engine/session.ts';
import { fromBytes } from '../../captures/source.ts';
import { type WrittenBlock, writePcapng } from '../../captures/write/pcapng.ts';

const SECOND = 1_000_000_000n;
const START = 1_795_391_664n * SECOND;

const file = (name: string, at: readonly number[], lost: Readonly<Record<number, number>> = {}) => {
  const blocks = at.map((s): WrittenBlock => {
    const n = lost[s];
    const time = START + BigInt(s) * SECOND;
    return { kind: 'packet', interface: 0, time, bytes: new Uint8Array(60), ...(n === undefined ? {} : { lost: n }) };
  });
  return fromBytes(name, writePcapng([{ interfaces: [{ linkType: 1, name: 'eth0' }], blocks }]));
};

async function gapsOf(sources: readonly ReturnType<typeof file>[]) {
  const session = createSession({ open: () => Promise.reject(new Error('none')), samples: async () => [] });
  await session.openSources(sources);
  return (await session.request({ op: 'lanes', arrange: PLAIN })).gaps;
}

describe('gaps', () => {
  test.each([
    { name: 'none', files: [file('a', [0, 1, 2])], gaps: [] },
    {
      name: 'frames lost between two',
      files: [file('a', [0, 1, 4], { 4: 1200 })],
      gaps: [{ from: 1e9, to: 4e9, why: '1,200 frames lost by interface eth0', lost: 1200 }],
    },
    {
      name: 'between two files, and lost in the second',
      files: [file('a', [10, 11]), file('b', [20, 25], { 20: 1, 25: 2 })],
      gaps: [
        { from: 1e9, to: 10e9, why: 'between a and b' },
        { from: 10e9, to: 15e9, why: '3 frames lost by interface eth0 in b', lost: 3 },
      ],
    },
    {
      name: 'a clock that went back twice, and stood still',
      files: [file('a', [0, 9, 4, 5, 2, 2])],
      gaps: [
        { from: 2e9, to: 5e9, why: 'frame 5 has an earlier time than the one in front of it', back: 3e9 },
        { from: 4e9, to: 9e9, why: 'frame 3 has an earlier time than the one in front of it', back: 5e9 },
      ],
    },
    {
      name: 'a clock that went back in the second file',
      files: [file('a', [0, 1]), file('b', [1, 3, 1])],
      gaps: [{ from: 1e9, to: 3e9, why: 'frame 3 of b has an earlier time than the one in front of it', back: 2e9 }],
    },
  ])('$name', async ({ files, gaps }) => expect(await gapsOf(files)).toEqual(gaps));
});
