// The frame list: every frame of an input, those that carry nothing decoded among them, read again a page at a time.

import type { BytesReply, Time, TreeNode } from '../contract.ts';

/** 'all': every frame of the input; 'messages': those that belong to a message. */
export type FrameChoice = 'all' | 'messages';

export type FramesRequest =
  /** A page of the list. `from` counts rows from 0: of 'all', row n is frame n + 1. At most 200 rows are given. */
  | {
      readonly op: 'frames';
      /** Of Status.inputs. */
      readonly input: number;
      readonly from: number;
      readonly count: number;
      /** Left out: 'all'. */
      readonly only?: FrameChoice;
    }
  /** Which row to go to: that of a frame, the first at or after a time, or the first of a message's. One of the three is given. */
  | {
      readonly op: 'framePlace';
      /** Of a message its own input counts. */
      readonly input: number;
      readonly frame?: number;
      readonly time?: Time;
      readonly message?: string;
      readonly only?: FrameChoice;
    }
  /** One frame with its octets and headers. */
  | { readonly op: 'frame'; readonly input: number; readonly number: number; readonly secrets?: boolean };

export interface FrameRow {
  /** 1-based, as other programs count; of a log the record. */
  readonly number: number;
  /** NaN: it has none. */
  readonly time: Time;
  /** Octets captured, and octets there were. */
  readonly length: number;
  readonly wireLength: number;
  /** LINKTYPE_ value; null for a record of a log. */
  readonly link: number | null;
  /** 'Ethernet'; 'link type 147' where there is no name. */
  readonly linkName: string;
  /** 'TCP', 'UDP', 'SCTP', 'fragment', 'ICMP' ...; 'cut' and 'malformed' where no header tells; the link's name for what is no IP. */
  readonly protocol: string;
  /** '10.0.0.1:2775'; null where there is no IP header. */
  readonly from: string | null;
  readonly to: string | null;
  /** Ids of the messages it carried any part of, in their order. */
  readonly messages: readonly string[];
}

export interface FrameReplies {
  frames: {
    /** Rows there are so far: grows while the input is read. */
    readonly total: number;
    /** Place of the first row given. */
    readonly from: number;
    readonly rows: readonly FrameRow[];
    /**
     * A sentence for the user where pages come slowly (a compressed file is read through to get there) or not at all (a
     * pipe can't be read again); else null.
     */
    readonly note: string | null;
  };
  /** `place`: null where there is no such row. */
  framePlace: { readonly input: number; readonly place: number | null };
  frame: {
    readonly row: FrameRow;
    readonly bytes: BytesReply;
    /** Its headers down to the transport; what they carry is in the trees of `row.messages`. Ranges are of `bytes.buffer`. */
    readonly tree: readonly TreeNode[];
  };
}
