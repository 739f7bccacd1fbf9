import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hmacSha1, prepareKey } from '../../analysis/verify/guess/hmac.ts';
import { wordsOf } from '../../analysis/verify/guess/sha1.ts';
import { plainTexts, vectorTexts } from '../../analysis/verify/guess/texts.ts';
import { ascii } from '../../analysis/verify/keys.ts';

const KEYS = ['4711', '1234'].map((k) => prepareKey(ascii(k)));
const LENGTHS = [0, 1, 54, 55, 56, 63, 64, 65, 119, 120, 300, 1000];
const text = (length: number, seed: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 7 + seed) & 255);
const wantedOf = (pin: string, octets: Uint8Array): Int32Array => wordsOf(hmacSha1(ascii(pin), octets));

describe('the text that a MAC was made over is found, four at once as one by one', () => {
  const vectors = vectorTexts();
  const ways = [
    { name: 'plain code', find: plainTexts },
    ...(vectors === null ? [] : [{ name: 'vectors', find: vectors }]),
  ];
  test('this host has vectors', () => expect(vectors).not.toBeNull());
  test.each(ways)('$name: each length, under either key', ({ find }) => {
    const texts = LENGTHS.map((n, seed) => text(n, seed));
    for (const [n, octets] of texts.entries()) {
      for (const pin of ['4711', '1234']) expect(find(KEYS, texts, wantedOf(pin, octets))).toBe(n);
    }
    expect(find(KEYS, texts, wantedOf('9999', texts[3]!))).toBe(-1);
    expect(find(KEYS, [], wantedOf('4711', texts[3]!))).toBe(-1);
    expect(find([], texts, wantedOf('4711', texts[3]!))).toBe(-1);
  });
  test.each(ways)('$name: of equal texts the first, wherever it stands', ({ find }) => {
    const same = text(80, 1);
    expect(find(KEYS, [text(200, 2), text(10, 3), same, same, text(80, 4), same], wantedOf('4711', same))).toBe(2);
  });
  test.each(ways)('$name: a document longer than the vectors hold', ({ find }) => {
    const long = text(20_000, 5);
    expect(find(KEYS, [text(10, 1), long], wantedOf('1234', long))).toBe(1);
  });
  test('both say the same of any lists', () => {
    const lists = fc.array(fc.uint8Array({ maxLength: 200 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(lists, fc.nat(), (texts, n) => {
        const wanted = wantedOf('4711', texts[n % texts.length]!);
        expect(vectors?.(KEYS, texts, wanted)).toBe(plainTexts(KEYS, texts, wanted));
      }),
      { numRuns: 100 },
    );
  });
});
