// RFC 8878 3.1.1.3.2.1, codes of literals lengths, match lengths and offsets; 3.1.1.3.2.2, default distributions.

import { buildTable } from './fse.ts';

const bitsOf = (zeros: number, ones: readonly number[]): Uint8Array =>
  new Uint8Array([...new Array<number>(zeros).fill(0), ...ones]);

function basesOf(bits: Uint8Array, first: number): Uint32Array {
  let base = first;
  return Uint32Array.from(bits, (n) => {
    const b = base;
    base += 2 ** n;
    return b;
  });
}

export const LITERALS_BITS = bitsOf(16, [1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
export const LITERALS_BASE = basesOf(LITERALS_BITS, 0);
export const MATCH_BITS = bitsOf(32, [1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
export const MATCH_BASE = basesOf(MATCH_BITS, 3);

/** One of the three kinds of codes of a sequence. */
export interface Kind {
  readonly maxLog: number;
  readonly symbols: number;
  readonly predefined: ReturnType<typeof buildTable>;
}

const repeat = (n: number, value: number): number[] => new Array<number>(n).fill(value);

export const LITERALS: Kind = {
  maxLog: 9,
  symbols: 36,
  predefined: buildTable(
    [4, 3, ...repeat(11, 2), 1, 1, 1, ...repeat(9, 2), 3, 2, ...repeat(5, 1), ...repeat(4, -1)],
    6,
  ),
};

/** Offset codes above 30 reach further than any window that is allowed. */
export const OFFSETS: Kind = {
  maxLog: 8,
  symbols: 32,
  predefined: buildTable([...repeat(6, 1), 2, 2, 2, ...repeat(15, 1), ...repeat(5, -1)], 5),
};

export const MATCHES: Kind = {
  maxLog: 9,
  symbols: 53,
  predefined: buildTable([1, 4, 3, ...repeat(6, 2), ...repeat(37, 1), ...repeat(7, -1)], 6),
};
