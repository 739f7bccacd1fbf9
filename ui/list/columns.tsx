// Columns of the message list: those with a face of their own, and any field of the filter language.

import type { ComponentChildren } from 'preact';
import type { MessageRow } from '../../analysis/engine/contract.ts';
import { SeverityGlyph, VerdictWord } from '../parts/glyph.tsx';
import { formatStep, formatTime, type TimeFormat } from '../view/time.ts';
import { kindWord, methodWord, partsText } from '../view/words.ts';

export interface CellContext {
  readonly time: TimeFormat;
  readonly base: string | null;
  /** Time of the row above; null: there is none, or rows are in another order. */
  readonly before: number | null;
}

export interface Column {
  readonly id: string;
  readonly title: string;
  /** px; the last column takes what is left, but not less. */
  readonly width: number;
  readonly numeric?: boolean;
  /** The field it sorts by; null: it can't be sorted. */
  readonly path: string | null;
  /** The text of the cell; null: it is one of the texts that came with the row. */
  readonly text: ((row: MessageRow, context: CellContext) => string) | null;
  cell?(row: MessageRow): ComponentChildren;
}

const OWN: readonly Column[] = [
  {
    id: 'time',
    title: 'Time',
    width: 104,
    numeric: true,
    path: 'time',
    text: (r, c) =>
      c.time === 'previous' ? formatStep(r.firstTime, c.before, c.base) : formatTime(r.firstTime, c.time, c.base, 3),
  },
  { id: 'from', title: 'From', width: 108, path: 'sms.from', text: (r) => r.from ?? '–' },
  { id: 'to', title: 'To', width: 136, path: 'sms.to', text: (r) => r.to ?? r.imsi ?? '–' },
  {
    id: 'kind',
    title: 'Kind',
    width: 136,
    path: 'kind',
    text: (r) => kindWord(r.kind),
    cell: (r) => (
      <>
        {r.worst === null ? <span class="glyph-room" /> : <SeverityGlyph severity={r.worst} size={12} />}
        {kindWord(r.kind)}
      </>
    ),
  },
  {
    id: 'parts',
    title: 'Parts',
    width: 56,
    numeric: true,
    path: 'parts.count',
    text: partsText,
    cell: (r) => <span class={r.missing > 0 ? 'bad' : ''}>{partsText(r)}</span>,
  },
  { id: 'method', title: 'Method', width: 104, path: 'prov.security', text: (r) => methodWord(r.method) },
  {
    id: 'verdict',
    title: 'MAC',
    width: 122,
    path: 'mac.verdict',
    text: (r) => r.verdict,
    cell: (r) => <VerdictWord verdict={r.verdict} method={r.method} />,
  },
  { id: 'outcome', title: 'Outcome', width: 92, path: 'outcome', text: (r) => r.outcome ?? '–' },
  { id: 'summary', title: 'What it does', width: 120, path: 'summary', text: (r) => r.summary },
];

export const OWN_COLUMNS: readonly Column[] = OWN;
export const DEFAULT_COLUMNS: readonly string[] = OWN.map((c) => c.id);

/** Names are chosen by the user; a column is a field by its path, or one of those above. */
export function columnsOf(ids: readonly string[], sorts: (path: string) => boolean): readonly Column[] {
  return ids.map(
    (id) => OWN.find((c) => c.id === id) ?? { id, title: id, width: 150, path: sorts(id) ? id : null, text: null },
  );
}

/** Paths whose texts must come with the rows. */
export const pathsOf = (columns: readonly Column[]): string[] =>
  columns.flatMap((c) => (c.text === null ? [c.id] : []));

export const widthOf = (columns: readonly Column[]): number => columns.reduce((n, c) => n + c.width, 0);

/** The last column takes what is left. */
export const templateOf = (columns: readonly Column[]): string =>
  columns.map((c, i) => (i === columns.length - 1 ? `minmax(${c.width}px, 1fr)` : `${c.width}px`)).join(' ');
