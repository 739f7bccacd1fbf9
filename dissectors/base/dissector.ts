// What a protocol tells the driver about itself. registry.ts lists them; nothing else knows all of them.

import type { Rule } from '../../captures/finding.ts';
import type { ByteMap, FrameId } from './bytemap.ts';
import type { Cursor } from './cursor.ts';
import type { Field } from './fields.ts';
import type { Sink, Time } from './message.ts';

/** Keys a lower layer hands up by: it says 'udp.port 2948', never 'WDP'. */
export type Table =
  | 'link.type'
  | 'ethertype'
  | 'ip.proto'
  | 'udp.port'
  | 'tcp.port'
  | 'sctp.ppid'
  /** Asked where the payload protocol identifier is 0, or bound to nobody. */
  | 'sctp.port'
  /** Service indicator of MTP level 3, whoever carried the message. */
  | 'm3ua.si'
  | 'sccp.ssn'
  | 'tcap.op'
  | 'gsmtap.type'
  | 'ipa.proto'
  | 'diameter.app'
  | 'media.type'
  | 'wdp.port'
  /** Id of a dissector, streams too: the window is one PDU. Nobody binds to it. */
  | 'dissector';

export interface Binding {
  readonly table: Table;
  readonly key: number | string;
}

export const on = (table: Table, key: number | string): Binding => ({ table, key });

/** Facts from below, valid during one decode call. */
export interface Context {
  /** Of the frame that completed these bytes. */
  readonly time: Time;
  readonly frame: FrameId;
  /** IP addresses as text, or what the layers between have in their place; '' where there are none. */
  readonly sourceAddress: string;
  readonly destinationAddress: string;
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** Names the connection or address pair; the same for both directions. Unique in the session. */
  readonly conversation: string;
  /** 0: from the side that spoke first (or the lower address), 1: the other. */
  readonly direction: 0 | 1;
  /** 'port 2775', 'content', 'decode as'. */
  readonly chosenBy: string;
  readonly sink: Sink;
  /** Octets that belong to what is being decoded, behind the window, which the capture does not hold; undefined or 0: none. */
  readonly missing?: number;
  /** Id of the dissector that was handed the cursor's buffer as a whole: the one to read it again for a tree. */
  readonly root?: string;
  /** The network gave the octets back to their sender; undefined: they go where they were sent. */
  readonly returned?: Returned | undefined;
  /** Where octets [start, start+length) of the cursor's buffer came from, counted from `start`. */
  origin(start: number, length: number): ByteMap;
  /** This dissector's memory for this conversation. */
  state<T>(init: () => T): T;
  /**
   * This dissector's memory for the whole capture: for what is asked on one road and answered on another. `end` is
   * called once, when the capture is over.
   */
  shared?<T>(init: () => T, end?: (state: T, ctx: Context) => void): T;
  /** Hands a window on to whoever is bound to the key; false when nobody is. */
  next(table: Table, key: number | string, c: Cursor, handover?: Handover): boolean;
}

/** What a layer that has ports, or that joins segments of its own, tells the one above; the rest stays as it was below. */
export interface Handover {
  readonly sourcePort?: number;
  readonly destinationPort?: number;
  readonly conversation?: string;
  readonly direction?: 0 | 1;
  /** Addresses of this layer, in place of those below. */
  readonly sourceAddress?: string;
  readonly destinationAddress?: string;
  readonly missing?: number;
  readonly returned?: Returned;
  /** Where the octets of the window's buffer came from, when it is no longer the buffer from below. */
  readonly map?: ByteMap;
  /** Completion of what was joined: time and frame of its last segment. */
  readonly time?: Time;
  readonly frame?: FrameId;
}

/** Why the network did not deliver something and gave it back. */
export interface Returned {
  readonly code: string;
  readonly text: string;
  /** Worth another try. */
  readonly temporary: boolean;
}

interface Base {
  /** Short, unique, lower case: 'smpp'. */
  readonly id: string;
  readonly title: string;
  /** The standards it was written from. */
  readonly refs: readonly string[];
  readonly fields: Readonly<Record<string, Field>>;
  readonly rules: readonly Rule[];
  readonly carriedBy: readonly Binding[];
}

/** Reads one datagram (UDP payload, SCTP message, link payload ...) at a time. */
export interface DatagramDissector extends Base {
  readonly kind: 'datagram';
  /** How sure the content alone makes it, 0 to 1; bytes [start, end). Cheap: called for unclaimed datagrams. */
  looksLike?(bytes: Uint8Array, start: number, end: number): number;
  /** As of StreamDissector; so far SCTP alone asks. */
  passing?(passage: Passage): Pass | null;
  decode(c: Cursor, ctx: Context): void;
}

/**
 * How long the PDU at the start of the window is: its octets; NEED_MORE when the window does not tell yet;
 * NOT_OURS when no PDU can start here.
 */
export const NEED_MORE = 0;
export const NOT_OURS = -1;

/** One direction of a conversation, for whoever passes over PDUs of it. */
export interface Passage {
  readonly sink: Sink;
  readonly direction: 0 | 1;
  /** The memory that `Context.state` gives. */
  state<T>(init: () => T): T;
  /** The memory that `Context.shared` gives to the dissector of this id. */
  shared<T>(dissector: string, init: () => T, end?: (state: T, ctx: Context) => void): T;
}

/** When the last octet of a PDU came, and in which frame, which asking registers. */
export interface Moment {
  readonly time: Time;
  frame(): FrameId;
}

/**
 * Does all that `decode` would do about the whole PDU in [start, end), where that is next to nothing, and nothing at
 * all where it returns false. Allocates nothing, throws nothing.
 */
export type Pass = (bytes: Uint8Array, start: number, end: number, at: Moment) => boolean;

/** Reads PDUs out of an ordered byte stream. The stream driver frames, maps, resynchronises and reports. */
export interface StreamDissector extends Base {
  readonly kind: 'stream';
  /** Can a conversation of this protocol begin with these octets? Cheap and strict: called for every unclaimed segment. */
  looksLike(bytes: Uint8Array, start: number, end: number): boolean;
  /** First octets without which `looksLike` is false: nobody is asked about the others. Any, where absent. */
  readonly firstOctets?: readonly number[];
  /**
   * Can a PDU begin with these octets in a conversation that is followed already? For protocols of which `looksLike`
   * claims only what matters; `looksLike` where absent.
   */
  resumes?(bytes: Uint8Array, start: number, end: number): boolean;
  /** PDU length at `start`, NEED_MORE or NOT_OURS. `end` is what is there so far; `last`: nothing will follow. */
  frame(bytes: Uint8Array, start: number, end: number, last: boolean): number;
  /** Upper bound of a PDU; more than this is a framing error. */
  readonly maxLength: number;
  /**
   * Asked once a direction, when its first octets come; null: every PDU is decoded. The report is the same octet for
   * octet whether anybody passes over PDUs or not (docs/performance.md, Pre-filter).
   */
  passing?(passage: Passage): Pass | null;
  /** Exactly one PDU in the window, or the rest of one where the capture lost octets (`ctx.chosenBy` unchanged). */
  decode(c: Cursor, ctx: Context): void;
}

export type Dissector = DatagramDissector | StreamDissector;
