import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CELL_PX,
  cellFor,
  clampSpan,
  LANE_HEIGHT,
  LANE_PAGE,
  lanePages,
  layoutLane,
  MAX_SLOTS,
  MOST_MARKS,
  nearest,
  packSlots,
  slotY,
  wholeSpan,
  windowFor,
  zoomSpan,
} from '../../analysis/draw/geometry.ts';
import {
  cellExponent,
  CELL_PX as ENGINE_CELL_PX,
  MOST_MARKS as ENGINE_MARKS,
  MOST_MESSAGES,
} from '../../analysis/engine/window.ts';
import { type GivenMark, oneLane } from './fake/reply.ts';

const bounds = { t0: 0, t1: 1e12 };

describe('spans', () => {
  test('zooming keeps the time under the pointer where it is', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.2, max: 0.8, noNaN: true }),
        fc.double({ min: 0.3, max: 1, noNaN: true }),
        (share, factor) => {
          const s = { t0: 4e11, t1: 6e11 };
          const at = s.t0 + share * (s.t1 - s.t0);
          const z = zoomSpan(s, factor, at, bounds);
          expect((at - z.t0) / (z.t1 - z.t0)).toBeCloseTo(share, 6);
        },
      ),
    );
  });
  test('never outside the capture, never narrower than a microsecond', () => {
    expect(clampSpan({ t0: -5e11, t1: 5e11 }, bounds)).toEqual({ t0: 0, t1: 1e12 });
    expect(clampSpan({ t0: 9.9e11, t1: 10.9e11 }, bounds)).toEqual({ t0: 9e11, t1: 1e12 });
    const z = zoomSpan({ t0: 0, t1: 2000 }, 1e-6, 10, bounds);
    expect(z.t1 - z.t0).toBe(1000);
  });
  test('a capture without extent still has a width', () => {
    expect(wholeSpan(7, 7)).toEqual({ t0: 7 - 5e8, t1: 7 + 5e8 });
    expect(wholeSpan(Number.NaN, Number.NaN)).toEqual({ t0: 0, t1: 1e9 });
  });
});

describe('windows asked for', () => {
  test('cover what is seen, with the cells of its zoom and at most a few screens of them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000_000 }),
        fc.double({ min: 2e3, max: 1e14, noNaN: true }),
        fc.integer({ min: 200, max: 2500 }),
        (t0, width, px) => {
          const w = windowFor({ t0, t1: t0 + width }, px);
          expect(w.t0).toBeLessThanOrEqual(t0);
          expect(w.t1).toBeGreaterThanOrEqual(t0 + width);
          expect(w.cell).toBe(cellFor(width / px));
          expect(2 ** cellExponent((w.t1 - w.t0) / w.px)).toBe(w.cell);
          expect(w.px).toBeLessThanOrEqual(px * 5 + 33);
        },
      ),
    );
  });
  test('a small pan asks for the same window', () => {
    const a = windowFor({ t0: 1.01e10, t1: 1.09e10 }, 1000);
    const b = windowFor({ t0: 1.014e10, t1: 1.094e10 }, 1000);
    expect(b).toEqual(a);
  });
  test('lane pages', () => {
    expect(lanePages(0, 500, 5)).toEqual([0]);
    expect(lanePages(LANE_HEIGHT * (LANE_PAGE - 1), 500, 100)).toEqual([0, LANE_PAGE]);
    expect(lanePages(0, 500, 0)).toEqual([]);
  });
});

