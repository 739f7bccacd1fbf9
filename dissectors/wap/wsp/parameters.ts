// WAP-230-WSP 8.4.2.4: parameters, typed and untyped.

import type { Cursor } from '../../base/cursor.ts';
import { charsetByName, charsetName } from '../../content/charset.ts';
import type { Range } from '../../content/document.ts';
import type { ContentTypeParameter } from '../push.ts';
import { f } from './fields.ts';
import { mediaTypeName } from './mediatypes.ts';
import { HEADER_NAMES, headerName, PARAMETERS, type ParameterKind, SEC_NAMES } from './names.ts';
import {
  dateText,
  extentOf,
  hexText,
  qText,
  readInteger,
  readText,
  readUintvar,
  unquote,
  versionText,
} from './primitives.ts';
import { WSP } from './rules.ts';

/** A parameter with what a judge of SEC and MAC needs to know. */
export interface Parameter extends ContentTypeParameter {
  /** MIBenum, SEC or another number; null where the value is text. */
  readonly number: number | null;
  /** Written in the form the standard gives it. */
  readonly regular: boolean;
  readonly terminated: boolean;
}

interface Value {
  readonly text: string;
  readonly number?: number;
  readonly range?: Range;
  readonly regular?: boolean;
  readonly terminated?: boolean;
}

/**
 * Reads parameters up to the end of the window. Stops early, with the cursor on it, at an octet that can't be a
 * parameter but can be a header: then a length in front was too large.
 */
export function readParameters(c: Cursor): Parameter[] {
  const out: Parameter[] = [];
  while (c.left > 0) {
    const first = c.peek()!;
    if (first >= 0x80 && !PARAMETERS.has(first & 0x7f) && HEADER_NAMES.has(first & 0x7f)) break;
    const at = c.pos;
    const row = c.rec?.open(f.parameter, at) ?? -1;
    const p = first >= 0x20 && first < 0x80 ? untyped(c) : typed(c);
    c.rec?.close(row, c.pos, p?.name ?? '');
    if (p === undefined) break;
    out.push(p);
  }
  return out;
}

function typed(c: Cursor): Parameter | undefined {
  const at = c.pos;
  const token = readInteger(c);
  if (token === undefined) {
    c.report(WSP.parameter, at, c.left, `${c.left} octets are no parameter`);
    c.rec?.leaf(f.garbage, at, c.left, c.bytes.subarray(at, c.end));
    c.pos = c.end;
    return undefined;
  }
  const known = PARAMETERS.get(token);
  const name = known?.[0] ?? `parameter 0x${token.toString(16)}`;
  c.rec?.leaf(f.parameterName, at, c.pos - at, name);
  if (known === undefined)
    c.report(WSP.unknownParameter, at, c.pos - at, `Parameter 0x${token.toString(16)} is not assigned`);
  return finish(c, at, name, known === undefined ? anyValue(c) : value(c, known[1], name));
}

/** Token-text and an untyped value: an Integer-value or a Text-value. */
function untyped(c: Cursor): Parameter {
  const at = c.pos;
  const name = readText(c);
  c.rec?.leaf(f.parameterName, at, c.pos - at, name.text);
  if (!name.terminated)
    c.report(WSP.unterminated, at, c.pos - at, `The parameter name '${name.text.slice(0, 40)}' does not end`);
  const upper = name.text.toUpperCase();
  if (upper === 'SEC' || upper === 'MAC') {
    const v = value(c, upper === 'SEC' ? 'sec' : 'mac', upper);
    return finish(c, at, upper, upper === 'SEC' ? { ...v, regular: false } : v);
  }
  const n = name.text.toLowerCase() === 'charset' ? charsetValue(c) : undefined;
  return finish(c, at, name.text, n ?? anyValue(c));
}

function finish(c: Cursor, at: number, name: string, v: Value & { at: number }): Parameter {
  const range = v.range ?? { start: v.at, length: c.pos - v.at };
  return {
    name,
    value: v.text,
    start: at,
    length: c.pos - at,
    valueRange: range,
    number: v.number ?? null,
    regular: v.regular ?? true,
    terminated: v.terminated ?? true,
  };
}

function value(c: Cursor, kind: ParameterKind, name: string): Value & { at: number } {
  const at = c.pos;
  const v = c.left === 0 && kind !== 'none' ? undefined : readKind(c, kind);
  if (v === undefined) {
    c.pos = at;
    c.report(WSP.parameter, at, Math.min(1, c.left), `${name} has a value that is not of its kind`);
    return { ...anyValue(c), regular: false };
  }
  c.rec?.leaf(
    kind === 'sec' ? f.sec : kind === 'mac' ? f.mac : f.parameterValue,
    at,
    c.pos - at,
    v.number ?? v.text,
    v.text,
  );
  return { ...v, at };
}

