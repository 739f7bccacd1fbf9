// The table as text of one kind or another, safe to paste where it goes.

import type { TableFormat, TableRow } from '../engine/contract/device.ts';
import { cell, withoutFormula } from '../report/csv.ts';
import { displayWidth, padEnd, printable } from '../report/text.ts';

const groupsOf = (rows: readonly TableRow[]): ReadonlyMap<string, readonly TableRow[]> => {
  const out = new Map<string, TableRow[]>();
  for (const r of rows) {
    const same = out.get(r.group);
    if (same === undefined) out.set(r.group, [r]);
    else same.push(r);
  }
  return out;
};

function text(rows: readonly TableRow[]): string {
  const width = Math.max(0, ...rows.map((r) => displayWidth(printable(r.label))));
  return [...groupsOf(rows)]
    .map(([group, list]) => {
      const lines = list.map((r) => `  ${padEnd(printable(r.label), width)}  ${printable(r.value)}`.trimEnd());
      return `${printable(group)}\n${lines.join('\n')}\n`;
    })
    .join('\n');
}

const csv = (rows: readonly TableRow[]): string =>
  [['group', 'setting', 'value', 'message'], ...rows.map((r) => [r.group, r.label, r.value, r.origin.message])]
    .map((line) => `${line.map(cell).join(',')}\r\n`)
    .join('');

const oneLine = (value: string): string => value.replace(/[\t\r\n]+/g, ' ');

const tsv = (rows: readonly TableRow[]): string =>
  [['Group', 'Setting', 'Value'], ...rows.map((r) => [r.group, r.label, r.value])]
    .map((line) => `${line.map((c) => withoutFormula(oneLine(printable(oneLine(c))))).join('\t')}\n`)
    .join('');

/** CommonMark 2.4: punctuation that would mean something is escaped, angle brackets as entities. */
const escaped = (value: string): string =>
  printable(oneLine(value))
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/([\\`*[\]|~])/g, '\\$1');

const md = (rows: readonly TableRow[]): string =>
  [...groupsOf(rows)]
    .map(([group, list]) => {
      const lines = list.map((r) => `| ${escaped(r.label)} | ${escaped(r.value)} |\n`);
      return `**${escaped(group)}**\n\n| Setting | Value |\n| --- | --- |\n${lines.join('')}`;
    })
    .join('\n');

const json = (title: string, rows: readonly TableRow[]): string =>
  `${JSON.stringify(
    {
      title,
      settings: rows.map((r) => ({ group: r.group, setting: r.label, value: r.value, message: r.origin.message })),
    },
    null,
    2,
  )}\n`;

export function formatTable(title: string, rows: readonly TableRow[], format: TableFormat): string {
  switch (format) {
    case 'text':
      return text(rows);
    case 'csv':
      return csv(rows);
    case 'tsv':
      return tsv(rows);
    case 'md':
      return md(rows);
    case 'json':
      return json(title, rows);
  }
}