describe('slots', () => {
  const cases: readonly {
    readonly name: string;
    readonly bars: readonly [number, number][];
    readonly slot: number[];
  }[] = [
    {
      name: 'one after the other',
      bars: [
        [0, 10],
        [20, 30],
      ],
      slot: [0, 0],
    },
    {
      name: 'interleaved',
      bars: [
        [0, 10],
        [5, 15],
        [9, 12],
      ],
      slot: [0, 1, 2],
    },
    {
      name: 'a fourth shares the row that ends first',
      bars: [
        [0, 10],
        [1, 4],
        [2, 12],
        [3, 20],
      ],
      slot: [0, 1, 2, 1],
    },
    {
      name: 'too near',
      bars: [
        [0, 10],
        [11, 12],
      ],
      slot: [0, 1],
    },
  ];
  for (const c of cases) {
    test(c.name, () =>
      expect(
        packSlots(
          c.bars.map(([from, to]) => ({ from, to })),
          5,
        ).slot,
      ).toEqual(c.slot),
    );
  }
  test('are centred', () => {
    expect(slotY(0, 1)).toBe(LANE_HEIGHT / 2);
    expect((slotY(0, 2) + slotY(1, 2)) / 2).toBe(LANE_HEIGHT / 2);
    expect(slotY(2, 3)).toBeLessThan(LANE_HEIGHT - 7);
  });
});

const messages = (times: readonly number[], severity: readonly number[] = []): GivenMark[] =>
  times.map((time, i) => ({ kind: 'message', time, message: i, severity: severity[i] ?? 0 }));

describe('a lane', () => {
  test('far apart: one by one', () => {
    const l = layoutLane(oneLane(messages([0, 1000, 2000])), 0, 1);
    expect([l.rows.length, l.clusters.length]).toEqual([3, 0]);
  });
  test('crowded: a cluster that keeps the worst', () => {
    const l = layoutLane(oneLane(messages([0, 1, 2, 3, 1000], [0, 3, 1, 0, 0])), 0, 1);
    expect(l.rows).toEqual([4]);
    expect(l.clusters).toEqual([{ at: 16, width: 32, t0: 0, t1: 3, count: 4, messages: 4, severity: 3, fits: null }]);
  });
  test('cells of the engine stay as they are, and marks beside them too', () => {
    const l = layoutLane(
      oneLane([
        { kind: 'cell', from: 1, time: 30, count: 214, messages: 60, severity: 2 },
        { kind: 'segment', time: 900 },
      ]),
      0,
      1,
    );
    expect(l.clusters).toEqual([
      { at: 16, width: 32, t0: 1, t1: 30, count: 214, messages: 60, severity: 2, fits: null },
    ]);
    expect(l.rows).toEqual([1]);
  });
  test('cells of a wider zoom are drawn as wide as they are, and of a narrower one together', () => {
    const cells: GivenMark[] = [
      { kind: 'cell', from: 5, time: 30, count: 20, messages: 5, severity: 1 },
      { kind: 'cell', from: 40, time: 50, count: 30, messages: 6, severity: 3 },
    ];
    expect(layoutLane(oneLane(cells, 32), 0, 0.5).clusters.map((c) => [c.at, c.width])).toEqual([
      [16, 32],
      [48, 32],
    ]);
    expect(layoutLane(oneLane(cells, 32), 0, 2).clusters).toEqual([
      { at: 32, width: 64, t0: 5, t1: 50, count: 50, messages: 11, severity: 3, fits: null },
    ]);
  });
  test('every mark is in a row or a cluster, whatever the zoom', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 200 }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (ts, nsPerPx) => {
          const l = layoutLane(oneLane(messages([...ts].sort((a, b) => a - b))), 0, nsPerPx);
          expect(l.rows.length + l.clusters.reduce((n, c) => n + c.count, 0)).toBe(ts.length);
        },
      ),
    );
  });
  test('cells are those of the engine', () => {
    for (const nsPerPx of [0.01, 1, 3.7, 1e6, 8.1e10]) expect(cellFor(nsPerPx)).toBe(2 ** cellExponent(nsPerPx));
    expect([CELL_PX, MOST_MARKS, MAX_SLOTS]).toEqual([ENGINE_CELL_PX, ENGINE_MARKS, MOST_MESSAGES]);
  });
  test('the nearest mark, the one on top first', () => {
    const items = [
      { x: 0, y: 0, n: 1 },
      { x: 0, y: 0, n: 2 },
      { x: 50, y: 0, n: 3, w: 40 },
    ];
    expect(nearest(items, 2, 2)?.n).toBe(2);
    expect(nearest(items, 35, 0)?.n).toBe(3);
    expect(nearest(items, 200, 0)).toBe(null);
  });
});
