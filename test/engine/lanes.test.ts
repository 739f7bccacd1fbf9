import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PLAIN } from '../../analysis/engine/contract/timeline.ts';
import { MARKS } from '../../analysis/engine/contract.ts';
import { density } from '../../analysis/engine/density.ts';
import { barsOver, type LaneColumns, laneColumns, laneRows, lowerBound } from '../../analysis/engine/lanes.ts';
import { createMarkLog, type Mark, type MarkLog } from '../../analysis/engine/marks.ts';
import { cellExponent, laneWindow, type WindowAsk } from '../../analysis/engine/window.ts';
import { createArranger, type LaneSource, placeInLane, stepInLane } from '../../analysis/engine/windowlanes.ts';

type Given = Partial<Mark> & { readonly time: number };

const log = (marks: readonly Given[]): MarkLog => {
  const out = createMarkLog(2);
  for (const m of marks) out.add({ kind: 'segment', message: 0, part: 1, ...m });
  return out;
};
const NONE = createMarkLog(0);

/** Marks of message i are in lane laneOf[i]. */
const columns = (marks: readonly Given[], laneOf: readonly number[] = [0], spans: readonly Given[] = []): LaneColumns =>
  laneColumns(log(marks), spans.length === 0 ? NONE : log(spans), Int32Array.from(laneOf), Math.max(...laneOf) + 1);

const lanesOf = (c: LaneColumns) =>
  Array.from({ length: c.marks.lanes }, (_, lane) => ({
    info: { id: `${lane}`, label: `${lane}`, messages: 1, worst: null },
    columns: c,
    lane,
  }));
const windowOf = (c: LaneColumns, q: Partial<WindowAsk>) =>
  laneWindow(lanesOf(c), { t0: 0, t1: 1000, px: 1000, laneFrom: 0, laneCount: 100, ...q });
const kinds = (w: ReturnType<typeof windowOf>) => [...w.kind].map((k) => MARKS[k]);

describe('lanes', () => {
  test('rows are lane by lane in time order, equal times in the order of the capture', () => {
    const r = laneRows(
      log([
        { time: 5, part: 1 },
        { time: 3 },
        { time: 1, message: 1 },
        { time: 5, part: 2 },
        { time: Number.NaN },
        { time: 2, message: 2 },
      ]),
      Int32Array.of(0, 1, -1),
      2,
    );
    expect([...r.start]).toEqual([0, 3, 4]);
    expect([...r.time]).toEqual([3, 5, 5, 1]);
    expect([...r.part]).toEqual([1, 1, 2, 1]);
  });

  test('whatever the order of discovery, time order is stable', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 300 }), (times) => {
        const r = laneRows(log(times.map((time, i) => ({ time, part: i }))), Int32Array.of(0), 1);
        const want = times.map((time, i) => ({ time, i })).sort((a, b) => a.time - b.time || a.i - b.i);
        expect([...r.part]).toEqual(want.map((w) => w.i));
      }),
    );
  });

  test('bars over a stretch are found whatever their length', () => {
    const bar = fc.tuple(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 2000 }));
    fc.assert(
      fc.property(fc.array(bar, { maxLength: 120 }), fc.integer({ min: 0, max: 2000 }), (bars, at) => {
        const r = laneRows(
          log(bars.map(([a, b]) => ({ from: Math.min(a, b), time: Math.max(a, b) }))),
          Int32Array.of(0),
          1,
        );
        const want = Array.from(r.time, (_, i) => i).filter((i) => r.time[i]! >= at && r.from[i]! < at);
        expect(barsOver(r, 0, at, at, 1).sort((a, b) => a - b)).toEqual(want);
      }),
    );
  });

  test('lowerBound finds the first row not below', () => {
    const t = Float64Array.of(1, 3, 3, 9);
    expect([0, 1, 2, 3, 9, 10].map((v) => lowerBound(t, 0, 4, v))).toEqual([0, 0, 1, 1, 3, 4]);
  });
});

