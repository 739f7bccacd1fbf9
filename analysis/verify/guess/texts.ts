// HMAC-SHA1 of many texts under few keys: four texts at once where the host has vectors, one at a time elsewhere.

import { isPrepared, outerBlock, type PreparedKey, prepareText } from './hmac.ts';
import { BLOCK_OCTETS, BLOCK_WORDS, STATE } from './sha1.ts';
import { LANES, type Simd, simd, VECTOR } from './simd.ts';

/** The number of the first text that gives the five words `wanted` with one of the keys; -1 where none does. */
export type FirstText = (keys: readonly PreparedKey[], texts: readonly Uint8Array[], wanted: Int32Array) => number;

export const plainTexts: FirstText = (keys, texts, wanted) =>
  texts.findIndex((octets) => {
    const text = prepareText(octets);
    return keys.some((key) => isPrepared(key, text, wanted));
  });

/** Blocks of the longest text that vectors are used for: those of four texts lie in memory together. */
const MOST_BLOCKS = 200;

/** Where things stand in the memory of the vector code, in octets. */
const AT = (() => {
  const state = 0;
  const outer = state + STATE * VECTOR;
  /** The inner digest is the beginning of the outer hash's last block: what pads it follows at once. */
  const inner = outer + STATE * VECTOR;
  const words = inner + BLOCK_WORDS * VECTOR;
  return { state, outer, inner, words, end: words + MOST_BLOCKS * BLOCK_WORDS * VECTOR };
})();

const BLOCK_LANES = BLOCK_WORDS * LANES;

/** Blocks of a text behind the block of a key (RFC 2104 2; FIPS 180-4 5.1.1). */
const blocksOf = (text: Uint8Array): number => Math.ceil((text.length + 9) / BLOCK_OCTETS);

/** null where the host has no vectors. */
export function vectorTexts(): FirstText | null {
  const code: Simd | null = simd(AT.end);
  if (code === null) return null;
  const { memory } = code;
  const fill = (at: number, words: Iterable<number>): void => {
    let i = at / 4;
    for (const word of words) {
      memory.fill(word, i, i + LANES);
      i += LANES;
    }
  };
  const last = outerBlock();
  const padded = new Uint8Array(MOST_BLOCKS * BLOCK_OCTETS);
  const view = new DataView(padded.buffer);

  /** Lays the words of one text into its lane. */
  const lay = (text: Uint8Array, lane: number): void => {
    const octets = blocksOf(text) * BLOCK_OCTETS;
    padded.set(text);
    padded.fill(0, text.length, octets);
    padded[text.length] = 0x80;
    view.setUint32(octets - 4, 8 * (BLOCK_OCTETS + text.length));
    let to = AT.words / 4 + lane;
    for (let at = 0; at < octets; at += 4) {
      memory[to] = view.getInt32(at);
      to += LANES;
    }
  };
  /** Bits of the lanes that give the digest: `ends` are the blocks of each. */
  const fitting = (key: PreparedKey, ends: readonly number[], wanted: Int32Array): number => {
    fill(AT.state, key.inner);
    fill(AT.inner, last);
    const longest = Math.max(...ends);
    for (let b = 0; b < longest; b += 1) {
      code.mix(AT.state, AT.words + 4 * b * BLOCK_LANES, AT.state);
      for (let lane = 0; lane < ends.length; lane += 1) {
        if (ends[lane] !== b + 1) continue;
        for (let i = 0; i < STATE; i += 1) {
          memory[AT.inner / 4 + LANES * i + lane] = memory[AT.state / 4 + LANES * i + lane]!;
        }
      }
    }
    fill(AT.outer, key.outer);
    code.mix(AT.outer, AT.inner, AT.outer);
    let bits = 0;
    for (let lane = 0; lane < ends.length; lane += 1) {
      let same = true;
      for (let i = 0; i < STATE; i += 1) same &&= memory[AT.outer / 4 + LANES * i + lane] === wanted[i];
      if (same) bits |= 1 << lane;
    }
    return bits;
  };

  return (keys, texts, wanted) => {
    if (texts.some((t) => blocksOf(t) > MOST_BLOCKS)) return plainTexts(keys, texts, wanted);
    // Texts of about the same length share their lanes.
    const order = texts.map((_, n) => n).sort((a, b) => texts[a]!.length - texts[b]!.length);
    let first = -1;
    for (let from = 0; from < order.length; from += LANES) {
      const group = order.slice(from, from + LANES);
      if (first >= 0 && group.every((n) => n > first)) continue;
      const ends = group.map((n) => blocksOf(texts[n]!));
      for (const [lane, n] of group.entries()) lay(texts[n]!, lane);
      for (const key of keys) {
        const bits = fitting(key, ends, wanted);
        for (const [lane, n] of group.entries()) {
          if ((bits & (1 << lane)) !== 0 && (first < 0 || n < first)) first = n;
        }
      }
    }
    return first;
  };
}

/** Searches before the vector code is made: that takes as long as some hundred of them. */
const FIRST_PLAIN = 64;

let searches = 0;
let best: FirstText = plainTexts;

/** Whichever way is faster here. */
export const firstText: FirstText = (keys, texts, wanted) => {
  searches += 1;
  if (searches === FIRST_PLAIN) best = vectorTexts() ?? plainTexts;
  return best(keys, texts, wanted);
};
