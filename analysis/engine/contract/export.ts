// Reports and slices for others.

import type { Time } from '../contract.ts';

export const EXPORT_FORMATS = ['html', 'markdown', 'json', 'ndjson', 'csv', 'svg', 'pcapng'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const EXPORT_TABLES = [
  'messages',
  'parts',
  'settings',
  'findings',
  'transactions',
  'events',
  'subscribers',
] as const;
export type ExportTable = (typeof EXPORT_TABLES)[number];

/** 'last4': their last four digits; 'named': number-1, number-2. A hash would be undone by trying all numbers. */
export type Numbers = 'full' | 'last4' | 'named';

/** A message that the user marked, with their note. */
export interface ExportBookmark {
  readonly message: string;
  readonly note: string;
}

/** Bookmarks as the page saves them and the command line reads them. */
export const BOOKMARKS_SCHEMA = 'otascope-bookmarks/1';

export interface BookmarksFile {
  readonly schema: typeof BOOKMARKS_SCHEMA;
  /** Names of the captures they are of: ids are those of the same files, opened together. */
  readonly files: readonly string[];
  readonly bookmarks: readonly ExportBookmark[];
}

/** 'svg' is the ladder of the one message that is named, else the chart. */
export interface ExportChoice {
  readonly format: ExportFormat;
  /** Of CSV; left out: messages. */
  readonly table?: ExportTable;
  /** Which messages: those named, those that fit, those that touch the range; left out: all. */
  readonly messages?: readonly string[];
  readonly filter?: string;
  readonly range?: { readonly t0: Time; readonly t1: Time };
  /** Leaves passwords and PINs readable. */
  readonly secrets?: boolean;
  /** Left out: 'full'. */
  readonly numbers?: Numbers;
  /** Told in HTML, Markdown and JSON, of the messages that are in the report. Numbers in notes are shown as all are. */
  readonly bookmarks?: readonly ExportBookmark[];
}

export type ExportRequest =
  | ({ readonly op: 'export' } & ExportChoice)
  /** How large it would be. */
  | ({ readonly op: 'exportSize' } & ExportChoice);

export interface ExportReplies {
  export: {
    readonly name: string;
    readonly mediaType: string;
    readonly bytes: Uint8Array;
    /** What could not be put in, one sentence each. */
    readonly left: readonly string[];
  };
  /** `exact` is false where only some of the messages were written to tell. */
  exportSize: { readonly messages: number; readonly bytes: number; readonly exact: boolean };
}
