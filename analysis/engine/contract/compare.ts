// Two messages, or two captures, side by side.

import type { ByteRange, MessageRow, Time } from '../contract.ts';
import type { DiffReply } from './device.ts';
import type { FlowOutcome, FlowStep } from './flows.ts';

/** Where two messages part: on their way, in their fields, in their settings. */
export type ComparePairRequest = { readonly op: 'compare'; readonly a: string; readonly b: string };

/** Messages of two inputs, each with its counterpart; those that fared differently first. */
export type PairsRequest = {
  readonly op: 'pairs';
  /** Indexes of inputs. */
  readonly a: number;
  readonly b: number;
  readonly from: number;
  readonly count: number;
};

export type CompareRequest = ComparePairRequest | PairsRequest;

export interface ComparedStep
  extends Pick<
    FlowStep,
    'kind' | 'layer' | 'label' | 'text' | 'part' | 'of' | 'result' | 'code' | 'codeText' | 'frame' | 'message'
  > {
  /** Since the first step of its side. */
  readonly since: Time;
}

export interface CompareStepRow {
  readonly a: ComparedStep | null;
  readonly b: ComparedStep | null;
  readonly same: boolean;
}

export interface CompareFieldRow {
  readonly label: string;
  readonly path: string;
  readonly depth: number;
  /** null: not there. Secrets are masked; whether they are equal is told all the same. */
  readonly a: string | null;
  readonly b: string | null;
  readonly same: boolean;
  /** It differs from message to message anyhow: a sequence number, a time stamp. */
  readonly usual: boolean;
  readonly rangeA: ByteRange | null;
  readonly rangeB: ByteRange | null;
}

export interface CompareSide {
  readonly row: MessageRow;
  readonly file: string;
  readonly outcome: FlowOutcome;
  readonly summary: string;
  /** From the first step to the last. */
  readonly took: Time;
}

export interface CompareReply {
  readonly a: CompareSide;
  readonly b: CompareSide;
  /** Where they part first; null: they are alike in all that is compared. */
  readonly parted: {
    readonly where: 'way' | 'content' | 'key';
    /** One sentence. */
    readonly text: string;
    /** Index into `steps` or `fields`. */
    readonly at: number | null;
  } | null;
  readonly steps: readonly CompareStepRow[];
  readonly fields: readonly CompareFieldRow[];
  /** Fields that are not listed. */
  readonly more: number;
  readonly settings: DiffReply;
  /** First octet in which the bodies differ; null: they are the same. */
  readonly body: { readonly a: number; readonly b: number; readonly differ: number | null };
}

export interface PairRow {
  readonly a: MessageRow | null;
  readonly b: MessageRow | null;
  /** What differs: 'outcome', 'verdict', 'parts', 'content'. */
  readonly differs: readonly string[];
}

export interface CompareReplies {
  compare: CompareReply;
  pairs: { readonly total: number; readonly differing: number; readonly rows: readonly PairRow[] };
}
