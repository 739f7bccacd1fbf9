// What is drawn of a lane, and the words for it.

import { describe, expect, test } from 'vitest';
import { layoutLane } from '../../analysis/draw/geometry.ts';
import { hitNear, laneHits } from '../../analysis/draw/hits.ts';
import { timelineSvg } from '../../analysis/draw/lanesfile.ts';
import { gapNear } from '../../ui/timeline/gaps.ts';
import { clusterText, gapSentence, markSentence, markTitle } from '../../ui/timeline/sentence.ts';
import { formatStep, rangeTerm } from '../../ui/view/time.ts';
import { type GivenMark, oneLane } from './fake/reply.ts';

const hits = (marks: readonly GivenMark[]) => {
  const r = oneLane(marks);
  return laneHits({ reply: r, at: 0, layout: layoutLane(r, 0, 1) }, 1);
};
const xOf = (marks: readonly GivenMark[], kind: GivenMark['kind']) => hits(marks).find((h) => h.kind === kind)?.x;
const WORDS = { time: 'relative', base: null } as const;

describe('marks of a lane', () => {
  test('one part: the diamond stands at its time', () => {
    const marks: GivenMark[] = [
      { kind: 'segment', time: 100, part: 1 },
      { kind: 'message', time: 100 },
    ];
    expect(xOf(marks, 'message')).toBe(100);
  });
  test('parts far apart carry their numbers, and the diamond stands after the last', () => {
    const marks: GivenMark[] = [
      { kind: 'segment', time: 100, part: 1 },
      { kind: 'segment', time: 150, part: 2 },
      { kind: 'message', time: 150, from: 100 },
    ];
    const chips = hits(marks).filter((h) => h.kind === 'segment');
    expect(chips.map((h) => h.chips)).toEqual([true, true]);
    expect(xOf(marks, 'message')).toBe(165);
  });
  test('missing parts stand between the last part and the diamond, none on another', () => {
    const marks: GivenMark[] = [
      { kind: 'segment', time: 100, part: 1 },
      { kind: 'missing', time: 100, part: 2 },
      { kind: 'missing', time: 100, part: 3 },
      { kind: 'message', time: 100 },
    ];
    const missing = hits(marks).filter((h) => h.kind === 'missing');
    expect(missing.map((h) => h.x)).toEqual([115, 130]);
    expect(xOf(marks, 'message')).toBe(145);
  });
  test('a receipt never covers the verdict', () => {
    const marks: GivenMark[] = [
      { kind: 'message', time: 100 },
      { kind: 'receipt', time: 102 },
    ];
    expect(xOf(marks, 'receipt')).toBe(112);
  });
  test('what went wrong is drawn last', () => {
    const marks: GivenMark[] = [
      { kind: 'refusal', time: 100, part: 1 },
      { kind: 'segment', time: 100, part: 1 },
      { kind: 'answer', time: 100, part: 1 },
      { kind: 'message', time: 100 },
    ];
    expect(hits(marks).map((h) => h.kind)).toEqual(['answer', 'segment', 'message', 'refusal']);
  });
  test('a code is written where there is room, and told where there is none', () => {
    const refusal: GivenMark = { kind: 'refusal', time: 100, part: 2, severity: 3, code: 'ESME_RSUBMITFAIL' };
    const alone = hits([refusal])[0]!;
    expect([alone.written, alone.code]).toEqual([true, 'ESME_RSUBMITFAIL']);
    const beside = hits([refusal, { kind: 'segment', time: 140, part: 3 }]).find((h) => h.kind === 'refusal')!;
    expect([beside.written, markTitle(beside, null)]).toEqual([false, 'Part 2 refused: ESME_RSUBMITFAIL']);
  });
  test('a retry leads back to its original and is found above what it repeats', () => {
    const all = hits([
      { kind: 'segment', time: 100, part: 2 },
      { kind: 'segment', time: 300, part: 2 },
      { kind: 'retry', time: 300, from: 100, part: 2 },
    ]);
    const retry = all.find((h) => h.kind === 'retry')!;
    expect([retry.x, retry.x0]).toEqual([300, 100]);
    expect(hitNear(all, 300, retry.y, 6)).toBe(retry);
    expect(markSentence(retry, null, WORDS)).toBe('Part 2 sent again after 200 ns, 0.000 s');
  });
  test('a crowd is counted in messages', () => {
    const crowd = hits([{ kind: 'cell', from: 1, time: 20, count: 900, messages: 214, severity: 3 }])[0]!;
    expect(clusterText(crowd)).toBe('214 messages, worst: error');
    expect(clusterText({ ...crowd, messages: 0, severity: 0 })).toBe('900 marks');
  });
  test('under a filter it says how many of it fit', () => {
    const r = oneLane([
      { kind: 'cell', from: 1, time: 20, count: 900, messages: 214, severity: 3 },
      { kind: 'message', time: 30 },
    ]);
    const fit = {
      fitMarks: Uint32Array.of(40, 1),
      fitMessages: Uint32Array.of(11, 1),
      fitSeverity: Uint8Array.of(0, 0),
    };
    const view = { ...r, ...fit };
    const crowd = laneHits({ reply: view, at: 0, layout: layoutLane(view, 0, 2) }, 0.5).find(
      (h) => h.kind === 'cluster',
    )!;
    expect(crowd.fits).toEqual({ count: 41, messages: 12, severity: 0 });
    expect(clusterText(crowd)).toBe('12 of 215 messages fit the filter, worst: error');
    const all = { ...crowd, fits: { count: 901, messages: 215, severity: 3 } };
    expect(clusterText(all)).toBe('215 messages, all fit the filter, worst: error');
  });
});

