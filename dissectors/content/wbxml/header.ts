// WAP-192-WBXML 5.3 to 5.7: version, public identifier, character set, string table.

import { charsetByMib, charsetName } from '../charset.ts';
import { f } from './fields.ts';
import type { Reader } from './reader.ts';
import { WBXML } from './rules.ts';
import { TOKEN_TABLES } from './tables.ts';

export interface Header {
  version: number;
  publicId: number | null;
  publicIdText: string | null;
  /** Range of the public identifier, for findings. */
  publicIdAt: number;
  publicIdLength: number;
  /** MIBenum; null in WBXML 1.0, which has none. */
  charset: number | null;
}

export const versionName = (octet: number): string => `${(octet >> 4) + 1}.${octet & 0x0f}`;

const NEWEST = 0x03;
/** MIBenums a receiver can be trusted to know. */
const EVERYDAY = new Set([0, 3, 4, 106]);

const idName = (v: number): string => {
  const known = TOKEN_TABLES.find((t) => t.publicId === v);
  const hex = `0x${v.toString(16).toUpperCase().padStart(2, '0')}`;
  return known === undefined ? hex : `${hex} ${known.publicIdText}`;
};

/**
 * Reads the header; `transportCharset` is the MIBenum of the WSP charset parameter, which applies where the
 * document names no character set.
 */
export function readHeader(r: Reader, into: Header, transportCharset: number | null): void {
  const { c } = r;
  const row = c.rec?.open(f.header, c.pos) ?? -1;
  try {
    r.need(1, 'the version');
    into.version = c.u8(f.version);
    if (into.version > NEWEST) {
      r.report(
        WBXML.futureVersion,
        c.pos - 1,
        1,
        `The first octet is 0x${into.version.toString(16)}; it is read as WBXML 1.3`,
      );
    }
    into.publicIdAt = c.pos;
    const id = r.integer(f.publicId, 'the public identifier', idName);
    // 0: an index into the string table follows (5.5)
    const index = id === 0 ? r.integer(f.publicIdIndex, 'the public identifier') : null;
    into.publicIdLength = c.pos - into.publicIdAt;
    if (index === null) into.publicId = id;
    readCharset(r, into, transportCharset);
    readStringTable(r);
    if (index !== null) into.publicIdText = r.fromTable(index, into.publicIdAt, into.publicIdLength);
  } finally {
    c.rec?.close(row, c.pos);
  }
}

function readCharset(r: Reader, into: Header, transportCharset: number | null): void {
  const at = r.c.pos;
  const stated = into.version === 0x00 ? 0 : r.integer(f.charset, 'the character set', charsetName);
  into.charset = into.version === 0x00 ? null : stated;
  // 0 is 'unknown': then the transport tells (5.6).
  const mib = stated === 0 ? (transportCharset ?? 106) : stated;
  r.unstated = into.version !== 0x00 && stated === 0 && transportCharset === null;
  r.charset = charsetByMib(mib);
  if (!EVERYDAY.has(stated)) r.report(WBXML.charset, at, r.c.pos - at, `The header names ${charsetName(stated)}`);
}

function readStringTable(r: Reader): void {
  const { c } = r;
  const at = c.pos;
  const claimed = r.integer(f.stringTableLength, 'the length of the string table');
  r.tableStart = c.pos;
  r.tableEnd = Math.min(c.pos + claimed, c.end);
  if (claimed > c.left) {
    const left = c.left;
    recordTable(r);
    c.pos = c.end;
    r.stop(WBXML.hugeStringTable, at, r.tableStart - at, `The string table claims ${claimed} octets, ${left} are left`);
  }
  recordTable(r);
  c.pos = r.tableEnd;
}

/** Rows a string table is worth in the tree. */
const MOST_ROWS = 500;

function recordTable(r: Reader): void {
  const { c } = r;
  if (c.rec === null || r.tableEnd === r.tableStart) return;
  const row = c.rec.open(f.stringTable, r.tableStart, `${r.tableEnd - r.tableStart} octets`);
  let rows = 0;
  for (let at = r.tableStart; at < r.tableEnd; rows += 1) {
    const end = r.terminator(at, r.tableEnd);
    const next = end < 0 ? r.tableEnd : end + (r.charset?.unit ?? 1);
    if (rows === MOST_ROWS) {
      c.rec.leaf(f.tableBytes, at, r.tableEnd - at, c.bytes.subarray(at, r.tableEnd));
      break;
    }
    const secret = [...r.secretOffsets].some((o) => r.tableStart + o >= at && r.tableStart + o < next);
    c.rec.leaf(secret ? f.tableSecret : f.tableString, at, next - at, r.show(at, end < 0 ? r.tableEnd : end));
    at = next;
  }
  c.rec.close(row, r.tableEnd);
}
