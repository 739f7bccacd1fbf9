// The words of a filter: what is quoted, what is an operator, and where each stood.

export type TokenKind = 'word' | 'string' | 'operator' | 'open' | 'close' | 'openSet' | 'closeSet' | 'comma' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** Without quotes and escapes. */
  readonly text: string;
  /** Range in the filter, UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** A string whose quote was never closed. */
  readonly open?: boolean;
}

const SINGLE: Readonly<Record<string, TokenKind>> = {
  '(': 'open',
  ')': 'close',
  '{': 'openSet',
  '}': 'closeSet',
  ',': 'comma',
};
const OPERATORS = ['==', '!=', '<=', '>=', '&&', '||', '=', '<', '>', '~', '!'] as const;
const ENDS_WORD = /[\s(){},"'=<>~&|!]/;

/** Reads the string that begins at `at`; a backslash keeps the sign behind it as it is. */
function quoted(text: string, at: number): Token {
  const quote = text[at];
  let out = '';
  let i = at + 1;
  for (; i < text.length && text[i] !== quote; i += 1) {
    // Only quote and backslash are escaped, so that regular expressions read as they are.
    if (text[i] === '\\' && (text[i + 1] === quote || text[i + 1] === '\\')) i += 1;
    out += text[i] ?? '';
  }
  const closed = i < text.length;
  return { kind: 'string', text: out, start: at, end: closed ? i + 1 : i, ...(closed ? {} : { open: true }) };
}

/** Splits a filter into tokens; the last one is always 'end'. Never throws. */
export function tokens(text: string): Token[] {
  const out: Token[] = [];
  let i = 0;
  while (i < text.length) {
    const c = text[i]!;
    if (/\s/.test(c)) {
      i += 1;
      continue;
    }
    const single = SINGLE[c];
    const operator = OPERATORS.find((o) => text.startsWith(o, i));
    if (single !== undefined) out.push({ kind: single, text: c, start: i, end: i + 1 });
    else if (c === '"' || c === "'") out.push(quoted(text, i));
    else if (operator !== undefined) out.push({ kind: 'operator', text: operator, start: i, end: i + operator.length });
    else {
      let end = i + 1;
      while (end < text.length && !ENDS_WORD.test(text[end]!)) end += 1;
      out.push({ kind: 'word', text: text.slice(i, end), start: i, end });
    }
    i = out.at(-1)!.end;
  }
  out.push({ kind: 'end', text: '', start: text.length, end: text.length });
  return out;
}
