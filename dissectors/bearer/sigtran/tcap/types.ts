// What a transaction message says, whichever of the two standards wrote it (ITU-T Q.773, ANSI T1.114).

import type { Finding } from '../../../../captures/finding.ts';
import type { Cursor } from '../../../base/cursor.ts';

export type MessageKind = 'unidirectional' | 'begin' | 'end' | 'continue' | 'abort';

export type ComponentKind = 'invoke' | 'result' | 'result-part' | 'error' | 'reject';

/** Reads what a component carries; `T` is what its user makes of it. */
export interface ParameterReader<T> {
  /** Name of an operation, for the tree. */
  operation(code: number): string;
  /** Is there anything to read in such a context? */
  wants(context: ApplicationContext | null): boolean;
  error(code: number): string;
  /** The parameter in the cursor's window; null: not this user's. */
  read(c: Cursor, about: About): T | null;
}

export interface About {
  readonly kind: ComponentKind;
  /** Of an invoke or a result; null where the component names none. */
  readonly operation: number | null;
  /** Of an error. */
  readonly error: number | null;
  readonly context: ApplicationContext | null;
}

export interface Component<T> {
  readonly kind: ComponentKind;
  readonly invokeId: number | null;
  readonly operation: number | null;
  readonly error: number | null;
  /** Words, of a reject. */
  readonly problem: string | null;
  readonly parameter: T | null;
  /** Octets of the whole component in the cursor's buffer. */
  readonly at: number;
  readonly end: number;
  /** What was found in the parameter. */
  readonly findings: readonly Finding[];
}

/** 3GPP TS 29.002 17.3.2, {0 4 0 0 1 0 number version}; others have neither. */
export interface ApplicationContext {
  readonly oid: string;
  /** Number of a MAP application context, null where it is another protocol's. */
  readonly map: number | null;
  readonly version: number | null;
}

export interface DialoguePortion {
  readonly kind: 'request' | 'response' | 'abort' | 'unidirectional' | 'other';
  readonly context: ApplicationContext | null;
  /** The request was refused, and why. */
  readonly refused: string | null;
  /** What the user of the dialogue adds: refusal, abort, references. */
  readonly user: UserInformation | null;
}

export interface UserInformation {
  /** In words: why the user refused or aborted. */
  readonly why: string | null;
  /** Destination reference, where it is an IMSI. */
  readonly imsi: string | null;
}

export interface Transaction<T> {
  standard: 'itu' | 'ansi';
  kind: MessageKind | null;
  /** Transaction identifiers as hex digits. */
  originating: string | null;
  destination: string | null;
  /** In words. */
  abort: string | null;
  dialogue: DialoguePortion | null;
  components: Component<T>[];
}

export const newTransaction = <T>(): Transaction<T> => ({
  standard: 'itu',
  kind: null,
  originating: null,
  destination: null,
  abort: null,
  dialogue: null,
  components: [],
});
