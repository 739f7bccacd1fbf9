// Text protocols looked at as octets, without making strings: for framing and for telling one from another.

export const CR = 0x0d;
export const LF = 0x0a;
export const SPACE = 0x20;
export const TAB = 0x09;
export const COLON = 0x3a;

/** Do the octets from `at` on spell the ASCII text, in any case? `text` is lower case. */
export function spells(b: Uint8Array, at: number, end: number, text: string): boolean {
  if (end - at < text.length) return false;
  for (let i = 0; i < text.length; i += 1) {
    const v = b[at + i]!;
    const lower = v >= 0x41 && v <= 0x5a ? v | 0x20 : v;
    if (lower !== text.charCodeAt(i)) return false;
  }
  return true;
}

/** As `spells`, but exactly. */
export function isText(b: Uint8Array, at: number, end: number, text: string): boolean {
  if (end - at < text.length) return false;
  for (let i = 0; i < text.length; i += 1) if (b[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Could the octets become the text: what is there of it is the same? */
export function begins(b: Uint8Array, at: number, end: number, text: string): boolean {
  const n = Math.min(end - at, text.length);
  for (let i = 0; i < n; i += 1) if (b[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Where the octet first stands in [start, end), or `end`. A loop: indexOf would search all of a batch's buffer. */
export function find(b: Uint8Array, octet: number, start: number, end: number): number {
  for (let at = start; at < end; at += 1) if (b[at] === octet) return at;
  return end;
}

/** Behind the empty line that ends the header section; -1 while it is not there. RFC 9112 2.2: a lone LF ends a line, too. */
export function headEnd(b: Uint8Array, start: number, end: number): number {
  for (let at = find(b, LF, start, end); at < end; at = find(b, LF, at + 1, end)) {
    const next = b[at + 1] === CR ? at + 2 : at + 1;
    if (next < end && b[next] === LF) return next + 1;
  }
  return -1;
}

/** Where the line that begins at `at` ends: the position of its LF, or `end`. */
export const lineEnd = (b: Uint8Array, at: number, end: number): number => find(b, LF, at, end);

export interface ValueAt {
  readonly start: number;
  readonly end: number;
}

/** Where the value of the first header line with this lower-case name stands in [start, end); null where there is none. */
export function findHeader(b: Uint8Array, start: number, end: number, ...names: readonly string[]): ValueAt | null {
  for (let at = lineEnd(b, start, end) + 1; at < end; at = lineEnd(b, at, end) + 1) {
    for (const name of names) {
      let i = at + name.length;
      if (!spells(b, at, end, name)) continue;
      while (i < end && (b[i] === SPACE || b[i] === TAB)) i += 1;
      if (b[i] !== COLON) continue;
      i += 1;
      while (i < end && (b[i] === SPACE || b[i] === TAB)) i += 1;
      let stop = lineEnd(b, at, end);
      while (stop > i && b[stop - 1]! <= SPACE) stop -= 1;
      return { start: i, end: Math.max(i, stop) };
    }
  }
  return null;
}

/** A decimal number that fills the place; -1 where it is anything else, or of more than ten digits. */
export function decimal(b: Uint8Array, v: ValueAt): number {
  if (v.end <= v.start || v.end - v.start > 10) return -1;
  let n = 0;
  for (let i = v.start; i < v.end; i += 1) {
    const digit = b[i]! - 0x30;
    if (digit < 0 || digit > 9) return -1;
    n = n * 10 + digit;
  }
  return n;
}
