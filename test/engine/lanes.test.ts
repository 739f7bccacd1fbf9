import { describe, expect, test } from 'vitest';
import { MARKS } from '../../analysis/engine/contract.ts';
import { cellFor, laneColumns, laneWindow, lowerBound, type Mark } from '../../analysis/engine/lanes.ts';

const mark = (time: number, over: Partial<Mark> = {}): Mark => ({
  kind: 'segment',
  time,
  from: time,
  message: 0,
  part: 1,
  verdict: null,
  severity: 0,
  ...over,
});
const lane = (id: string, marks: readonly Mark[]) => ({ lane: { id, label: id, messages: 1, worst: null }, marks });

describe('lane windows', () => {
  test('rows are lane by lane in time order, ties in order of arrival', () => {
    const c = laneColumns([lane('a', [mark(5, { part: 1 }), mark(3), mark(5, { part: 2 })]), lane('b', [mark(1)])]);
    expect([...c.start]).toEqual([0, 3, 4]);
    expect([...c.time]).toEqual([3, 5, 5, 1]);
    expect([...c.part]).toEqual([1, 1, 2, 1]);
  });

  test('a window is padded by its own width on both sides', () => {
    const c = laneColumns([
      lane(
        'a',
        [0, 50, 100, 150, 200, 301].map((t) => mark(t)),
      ),
    ]);
    const w = laneWindow(c, { t0: 100, t1: 200, px: 1000, laneFrom: 0, laneCount: 10 });
    expect([...w.time]).toEqual([0, 50, 100, 150, 200]);
    expect(w.merged).toBe(false);
  });

  test('a bar that ends after the window but begins inside it is there', () => {
    const c = laneColumns([lane('a', [mark(10_000, { kind: 'message', from: 120 })])]);
    const w = laneWindow(c, { t0: 100, t1: 200, px: 1000, laneFrom: 0, laneCount: 1 });
    expect([...w.from]).toEqual([120]);
  });

  test('crowded marks become cells, and the rare error stays', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => mark(i, i === 7777 ? { kind: 'refusal', severity: 3 } : {}));
    const w = laneWindow(laneColumns([lane('a', many)]), { t0: 0, t1: 10_000, px: 100, laneFrom: 0, laneCount: 1 });
    expect(w.merged).toBe(true);
    expect(w.time.length).toBeLessThan(500);
    const worst = [...w.severity].indexOf(3);
    expect(MARKS[w.kind[worst]!]).toBe('refusal');
    expect([...w.part].reduce((a, b) => a + b, 0)).toBe(10_000);
  });

  test('only the lanes asked for are answered', () => {
    const c = laneColumns(['a', 'b', 'c'].map((id) => lane(id, [mark(1)])));
    const w = laneWindow(c, { t0: 0, t1: 2, px: 10, laneFrom: 1, laneCount: 1 });
    expect(w.lanes.map((l) => l.id)).toEqual(['b']);
    expect([...w.laneStart]).toEqual([0, 1]);
  });

  test('cell sizes are powers of two that give every pixel a cell', () => {
    for (const [span, px] of [
      [1e9, 1000],
      [7, 100],
      [86_400e9, 1440],
    ] as const) {
      const cell = cellFor(span, px);
      expect(Math.log2(cell) % 1).toBe(0);
      expect(span / cell).toBeGreaterThanOrEqual(Math.min(px, span));
    }
  });

  test('lowerBound finds the first row not below', () => {
    const t = Float64Array.of(1, 3, 3, 9);
    expect([0, 1, 2, 3, 9, 10].map((v) => lowerBound(t, 0, 4, v))).toEqual([0, 0, 1, 1, 3, 4]);
  });
});
