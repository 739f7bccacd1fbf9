// Windows of marks, asked for as they come into view and kept. What is there is drawn until better is.

import { effect, signal } from '@preact/signals';
import { cellFor, LANE_PAGE, type LaneLayout, layoutLane, type Span, windowFor } from '../../analysis/draw/geometry.ts';
import type { WindowReply } from '../../analysis/engine/contract.ts';
import { arrangement, arrangementKey } from '../state/arrange.ts';
import { applied, matches } from '../state/filter.ts';
import { ask, capture, status, tell } from '../state/session.ts';

interface Kept {
  readonly arranged: string;
  readonly filter: string;
  readonly page: number;
  readonly cell: number;
  readonly t0: number;
  readonly t1: number;
  reply: WindowReply | null;
  version: number;
  /** How many messages fitted the filter when it was asked for. */
  fitting: number;
  loading: boolean;
  asked: number;
}

const KEEP = 48;
/** While a capture is being read, windows are renewed no more often than this, ms ... */
const RENEW = 700;
/** ... and take no more than about a twentieth of the engine's time. */
const SHARE = 20;
const SELDOM = 10_000;
let renewAfter = RENEW;

const kept = new Map<string, Kept>();
const layouts = new WeakMap<WindowReply, Map<string, LaneLayout>>();

/** Pixels of a cell that layouts are made for: neighbours in time keep their rows while the zoom changes a little. */
const LAYOUT_PX = 32;

/** Changes when a window has come. */
export const windowsChanged = signal(0);

async function fetchWindow(key: string, k: Kept, px: number): Promise<void> {
  const { version } = status.peek();
  const fitting = fittingNow();
  const at = capture.peek();
  k.loading = true;
  k.asked = performance.now();
  try {
    const { t0, t1, page: laneFrom, filter } = k;
    const arrange = arrangement.peek();
    const request = { op: 'window', t0, t1, px, laneFrom, laneCount: LANE_PAGE, arrange } as const;
    const reply = await ask(filter === '' ? request : { ...request, filter });
    if (at !== capture.peek() || kept.get(key) !== k) return;
    renewAfter = Math.min(SELDOM, Math.max(RENEW, (performance.now() - k.asked) * SHARE));
    k.reply = reply;
    k.version = version;
    k.fitting = fitting;
    windowsChanged.value += 1;
  } catch (e) {
    tell(e);
  } finally {
    k.loading = false;
  }
}

/** Messages known to fit: they become more while a capture is read, or messages are decoded to tell. */
const fittingNow = (): number => matches.peek()?.count ?? -1;

/** The best reply at hand for lanes [page, page + LANE_PAGE) over `span`; sends for a better one where needed. */
export function windowAt(page: number, span: Span, px: number): WindowReply | null {
  const s = status.peek();
  if (s.messages === 0) return null;
  const want = windowFor(span, px);
  const arranged = arrangementKey.peek();
  const filter = applied.peek();
  const key = `${page}:${want.cell}:${want.t0}:${want.t1}:${arranged}:${filter}`;
  let k = kept.get(key);
  if (k === undefined) {
    const { cell, t0, t1 } = want;
    k = { arranged, filter, page, cell, t0, t1, reply: null, version: -1, fitting: -1, loading: false, asked: -1e9 };
  }
  // To the young end of the map.
  kept.delete(key);
  kept.set(key, k);
  while (kept.size > KEEP) kept.delete(kept.keys().next().value ?? '');
  const old = k.version !== s.version || (filter !== '' && k.fitting !== fittingNow());
  const seldom = s.phase === 'loading' || matches.peek()?.decoding != null;
  const stale = old && (!seldom || performance.now() - k.asked > renewAfter);
  if (stale && !k.loading) void fetchWindow(key, k, want.px);
  return k.reply ?? standIn({ arranged, filter, page, cell: want.cell }, span);
}

/** The reply of another zoom, or of another filter, that covers most of what is seen. */
function standIn(
  { arranged, filter, page, cell }: Pick<Kept, 'arranged' | 'filter' | 'page' | 'cell'>,
  span: Span,
): WindowReply | null {
  let best: WindowReply | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const k of kept.values()) {
    if (k.page !== page || k.arranged !== arranged || k.reply === null) continue;
    const covered = Math.min(k.reply.t1, span.t1) - Math.max(k.reply.t0, span.t0);
    if (covered <= 0) continue;
    const other = k.filter === filter ? 0 : 0.5;
    const cost = Math.abs(Math.log2(k.cell / cell)) + (1 - covered / (span.t1 - span.t0)) * 4 + other;
    if (cost < least) {
      least = cost;
      best = k.reply;
    }
  }
  return best;
}

/** The layout of a lane of a reply, kept for an octave of zoom so that marks do not hop while zooming. */
export function layoutAt(reply: WindowReply, lane: number, nsPerPx: number): LaneLayout {
  const cell = cellFor(nsPerPx);
  const key = `${lane}:${cell}`;
  let of = layouts.get(reply);
  if (of === undefined) {
    of = new Map();
    layouts.set(reply, of);
  }
  let layout = of.get(key);
  if (layout === undefined) {
    if (of.size > 200) of.clear();
    layout = layoutLane(reply, lane, cell / LAYOUT_PX);
    of.set(key, layout);
  }
  return layout;
}

effect(() => {
  void capture.value;
  kept.clear();
});
