// What a page may ask of an engine, whoever carries the question. Every message survives structuredClone.

import type { Basis, Severity } from '../../captures/finding.ts';
import type { Signal } from '../../captures/source.ts';
import type { AuditReplies, AuditRequest } from './contract/audit.ts';
import type { CompareReplies, CompareRequest } from './contract/compare.ts';
import type { DeviceReplies, PhoneRequest } from './contract/device.ts';
import type { ExportReplies, ExportRequest } from './contract/export.ts';
import type { FlowReplies, FlowRequest, OverviewRequest } from './contract/flows.ts';
import type { FrameReplies, FramesRequest } from './contract/frames.ts';
import type { QueryReplies, QueryRequest } from './contract/query.ts';
import type { SearchReplies, SearchRequest } from './contract/search.ts';
import type { Arrangement, TimelineReplies, TimelineRequest } from './contract/timeline.ts';

export const CONTRACT_VERSION = 1;

/** Nanoseconds since `Status.base`. */
export type Time = number;

export type Verdict = 'valid' | 'invalid' | 'no-key' | 'no-mac' | 'unprotected' | 'malformed' | 'not-applicable';
export type MessageState = 'complete' | 'incomplete' | 'undecodable';

export interface InputStatus {
  readonly name: string;
  readonly format: string;
  /** null: unknown until its end. */
  readonly bytes: number | null;
  readonly consumed: number;
  readonly frames: number;
  readonly truncatedAt: number | null;
  /** It is being written while it is read. */
  readonly live?: boolean;
  /** Sentence that says why it can't be read. */
  readonly error: string | null;
}

export interface Status {
  /** Grows with every change; ask with `after` to wait for the next one. */
  readonly version: number;
  readonly phase: 'empty' | 'loading' | 'ready' | 'stopped';
  readonly inputs: readonly InputStatus[];
  /** Absolute time of 0, nanoseconds since 1970 as decimal digits; null when nothing has a time. */
  readonly base: string | null;
  readonly t0: Time;
  readonly t1: Time;
  readonly messages: number;
  readonly lanes: number;
  readonly findings: { readonly error: number; readonly warning: number; readonly note: number };
  readonly totals: {
    readonly byKind: Readonly<Record<string, number>>;
    readonly byVerdict: Readonly<Record<string, number>>;
  };
  /** What else was in the input: 'TCP 92 %', 'port 2775 not SMPP'. */
  readonly other: readonly string[];
  readonly hasKeys: boolean;
  /** Choices of the user that go before every binding: 'udp.port=5000:wdp'. */
  readonly decodeAs: readonly string[];
}

/** Who can be chosen to read a port. */
export interface Decoder {
  readonly id: string;
  readonly title: string;
  readonly table: 'udp.port' | 'tcp.port';
}

/** One line of the message list; numbers, not sentences. */
export interface MessageRow {
  readonly id: string;
  readonly index: number;
  readonly kind: string;
  readonly state: MessageState;
  readonly bearer: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly imsi: string | null;
  readonly firstTime: Time;
  readonly lastTime: Time;
  /** Parts of the message, missing ones among them. */
  readonly parts: number;
  readonly missing: number;
  readonly contentType: string | null;
  readonly method: string | null;
  readonly verdict: Verdict;
  readonly outcome: string | null;
  readonly summary: string;
  readonly worst: Severity | null;
  readonly findings: number;
  /** Its lane, as `window` counts them, so that the page can scroll to it. Left out: the page searches. */
  readonly lane?: number;
}

export interface FindingRow {
  readonly index: number;
  readonly message: string | null;
  readonly code: string;
  readonly severity: Severity;
  readonly text: string;
  readonly clause: string;
  readonly time: Time;
  readonly frame: number | null;
}

export interface Lane {
  readonly id: string;
  readonly label: string;
  readonly messages: number;
  readonly worst: Severity | null;
  /** 1: a transaction below the lane it belongs to. */
  readonly depth?: 0 | 1;
  readonly pinned?: boolean;
  /** Its transactions follow as lanes of their own. */
  readonly open?: boolean;
  /** How many transactions it opens to. */
  readonly transactions?: number;
  /** Its first message, MessageRow index. */
  readonly first?: number;
}

export type MarkKind =
  | 'segment'
  | 'missing' // part that never came, placed at the last time of its message
  | 'expiry' // where missing parts are given up; no note: where the capture ends before. `code` names the parts
  | 'message' // the joined message, at lastTime
  | 'answer' // positive answer
  | 'refusal' // negative answer
  | 'receipt'
  | 'transaction' // one message at several hops or in several attempts, from the first to the last of them
  | 'retry' // a part or a message sent again; `from` is the time of the original
  | 'cell'; // marks too close to tell apart, from the first to the last of them

