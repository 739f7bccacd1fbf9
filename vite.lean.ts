// How the bundle of the command line is written: nothing in it that only has to be parsed at every start. Names stay, so
// that traces can be read; comments and spaces go.

import type { Plugin } from 'vite';

/** For rolldown's `output.minify`. */
export const LEAN = { compress: false, mangle: false, codegen: { removeWhitespace: true } } as const;

// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII ends there.
const BEYOND_ASCII = /[^\x00-\x7f]/g;

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * Characters beyond ASCII as escapes. One of them makes V8 keep a whole file in two octets a character, and read it at
 * half the speed. They stand in strings, templates and regular expressions only, where an escape is the same.
 */
export const ascii: Plugin = {
  name: 'ascii',
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type === 'chunk') chunk.code = chunk.code.replace(BEYOND_ASCII, escaped);
    }
  },
};