describe('what the capture has not', () => {
  const unseen = { from: 1e9, to: 5e9, why: 'between a and b' };
  const lost = { from: 2e9, to: 2e9 + 10, why: '12 frames lost by interface eth0', lost: 12 };
  test.each([
    { name: 'the shortest of several', x: 20, gap: lost },
    { name: 'beside one too narrow to be hit', x: 23, gap: lost },
    { name: 'a long one', x: 40, gap: unseen },
    { name: 'none', x: 90, gap: null },
  ])('$name', ({ x, gap }) => expect(gapNear([unseen, lost], { t0: 0, t1: 10e9 }, 100, x)).toBe(gap));
  test('in words', () => {
    expect(gapSentence(unseen, WORDS)).toBe('Not captured: between a and b, 4 s from 1.000 s');
    const back = { from: 1e9, to: 5e9, why: 'frame 3 has an earlier time than the one in front of it', back: 4e9 };
    expect(gapSentence(back, WORDS)).toBe(
      'The clock went back by 4 s, to 1.000 s: frame 3 has an earlier time than the one in front of it',
    );
    expect(gapSentence(lost, WORDS)).toBe('12 frames lost by interface eth0, somewhere in 10 ns from 2.000 s');
  });
  test('parts are given up where nobody waits for them any more, drawn from the last part that came', () => {
    const given = { kind: 'expiry', time: 500, from: 100, part: 1, code: 'part 3' } as const;
    const all = hits([{ kind: 'segment', time: 100, part: 1 }, { kind: 'message', time: 100 }, given]);
    const expiry = all.find((h) => h.kind === 'expiry')!;
    expect([expiry.x0, expiry.x]).toEqual([100, 500]);
    expect(markTitle(expiry, null)).toBe('Part 3 had not come when the capture ends');
    expect(markSentence({ ...expiry, severity: 1 }, null, WORDS)).toBe(
      'Part 3 never came: no longer waited for, 400 ns after the last part, 0.000 s',
    );
  });
});

describe('as a file', () => {
  test('lanes, marks and words that are text', () => {
    const r = oneLane([
      { kind: 'segment', time: 100, part: 1 },
      { kind: 'refusal', time: 130, from: 100, part: 1, severity: 3, code: '<b>' },
      { kind: 'message', time: 100 },
      { kind: 'cell', from: 600, time: 620, count: 90, messages: 20, severity: 3 },
      { kind: 'retry', time: 400, from: 100 },
    ]);
    const named = { ...r, lanes: [{ ...r.lanes[0]!, label: '<script>' }] };
    const svg = timelineSvg(
      named,
      { t0: 0, t1: 1000 },
      { width: 1170, ticks: [{ time: 500, label: '0.5 µs' }], title: 'T' },
    );
    expect(svg).toContain('&lt;script&gt;');
    expect(svg).toContain('>20</text>');
    expect(svg).toContain('&lt;b&gt;');
    expect(svg).toContain('0.5 µs');
    expect(svg).not.toMatch(/<script|<b>|NaN|undefined/);
  });
});

describe('times', () => {
  test('since the previous, back as well as forth', () => {
    expect(formatStep(3.5e9, 1e9, null)).toBe('+2.5 s');
    expect(formatStep(1e9, 1.003e9, null)).toBe('−3 ms');
    expect(formatStep(1e9, null, null)).toBe('1.000 s');
  });
  test('a range as the filter takes it, to the nanosecond', () => {
    expect(rangeTerm(0, 1_500_000_001)).toBe('time in 0s..1.500000001s');
  });
});
