// Which lanes there are, in which order, and where a message is among them.

import type { Severity } from '../../captures/finding.ts';
import type { Arrangement, LaneBy, LaneOrder } from './contract/timeline.ts';
import { type Lane, MARKS } from './contract.ts';
import { type LaneColumns, laneColumns } from './lanes.ts';
import type { MarkColumns } from './marks.ts';
import type { ShownLane } from './window.ts';

/** What lanes are made of. */
export interface LaneSource {
  /** Messages whose marks are in `marks`: [0, messages). */
  readonly messages: number;
  readonly marks: MarkColumns;
  readonly spans: MarkColumns;
  /** What the lane of this message is called. */
  labelOf(by: LaneBy, message: number): string;
  /** Number of its transaction, or -1 - message where it stands alone. */
  transactionOf(message: number): number;
}

interface Lanes {
  readonly columns: LaneColumns;
  readonly laneOf: Int32Array;
  readonly labels: readonly string[];
  readonly messages: Int32Array;
  readonly worst: Uint8Array;
  readonly first: Int32Array;
}

/** As shown, from the top. */
export interface ArrangedLanes {
  readonly lanes: readonly ShownLane[];
  /** Place among `lanes` of a message, or null. */
  placeOf(message: number): number | null;
}

const MESSAGE = MARKS.indexOf('message');
const SEVERITY: readonly (Severity | null)[] = [null, 'note', 'warning', 'error'];
/** An open lane shows no more transactions than this. */
export const MOST_CHILDREN = 500;

function lanesOf(source: LaneSource, laneOf: Int32Array, labels: readonly string[]): Lanes {
  const { marks, spans } = source;
  const messages = new Int32Array(labels.length);
  const first = new Int32Array(labels.length).fill(-1);
  const worst = new Uint8Array(labels.length);
  for (let m = 0; m < source.messages; m += 1) {
    const lane = laneOf[m]!;
    if (lane < 0) continue;
    messages[lane]! += 1;
    if (first[lane] === -1) first[lane] = m;
  }
  for (let i = 0; i < marks.length; i += 1) {
    if (marks.kind[i] !== MESSAGE) continue;
    const lane = laneOf[marks.message[i]!] ?? -1;
    if (lane >= 0 && marks.severity[i]! > worst[lane]!) worst[lane] = marks.severity[i]!;
  }
  return { columns: laneColumns(marks, spans, laneOf, labels.length), laneOf, labels, messages, worst, first };
}

function baseLanes(source: LaneSource, by: LaneBy): Lanes & { readonly transactions: Int32Array } {
  const laneOf = new Int32Array(source.messages);
  const labels: string[] = [];
  const known = new Map<string, number>();
  for (let m = 0; m < source.messages; m += 1) {
    const label = source.labelOf(by, m);
    let lane = known.get(label);
    if (lane === undefined) {
      lane = labels.push(label) - 1;
      known.set(label, lane);
    }
    laneOf[m] = lane;
  }
  const lanes = lanesOf(source, laneOf, labels);
  const transactions = new Int32Array(labels.length);
  // A transaction is counted where its first message is; lanes by sender may share one.
  const seen = new Set<number>();
  for (let m = 0; m < source.messages; m += 1) {
    const t = source.transactionOf(m);
    const lane = laneOf[m]!;
    if (t >= 0) {
      const key = t * labels.length + lane;
      if (seen.has(key)) continue;
      seen.add(key);
    }
    transactions[lane]! += 1;
  }
  return { ...lanes, transactions };
}

/** A lane for each transaction of lane `lane`, by first message. */
function childLanes(source: LaneSource, base: Lanes, lane: number): Lanes {
  const laneOf = new Int32Array(source.messages).fill(-1);
  const labels: string[] = [];
  const known = new Map<number, number>();
  for (let m = 0; m < source.messages; m += 1) {
    if (base.laneOf[m] !== lane) continue;
    const t = source.transactionOf(m);
    let child = known.get(t);
    if (child === undefined) {
      if (labels.length === MOST_CHILDREN) continue;
      child = labels.push(t < 0 ? `message ${m + 1}` : `t${t + 1}`) - 1;
      known.set(t, child);
    }
    laneOf[m] = child;
  }
  return lanesOf(source, laneOf, labels);
}

