// Tables that gateways export: a row of column names, then a message a row. RFC 4180 quoting; , ; tab or | between.

import type { LogContext, Recogniser } from './context.ts';
import { type FieldName, fieldAddresses, fieldIndexes, fieldTime, readFields } from './fields.ts';
import { HINT } from './interest.ts';
import { byteAt, type Line, readable } from './lines.ts';
import { RULES } from './rules.ts';

const SEPARATORS = ['\t', ';', '|', ','] as const;
/** Characters of a row whose quotes run over several lines. */
const MAX_ROW = 1 << 16;
const MAX_ROW_LINES = 64;
const MAX_COLUMNS = 256;
/** Rows in a row that are none, after which the table is over. */
const MAX_BAD = 3;

/** Values of a row; undefined where a quote is still open. */
export function splitRow(text: string, separator: string): string[] | undefined {
  const out: string[] = [];
  let i = 0;
  while (i <= text.length && out.length < MAX_COLUMNS) {
    while (i < text.length && text.charAt(i) === ' ') i += 1;
    const quote = text.charAt(i);
    if (quote === '"' || quote === "'") {
      let value = '';
      let end = i + 1;
      for (;;) {
        const close = text.indexOf(quote, end);
        if (close < 0) return undefined;
        value += text.slice(end, close);
        end = close + 1;
        if (text.charAt(end) !== quote) break;
        value += quote;
        end += 1;
      }
      out.push(value);
      const next = text.indexOf(separator, end);
      if (next < 0) break;
      i = next + 1;
    } else {
      const next = text.indexOf(separator, i);
      out.push(text.slice(i, next < 0 ? text.length : next).trim());
      if (next < 0) break;
      i = next + 1;
    }
  }
  return out;
}

interface Table {
  readonly separator: string;
  readonly columns: ReadonlyMap<FieldName, number>;
  readonly width: number;
}

const AT = /^.{0,80}(?:\+CM(?:GL|GR|T)|\+CDS): ?/;
const RULER = /^[\s+|:-]*--[\s+|:-]*$/;

export class TableLog implements Recogniser {
  readonly wants = HINT.named;
  private readonly ctx: LogContext;
  private table: Table | null = null;
  /** A row whose quote is open. */
  private open: Line | null = null;
  private bad = 0;

  constructor(ctx: LogContext) {
    this.ctx = ctx;
  }

  get busy(): boolean {
    return this.table !== null;
  }

  line(l: Line): boolean {
    const header = this.open === null ? tableOf(l.text) : undefined;
    if (header !== undefined) {
      this.table = header;
      this.bad = 0;
      return true;
    }
    if (this.table === null) return false;
    if (this.open === null && l.text.length < 4096 && RULER.test(l.text)) return true;
    const first = this.open ?? l;
    const text = this.open === null ? l.text : `${first.text}\n${l.text}`;
    const values = splitRow(text, this.table.separator);
    if (values === undefined && text.length < MAX_ROW && l.number - first.number < MAX_ROW_LINES) {
      this.open = { ...first, text };
      return true;
    }
    this.open = null;
    return this.row({ ...first, text }, byteAt(l, l.text.length), values);
  }

  end(): void {
    if (this.open === null) return;
    const { at } = this.open;
    this.open = null;
    this.ctx.report(RULES.row, at, 1, 'A quote in the last row is not closed.');
    this.ctx.cutInside(at);
  }

  private row(l: Line, end: number, values: string[] | undefined): boolean {
    const table = this.table!;
    if (values === undefined || this.bad === MAX_BAD || AT.test(l.text) || !isRow(values, table)) {
      this.table = null;
      return false;
    }
    const value = (f: FieldName): string | undefined => {
      const v = values[table.columns.get(f) ?? -1];
      return v === undefined ? undefined : readable(v, l.unit);
    };
    const read = readFields(value);
    if (read === undefined) return true;
    this.bad = typeof read === 'string' ? this.bad + 1 : 0;
    if (typeof read === 'string') {
      this.ctx.report(RULES.row, l.at, end - l.at, `Line ${l.number}: ${read}.`);
      return true;
    }
    if (read.odd === true) {
      this.ctx.report(RULES.oddHex, l.at, end - l.at, `Line ${l.number}: the last digit is left out.`);
    }
    const time = fieldTime(value('time'));
    if (time !== undefined && !time.zoned) {
      this.ctx.once(RULES.noZone, l.at, end - l.at, 'The zone is not in the table: times are read as UTC.');
    }
    const addresses = fieldAddresses(value);
    this.ctx.record({
      ...read,
      ...addresses,
      direction: read.direction ?? addresses.direction,
      at: l.at,
      end,
      label: 'table',
      moment: time?.moment,
    });
    return true;
  }
}

/** A row has all columns, or at least those that are read. */
function isRow(values: readonly string[], table: Table): boolean {
  if (values.length === table.width) return true;
  let last = 0;
  for (const [field, i] of table.columns) if (field === 'udh' || field === 'ud' || field === 'pdu') last = i;
  return values.length > 1 && values.length > last && values.length < table.width + 4;
}

/** The table whose column names this line has; undefined for any other line. */
function tableOf(text: string): Table | undefined {
  if (text.length > 4096 || !/udh|pdu|\bud\b/i.test(text)) return undefined;
  for (const separator of SEPARATORS) {
    if (!text.includes(separator)) continue;
    const given = splitRow(text, separator);
    if (given === undefined || given.length < 2) continue;
    if (given.some((name) => name.length > 40 || !/^[A-Za-z_ .-]*[A-Za-z0-9_ ./()-]*$/.test(name))) continue;
    const columns = fieldIndexes(given);
    const header = columns.has('udh') && columns.has('ud');
    if (header || (columns.has('pdu') && columns.size > 1)) return { separator, columns, width: given.length };
  }
  return undefined;
}