/** Columns of equal length, one row a mark, lane by lane: transactions first, then marks in time order. */
export interface WindowReply {
  readonly t0: Time;
  readonly t1: Time;
  /** Nanoseconds a cell; cells begin at its multiples. */
  readonly cell: number;
  /** Lanes there are in all. */
  readonly total: number;
  readonly lanes: readonly Lane[];
  readonly laneFrom: number;
  /** Row range of lane i is [laneStart[i], laneStart[i+1]). */
  readonly laneStart: Int32Array;
  readonly kind: Uint8Array;
  readonly time: Float64Array;
  /** For messages: first time, so that a bar can be drawn to `time`; else equal to `time`. */
  readonly from: Float64Array;
  /** MessageRow index, -1 where none. */
  readonly message: Int32Array;
  /** Part number of segments and missing parts; messages of a transaction. */
  readonly part: Uint16Array;
  /** Index into VERDICTS for messages, else 255. */
  readonly verdict: Uint8Array;
  /** 0 none, 1 note, 2 warning, 3 error. */
  readonly severity: Uint8Array;
  /** Index into `codes` of refusals and failed receipts; 0: none. */
  readonly code: Uint16Array;
  readonly codes: readonly string[];
  /** Marks and messages in a cell, whose severity is that of its worst mark; 0 for marks that stand alone. */
  readonly count: Uint32Array;
  readonly messages: Uint32Array;
  /** Where a filter was given: how many marks and messages of a row fit it, and how bad the worst of those is. */
  readonly fitMarks?: Uint32Array;
  readonly fitMessages?: Uint32Array;
  readonly fitSeverity?: Uint8Array;
  /** Whether there are cells. */
  readonly merged: boolean;
}

export const MARKS: readonly MarkKind[] = [
  'segment',
  'missing',
  'message',
  'answer',
  'refusal',
  'receipt',
  'transaction',
  'retry',
  'expiry',
  'cell',
];
export const VERDICTS: readonly Verdict[] = [
  'valid',
  'invalid',
  'no-key',
  'no-mac',
  'unprotected',
  'malformed',
  'not-applicable',
];

/** 'frame:812', 'pdu:2', 'datagram', 'body': names of a message's buffers. */
export type BufferName = string;

export interface ByteRange {
  readonly buffer: BufferName;
  readonly start: number;
  readonly length: number;
}

export interface TreeNode {
  readonly id: number;
  /** -1 for a root. */
  readonly parent: number;
  readonly label: string;
  readonly value: string;
  /** Filter path of the field, '' for gaps. */
  readonly path: string;
  readonly range: ByteRange | null;
  readonly secret: boolean;
  readonly clause: string | null;
}

export interface Setting {
  readonly group: string;
  readonly label: string;
  readonly value: string;
  readonly parm: string;
  readonly secret: boolean;
  readonly range: ByteRange | null;
  /** 'duplicate', 'dangling' ... or null. */
  readonly mark: string | null;
}

export interface DetailFinding {
  readonly code: string;
  readonly severity: Severity;
  readonly text: string;
  readonly title: string;
  readonly clause: string;
  readonly receivers: string | null;
  readonly fix: string | null;
  /** What the rule rests on, where it says so. */
  readonly basis?: Basis;
  readonly range: ByteRange | null;
}

export interface SegmentRow {
  readonly part: number;
  readonly of: number;
  readonly frames: readonly number[];
  readonly time: Time;
  readonly length: number;
  readonly status: string;
  readonly answer: string | null;
}

export interface VerifyResult {
  readonly method: string | null;
  readonly verdict: Verdict;
  /** As sent; masked unless secrets are shown. */
  readonly mac: string | null;
  readonly expectedMac: string | null;
  readonly keySource: string | null;
  /** Key octets and how they were made, digit by digit. */
  readonly keySteps: readonly string[];
  readonly explanation: string;
  readonly matchesOtherDerivation: string | null;
  /** What the sender has to change, one sentence. */
  readonly fix?: string | null;
  /** How the MAC is written, where that is odd. */
  readonly notes?: readonly string[];
  /** What the method needs that is not known: 'imsi', 'pin'. */
  readonly needs: readonly ('imsi' | 'pin')[];
  /** Octets under the MAC. */
  readonly covered: ByteRange | null;
  readonly macRange: ByteRange | null;
}

export interface EventRow {
  readonly time: Time;
  readonly frame: number | null;
  readonly what: string;
  readonly part: number | null;
  readonly by: string;
  readonly code: string | null;
  readonly text: string;
  readonly ok: boolean | null;
}

/** One sighting of a message that was captured at several hops, or sent again. */
export interface HopRow {
  readonly message: string;
  readonly index: number;
  /** 1-based: sightings of one attempt are hops of one message. */
  readonly attempt: number;
  readonly bearer: string;
  readonly operation: string;
  readonly time: Time;
  readonly outcome: string | null;
}