describe('windows', () => {
  test('are padded on both sides, to whole cells', () => {
    const w = windowOf(columns([0, 400, 900, 1000, 1500, 2000, 2500, 5000].map((time) => ({ time }))), {
      t0: 1000,
      t1: 2000,
    });
    expect(w.t0).toBeLessThanOrEqual(500);
    expect(w.t1).toBeGreaterThanOrEqual(2500);
    expect([w.t0 % w.cell, w.t1 % w.cell]).toEqual([0, 0]);
    expect([...w.time]).toEqual([900, 1000, 1500, 2000, 2500]);
    expect(w.merged).toBe(false);
  });

  test('a bar that ends after the window but begins inside or before it is there', () => {
    const c = columns([
      { time: 1e6, kind: 'message', from: 120 },
      { time: 2e6, kind: 'message', from: 1.9e6 },
    ]);
    expect([...windowOf(c, { t0: 100, t1: 200 }).from]).toEqual([120]);
    expect([...windowOf(c, { t0: 5000, t1: 6000 }).from]).toEqual([120]);
  });

  test('crowded marks become cells, and the rare error stays', () => {
    const many = Array.from(
      { length: 10_000 },
      (_, i): Given => ({
        time: i,
        kind: i % 5 === 0 ? 'message' : 'segment',
        severity: i === 7777 ? 3 : 0,
      }),
    );
    const w = windowOf(columns(many), { t0: 0, t1: 10_000, px: 100 });
    expect(w.merged).toBe(true);
    expect(w.time.length).toBeLessThan(40);
    expect([...w.count].reduce((a, b) => a + b, 0)).toBe(10_000);
    expect([...w.messages].reduce((a, b) => a + b, 0)).toBe(2000);
    const worst = [...w.severity].indexOf(3);
    expect([...w.severity].filter((s) => s === 3)).toHaveLength(1);
    expect(w.from[worst]).toBeLessThanOrEqual(7777);
    expect(w.time[worst]).toBeGreaterThanOrEqual(7777);
  });

  test('where one cell is crowded the marks of the others stay marks, and transactions keep their brackets', () => {
    const crowd = Array.from({ length: 60 }, (_, i): Given => ({ time: 500_000 + i, kind: 'message' }));
    const c = columns(
      [{ time: 10_000, part: 7 }, ...crowd],
      [0],
      [
        { kind: 'transaction', from: 9000, time: 700_000, part: 3 },
        { kind: 'transaction', from: 9000, time: 9001, part: 2 },
      ],
    );
    const w = windowOf(c, { t0: 0, t1: 1e6, px: 1000 });
    expect(kinds(w)).toEqual(['transaction', 'segment', 'cell']);
    expect([...w.part].slice(0, 2)).toEqual([3, 7]);
    expect(w.count[2]).toBe(60);
  });

  test('nothing is lost or told twice, at any zoom and with or without the pyramid', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 3000 }),
        fc.integer({ min: 0, max: 3 }),
        fc.double({ min: 0.001, max: 1, noNaN: true }),
        (times, rank, share) => {
          const marks = times.map(
            (time, i): Given => ({
              time,
              message: i % 3,
              kind: i % 2 === 0 ? 'message' : 'segment',
              severity: i === 0 ? rank : 0,
            }),
          );
          const c = columns(marks, [0, 1, 0]);
          const t1 = Math.max(2, Math.round(1_000_000 * share));
          const w = windowOf(c, { t0: 0, t1, px: 700 });
          const inside = marks.filter((m) => m.time >= w.t0 && m.time < w.t1);
          const told = [...w.count].reduce((n, k) => n + Math.max(1, k), 0);
          expect(told).toBe(inside.length);
          const messages = [...w.kind].reduce((n, k, i) => n + (MARKS[k] === 'message' ? 1 : w.messages[i]!), 0);
          expect(messages).toBe(inside.filter((m) => m.kind === 'message').length);
          expect(Math.max(0, ...w.severity)).toBe(Math.max(0, ...inside.map((m) => m.severity ?? 0)));
        },
      ),
      { numRuns: 40 },
    );
  });

  test('only the lanes asked for are answered, and how many there are in all', () => {
    const w = windowOf(
      columns(
        [0, 1, 2].map((message) => ({ time: 1, message })),
        [0, 1, 2],
      ),
      { laneFrom: 1, laneCount: 1 },
    );
    expect(w.lanes.map((l) => l.id)).toEqual(['1']);
    expect([...w.laneStart]).toEqual([0, 1]);
    expect(w.total).toBe(3);
  });

  test('codes travel with the crosses that have one', () => {
    const c = columns([
      { time: 1, kind: 'refusal', code: 'ESME_RTHROTTLED' },
      { time: 900, kind: 'answer' },
      { time: 950, kind: 'refusal', code: '0x45' },
    ]);
    const w = windowOf(c, { t0: 0, t1: 1000 });
    expect([...w.code].map((i) => w.codes[i])).toEqual(['ESME_RTHROTTLED', '', '0x45']);
  });

  test('cells are as wide as a count needs', () => {
    for (const nsPerPx of [0.01, 1, 3.7, 1e6, 8.1e10]) {
      const px = 2 ** cellExponent(nsPerPx) / nsPerPx;
      expect(px).toBeGreaterThanOrEqual(24);
      if (nsPerPx > 1) expect(px).toBeLessThan(48);
    }
  });
});

