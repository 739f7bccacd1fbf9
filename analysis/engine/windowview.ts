// The timeline's questions about what is loaded. While a capture is being read only new messages are marked; what later
// became of old ones is told again from time to time, and once more at the end.

import { formatAddress } from '../../dissectors/base/message.ts';
import {
  type DensityReply,
  type Gap,
  type LaneBy,
  type LanesReply,
  PLAIN,
  type RangeReply,
  type TimelineRequest,
} from './contract/timeline.ts';
import type { EngineRequest, WindowReply } from './contract.ts';
import { density } from './density.ts';
import { createFitting } from './fits.ts';
import type { Flows } from './flowsof.ts';
import { gapsOf } from './gaps.ts';
import type { Loaded } from './load.ts';
import { createMarkLog } from './marks.ts';
import { addMarks, addTransactions } from './marksof.ts';
import { type MessageRecord, recipientOf } from './records.ts';
import { laneWindow } from './window.ts';
import { type ArrangedLanes, createArranger, type LaneSource, placeInLane, stepInLane } from './windowlanes.ts';
import { rangeSummary } from './windowrange.ts';

type Ask<K extends EngineRequest['op']> = Extract<EngineRequest, { op: K }>;

export interface TimelineView {
  /** What is told of messages has changed: keys were given. */
  refresh(): void;
  window(r: Ask<'window'>): WindowReply;
  lanes(r: Ask<'lanes'>): LanesReply;
  step(r: Ask<'step'>): { readonly index: number | null };
  density(r: Ask<'density'>): DensityReply;
  range(r: Ask<'range'>): RangeReply;
}

/** Messages that fit a filter, MessageRow indexes; throws for what is no filter. */
export type Fitting = (filter: string) => Int32Array;

/** Answers all but `range` from lanes alone; `gaps` in order of time. */
export function answersOf(
  source: LaneSource,
  gaps: readonly Gap[],
  fitting: Fitting,
): Omit<TimelineView, 'refresh' | 'range'> {
  const arrange = createArranger(source);
  const kept = createFitting(source.messages);
  const fitted = (filter: string | undefined): ReturnType<typeof kept> | null =>
    filter === undefined || filter === '' ? null : kept(fitting(filter));
  const shown = (r: { readonly arrange?: TimelineArrange }): ArrangedLanes => arrange(r.arrange ?? PLAIN);
  return {
    window: (r) => laneWindow(shown(r).lanes, r, fitted(r.filter)?.of ?? null),
    lanes(r) {
      const a = shown(r);
      const lane = r.message === undefined ? null : a.placeOf(r.message);
      const shownLane = lane === null ? undefined : a.lanes[lane];
      const place = shownLane === undefined ? null : placeInLane(shownLane, r.message ?? -1);
      return { total: a.lanes.length, lane, gaps, ...(place === null ? {} : { place }) };
    },
    step(r) {
      const lane = shown(r).lanes[r.lane];
      return { index: lane === undefined ? null : stepInLane(lane, r.from, r.step) };
    },
    density: (r) => density(source.marks, r, fitted(r.filter)?.fits ?? null),
  };
}

type TimelineArrange = Extract<TimelineRequest, { op: 'lanes' }>['arrange'];

/** Below so many messages all are marked anew whenever there are more. */
const FEW = 2000;
/** Above, when there are so many times as many as at the last time. */
const GROWTH = 1.3;

function labelOf(by: LaneBy, r: MessageRecord, loaded: Loaded, flows: Flows): string {
  const j = r.joined;
  switch (by) {
    case 'subscriber': {
      const known = flows.transactionOf(r)?.recipient ?? recipientOf(j);
      return known ?? (j.from === null ? 'recipient unknown' : `${formatAddress(j.from)} to nobody named`);
    }
    case 'sender':
      return j.from === null ? 'sender not given' : formatAddress(j.from);
    case 'centre':
      return j.smsc === null ? 'no service centre named' : formatAddress(j.smsc);
    case 'file': {
      const frame = j.segments[0]?.frame;
      return loaded.opened[frame === undefined ? 0 : loaded.frames.at(frame).input]?.source.name ?? '';
    }
    case 'content':
      return r.contentType ?? r.kind;
    case 'verdict':
      return r.verification.verdict;
  }
}

export function createTimelineView(loaded: Loaded, flows: () => Flows, fitting: Fitting): TimelineView {
  const marks = createMarkLog();
  const spans = createMarkLog();
  let answers: ReturnType<typeof answersOf> | null = null;
  let marked = 0;
  let whole = 0;
  let done = false;

  function mark(): void {
    const { records } = loaded;
    const f = flows();
    const anew = loaded.done !== done || records.length < FEW || records.length > whole * GROWTH;
    if (anew) {
      marks.clear();
      spans.clear();
      marked = 0;
      whole = records.length;
    }
    for (; marked < records.length; marked += 1) addMarks(marks, records[marked]!, loaded, f);
    if (anew) addTransactions(marks, spans, loaded);
    done = loaded.done;
    const number = new Map(loaded.transactions.flatMap((t, i) => t.messages.map((id) => [id, i] as const)));
    answers = answersOf(
      {
        messages: records.length,
        marks,
        spans,
        labelOf: (by, m) => labelOf(by, records[m]!, loaded, f),
        transactionOf: (m) => number.get(records[m]!.id) ?? -1 - m,
      },
      gapsOf(loaded),
      fitting,
    );
  }

  const now = (): NonNullable<typeof answers> => {
    if (answers === null || marked !== loaded.records.length || done !== loaded.done) mark();
    return answers as NonNullable<typeof answers>;
  };

  return {
    refresh() {
      answers = null;
      whole = 0;
    },
    window: (r) => now().window(r),
    lanes: (r) => now().lanes(r),
    step: (r) => now().step(r),
    density: (r) => now().density(r),
    range: (r) => rangeSummary(loaded, flows(), r),
  };
}
