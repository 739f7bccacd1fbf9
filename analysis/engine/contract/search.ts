// Questions about keys: what the capture itself gives, and the search for a PIN.

import type { Keys, VerifyResult } from '../contract.ts';

/** PINs are searched for; an IMSI never is: that would tell who somebody is from a message to them. */
export type SearchRequest =
  /** What may be the key of a message, in the order it is tried. */
  | { readonly op: 'candidates'; readonly message: string; readonly secrets?: boolean }
  /** Begins a search, and ends the one before. `keys` go with those of the session. */
  | {
      readonly op: 'searchStart';
      readonly message: string;
      /** Digits, 4 to 8. */
      readonly from: number;
      readonly to: number;
      /** Cores to use; left out: all. */
      readonly jobs?: number;
      readonly keys?: Keys;
    }
  | { readonly op: 'searchStatus'; readonly secrets?: boolean }
  | { readonly op: 'searchStop' };

export interface KeyCandidate {
  readonly kind: 'imsi' | 'pin';
  /** Masked unless secrets were asked for. */
  readonly value: string;
  readonly strength: 'exchange' | 'number' | 'card' | 'text' | 'capture';
  /** 'frame 77, InsertData request, same number, 3 s before'. */
  readonly why: string;
  /** Its frame, as the list of frames counts. */
  readonly frame: number | null;
  /** Does the MAC match with it? null: another secret is needed as well. */
  readonly fits: boolean | null;
}

export type SearchPhase = 'idle' | 'running' | 'found' | 'exhausted' | 'stopped' | 'failed';

export interface SearchStatus {
  readonly phase: SearchPhase;
  /** Whose PIN is searched for; null when idle. */
  readonly message: string | null;
  /** Digits. */
  readonly from: number;
  readonly to: number;
  /** PINs of these lengths, times the IMSIs that they are tried with. */
  readonly space: number;
  readonly tried: number;
  /** Digits of the PINs that are tried now; null: those that people choose. */
  readonly digits: number | null;
  /** Guesses a second, on all cores. */
  readonly rate: number | null;
  /** Seconds. */
  readonly elapsed: number;
  readonly remaining: number | null;
  readonly workers: number;
  readonly kind: 'vectors' | 'plain' | null;
  readonly found: {
    /** Masked unless secrets were asked for. */
    readonly pin: string;
    readonly digits: number;
    /** PINs in the space that would fit by chance. */
    readonly chance: number;
  } | null;
  /** What came of it, one sentence; '' while it runs. */
  readonly text: string;
}

export interface SearchReplies {
  candidates: { readonly candidates: readonly KeyCandidate[]; readonly verify: VerifyResult };
  searchStart: SearchStatus;
  searchStatus: SearchStatus;
  searchStop: SearchStatus;
}