describe('arranging', () => {
  const people = ['+1', '+2', '+1', '+3', '+2', '+2'];
  const source: LaneSource = {
    messages: people.length,
    marks: log(
      people.map(
        (_, message): Given => ({ kind: 'message', message, time: 10 * message, severity: message === 3 ? 3 : 0 }),
      ),
    ),
    spans: NONE,
    labelOf: (by, m) => (by === 'subscriber' ? people[m]! : 'all'),
    transactionOf: (m) => (m === 1 || m === 5 ? 0 : -1 - m),
  };
  const ids = (a: Partial<typeof PLAIN>): string[] =>
    createArranger(source)({ ...PLAIN, ...a }).lanes.map((l) => l.info.id.replace('\n', '/'));

  test.each([
    { name: 'by first time', a: {}, ids: ['+1', '+2', '+3'] },
    { name: 'by worst', a: { order: 'worst' as const }, ids: ['+3', '+1', '+2'] },
    { name: 'by count', a: { order: 'count' as const }, ids: ['+2', '+1', '+3'] },
    { name: 'pinned first, unknown ones ignored', a: { pinned: ['+3', 'x'] }, ids: ['+3', '+1', '+2'] },
    { name: 'open', a: { open: ['+2'] }, ids: ['+1', '+2', '+2/t1', '+2/message 5', '+3'] },
    { name: 'grouped', a: { by: 'sender' as const }, ids: ['all'] },
  ])('$name', (c) => expect(ids(c.a)).toEqual(c.ids));

  test('a message is found in the lane it is shown in', () => {
    const a = createArranger(source)({ ...PLAIN, open: ['+2'] });
    expect([0, 1, 4, 5, 3, 99].map((m) => a.placeOf(m))).toEqual([0, 2, 3, 2, 4, null]);
    expect(a.lanes[1]?.info).toMatchObject({ messages: 3, transactions: 2, open: true, depth: 0 });
    expect(a.lanes[2]?.info).toMatchObject({ messages: 2, depth: 1, first: 1 });
  });

  test('a lane is walked from message to message', () => {
    const lane = createArranger(source)(PLAIN).lanes[1]!;
    expect(stepInLane(lane, -1, 1)).toBe(1);
    expect(stepInLane(lane, 1, 1)).toBe(4);
    expect(stepInLane(lane, 4, 1)).toBe(5);
    expect(stepInLane(lane, 5, 1)).toBe(null);
    expect(stepInLane(lane, 5, -1)).toBe(4);
    expect(stepInLane(lane, 0, -1)).toBe(5);
    expect([1, 4, 5].map((m) => placeInLane(lane, m))).toEqual([1, 2, 3].map((at) => ({ at, of: 3 })));
    expect(placeInLane(lane, 0)).toBe(null);
  });
});

describe('density', () => {
  test('counts messages by severity and keeps the worst of all marks', () => {
    const marks = log([
      { time: 0, kind: 'message' },
      { time: 10, kind: 'message', severity: 2 },
      { time: 11, kind: 'refusal', severity: 3 },
      { time: 60, kind: 'message', severity: 1 },
      { time: 100, kind: 'message' },
    ]);
    const d = density(marks, { t0: 0, t1: 100, columns: 2 });
    expect([...d.messages]).toEqual([1, 0, 1, 0, 0, 1, 0, 0]);
    expect([...d.worst]).toEqual([3, 1]);
  });
});
