// 3GPP TS 44.006 5.5: I frames of one direction of a data link, joined to layer 3 messages.

import { concatMapped, type FrameId, type Mapped } from '../../base/bytemap.ts';
import type { Time } from '../../base/message.ts';

/** 5.5.1, 5.8.3: a layer 3 message has at most 251 octets; some stacks send a little more. */
const MOST_OCTETS = 512;

export interface Link {
  /** N(S) of the next new frame; null: not known. */
  expected: number | null;
  /** Information of the last new frame: tells a repetition from seven lost frames. */
  last: Uint8Array;
  /** Segments of the message that is being received. */
  parts: Mapped[];
  octets: number;
  /** Where the next new frame may begin a message. Not so behind a gap. */
  atStart: boolean;
  /** Of the last segment. */
  time: Time;
  frame: FrameId;
}

export const newLink = (): Link => ({
  expected: null,
  last: new Uint8Array(0),
  parts: [],
  octets: 0,
  atStart: false,
  time: Number.NaN,
  frame: -1,
});

/** The link was established: both sides count from 0. */
export function reset(l: Link): void {
  l.expected = 0;
  l.parts = [];
  l.octets = 0;
  l.atStart = true;
}

export interface Segment {
  readonly sendNumber: number;
  readonly more: boolean;
  /** Octets that outlive the batch. */
  readonly information: Mapped;
  readonly time: Time;
  readonly frame: FrameId;
}

export interface Outcome {
  /** A message whose end was lost, as far as it goes. */
  readonly broken: Mapped | null;
  readonly brokenAt: { readonly time: Time; readonly frame: FrameId };
  readonly complete: Mapped | null;
  readonly missing: number;
  readonly repeated: boolean;
  readonly tooLong: boolean;
}

const equal = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((v, i) => v === b[i]);

/** What is there of an unfinished message; the link waits for the next one. */
export function takeUnfinished(l: Link): Mapped | null {
  if (l.parts.length === 0) return null;
  const out = concatMapped(l.parts);
  l.parts = [];
  l.octets = 0;
  return out;
}

/**
 * Takes one I frame. LAPDm sends one frame at a time (5.8.4: k is 1), so a number that is neither the next nor the last
 * one again means lost frames. `begins`: could a layer 3 message begin with these octets? Asked where that is not sure.
 */
export function receive(l: Link, s: Segment, begins: (b: Uint8Array) => boolean): Outcome {
  const brokenAt = { time: l.time, frame: l.frame };
  const nothing: Outcome = {
    broken: null,
    brokenAt,
    complete: null,
    missing: 0,
    repeated: false,
    tooLong: false,
  };
  const { bytes } = s.information;
  const behind = l.expected === null ? 0 : (s.sendNumber - l.expected + 8) & 7;
  if (l.expected !== null && behind === 7 && equal(bytes, l.last)) return { ...nothing, repeated: true };
  const broken = behind > 0 ? takeUnfinished(l) : null;
  if (behind > 0) l.atStart = false;
  l.expected = (s.sendNumber + 1) & 7;
  l.last = bytes;
  l.time = s.time;
  l.frame = s.frame;
  const first = l.parts.length === 0;
  if (first && !l.atStart && !begins(bytes)) {
    l.atStart = !s.more;
    return { ...nothing, broken, missing: behind };
  }
  if (l.octets + bytes.length > MOST_OCTETS) {
    l.atStart = false;
    return { ...nothing, broken: takeUnfinished(l), missing: behind, tooLong: true };
  }
  l.parts.push(s.information);
  l.octets += bytes.length;
  l.atStart = !s.more;
  return { ...nothing, broken, missing: behind, complete: s.more ? null : takeUnfinished(l) };
}
