// The --subscribers table: keys of many subscribers at once.

import type { Subscriber } from '../analysis/engine/load.ts';
import { Sentence } from './sentence.ts';

const COLUMNS = ['msisdn', 'imsi', 'pin'] as const;
type Column = (typeof COLUMNS)[number];

/**
 * CSV with msisdn,imsi,pin: with a header line in any order, or without one in this order; separated by comma,
 * semicolon or tab; empty where unknown; '#' begins a comment. Throws a sentence that names the line, never its content.
 */
export function parseSubscribers(name: string, text: string): Subscriber[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const rows: Subscriber[] = [];
  let order: readonly (Column | undefined)[] | undefined;
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const cells = cellsOf(line);
    const wrong = (what: string) => new Sentence(`${name}, line ${i + 1}: ${what}.`, 2);
    if (order === undefined) {
      const header = headerOf(cells);
      order = header ?? COLUMNS;
      if (header !== undefined) continue;
    }
    const of = (column: Column) => {
      const at = order?.indexOf(column) ?? -1;
      const cell = at < 0 ? '' : (cells[at] ?? '');
      return cell === '' ? null : cell;
    };
    const [msisdn, imsi, pin] = [of('msisdn'), of('imsi'), of('pin')];
    if (msisdn !== null && !/^\+?\d{3,20}$/.test(msisdn)) throw wrong('the msisdn is no telephone number');
    if (imsi !== null && !/^\d{6,15}$/.test(imsi)) throw wrong('an imsi has 6 to 15 digits');
    if (msisdn === null && imsi === null && pin === null) throw wrong('nothing of msisdn, imsi and pin is given');
    rows.push({ msisdn, imsi, pin });
  }
  return rows;
}

function headerOf(cells: readonly string[]): (Column | undefined)[] | undefined {
  const words = cells.map((c) => c.toLowerCase());
  if (!words.some((w) => (COLUMNS as readonly string[]).includes(w))) return undefined;
  return words.map((w) => COLUMNS.find((c) => c === w));
}

/** Cells without their quotes. */
function cellsOf(line: string): string[] {
  const separator = /[,;\t]/.exec(line.replace(/"[^"]*"/g, ''))?.[0] ?? ',';
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (const [i, c] of [...line].entries()) {
    if (c === '"') {
      if (quoted && line[i + 1] === '"') cell += '"';
      quoted = !quoted;
    } else if (c === separator && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += c;
  }
  cells.push(cell.trim());
  return cells;
}
