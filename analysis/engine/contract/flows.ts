// What a page may ask about the way of a message, and about the ways of all of them.

import type { StageName } from '../../flows/stages.ts';
import type { Time } from '../contract.ts';

/** The whole way of the message: every sighting, attempt, answer and receipt of its transaction, and what the phone did next. */
export type FlowRequest = {
  readonly op: 'flow';
  readonly message: string;
  /** Without endpoints, steps and medians, which take time in a large capture. */
  readonly brief?: boolean;
};

/** What happened in [t0, t1], or in all of the capture. */
export type OverviewRequest = {
  readonly op: 'overview';
  readonly t0?: Time;
  readonly t1?: Time;
  /** Time bins, 60 unless told, at most 500. */
  readonly bins?: number;
};

/**
 * 'delivered': the phone, or the last node before it, says it has everything; 'accepted': the next hop took it, and
 * nobody said more; 'failed': refused, or a receipt says that it did not arrive; 'expired': given up by the network;
 * 'unconfirmed': the capture does not tell.
 */
export type FlowOutcome = 'delivered' | 'accepted' | 'failed' | 'expired' | 'unconfirmed';

export type EndpointRole =
  | 'sender'
  | 'gateway'
  | 'pushProxy'
  | 'smsc'
  | 'network'
  | 'phone'
  | 'server'
  | 'dns'
  | 'file';

export interface FlowEndpoint {
  readonly id: string;
  /** 'Push proxy 10.0.0.2', 'Phone +4917...'. */
  readonly label: string;
  readonly role: EndpointRole;
  /** Network address, or null where the road shows none. */
  readonly host: string | null;
}

/**
 * 'submit': the whole message on its way; 'segment': a part of it; 'answer', 'receipt': what was said of one; 'session':
 * a call of a lower layer that the push needs (WSP Connect, session initiation); 'missing': what should be there and is
 * not in the capture; 'gap': the connection or the capture broke here; 'next-move': what the phone did afterwards.
 */
export type StepKind = 'submit' | 'segment' | 'answer' | 'receipt' | 'session' | 'missing' | 'gap' | 'next-move';

/** One arrow of the ladder, or a break in it. In capture order. */
export interface FlowStep {
  readonly index: number;
  readonly time: Time;
  /** End of what takes time: a gap, a wait that nothing ended. Else null. */
  readonly until: Time | null;
  /** Ids of endpoints; the same twice for what happens at one of them. */
  readonly from: string;
  readonly to: string;
  /** 'smpp', 'ucp', 'gsm-map', 'wtp', 'tcp', 'dns', 'gtp' ... */
  readonly layer: string;
  readonly kind: StepKind;
  /** 'submit_sm', 'RP-ERROR', 'Create PDP Context Request' ... */
  readonly label: string;
  /** One phrase behind the label; no secrets. '' where the label says all. */
  readonly text: string;
  readonly part: number | null;
  readonly of: number | null;
  /** 1-based sending of that part, or of the message. */
  readonly attempt: number;
  /** 1-based frame number within its input, null where there is none. */
  readonly frame: number | null;
  /** Index of the input. */
  readonly input: number | null;
  /** Message that it belongs to; null for next moves. */
  readonly message: string | null;
  readonly result: 'ok' | 'refused' | 'missing' | 'none';
  readonly code: string | null;
  /** Meaning of the code in plain words. */
  readonly codeText: string | null;
  /** Of the message, on the step that completes it. */
  readonly verdict: string | null;
}

/** A leg of the way with its beginning and its end. */
export interface FlowStage {
  readonly stage: StageName;
  /** In words: 'Submission over SMPP'. */
  readonly label: string;
  readonly bearer: string;
  readonly t0: Time;
  /** NaN when its end was not seen. */
  readonly t1: Time;
  readonly frames: readonly number[];
  /** 'not-seen': nothing in the capture tells; see `reason`. */
  readonly result: 'ok' | 'refused' | 'failed' | 'expired' | 'not-seen';
  readonly code: string | null;
  readonly codeMeaning: string | null;
  /** Why something was not seen: 'the capture ends 0.2 s after it was sent'. Else null. */
  readonly reason: string | null;
  /** 1-based number of the hop in its attempt, and of the attempt. */
  readonly hop: number;
  readonly attempt: number;
  readonly message: string | null;
  /** Median of this stage over the capture, nanoseconds; null where there is none. */
  readonly median: number | null;
}

