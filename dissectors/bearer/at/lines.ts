// What a line says: commands, answers and their values.

import type { Span } from '../text/delimited.ts';

/** The line's text without its end, in the cursor's buffer, and the message that belongs to it, if any. */
export interface Unit {
  readonly line: Span;
  readonly text: string;
  readonly message: Span | null;
  /** The octet behind the message, Ctrl-Z or ESC; null where a line end stands there. */
  readonly end: number | null;
}

/** Quoted values may hold commas. */
export function valuesOf(text: string): string[] {
  const out: string[] = [];
  for (const m of text.matchAll(/\s*("(?:[^"]*)"?|[^,]*)\s*(?:,|$)/g)) {
    if (m[0] === '' && out.length > 0 && !text.endsWith(',')) break;
    out.push(m[1]?.trim() ?? '');
    if (m.index + m[0].length >= text.length && !m[0].endsWith(',')) break;
  }
  return out;
}

export const numberOf = (value: string | undefined): number | null =>
  value !== undefined && /^\d{1,4}$/.test(value) ? Number(value) : null;

export const unquoted = (value: string | undefined): string => (value ?? '').replace(/^"|"$/g, '');

/** Commands that carry a PIN or a password (3GPP TS 27.007 7.4, 7.5, 8.3). */
export const carriesSecret = (line: string): boolean => /\+(?:CPIN|CPIN2|CPWD|CLCK|CSIM|CRSM|CGAUTH)\s*=/i.test(line);
