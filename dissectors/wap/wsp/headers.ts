// WAP-230-WSP 8.4.2.6: a run of headers, with shifts of the code page.

import type { Cursor } from '../../base/cursor.ts';
import type { WspHeader } from '../push.ts';
import { f } from './fields.ts';
import { headerText } from './headervalues.ts';
import { headerName } from './names.ts';
import { extentOf, readText } from './primitives.ts';
import { WSP } from './rules.ts';

const SHIFT = 0x7f;
const SHORT_CUT_LAST = 0x1f;
/** Headers a PDU may have; more are not listed. */
const BUDGET = 512;

/** Reads headers up to the end of the window. */
export function readHeaders(c: Cursor): WspHeader[] {
  const out: WspHeader[] = [];
  let codePage = 1;
  while (c.left > 0) {
    const at = c.pos;
    const first = c.peek()!;
    if (first === 0 || out.length === BUDGET) {
      garbage(c, at, first === 0 ? 'A header can not begin with a zero octet' : `More than ${BUDGET} headers`);
      break;
    }
    if (first === SHIFT || first <= SHORT_CUT_LAST) {
      codePage = shift(c, first);
      continue;
    }
    const row = c.rec?.open(f.header, at) ?? -1;
    const name = first >= 0x80 ? wellKnownName(c, codePage) : textName(c);
    const h = value(c, name, at, first < 0x80);
    c.rec?.close(row, c.pos, name);
    out.push(h);
  }
  return out;
}

function garbage(c: Cursor, at: number, message: string): void {
  c.report(WSP.garbage, at, c.end - at, `${message}; ${c.end - at} octets are not read`);
  c.rec?.leaf(f.garbage, at, c.end - at, c.bytes.subarray(at, c.end));
  c.pos = c.end;
}

/** Shift-delimiter and page, or a short-cut shift of one octet. */
function shift(c: Cursor, first: number): number {
  const at = c.pos;
  c.skip(1);
  const codePage = first === SHIFT ? (c.peek() ?? 0) : first;
  if (first === SHIFT && c.left > 0) c.skip(1);
  c.rec?.leaf(f.codePage, at, c.pos - at, codePage);
  if (codePage !== 1 && codePage !== 2) c.report(WSP.codePage, at, c.pos - at, `Header code page ${codePage}`);
  return codePage;
}

function wellKnownName(c: Cursor, codePage: number): string {
  const at = c.pos;
  const code = c.peek()! & 0x7f;
  c.skip(1);
  const known = headerName(codePage, code);
  const hex = `0x${code.toString(16).toUpperCase().padStart(2, '0')}`;
  const name = known ?? (codePage === 1 ? `header-${hex}` : `header-${codePage}:${hex}`);
  c.rec?.leaf(f.headerName, at, 1, name);
  if (known === undefined && (codePage === 1 || codePage === 2)) {
    c.report(WSP.unknownHeader, at, 1, `Header ${hex} of code page ${codePage} is not assigned`);
  }
  return name;
}

function textName(c: Cursor): string {
  const at = c.pos;
  const t = readText(c);
  c.rec?.leaf(f.headerName, at, c.pos - at, t.text);
  if (!t.terminated)
    c.report(WSP.unterminated, at, c.pos - at, `The header name '${t.text.slice(0, 40)}' does not end`);
  return t.text;
}

function value(c: Cursor, name: string, at: number, application: boolean): WspHeader {
  const from = c.pos;
  const e = extentOf(c);
  if (e === undefined) {
    c.report(WSP.truncated, at, c.pos - at, `Header ${name.slice(0, 40)} has no value`);
    return { name, value: '', start: at, length: c.pos - at };
  }
  if (e.overrun) {
    if (e.kind === 'text')
      c.report(WSP.unterminated, from, e.end - from, `The value of ${name.slice(0, 40)} has no terminating zero`);
    else {
      const left = e.end - e.start;
      c.report(
        WSP.valueLength,
        from,
        e.start - from,
        `The value of ${name.slice(0, 40)} claims ${e.announced} octets, ${left} are left`,
      );
    }
  }
  const v = headerText(name, e, c.bytes);
  c.pos = e.end;
  c.rec?.leaf(v.secret === true ? f.headerSecret : f.headerValue, from, e.end - from, v.text);
  // An application header is text; anything else is kept, and told.
  if (!v.regular || (application && e.kind !== 'text')) {
    c.report(WSP.headerValue, from, e.end - from, `The value of ${name.slice(0, 40)} is not of its kind`);
  }
  return { name, value: v.text, start: at, length: c.pos - at };
}
