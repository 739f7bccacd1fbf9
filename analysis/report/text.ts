// Text for a terminal: what a stranger wrote must neither move the cursor nor break the columns.

/** C0, C1, and the characters that reorder a line (Unicode TR9 3.1). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

const ASCII = /^[\x20-\x7e]*$/;

/** The same text with a visible mark for each character that would not just print. */
export const printable = (text: string): string => (ASCII.test(text) ? text : text.replace(UNPRINTABLE, '\ufffd'));

const ZERO = /^[\p{Mn}\p{Me}\u200b-\u200d]$/u;
/** Scripts that terminals draw two columns wide (Unicode TR11, Wide and Fullwidth). */
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u;

/** Columns the text takes on a terminal. */
export function displayWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const c of text) width += ZERO.test(c) ? 0 : WIDE.test(c) ? 2 : 1;
  return width;
}

export const padEnd = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - displayWidth(text)));

/** Lines of at most `width` columns, broken at spaces and, where there are none, inside a word; null: one line. */
export function wrap(text: string, width: number | null): string[] {
  if (width === null) return [text];
  const lines: string[] = [];
  let line = '';
  const push = (): void => {
    lines.push(line);
    line = '';
  };
  for (const word of text.split(' ')) {
    if (line !== '' && displayWidth(line) + 1 + displayWidth(word) > width) push();
    let rest = line === '' && lines.length > 0 ? word : line === '' ? word : `${line} ${word}`;
    while (displayWidth(rest) > width) {
      let cut = '';
      for (const c of rest) {
        if (displayWidth(cut + c) > width) break;
        cut += c;
      }
      if (cut === '') break;
      lines.push(cut);
      rest = rest.slice(cut.length);
    }
    line = rest;
  }
  if (line !== '' || lines.length === 0) push();
  return lines;
}
