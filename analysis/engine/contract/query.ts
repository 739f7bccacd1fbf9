// Filters: checked while they are typed, then run over all messages; and tables of messages with any fields as columns.

import type { MessageRow } from '../contract.ts';

export type QueryRequest =
  /** What a filter means, what is wrong with it, and what could be typed at `cursor`. */
  | { readonly op: 'check'; readonly text: string; readonly cursor?: number }
  /**
   * Runs a filter over what is loaded. One that needs messages decoded does a slice of that work a request, when
   * `decode` says so: ask again until `decoding` is null.
   */
  | { readonly op: 'filter'; readonly text: string; readonly decode?: boolean }
  /** A page of messages in an order of their own, with more fields than a row has. */
  | ({
      readonly op: 'grid';
      readonly from: number;
      readonly count: number;
      /** Paths of fields; one that is no column is decoded for the page. */
      readonly columns: readonly string[];
    } & Order)
  /** Where message `index` stands in that order; null: the filter leaves it out. */
  | ({ readonly op: 'place'; readonly index: number } & Order)
  /** All that filters and columns can ask for. */
  | { readonly op: 'fields' };

export interface Order {
  readonly filter?: string;
  /** Path of a field that is a column. Equal values keep the order of time; rows without a value come last. */
  readonly by?: string;
  readonly down?: boolean;
}

export interface FieldRow {
  readonly path: string;
  readonly label: string;
  readonly example: string;
  /** It can be sorted by. */
  readonly sorts: boolean;
}

export interface FilterCompletion {
  /** Takes the place of `completing`. */
  readonly insert: string;
  readonly label: string;
  readonly detail: string;
  /** Messages of this capture that have the value; null for what is no value. */
  readonly count: number | null;
}

export interface FilterCheck {
  readonly state: 'empty' | 'valid' | 'invalid';
  /** Range in the text, UTF-16 units, and a sentence that says what was expected. */
  readonly error: { readonly start: number; readonly end: number; readonly message: string } | null;
  /** The filter in full, '' when it is empty or invalid. */
  readonly typed: string;
  /** Fields that are no column: so many messages must be decoded to tell. */
  readonly needsDecode: { readonly messages: number; readonly seconds: number } | null;
  readonly completing: { readonly start: number; readonly end: number };
  readonly completions: readonly FilterCompletion[];
}

export interface FilterReply {
  /** Messages looked at, and those that fit. */
  readonly total: number;
  readonly count: number;
  /** Message i fits when bit i & 7 of octet i >> 3 is set. */
  readonly bits: Uint8Array;
  /** Messages decoded so far of those that must be; null when nothing is open any more. */
  readonly decoding: { readonly done: number; readonly of: number } | null;
  /** When nothing fits: how many each term lets through by itself. */
  readonly blame: readonly { readonly term: string; readonly count: number }[];
}

export interface QueryReplies {
  check: FilterCheck;
  filter: FilterReply;
  grid: {
    readonly total: number;
    readonly messages: readonly MessageRow[];
    /** For each message the texts of the columns. */
    readonly cells: readonly (readonly string[])[];
  };
  place: { readonly place: number | null };
  fields: readonly FieldRow[];
}
