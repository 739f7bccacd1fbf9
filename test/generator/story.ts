// A story: a capture that shows one thing, and what a reader must find in it.

import type { Tape } from '../../analysis/encode/tape.ts';
import { writePcap } from '../../captures/write/pcap.ts';

export interface ExpectedMessage {
  readonly kind: string;
  readonly state: 'complete' | 'incomplete';
  readonly to: string | null;
  /** Parts that were seen, of how many. */
  readonly parts: readonly [seen: number, of: number];
  readonly missing?: readonly number[];
  readonly method?: string;
  /** With the story's keys. */
  readonly verdict: string;
  readonly matchesOtherDerivation?: string;
  /** Codes that must be among the message's findings. */
  readonly findings?: readonly string[];
  /** The whole of the codes of severity error; checked when given. */
  readonly errors?: readonly string[];
}

export interface Story {
  /** Stable: part of addresses. */
  readonly id: string;
  readonly file: string;
  readonly title: string;
  /** One sentence. */
  readonly story: string;
  /** What to enter in order to see what the story tells. */
  readonly keys: { readonly imsi: readonly string[]; readonly pin: readonly string[] };
  readonly expect: {
    readonly messages: readonly ExpectedMessage[];
    /** Ordinary text messages beside them. */
    readonly texts?: number;
    /** Outcome of each transaction, in order. */
    readonly outcomes?: readonly string[];
  };
  readonly bytes: Uint8Array;
}

export const NO_KEYS = { imsi: [], pin: [] } as const;
const ETHERNET = 1;

export const pcapOf = (tape: Tape): Uint8Array => writePcap(tape.frames, { linkType: ETHERNET });
