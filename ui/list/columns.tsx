// Columns of the message list.

import type { ComponentChildren } from 'preact';
import type { MessageRow } from '../../analysis/engine/contract.ts';
import { SeverityGlyph, VerdictWord } from '../parts/glyph.tsx';
import { formatTime, type TimeFormat } from '../view/time.ts';
import { kindWord, methodWord, partsText } from '../view/words.ts';

export interface CellContext {
  readonly time: TimeFormat;
  readonly base: string | null;
}

export interface Column {
  readonly id: string;
  readonly title: string;
  /** px; the last column takes what is left, but not less. */
  readonly width: number;
  readonly numeric?: boolean;
  text(row: MessageRow, context: CellContext): string;
  cell?(row: MessageRow): ComponentChildren;
}

export const COLUMNS: readonly Column[] = [
  { id: 'time', title: 'Time', width: 98, numeric: true, text: (r, c) => formatTime(r.firstTime, c.time, c.base, 3) },
  { id: 'from', title: 'From', width: 112, text: (r) => r.from ?? '–' },
  { id: 'to', title: 'To', width: 134, text: (r) => r.to ?? r.imsi ?? '–' },
  {
    id: 'kind',
    title: 'Kind',
    width: 150,
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
    width: 60,
    numeric: true,
    text: partsText,
    cell: (r) => <span class={r.missing > 0 ? 'bad' : ''}>{partsText(r)}</span>,
  },
  { id: 'method', title: 'Method', width: 108, text: (r) => methodWord(r.method) },
  {
    id: 'verdict',
    title: 'MAC',
    width: 130,
    text: (r) => r.verdict,
    cell: (r) => <VerdictWord verdict={r.verdict} method={r.method} />,
  },
  { id: 'outcome', title: 'Outcome', width: 94, text: (r) => r.outcome ?? '–' },
  { id: 'summary', title: 'What it does', width: 230, text: (r) => r.summary },
];

export const LIST_WIDTH = COLUMNS.reduce((n, c) => n + c.width, 0);
