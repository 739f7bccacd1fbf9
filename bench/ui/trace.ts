// What Chromium's own trace says of frames: the work of the page's main thread between one frame's beginning and the
// next's.

import type { CDPSession } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly pid: number;
  readonly tid: number;
  readonly args?: { readonly name?: string; readonly data?: { readonly type?: string } };
}

const CATEGORIES = ['devtools.timeline', 'toplevel', 'disabled-by-default-devtools.timeline', '__metadata', 'cc'];

/** Runs `work` under a trace. */
export async function traced(cdp: CDPSession, work: () => Promise<void>): Promise<readonly TraceEvent[]> {
  const events: TraceEvent[] = [];
  const collect = (e: { value: unknown[] }): void => {
    for (const one of e.value) events.push(one as TraceEvent);
  };
  cdp.on('Tracing.dataCollected', collect);
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { recordMode: 'recordUntilFull', includedCategories: CATEGORIES, excludedCategories: ['*'] },
  });
  await work();
  const done = new Promise<void>((resolve) => cdp.once('Tracing.tracingComplete', () => resolve()));
  await cdp.send('Tracing.end');
  await done;
  cdp.off('Tracing.dataCollected', collect);
  return events;
}

export interface Frames {
  /** Main thread work of each frame that drew, ms by the clock on the wall. */
  readonly wall: readonly number[];
  /** The same in processor time: what other programs on the machine took is not in it. */
  readonly processor: readonly number[];
}

/** The page's main thread: the renderer's that fired most animation frames. */
function mainThread(events: readonly TraceEvent[]): string {
  const fired = new Map<string, number>();
  for (const e of events) {
    if (e.name === 'FireAnimationFrame') fired.set(`${e.pid}:${e.tid}`, (fired.get(`${e.pid}:${e.tid}`) ?? 0) + 1);
  }
  return [...fired].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
}

/** What begins a frame on the main thread, in Chromium's words of different years. */
const BEGINS = new Set(['ProxyMain::BeginMainFrame', 'BeginMainThreadFrame']);

/** Frames in which an animation frame ran; each with all work from its beginning to the next one's. */
export function framesOf(events: readonly TraceEvent[]): Frames {
  const thread = mainThread(events);
  const own = events.filter((e) => `${e.pid}:${e.tid}` === thread).sort((a, b) => a.ts - b.ts);
  const begins = own.filter((e) => BEGINS.has(e.name) && e.ph === 'X').map((e) => e.ts);
  const fired = own.filter((e) => e.name === 'FireAnimationFrame').map((e) => e.ts);
  const tasks = own.filter((e) => e.name === 'RunTask' && e.ph === 'X');
  const wall: number[] = [];
  const processor: number[] = [];
  let task = 0;
  let frame = 0;
  for (let i = 0; i + 1 < begins.length; i += 1) {
    // A frame begins inside a task; the task began before it.
    const [begin, end] = [begins[i]!, begins[i + 1]!];
    while (task < tasks.length && tasks[task]!.ts + (tasks[task]!.dur ?? 0) < begin) task += 1;
    while (frame < fired.length && fired[frame]! < begin) frame += 1;
    const drew = frame < fired.length && fired[frame]! < end;
    let [w, p, last] = [0, 0, Number.NEGATIVE_INFINITY];
    for (; task < tasks.length; task += 1) {
      const e = tasks[task]!;
      const over = e.ts + (e.dur ?? 0);
      // The task in which the next frame begins is that frame's.
      if (over >= end) break;
      if (e.ts < last) continue;
      last = over;
      w += e.dur ?? 0;
      p += e.tdur ?? e.dur ?? 0;
    }
    if (!drew) continue;
    wall.push(w / 1000);
    processor.push(p / 1000);
  }
  return { wall, processor };
}

/** How long the handlers of events of this type took, ms. */
export function handlersOf(events: readonly TraceEvent[], type: string): Frames {
  const thread = mainThread(events);
  const own = events.filter(
    (e) =>
      e.name === 'EventDispatch' && e.args?.data?.type === type && (thread === '' || `${e.pid}:${e.tid}` === thread),
  );
  return {
    wall: own.map((e) => (e.dur ?? 0) / 1000),
    processor: own.map((e) => (e.tdur ?? e.dur ?? 0) / 1000),
  };
}
