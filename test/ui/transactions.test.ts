// Transactions on the chart: one bracket around their messages, which stay what the pointer finds first.

import { describe, expect, test } from 'vitest';
import { BRACKET_Y, LANE_HEIGHT, layoutLane, slotY } from '../../analysis/draw/geometry.ts';
import { hitNear, laneHits } from '../../analysis/draw/hits.ts';
import type { HopRow, WindowReply } from '../../analysis/engine/contract.ts';
import { markSentence, markTitle } from '../../ui/timeline/sentence.ts';
import { hopNumbers, operationWord } from '../../ui/view/hops.ts';
import { type GivenMark, oneLane } from './fake/reply.ts';

const TWO: readonly GivenMark[] = [
  { kind: 'message', time: 100, message: 0 },
  { kind: 'message', time: 500, message: 1 },
  { kind: 'transaction', time: 500, from: 100, message: 0, part: 2 },
];

const drawn = (r: WindowReply) => laneHits({ reply: r, at: 0, layout: layoutLane(r, 0, 1) }, 1);

describe('a transaction', () => {
  const hits = drawn(oneLane(TWO));
  const bracket = hits.find((h) => h.kind === 'transaction')!;

  test('is one bracket from its first message to its last, drawn before them', () => {
    expect(hits.map((h) => h.kind)).toEqual(['transaction', 'message', 'message']);
    expect([bracket.x0, bracket.x0 + bracket.w, bracket.y, bracket.part]).toEqual([91, 509, BRACKET_Y, 2]);
  });

  test('does not take its messages away from the pointer', () => {
    for (const h of hits.filter((x) => x.kind === 'message')) {
      for (const dy of [0, 5, 10]) expect(hitNear(hits, h.x, h.y + dy, 11)).toBe(h);
    }
    expect(hitNear(hits, 300, BRACKET_Y, 11)).toBe(bracket);
    expect(hitNear(hits, 300, 10, 11)).toBe(null);
  });

  test('is no mark more in clusters', () => {
    const crowd = [10, 11, 12, 13].map((time, message) => ({ kind: 'message' as const, time, message }));
    const r = oneLane([...crowd, { kind: 'transaction', time: 13, from: 10, message: 0, part: 4 }]);
    const l = layoutLane(r, 0, 1);
    expect([l.clusters.map((c) => c.count), l.transactions]).toEqual([[4], [4]]);
  });

  test('keeps its bracket where its messages are merged into cells', () => {
    const r = oneLane([
      { kind: 'transaction', time: 500, from: 100, part: 7 },
      { kind: 'cell', time: 120, from: 100, count: 40, messages: 7 },
    ]);
    expect(drawn(r).map((h) => [h.kind, h.part])).toEqual([
      ['cluster', 40],
      ['transaction', 7],
    ]);
  });

  test('leaves room for itself in a full lane', () => {
    expect(slotY(2, 3, true) + 7).toBeLessThan(BRACKET_Y);
    expect(slotY(0, 3, true) - 7).toBeGreaterThanOrEqual(0);
    expect(slotY(0, 1, true)).toBe(LANE_HEIGHT / 2);
  });

  test('in words', () => {
    expect(markTitle(bracket, null)).toBe('One message seen 2 times');
    expect(markSentence({ ...bracket, from: 0, time: 2e9 }, null, { time: 'relative', base: null })).toBe(
      'One message seen 2 times within 2 s, from 0.000 s',
    );
  });
});

describe('hops', () => {
  const hop = (index: number, attempt: number): HopRow => ({
    message: `m${index + 1}`,
    index,
    attempt,
    bearer: 'smpp',
    operation: 'submit_sm',
    time: index,
    outcome: null,
  });
  test('are numbered within their attempt', () => {
    expect(hopNumbers([hop(0, 1), hop(1, 1), hop(2, 2), hop(3, 2), hop(4, 3)])).toEqual([1, 2, 1, 2, 1]);
    expect(hopNumbers([])).toEqual([]);
  });
  test('name their operation as the protocol does', () => {
    expect(operationWord('submit_sm')).toBe('submit_sm');
    expect(operationWord('')).toBe('–');
  });
});