export interface Detail {
  readonly row: MessageRow;
  /** Sentences; each may point at octets. */
  readonly summary: readonly { readonly text: string; readonly range: ByteRange | null }[];
  readonly segments: readonly SegmentRow[];
  readonly ports: { readonly source: number | null; readonly destination: number } | null;
  readonly headers: readonly { readonly name: string; readonly value: string; readonly range: ByteRange | null }[];
  readonly settings: readonly Setting[];
  readonly xml: string | null;
  /** Line i of `xml` came from xmlRanges[i]. */
  readonly xmlRanges: readonly (ByteRange | null)[];
  readonly tree: readonly TreeNode[];
  readonly verify: VerifyResult;
  readonly findings: readonly DetailFinding[];
  readonly events: readonly EventRow[];
  /** All sightings of the transaction this message belongs to, in their order; empty when it stands alone. */
  readonly hops: readonly HopRow[];
  readonly buffers: readonly { readonly name: BufferName; readonly label: string; readonly length: number }[];
  /** Why each decoder was chosen. */
  readonly chosen: readonly string[];
}

export interface BytesReply {
  readonly buffer: BufferName;
  readonly bytes: Uint8Array;
  /** Octets of passwords, PINs and keys among them, for whoever shows octets: masked unless asked for. */
  readonly secret?: readonly { readonly start: number; readonly length: number }[];
  /** Where octets came from: [start, start+length) of this buffer is [offset, ...) of `from`. */
  readonly origin: readonly {
    readonly start: number;
    readonly length: number;
    readonly from: BufferName;
    readonly offset: number;
    /** Octets there that spell one here (hex digits); absent: one. */
    readonly width?: number;
  }[];
}

export interface Keys {
  readonly imsi: readonly string[];
  readonly pin: readonly string[];
  /** Serial numbers of CDMA phones: ESN or MEID, in hex digits or in decimal ones. */
  readonly esn?: readonly string[];
  /** Credentials of management servers for the digests of notifications: 'server:password' or 'server:password:nonce'. */
  readonly dm?: readonly string[];
}

/** What a host can open; `path` only where the host has a file system and the user named the file. */
export type InputRequest =
  | { readonly path: string }
  | { readonly sample: string }
  | { readonly text: string; readonly name: string };

export interface Sample {
  readonly id: string;
  readonly title: string;
  /** One sentence. */
  readonly story: string;
}

export type EngineRequest =
  | AuditRequest
  | TimelineRequest
  | PhoneRequest
  | FlowRequest
  | OverviewRequest
  | FramesRequest
  | QueryRequest
  | SearchRequest
  | { readonly op: 'status'; readonly after?: number }
  | { readonly op: 'samples' }
  | { readonly op: 'open'; readonly inputs: readonly InputRequest[]; readonly add?: boolean }
  | { readonly op: 'close' }
  | { readonly op: 'stop' }
  | {
      readonly op: 'rows';
      readonly table: 'messages' | 'findings';
      readonly from: number;
      readonly count: number;
      /** Of the messages, those that fit; `from` counts among them, and so does `total`. */
      readonly filter?: string;
    }
  | {
      readonly op: 'window';
      readonly t0: Time;
      readonly t1: Time;
      /** Width of the chart in CSS pixels. */
      readonly px: number;
      readonly laneFrom: number;
      readonly laneCount: number;
      /** Left out: a lane a subscriber, by first time. */
      readonly arrange?: Arrangement;
      /** Tell what fits it, too. */
      readonly filter?: string;
    }
  /** Next or previous message from `from` (MessageRow index, -1: before the first) that fits `what`. */
  | {
      readonly op: 'find';
      readonly what: 'error' | 'finding' | 'verification' | 'message';
      readonly from: number;
      readonly step: 1 | -1;
      /** Only messages that fit. */
      readonly filter?: string;
      /** Codes of rules that don't count: of 'error' and 'finding'. */
      readonly silenced?: readonly string[];
    }
  | { readonly op: 'detail'; readonly message: string; readonly secrets?: boolean }
  | { readonly op: 'bytes'; readonly message: string; readonly buffer: BufferName }
  | { readonly op: 'verify'; readonly message: string; readonly keys: Keys; readonly secrets?: boolean }
  | { readonly op: 'keys'; readonly keys: Keys }
  | { readonly op: 'decoders' }
  /** Replaces the choices and reads the open inputs again. */
  | { readonly op: 'decodeAs'; readonly choices: readonly string[] }
  | ExportRequest
  | CompareRequest;

export interface EngineReplies
  extends AuditReplies,
    DeviceReplies,
    FlowReplies,
    FrameReplies,
    QueryReplies,
    SearchReplies,
    TimelineReplies,
    ExportReplies,
    CompareReplies {
  status: Status;
  samples: readonly Sample[];
  open: Status;
  close: Status;
  stop: Status;
  rows: { readonly total: number; readonly messages: readonly MessageRow[]; readonly findings: readonly FindingRow[] };
  window: WindowReply;
  find: { readonly index: number | null };
  detail: Detail;
  bytes: BytesReply;
  verify: VerifyResult;
  keys: Status;
  decoders: readonly Decoder[];
  decodeAs: Status;
}

export type Reply<R extends EngineRequest> = EngineReplies[R['op']];

/** A request that can't be answered: one sentence for the user. */
export interface EngineError {
  readonly error: string;
}

export interface Engine {
  request<R extends EngineRequest>(request: R, signal?: Signal): Promise<Reply<R>>;
}
