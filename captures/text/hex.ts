// Octets written as hex digits, the many ways people and programs write them.

export interface HexToken {
  /** Digits alone. */
  readonly digits: string;
  /** Characters [start, end) of the text. */
  readonly start: number;
  readonly end: number;
}

const digitValue = (c: number): number => {
  if (c >= 0x30 && c <= 0x39) return c - 0x30;
  const l = c | 0x20;
  return l >= 0x61 && l <= 0x66 ? l - 0x57 : -1;
};

export const isHexDigit = (c: number): boolean => digitValue(c) >= 0;

const isWord = (c: number): boolean =>
  (c >= 0x30 && c <= 0x39) || (c >= 0x41 && c <= 0x5a) || (c >= 0x61 && c <= 0x7a) || c === 0x5f;

/** Octets of an even number of digits; a last odd digit is left out. Digits only. */
export function hexOctets(digits: string): Uint8Array {
  const n = digits.length >> 1;
  const out = new Uint8Array(n);
  for (let i = 0; i < n; i += 1) {
    out[i] = (digitValue(digits.charCodeAt(2 * i)) << 4) | digitValue(digits.charCodeAt(2 * i + 1));
  }
  return out;
}

/** Octets when `text` is hex and nothing else (white space, '0x' and one pair of quotes aside), else undefined. */
export function wholeHex(text: string): Uint8Array | undefined {
  const digits = hexOnly(text);
  return digits !== undefined && digits.length % 2 === 0 ? hexOctets(digits) : undefined;
}

/** Digits when `text` is hex and nothing else, else undefined. */
export function hexOnly(text: string): string | undefined {
  const bare = text.replace(/^[\s"']*(?:0x|\\x|x')?/i, '').replace(/["'\s]+$/, '');
  if (/^[0-9a-f]*$/i.test(bare)) return bare;
  const [token, more] = hexTokens(bare, 2);
  return token !== undefined && more === undefined && token.start === 0 && token.end === bare.length
    ? token.digits
    : undefined;
}

const BACKSLASH = 0x5c;
const SEPARATOR = /[ \t]{1,2}|:|-|,[ \t]?|;[ \t]?/y;
const PREFIX = /0x|\\x/iy;

const runEnd = (text: string, at: number): number => {
  let i = at;
  while (i < text.length && isHexDigit(text.charCodeAt(i))) i += 1;
  return i;
};

/**
 * Runs of at least `least` digits that stand alone, and groups of 2, 4 or 8 digits with the same separator between
 * them (at least eight octets), '0x' or '\x' before each group aside.
 */
export function hexTokens(text: string, least = 14, from = 0): HexToken[] {
  const tokens: HexToken[] = [];
  let i = from;
  while (i < text.length) {
    const c = text.charCodeAt(i);
    if (!isWord(c) && c !== BACKSLASH) {
      i += 1;
      continue;
    }
    if (c === BACKSLASH && /[rnt]/.test(text.charAt(i + 1))) {
      i += 2;
      continue;
    }
    PREFIX.lastIndex = i;
    const first = PREFIX.test(text) ? i + 2 : i;
    const end = runEnd(text, first);
    const grouped = end > first ? groups(text, i, first, end) : undefined;
    if (grouped !== undefined) {
      tokens.push(grouped);
      i = grouped.end;
      continue;
    }
    if (end - first >= least && (end === text.length || !isWord(text.charCodeAt(end)))) {
      tokens.push({ digits: text.slice(first, end), start: first, end });
      i = end;
      continue;
    }
    i = Math.max(end, i + 1);
    while (i < text.length && isWord(text.charCodeAt(i))) i += 1;
  }
  return tokens;
}

/** Groups of equal width; the last may be shorter. Undefined below eight octets. */
function groups(text: string, start: number, firstAt: number, firstEnd: number): HexToken | undefined {
  const width = firstEnd - firstAt;
  if (width !== 2 && width !== 4 && width !== 8) return undefined;
  const prefix = text.slice(start, firstAt).toLowerCase();
  const parts = [text.slice(firstAt, firstEnd)];
  let separator: string | undefined;
  let end = firstEnd;
  for (;;) {
    let at = end;
    SEPARATOR.lastIndex = at;
    const found = SEPARATOR.exec(text)?.[0] ?? '';
    if (found === '' && prefix !== '\\x') break;
    const kind = found.trim() === '' ? ' ' : found.trim();
    if (separator !== undefined && kind !== separator) break;
    at += found.length;
    if (prefix !== '') {
      if (text.slice(at, at + prefix.length).toLowerCase() !== prefix) break;
      at += prefix.length;
    }
    const stop = runEnd(text, at);
    const size = stop - at;
    const last = size < width && size > 0 && size % 2 === 0;
    if (size !== width && !last) break;
    if (stop < text.length && isWord(text.charCodeAt(stop))) break;
    separator = kind;
    parts.push(text.slice(at, stop));
    end = stop;
    if (last) break;
  }
  const digits = parts.join('');
  return digits.length >= 16 ? { digits, start, end } : undefined;
}
