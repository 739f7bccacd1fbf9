// What the layers of one frame leave behind. One object, overwritten frame by frame: nothing here is kept.

import type { Cursor } from '../base/cursor.ts';

export interface Packet {
  /** Set by whoever hands the frame in: the capture holds fewer octets than were on the wire. */
  cut: boolean;
  /** Version of the innermost IP header; 0 where there is none. */
  version: 0 | 4 | 6;
  /** Source address as four signed 32-bit words, high word first; IPv4 in the last one. */
  s0: number;
  s1: number;
  s2: number;
  s3: number;
  /** Destination address, likewise. */
  d0: number;
  d1: number;
  d2: number;
  d3: number;
  /** Octets the innermost length field announces beyond what the capture holds. */
  missing: number;
  /** The payload is one fragment of a datagram. */
  fragment: boolean;
  moreFragments: boolean;
  /** Octets of the datagram's payload before this fragment. */
  fragmentOffset: number;
  identification: number;
  /** Protocol number of what the fragments hold. */
  fragmentProtocol: number;
  sourcePort: number;
  destinationPort: number;
  /** TCP: sequence and acknowledgment number as signed 32-bit words, flags as on the wire. */
  sequence: number;
  acknowledgment: number;
  flags: number;
  /** SCTP, RFC 9260 3.1. */
  verificationTag: number;
}

export const createPacket = (): Packet => ({
  cut: false,
  version: 0,
  s0: 0,
  s1: 0,
  s2: 0,
  s3: 0,
  d0: 0,
  d1: 0,
  d2: 0,
  d3: 0,
  missing: 0,
  fragment: false,
  moreFragments: false,
  fragmentOffset: 0,
  identification: 0,
  fragmentProtocol: 0,
  sourcePort: 0,
  destinationPort: 0,
  sequence: 0,
  acknowledgment: 0,
  flags: 0,
  verificationTag: 0,
});

/** Forgets the last frame. `cut`: see Packet. */
export function resetPacket(p: Packet, cut: boolean): void {
  p.cut = cut;
  p.version = 0;
  p.missing = 0;
  p.fragment = false;
  p.sourcePort = 0;
  p.destinationPort = 0;
}

/**
 * One decoder of a layer: reads its header from the cursor, narrows the cursor to its payload, and returns what
 * reads on (next.ts). Without a recorder it allocates nothing and does not throw.
 */
export type LayerDecoder = (c: Cursor, p: Packet) => number;

/** The signed 32-bit word at `at`; the caller has made sure it is there. */
export const wordAt = (b: Uint8Array, at: number): number =>
  (b[at]! << 24) | (b[at + 1]! << 16) | (b[at + 2]! << 8) | b[at + 3]!;

/** The 16-bit number at `at`; the caller has made sure it is there. */
export const u16At = (b: Uint8Array, at: number): number => (b[at]! << 8) | b[at + 1]!;
