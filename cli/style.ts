// Colours of a terminal, or none. Colour never says anything that a word doesn't say too.

export interface Style {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly doubt: (text: string) => string;
}

/** ECMA-48 8.3.117, select graphic rendition. */
const sgr =
  (code: number) =>
  (text: string): string =>
    text === '' ? '' : `\u001b[${code}m${text}\u001b[0m`;
const plain = (text: string): string => text;

export const styleFor = (colour: boolean): Style =>
  colour
    ? { strong: sgr(1), faint: sgr(2), good: sgr(32), bad: sgr(31), doubt: sgr(33) }
    : { strong: plain, faint: plain, good: plain, bad: plain, doubt: plain };
