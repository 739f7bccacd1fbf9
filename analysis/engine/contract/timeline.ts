// How lanes are arranged, and what the timeline asks beside windows.

import type { Severity } from '../../../captures/finding.ts';
import type { Time } from '../contract.ts';

/** What makes a lane. */
export const LANE_BYS = ['subscriber', 'sender', 'centre', 'file', 'content', 'verdict'] as const;
export type LaneBy = (typeof LANE_BYS)[number];

/** By first time, by worst finding, by number of messages. */
export const LANE_ORDERS = ['first', 'worst', 'count'] as const;
export type LaneOrder = (typeof LANE_ORDERS)[number];

export interface Arrangement {
  readonly by: LaneBy;
  readonly order: LaneOrder;
  /** Ids of lanes that come first, in this order. */
  readonly pinned: readonly string[];
  /** Ids of lanes that are followed by a lane for each of their transactions. */
  readonly open: readonly string[];
}

/** Lanes as a page finds them that says nothing else. */
export const PLAIN: Arrangement = { by: 'subscriber', order: 'first', pinned: [], open: [] };

/** How many lanes there are, and in which of them a message is. */
export type LanesRequest = { readonly op: 'lanes'; readonly arrange: Arrangement; readonly message?: number };

/** A time in which nobody captured, in which the capture lost frames, or which it tells twice. */
export interface Gap {
  readonly from: Time;
  readonly to: Time;
  /** One phrase: 'between a.pcap and b.pcap', '12 frames lost by interface eth0'. */
  readonly why: string;
  /** Frames that were lost somewhere in it, while others were captured; left out: nothing was captured. */
  readonly lost?: number;
  /** The clock of the capture went back by so many nanoseconds, from `to` to `from`: nothing is missing. */
  readonly back?: number;
}

export interface LanesReply {
  readonly total: number;
  /** Lane of the message that was asked for; that of its transaction where its lane is open. */
  readonly lane: number | null;
  /** Which of that lane's messages it is, from 1, and how many these are. */
  readonly place?: { readonly at: number; readonly of: number };
  /** In order of time, at most 1,000. */
  readonly gaps: readonly Gap[];
}

/** The message after or before `from` in the lane's order of time. */
export type StepRequest = {
  readonly op: 'step';
  readonly arrange: Arrangement;
  readonly lane: number;
  /** MessageRow index; -1: from outside the lane. */
  readonly from: number;
  readonly step: 1 | -1;
};

/** How much happens when, over all lanes. */
export type DensityRequest = {
  readonly op: 'density';
  readonly t0: Time;
  readonly t1: Time;
  readonly columns: number;
  /** Count what fits, too. */
  readonly filter?: string;
};

export interface DensityReply {
  readonly t0: Time;
  readonly t1: Time;
  /** Messages that ended in column i of `columns` by severity rank: at [i * 4 + rank]. */
  readonly messages: Uint32Array;
  /** Worst rank of any mark in each column: a refusal counts though its message came through. */
  readonly worst: Uint8Array;
  /** Messages of each column that fit the filter; where one was given. */
  readonly fitting?: Uint32Array;
}

/** What is between two times. */
export type RangeRequest = { readonly op: 'range'; readonly t0: Time; readonly t1: Time };

export interface RangeReply {
  /** Messages of which anything was seen between the two. */
  readonly messages: number;
  readonly parts: number;
  readonly missing: number;
  /** Sendings again of parts. */
  readonly retries: number;
  /** Of the time from first to last part, for messages of several parts; null: there are none. */
  readonly median: Time | null;
  /** Messages by outcome; 'none' where nothing was ever going to answer. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Errors and warnings by rule, worst and most frequent first, at most 50. */
  readonly rules: readonly {
    readonly code: string;
    readonly severity: Severity;
    readonly title: string;
    readonly messages: number;
    /** One of them, MessageRow index. */
    readonly example: number;
  }[];
}

export type TimelineRequest = LanesRequest | StepRequest | DensityRequest | RangeRequest;

export interface TimelineReplies {
  lanes: LanesReply;
  step: { readonly index: number | null };
  density: DensityReply;
  range: RangeReply;
}
