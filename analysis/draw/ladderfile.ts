// Ladders as files, from the same layout that the page draws. No page is needed.

import { HEAD_HEIGHT, type LadderLayout, type LadderOptions, ladderLayout, ladderShapes } from './ladder.ts';
import type { LadderFlow } from './ladderflow.ts';
import { moved, plainText, toSvg } from './shapes.ts';

/** The ladder of a flow as an SVG file. */
export function ladderSvg(flow: LadderFlow, options: LadderOptions, title: string): string {
  const l = ladderLayout(flow, options);
  return toSvg({ width: l.width, height: l.height + HEAD_HEIGHT, title, shapes: ladderShapes(l, moved) });
}

const COLUMN = 26;
const TIME = 16;

const cut = (s: string, n: number): string => (s.length > n ? `${s.slice(0, n - 1)}…` : s);
const centred = (s: string, n: number): string => {
  const fit = cut(s, n);
  const left = (n - fit.length) >> 1;
  return `${' '.repeat(left)}${fit}`.padEnd(n);
};

function rowText(l: LadderLayout, row: LadderLayout['rows'][number], when: string): string[] {
  const width = l.columns.length * COLUMN;
  if (row.kind === 'retry') return [`${' '.repeat(TIME)}  -- ${row.sentence} --`];
  const step = row.step;
  if (step === null) return [];
  if (row.kind === 'gap')
    return [`${when.padStart(TIME)}  ${cut(`~ ~ ~ ${plainText(row.sentence)} `, width).padEnd(width, '~')}`];
  const place = (id: string): number => l.columns.findIndex((c) => c.ids.includes(id));
  const [from, to] = [place(step.from), place(step.to)];
  const at = (column: number): number => column * COLUMN + (COLUMN >> 1);
  const line = Array.from({ length: width }, () => ' ');
  for (let c = 0; c < l.columns.length; c += 1) line[at(c)] = '|';
  const [a, b] = [Math.min(at(from), at(to)), Math.max(at(from), at(to))];
  const dash = step.kind === 'missing' ? '.' : '-';
  if (a === b) line[a] = '*';
  else {
    for (let x = a + 1; x < b; x += 1) line[x] = dash;
    if (step.result === 'missing') line[(a + b) >> 1] = 'x';
    else line[to > from ? b - 1 : a + 1] = to > from ? '>' : '<';
  }
  const mark = step.result === 'ok' ? 'ok ' : step.result === 'refused' ? 'REFUSED ' : '';
  const part = step.part !== null && step.of !== null && step.of > 1 ? ` ${step.part}/${step.of}` : '';
  const code = step.code === null || step.result !== 'refused' ? '' : ` [${step.code}]`;
  const words = plainText(`${mark}${step.label}${part}${code}${step.text === '' ? '' : ` ${step.text}`}`);
  return [`${when.padStart(TIME)}  ${line.join('')}  ${words}`.trimEnd()];
}

/** The ladder of a flow as plain text, a line a step. */
export function ladderText(flow: LadderFlow, options: LadderOptions): string {
  const l = ladderLayout(flow, { ...options, spacing: 'equal' });
  const pad = ' '.repeat(TIME + 2);
  const heads = [
    `${pad}${l.columns.map((c) => centred(plainText(c.label), COLUMN)).join('')}`.trimEnd(),
    `${pad}${l.columns.map((c) => centred(plainText(c.host ?? ''), COLUMN)).join('')}`.trimEnd(),
  ];
  let before: Parameters<LadderOptions['time']>[1] = null;
  const lines = l.rows.flatMap((row) => {
    const when = row.step === null ? '' : options.time(row.step, before);
    if (row.step !== null) before = row.step;
    return rowText(l, row, when);
  });
  return `${[...heads, '', ...lines].join('\n')}\n`;
}
