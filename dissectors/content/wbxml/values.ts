// WAP-192-WBXML 5.8.3 and 5.8.4: what stands for characters, in attribute values and in content.

import { utf8Strict } from '../charset.ts';
import { decodeDate } from './dates.ts';
import { f } from './fields.ts';
import type { Reader } from './reader.ts';
import { WBXML } from './rules.ts';
import { extensionKey, hex2, otherPage, pageOf, type TokenTable, unknownName } from './table.ts';

// Global tokens, clause 7.1.
const ENTITY = 0x02;
const STR_I = 0x03;
const LITERAL = 0x04;
const EXT_I_0 = 0x40;
const EXT_I_2 = 0x42;
const EXT_T_0 = 0x80;
const EXT_T_2 = 0x82;
const STR_T = 0x83;
const OPAQUE = 0xc3;
export const PI = 0x43;

/** LITERAL with its two flags: 0x04, 0x44, 0x84, 0xC4. */
export const isLiteral = (token: number): boolean => (token & 0x3f) === LITERAL;
/** 0x00 to 0x04 and the same with the two high bits set: they mean the same on every code page. */
export const isGlobal = (token: number): boolean => token % 0x40 <= LITERAL;
const isExtension = (token: number): boolean => token % 0x40 <= 2 && token >= EXT_I_0;

/**
 * Reads what follows `token`, which was read at `at`: a string, entity, opaque, extension or value token. `attribute`
 * is the name of the attribute, null in content. `r.cut` tells that the string had no end.
 */
export function readPiece(
  r: Reader,
  table: TokenTable,
  token: number,
  at: number,
  codePage: number,
  secret: boolean,
  attribute: string | null,
): string {
  const { c } = r;
  if (token === STR_I) {
    const text = r.inline();
    c.rec?.leaf(secret ? f.stringSecret : f.string, at, c.pos - at, text);
    return text;
  }
  if (token === STR_T) {
    const offset = r.integer(null, 'an offset of the string table');
    const text = r.fromTable(offset, at, c.pos - at);
    if (secret) r.secretOffsets.add(offset);
    c.rec?.leaf(secret ? f.referenceSecret : f.reference, at, c.pos - at, text);
    return text;
  }
  if (token === ENTITY) return entity(r, at, secret);
  if (token === OPAQUE) return opaque(r, table, at, secret, attribute);
  if (isExtension(token)) return extension(r, token, at);
  if (token === PI || isLiteral(token)) {
    r.report(WBXML.unexpected, at, 1, `Token 0x${hex2(token)} in ${attribute === null ? 'content' : 'an attribute'}`);
    c.rec?.leaf(f.unexpected, at, 1, token);
    if (isLiteral(token)) r.integer(null, 'a name in the string table');
    return '';
  }
  return valueToken(r, table, token, at, codePage);
}

function valueToken(r: Reader, table: TokenTable, token: number, at: number, codePage: number): string {
  const known = pageOf(table, codePage).values.get(token);
  const text = known ?? unknownName(codePage, token);
  r.c.rec?.leaf(f.value, at, 1, token, `${hex2(token)} ${text}`);
  if (known === undefined && table.pages.has(codePage)) {
    const elsewhere = otherPage(table, 'values', codePage, token);
    const what = `Value token 0x${hex2(token)} of code page ${codePage} at octet ${at} is not known`;
    if (elsewhere === null) r.report(WBXML.unknownValue, at, 1, what);
    else r.report(WBXML.wrongPage, at, 1, `${what}; page ${elsewhere} has it`);
  }
  tellNonstandard(r, table, 'value', codePage, token, at, text);
  const other = table.disputed?.get(extensionKey(codePage, 'value', token));
  if (other !== undefined) {
    r.reportOnce(WBXML.disputed, at, 1, `0x${hex2(token)} is read as '${text}'; others read '${other}'`);
  }
  return r.spend(text, at);
}

/** Notes a token that is sent, but not in the approved list. */
export function tellNonstandard(
  r: Reader,
  table: TokenTable,
  kind: 'start' | 'value',
  codePage: number,
  token: number,
  at: number,
  meaning: string,
): void {
  if (table.extensions?.has(extensionKey(codePage, kind, token)) !== true) return;
  r.reportOnce(WBXML.nonstandard, at, 1, `Token 0x${hex2(token)} of code page ${codePage} is read as ${meaning}`);
}

function entity(r: Reader, at: number, secret: boolean): string {
  const code = r.integer(null, 'a character entity');
  const valid = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  const text = r.spend(valid ? String.fromCodePoint(code) : '\uFFFD', at);
  r.c.rec?.leaf(secret ? f.entitySecret : f.entity, at, r.c.pos - at, code, text);
  if (valid) r.reportOnce(WBXML.entity, at, r.c.pos - at, 'A character is written as an entity');
  else r.report(WBXML.entityRange, at, r.c.pos - at, 'The entity is no Unicode character');
  return text;
}

function opaque(r: Reader, table: TokenTable, at: number, secret: boolean, attribute: string | null): string {
  const { c } = r;
  const length = r.integer(null, 'the length of opaque data');
  r.need(length, 'opaque data');
  const data = c.bytes.subarray(c.pos, c.pos + length);
  c.pos += length;
  const isDate = attribute !== null && table.dates?.includes(attribute) === true;
  const date = isDate ? decodeDate(data) : undefined;
  const text = r.spend(date ?? printable(data) ?? [...data].map(hex2).join(''), at);
  c.rec?.leaf(secret ? f.opaqueSecret : f.opaque, at, c.pos - at, data, text);
  if (!isDate && table.opaque !== true) r.reportOnce(WBXML.opaque, at, c.pos - at, `${length} octets of opaque data`);
  else if (isDate && date === undefined)
    r.report(WBXML.badDate, at, c.pos - at, `The ${length} octets of ${attribute} are no date`);
  return text;
}

function extension(r: Reader, token: number, at: number): string {
  let text = '';
  if (token >= EXT_I_0 && token <= EXT_I_2) text = r.inline();
  else if (token >= EXT_T_0 && token <= EXT_T_2) text = String(r.integer(null, 'an extension'));
  const octets = r.c.bytes.subarray(at, r.c.pos);
  r.c.rec?.leaf(f.extension, at, octets.length, octets, `${hex2(token)} ${text}`);
  r.reportOnce(WBXML.extension, at, octets.length, `Extension token 0x${hex2(token)}`);
  return text;
}

/** Text, when the octets are printable UTF-8. */
function printable(data: Uint8Array): string | undefined {
  const text = utf8Strict(data);
  return text !== undefined && /^[\t\n\r\u0020-\u007e\u0080-\uffff]*$/.test(text) ? text : undefined;
}
