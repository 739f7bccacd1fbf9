// What concatenation gives: one reassembled, or given up, datagram with every part that was seen for it.

import type { Finding } from '../../captures/finding.ts';
import type { Mapped } from '../base/bytemap.ts';
import type { Address, Bearer, Ports, Time } from '../base/message.ts';

export type SegmentStatus = 'used' | 'duplicate' | 'conflict' | 'late';

export interface Segment {
  /** As the sender numbered it; may be 0 or above `of` when the sender was wrong. 1 of 1 when not concatenated. */
  readonly part: number;
  readonly of: number;
  readonly reference: number | null;
  readonly referenceBits: 8 | 16 | null;
  /** Frame that completed the part. */
  readonly frame: number;
  readonly time: Time;
  /** Octets of user data without its header. */
  readonly length: number;
  readonly status: SegmentStatus;
  readonly operation: string;
  /** The bearer PDU and who reads it, kept. */
  readonly pdu: Mapped;
  readonly dissector: string;
  readonly chosenBy: string;
  readonly answerKey: string | null;
  /** TP-MR of a SUBMIT: status reports quote it. */
  readonly messageReference?: number;
  /** What the bearer's and the header's decoder found in this PDU; also among the findings of the Joined. */
  readonly findings?: readonly Finding[];
}

export type Payload = 'wsp' | 'wbxml' | 'xml' | 'mime' | 'text' | 'binary';

export interface Joined {
  readonly bearer: Bearer;
  readonly operation: string;
  readonly direction: 'mt' | 'mo';
  readonly from: Address | null;
  readonly to: Address | null;
  readonly smsc: Address | null;
  readonly imsi: string | null;
  readonly ports: Ports | null;
  /** In order of arrival. Copies that come after the message was emitted are still appended, until the end. */
  readonly segments: readonly Segment[];
  /** 1-based numbers of parts that never came. */
  readonly missing: readonly number[];
  readonly state: 'complete' | 'incomplete';
  readonly firstTime: Time;
  readonly lastTime: Time;
  /** What the octets are; 'text' is an ordinary short message. */
  readonly payload: Payload;
  /** The WSP PDU has no transaction octet in front. */
  readonly connectionOriented?: boolean;
  readonly contentType?: string;
  /** Content of the parts that are there, in order. Octets after a missing part are not adjacent to those before. */
  readonly data: Mapped;
  /** Octets of `data` in front of the payload: a push without ports was found there. 0 when absent. */
  readonly payloadOffset?: number;
  /** Octets from the start that are certain to be contiguous. */
  readonly contiguous: number;
  /** Text of an ordinary message, when it could be read. */
  readonly text: string | null;
  readonly dcs: number;
  readonly findings: readonly Finding[];
}
