// npm run bench -- window: the timeline's questions over a million marks: windows at every scale, the strip, lanes.
//
//   --events N   marks (1e6)          --lanes N    lanes they are in (400)
//   --asks N     of each kind (300)   --check      exit 1 when a target is missed: 5 ms a window at p95

import { parseArgs } from 'node:util';
import { PLAIN } from '../analysis/engine/contract/timeline.ts';
import { answersOf } from '../analysis/engine/windowview.ts';
import { median, short, table } from './lib/figures.ts';
import { finish, peak, took } from './lib/result.ts';
import { million } from './ui/million.ts';

const { values: options } = parseArgs({
  options: {
    events: { type: 'string', default: '1e6' },
    lanes: { type: 'string', default: '400' },
    asks: { type: 'string', default: '300' },
    check: { type: 'boolean', default: false },
  },
});

/** Milliseconds. */
const TARGET = 5;
const PIXELS = 1200;
const LANES = 16;
/** Parts of the whole time that a window may span. */
const SPANS = [1, 0.1, 0.01, 1e-3, 1e-5] as const;

interface Figure {
  readonly name: string;
  readonly median: number;
  readonly p95: number;
  readonly worst: number;
}

async function main(): Promise<number> {
  const m = million(Number(options.events), Number(options.lanes));
  const answers = answersOf(m, [], () => {
    throw new Error('Nothing is filtered here.');
  });
  const made = await took(() => answers.lanes({ op: 'lanes', arrange: PLAIN }));
  let state = 3;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const figures: Figure[] = [];
  const ask = async (name: string, what: () => unknown): Promise<void> => {
    const times: number[] = [];
    for (let n = 0; n < Number(options.asks); n += 1) times.push((await took(what)).processor);
    const sorted = times.sort((a, b) => a - b);
    figures.push({
      name,
      median: median(sorted),
      p95: sorted[Math.floor(sorted.length * 0.95)] ?? 0,
      worst: sorted.at(-1) ?? 0,
    });
  };
  for (const span of SPANS) {
    await ask(`a window of ${LANES} lanes over ${short(span * 100)} % of the time`, () => {
      const t0 = random() * (1 - span) * m.t1;
      const laneFrom = Math.floor(random() * (m.lanes - LANES));
      return answers.window({ op: 'window', t0, t1: t0 + span * m.t1, px: PIXELS, laneFrom, laneCount: LANES });
    });
  }
  await ask('the strip over everything', () => answers.density({ op: 'density', t0: 0, t1: m.t1, columns: PIXELS }));
  await ask('the next message of a lane', () =>
    answers.step({
      op: 'step',
      arrange: PLAIN,
      lane: Math.floor(random() * m.lanes),
      from: Math.floor(random() * m.messages),
      step: 1,
    }),
  );
  const text = table(
    [`${m.marks.length} marks in ${m.lanes} lanes, CPU ms`, 'median', 'p95', 'worst'],
    figures.map((f) => [f.name, short(f.median), short(f.p95), short(f.worst)]),
  );
  const missed = figures
    .filter((f) => f.name.startsWith('a window') && f.p95 > TARGET)
    .map((f) => `${f.name}: ${short(f.p95)} ms, target ${TARGET}`);
  const about = `all marks into lanes and pyramid: ${short(made.processor)} ms; peak ${short(peak())} MiB; no other program answers this`;
  return finish('window', `${text}\n\n${about}`, { made, figures }, missed, options.check);
}

process.exitCode = await main();
