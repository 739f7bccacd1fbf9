// Ordinary texts, of which most are counted and never read: what a bearer tells of one without making a message of it.

import type { FrameId } from './bytemap.ts';
import type { Address, Time } from './message.ts';

/** What a text says, and to whom. */
export interface TextContent {
  /** Number or IMSI it goes to; '' where nothing names the phone. */
  readonly to: string;
  readonly from: Address | null;
  /** User data, all of it text. */
  readonly bytes: Uint8Array;
  readonly dcs: number;
  readonly dcsOf: 'smpp' | 'tp';
  readonly udl: number | undefined;
}

/** Reads a text out of octets [start, end), which the bearer gave with it. Throws nothing. */
export type ReadText = (bytes: Uint8Array, start: number, end: number) => TextContent;

/** A text to a phone as it came, borrowed. Equal octets in [nameStart, nameEnd) name the same phone. */
export interface PlainText {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly nameHash: number;
  readonly time: Time;
  readonly frame: FrameId;
  readonly read: ReadText;
}

/** Takes ordinary texts, in either direction, for those who only count them. */
export interface TextSink {
  /** One went by. */
  passed(time: Time): void;
  /** Is `told` wanted of a text to the phone whose name has this hash? False: surely not. */
  wants(nameHash: number): boolean;
  /** What a text said to a phone; after `passed`. */
  told(text: PlainText): void;
}

const SEED = 0x811c9dc5 | 0;
const PRIME = 0x01000193;

/** FNV-1a over octets [start, end): the same as `hashOfName` of the characters they are in Latin 1. Never 0. */
export function hashOfOctets(b: Uint8Array, start: number, end: number): number {
  let h = SEED;
  for (let i = start; i < end; i += 1) h = Math.imul(h ^ b[i]!, PRIME);
  return h === 0 ? 1 : h;
}

export function hashOfName(name: string): number {
  let h = SEED;
  for (let i = 0; i < name.length; i += 1) h = Math.imul(h ^ name.charCodeAt(i), PRIME);
  return h === 0 ? 1 : h;
}
