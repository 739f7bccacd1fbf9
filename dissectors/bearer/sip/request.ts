// A SIP MESSAGE as the readers of its bodies see it.

import type { Mapped } from '../../base/bytemap.ts';
import type { Cursor } from '../../base/cursor.ts';
import type { Context } from '../../base/dissector.ts';
import type { HeaderLine } from '../http/lines.ts';
import type { Span } from '../text/delimited.ts';
import type { SipMemory } from './memory.ts';

export interface SipRequest {
  readonly c: Cursor;
  readonly ctx: Context;
  readonly target: string;
  readonly headers: readonly HeaderLine[];
  readonly callId: string;
  /** Ties the final response to what the request carried. */
  readonly answerKey: string;
  readonly memory: SipMemory;
  readonly pdu: Mapped;
  readonly dissector: string;
  readonly before: number;
  /** The capture holds only the beginning. */
  readonly cut: boolean;
}

/** A body, or a part of one. Positions are in the request's buffer. */
export interface SipBody {
  readonly type: string;
  readonly headers: readonly HeaderLine[];
  readonly head: Span;
  readonly at: Span;
  /** The octets with their transfer encoding undone. */
  readonly content: Mapped;
  /** They stand in the buffer as they are. */
  readonly plain: boolean;
}
