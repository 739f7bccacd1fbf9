// Cells and strips under a filter: how many of what they stand for fit it.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MARKS } from '../../analysis/engine/contract.ts';
import { density } from '../../analysis/engine/density.ts';
import { createFitting, fittingOf } from '../../analysis/engine/fits.ts';
import { laneColumns } from '../../analysis/engine/lanes.ts';
import { createMarkLog, type Mark, type MarkLog } from '../../analysis/engine/marks.ts';
import { laneWindow } from '../../analysis/engine/window.ts';

const log = (marks: readonly Mark[]): MarkLog => {
  const out = createMarkLog(2);
  for (const m of marks) out.add(m);
  return out;
};

const windowOf = (marks: readonly Mark[], messages: number, fitting: readonly number[], t1: number) => {
  const columns = laneColumns(log(marks), createMarkLog(0), new Int32Array(messages), 1);
  const info = { id: '0', label: '0', messages, worst: null };
  const of = createFitting(messages)(Int32Array.from(fitting)).of;
  const ask = { t0: 0, t1, px: 600, laneFrom: 0, laneCount: 1 };
  return laneWindow([{ info, columns, lane: 0 }], ask, of);
};

describe('under a filter', () => {
  test('whatever the zoom, rows together tell of each mark that fits once', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ time: fc.nat({ max: 60_000 }), message: fc.nat({ max: 40 }), severity: fc.nat({ max: 3 }) }),
          {
            minLength: 1,
            maxLength: 1500,
          },
        ),
        fc.uniqueArray(fc.nat({ max: 40 }), { maxLength: 41 }),
        fc.constantFrom(60_001, 600_000, 4_000_000),
        (given, fitting, t1) => {
          const marks = given.map((g, i): Mark => ({ ...g, kind: i % 3 === 0 ? 'message' : 'segment' }));
          const w = windowOf(marks, 41, fitting, t1);
          const fit = marks.filter((m) => fitting.includes(m.message));
          const sum = (column: Uint32Array | undefined): number =>
            Array.from(column ?? []).reduce((a: number, b: number) => a + b, 0);
          expect(sum(w.fitMarks)).toBe(fit.length);
          expect(sum(w.fitMessages)).toBe(fit.filter((m) => m.kind === 'message').length);
          expect(Math.max(0, ...(w.fitSeverity ?? []))).toBe(Math.max(0, ...fit.map((m) => m.severity ?? 0)));
        },
      ),
      { numRuns: 30 },
    );
  });

  test('a cell tells the worst of what fits, not of what does not', () => {
    const marks = Array.from(
      { length: 30 },
      (_, i): Mark => ({ kind: 'message', time: i, message: i, severity: i === 7 ? 3 : 2 }),
    );
    const w = windowOf(marks, 30, [1, 2, 3], 1e6);
    expect([...w.kind].map((k) => MARKS[k])).toEqual(['cell']);
    expect([w.messages[0], w.fitMessages?.[0], w.severity[0], w.fitSeverity?.[0]]).toEqual([30, 3, 3, 2]);
  });

  test('without a filter nothing is said of one', () => {
    const columns = laneColumns(
      log([{ kind: 'message', time: 1, message: 0 }]),
      createMarkLog(0),
      new Int32Array(1),
      1,
    );
    const info = { id: '0', label: '0', messages: 1, worst: null };
    const w = laneWindow([{ info, columns, lane: 0 }], { t0: 0, t1: 9, px: 9, laneFrom: 0, laneCount: 1 });
    expect(w.fitMarks).toBeUndefined();
  });

  test('the strip counts the messages of a column that fit', () => {
    const marks = log([0, 10, 20, 60, 90].map((time, message): Mark => ({ kind: 'message', time, message })));
    const q = { t0: 0, t1: 100, columns: 2 };
    expect([...(density(marks, q, fittingOf(5, Int32Array.of(0, 2, 3, 99))).fitting ?? [])]).toEqual([2, 1]);
    expect(density(marks, q).fitting).toBeUndefined();
  });
});