export interface FlowFailure {
  /** Where it failed. */
  readonly stage: StageName | 'content';
  readonly bearer: string;
  readonly code: string | null;
  /** Plain words. */
  readonly text: string;
  /** What to check next, most likely first. */
  readonly check: readonly string[];
}

export interface FlowReply {
  /** Messages of the transaction in their order; one that stands alone is a transaction of its own with id null. */
  readonly transaction: {
    readonly id: string | null;
    readonly recipient: string | null;
    readonly messages: readonly {
      readonly id: string;
      readonly index: number;
      readonly kind: string;
      readonly bearer: string;
      readonly operation: string;
      readonly time: Time;
      readonly hop: number;
      readonly attempt: number;
      readonly outcome: FlowOutcome | null;
      readonly verdict: string;
    }[];
    readonly t0: Time;
    readonly t1: Time;
    /** Sendings again, of parts and of the whole. */
    readonly retries: number;
    readonly summary: string;
  };
  /** From sender to phone, then servers. */
  readonly endpoints: readonly FlowEndpoint[];
  readonly steps: readonly FlowStep[];
  /** Steps and messages beyond the bounds (2,000 and 500) that are not in `steps` and `messages`. */
  readonly more: number;
  readonly stages: readonly FlowStage[];
  readonly outcome: FlowOutcome;
  /** The phone was seen using what it was told; null: the capture does not tell. */
  readonly applied: boolean | null;
  readonly failure: FlowFailure | null;
  /** What the capture can't show, each one sentence. */
  readonly notSeen: readonly string[];
}

export interface OverviewSeries {
  /** Counts of messages by bin, `bins` long. */
  readonly name: string;
  readonly total: number;
  readonly counts: readonly number[];
}

export interface OverviewFailure {
  readonly stage: StageName | 'content';
  readonly bearer: string;
  readonly code: string | null;
  readonly text: string;
  readonly check: readonly string[];
  readonly count: number;
  /** Ids of up to five messages. */
  readonly messages: readonly string[];
}

export interface OverviewStage {
  readonly stage: StageName;
  readonly label: string;
  readonly bearer: string;
  readonly count: number;
  /** Nanoseconds. Beyond some thousand stages estimated from an even sample. */
  readonly median: number;
  readonly p95: number;
  readonly slowest: number;
  /** Message of the slowest. */
  readonly message: string | null;
}

export interface OverviewSender {
  readonly from: string | null;
  readonly messages: number;
  readonly failed: number;
  readonly retries: number;
  readonly kinds: Readonly<Record<string, number>>;
  /** The latest of them. */
  readonly message: string;
}

export interface OverviewReply {
  /** What happened here, in a few sentences, the most important first. */
  readonly sentences: readonly string[];
  readonly messages: number;
  readonly transactions: number;
  readonly retries: number;
  readonly t0: Time;
  readonly t1: Time;
  /** Start of bin i is t0 + i * binWidth; messages without a time are in none. */
  readonly bins: number;
  readonly binWidth: number;
  readonly kinds: readonly OverviewSeries[];
  /** Of FlowOutcome, and 'none' for what nothing was ever going to answer. */
  readonly outcomes: readonly OverviewSeries[];
  readonly verdicts: readonly OverviewSeries[];
  /** Most frequent first, at most 50. */
  readonly failures: readonly OverviewFailure[];
  /** Slowest median first, at most 20. */
  readonly stages: readonly OverviewStage[];
  /** Most messages first, at most 20. */
  readonly senders: readonly OverviewSender[];
  /** What the capture can't show: 'the capture dropped 12 frames'. */
  readonly notSeen: readonly string[];
}

export interface FlowReplies {
  flow: FlowReply;
  overview: OverviewReply;
}
