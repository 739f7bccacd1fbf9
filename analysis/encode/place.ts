// Where in a text an octet is, for people who look at it in an editor.

export interface Place {
  /** From 1. */
  readonly line: number;
  /** Characters from 1; a tab is one. */
  readonly column: number;
}

const LF = 0x0a;
const CR = 0x0d;

/**
 * The line and column of an octet. `charset` is the name the reader gave the text; characters of multi-octet sets
 * other than UTF-8 and UTF-16 are counted by octets. XML 1.0 2.11: CR LF, CR and LF end a line.
 */
export function placeOf(bytes: Uint8Array, offset: number, charset: string | null): Place {
  const wide = charset === 'UTF-16LE' || charset === 'UTF-16BE';
  const unit = wide ? 2 : 1;
  const first = charset === 'UTF-16LE' ? 0 : unit - 1;
  const at = (i: number): number => (wide && bytes[i + 1 - first] !== 0 ? -1 : (bytes[i + first] ?? -1));
  const utf8 = charset === 'UTF-8' || charset === null;
  let line = 1;
  let column = 1;
  for (let i = markLength(bytes); i < Math.min(offset, bytes.length); i += unit) {
    const octet = at(i);
    if (octet === LF || (octet === CR && at(i + unit) !== LF)) {
      line += 1;
      column = 1;
    } else if (octet !== CR && !(utf8 && octet >= 0x80 && octet < 0xc0)) column += 1;
  }
  return { line, column };
}

/** A byte order mark is not seen. */
function markLength(b: Uint8Array): number {
  if (b[0] === 0xef && b[1] === 0xbb && b[2] === 0xbf) return 3;
  return (b[0] === 0xfe && b[1] === 0xff) || (b[0] === 0xff && b[1] === 0xfe) ? 2 : 0;
}
