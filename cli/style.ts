// Colours of a terminal, or none. Colour never says anything that a word doesn't say too.

export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly link: (text: string) => string;
}

const sgr =
  (on: number, off: number) =>
  (text: string): string =>
    text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`;
const plain = (text: string): string => text;

export const styleFor = (colour: boolean): Style =>
  colour
    ? { bold: sgr(1, 22), dim: sgr(2, 22), good: sgr(32, 39), bad: sgr(31, 39), warn: sgr(33, 39), link: sgr(36, 39) }
    : { bold: plain, dim: plain, good: plain, bad: plain, warn: plain, link: plain };

/** Controls, invisible marks and direction overrides: what a hostile capture could have a terminal do. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const escaped = (c: string): string => `\\u${(c.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;

/** Text from a capture, safe to print: what a terminal would obey becomes a visible escape; tabs and lines stay. */
export const printable = (text: string): string =>
  text.replace(UNSAFE, (c) => (c === '\t' || c === '\n' ? c : escaped(c)));

/** The same on one line. */
export const oneLine = (text: string): string => printable(text.replace(/[\t\n]+/g, ' '));