/** Whatever the next value is by its first octet. */
function anyValue(c: Cursor): Value & { at: number } {
  const at = c.pos;
  const e = extentOf(c);
  if (e === undefined) return { text: '', at };
  let out: Value;
  if (e.kind === 'text') {
    const t = readText(c);
    if (!t.terminated) c.report(WSP.unterminated, at, c.pos - at, 'The value of a parameter does not end');
    out = { text: unquote(t.text), range: { start: t.start, length: t.length }, terminated: t.terminated };
  } else {
    const n = readInteger(c);
    c.pos = e.end;
    // An empty value is a single zero octet (No-value).
    out = n !== undefined ? { text: String(n), number: n } : { text: hexText(c.bytes.subarray(e.start, e.end)) };
  }
  c.rec?.leaf(f.parameterValue, at, c.pos - at, out.text);
  return { ...out, at };
}

function readKind(c: Cursor, kind: ParameterKind): Value | undefined {
  const first = c.peek();
  switch (kind) {
    case 'q': {
      const v = readUintvar(c, null);
      return v === undefined ? undefined : { text: qText(v), number: v };
    }
    case 'charset':
      return charsetValue(c);
    case 'version': {
      if (first !== undefined && first >= 0x80) {
        c.skip(1);
        return { text: versionText(first & 0x7f), number: first & 0x7f };
      }
      return textValue(c);
    }
    case 'integer':
    case 'short':
    case 'seconds':
      return integerValue(c);
    case 'text':
      return first === 0 ? noValue(c) : textValue(c);
    case 'field': {
      const n = readInteger(c);
      return n === undefined ? textValue(c) : { text: headerName(1, n) ?? `header 0x${n.toString(16)}`, number: n };
    }
    case 'type': {
      const n = readInteger(c);
      return n === undefined ? textValue(c) : { text: mediaTypeName(n) ?? `media type 0x${n.toString(16)}`, number: n };
    }
    case 'none':
      return first === 0 ? noValue(c) : first === undefined ? { text: '' } : undefined;
    case 'date': {
      const n = readInteger(c);
      const text = n === undefined ? undefined : dateText(n);
      return text === undefined || n === undefined ? undefined : { text, number: n };
    }
    case 'sec':
      return secValue(c);
    case 'mac':
      return macValue(c);
  }
}

function noValue(c: Cursor): Value {
  c.skip(1);
  return { text: '' };
}

function integerValue(c: Cursor): Value | undefined {
  const n = readInteger(c);
  return n === undefined ? undefined : { text: String(n), number: n };
}

function textValue(c: Cursor): Value | undefined {
  const at = c.pos;
  const first = c.peek();
  if (first === undefined || first < 0x20 || first > 0x7f) return undefined;
  const t = readText(c);
  if (!t.terminated) c.report(WSP.unterminated, at, c.pos - at, 'The value of a parameter does not end');
  return { text: unquote(t.text), range: { start: t.start, length: t.length }, terminated: t.terminated };
}

/** Well-known-charset (8.4.2.8): MIBenum, or 0x80 for any; text is tolerated. */
function charsetValue(c: Cursor): (Value & { at: number }) | undefined {
  const at = c.pos;
  const n = readInteger(c);
  if (n !== undefined) return { text: n === 0 ? '*' : charsetName(n), number: n, at };
  const t = textValue(c);
  if (t === undefined) return undefined;
  const mib = charsetByName(t.text)?.mib;
  return { ...t, ...(mib === undefined ? {} : { number: mib }), regular: false, at };
}

/** SEC: Short-integer. As other integers, a raw octet or text it is understood, but not regular. */
function secValue(c: Cursor): Value | undefined {
  const first = c.peek();
  if (first === undefined) return undefined;
  if (first >= 0x80) {
    c.skip(1);
    return { text: secText(first & 0x7f), number: first & 0x7f };
  }
  if (first >= 0x20) {
    const t = readText(c);
    const sec = secNumber(t.text);
    const range = { start: t.start, length: t.length };
    return { text: t.text, ...(sec === undefined ? {} : { number: sec }), regular: false, range };
  }
  // A Long-integer, or the number itself without its high bit: what gives a method is meant.
  const at = c.pos;
  const long = readInteger(c);
  if (long !== undefined && (long <= 3 || first > 3)) return { text: secText(long), number: long, regular: false };
  if (first > 3) return undefined;
  c.pos = at + 1;
  return { text: secText(first), number: first, regular: false };
}

export const secText = (n: number): string => (SEC_NAMES[n] === undefined ? String(n) : `${n} ${SEC_NAMES[n]}`);

/** '1', '"1"' or 'USERPIN' as a number; undefined when it is neither. */
export function secNumber(text: string): number | undefined {
  const t = unquote(text.trim()).trim().toUpperCase();
  if (/^\d{1,3}$/.test(t)) return Number(t);
  const named = SEC_NAMES.indexOf(t);
  return named < 0 ? undefined : named;
}

/** MAC: Text-value, kept as it was sent. */
function macValue(c: Cursor): Value | undefined {
  const first = c.peek();
  if (first === undefined || first < 0x20 || first > 0x7f) return undefined;
  const t = readText(c);
  return { text: t.text, range: { start: t.start, length: t.length }, terminated: t.terminated };
}
