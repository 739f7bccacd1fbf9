// HMAC-SHA1 of one text under keys that change: four keys at once where the host has vectors, one at a time elsewhere.

import { outerBlock, prepareText } from './hmac.ts';
import { BLOCK_WORDS, expand, INITIAL, ROUNDS, rounds, STATE } from './sha1.ts';
import { LANES, type Simd, simd, VECTOR } from './simd.ts';

export interface Lanes {
  readonly kind: 'vectors' | 'plain';
  /** Keys that are tried at once. */
  readonly width: number;
  /** Word `i` of the key's block (RFC 2104 2: the key, then zeros) of one lane. */
  setWord(lane: number, i: number, word: number): void;
  /** Computes the digests of all lanes. */
  run(): void;
  /** Word `i` of the digest. */
  word(lane: number, i: number): number;
}

const INNER_PAD = 0x36363636;
const OUTER_PAD = 0x5c5c5c5c;

/** Where things stand in the memory of the vector code, in octets. */
const AT = (() => {
  const initial = 0;
  const innerKey = initial + STATE * VECTOR;
  const outerKey = innerKey + BLOCK_WORDS * VECTOR;
  /** The inner digest is the beginning of the outer hash's last block: what pads it follows at once. */
  const inner = outerKey + BLOCK_WORDS * VECTOR;
  const outer = inner + BLOCK_WORDS * VECTOR;
  return { initial, innerKey, outerKey, inner, outer, schedule: outer + STATE * VECTOR };
})();

export function vectorLanes(text: Uint8Array): Lanes | null {
  const schedule = prepareText(text);
  const end = AT.schedule + 4 * schedule.length;
  const code: Simd | null = simd(end);
  if (code === null) return null;
  const { memory } = code;
  const fill = (at: number, words: Iterable<number>): void => {
    let i = at / 4;
    for (const word of words) {
      memory.fill(word, i, i + LANES);
      i += LANES;
    }
  };
  fill(AT.initial, INITIAL);
  fill(AT.innerKey, Array<number>(BLOCK_WORDS).fill(INNER_PAD));
  fill(AT.outerKey, Array<number>(BLOCK_WORDS).fill(OUTER_PAD));
  fill(AT.inner, outerBlock());
  memory.set(schedule, AT.schedule / 4);
  return {
    kind: 'vectors',
    width: LANES,
    setWord(lane, i, word) {
      memory[AT.innerKey / 4 + LANES * i + lane] = word ^ INNER_PAD;
      memory[AT.outerKey / 4 + LANES * i + lane] = word ^ OUTER_PAD;
    },
    run() {
      code.mix(AT.initial, AT.innerKey, AT.inner);
      code.shared(AT.inner, AT.schedule, end);
      code.mix(AT.initial, AT.outerKey, AT.outer);
      code.mix(AT.outer, AT.inner, AT.outer);
    },
    word: (lane, i) => memory[AT.outer / 4 + LANES * i + lane]!,
  };
}

export function plainLanes(text: Uint8Array): Lanes {
  const schedule = prepareText(text);
  const innerKey = new Int32Array(BLOCK_WORDS).fill(INNER_PAD);
  const outerKey = new Int32Array(BLOCK_WORDS).fill(OUTER_PAD);
  const last = outerBlock();
  const expanded = new Int32Array(ROUNDS);
  const state = new Int32Array(STATE);
  return {
    kind: 'plain',
    width: 1,
    setWord(_lane, i, word) {
      innerKey[i] = word ^ INNER_PAD;
      outerKey[i] = word ^ OUTER_PAD;
    },
    run() {
      state.set(INITIAL);
      expand(innerKey, 0, expanded, 0);
      rounds(state, expanded, 0);
      for (let at = 0; at < schedule.length; at += ROUNDS) rounds(state, schedule, at);
      last.set(state);
      state.set(INITIAL);
      expand(outerKey, 0, expanded, 0);
      rounds(state, expanded, 0);
      expand(last, 0, expanded, 0);
      rounds(state, expanded, 0);
    },
    word: (_lane, i) => state[i]!,
  };
}