function orderOf(lanes: Lanes, order: LaneOrder): number[] {
  const all = Array.from(lanes.labels, (_, i) => i);
  if (order === 'worst') return all.sort((a, b) => lanes.worst[b]! - lanes.worst[a]! || a - b);
  if (order === 'count') return all.sort((a, b) => lanes.messages[b]! - lanes.messages[a]! || a - b);
  return all;
}

const infoOf = (l: Lanes, lane: number): Lane => ({
  id: l.labels[lane]!,
  label: l.labels[lane]!,
  messages: l.messages[lane]!,
  worst: SEVERITY[l.worst[lane]!] ?? null,
  first: l.first[lane]!,
});

/** Keeps what was made for `source` until it is asked for another one. */
export function createArranger(source: LaneSource): (a: Arrangement) => ArrangedLanes {
  const bases = new Map<LaneBy, ReturnType<typeof baseLanes>>();
  const children = new Map<string, Lanes>();
  let last: { readonly key: string; readonly arranged: ArrangedLanes } | null = null;

  function arrange(a: Arrangement): ArrangedLanes {
    const base = bases.get(a.by) ?? baseLanes(source, a.by);
    bases.set(a.by, base);
    const laneOfId = new Map(base.labels.map((id, i) => [id, i]));
    const pinned = [...new Set(a.pinned)].flatMap((id) => laneOfId.get(id) ?? []);
    const open = new Set(a.open.flatMap((id) => laneOfId.get(id) ?? []));
    const isPinned = new Set(pinned);
    const lanes: ShownLane[] = [];
    const place = new Int32Array(base.labels.length);
    const below = new Map<number, Lanes>();
    for (const lane of [...pinned, ...orderOf(base, a.order).filter((l) => !isPinned.has(l))]) {
      place[lane] = lanes.length;
      const isOpen = open.has(lane);
      const info: Lane = {
        ...infoOf(base, lane),
        depth: 0,
        pinned: isPinned.has(lane),
        open: isOpen,
        transactions: base.transactions[lane]!,
      };
      lanes.push({ info, columns: base.columns, lane });
      if (!isOpen) continue;
      const key = `${a.by}\n${info.id}`;
      const own = children.get(key) ?? childLanes(source, base, lane);
      children.set(key, own);
      below.set(lane, own);
      for (let i = 0; i < own.labels.length; i += 1) {
        const child = infoOf(own, i);
        lanes.push({ info: { ...child, id: `${info.id}\n${child.id}`, depth: 1 }, columns: own.columns, lane: i });
      }
    }
    return {
      lanes,
      placeOf(message) {
        const lane = base.laneOf[message];
        if (lane === undefined) return null;
        const child = below.get(lane)?.laneOf[message] ?? -1;
        return place[lane]! + (child < 0 ? 0 : 1 + child);
      },
    };
  }

  return (a) => {
    const key = JSON.stringify([a.by, a.order, a.pinned, a.open]);
    if (last?.key !== key) last = { key, arranged: arrange(a) };
    return last.arranged;
  };
}

/** Which message of a lane this is, from 1, in order of time, and how many there are; null: it is not there. */
export function placeInLane({ columns, lane }: ShownLane, message: number): { at: number; of: number } | null {
  const { marks } = columns;
  let at = 0;
  let of = 0;
  for (let i = marks.start[lane]!; i < marks.start[lane + 1]!; i += 1) {
    if (marks.kind[i] !== MESSAGE) continue;
    of += 1;
    if (marks.message[i] === message) at = of;
  }
  return at === 0 ? null : { at, of };
}

/** The message after (or before) `from` in a lane; from outside where it is not there. */
export function stepInLane({ columns, lane }: ShownLane, from: number, step: 1 | -1): number | null {
  const { marks } = columns;
  const [begin, end] = [marks.start[lane]!, marks.start[lane + 1]!];
  let at = step === 1 ? begin - 1 : end;
  for (let i = begin; i < end; i += 1) {
    if (marks.kind[i] === MESSAGE && marks.message[i] === from) {
      at = i;
      break;
    }
  }
  for (let i = at + step; i >= begin && i < end; i += step) if (marks.kind[i] === MESSAGE) return marks.message[i]!;
  return null;
}
