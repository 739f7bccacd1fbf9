// HMAC-SHA1 (RFC 2104 2) of many keys over one text: the text is prepared once, and so is each key.

import {
  BLOCK_OCTETS,
  expand,
  expandAll,
  INITIAL,
  lastBlocks,
  octetsOf,
  ROUNDS,
  rounds,
  STATE,
  wordsOf,
} from './sha1.ts';

const INNER = 0x36363636;
const OUTER = 0x5c5c5c5c;

/** States after the block that a key makes, for the inner and the outer hash. */
export interface PreparedKey {
  readonly inner: Int32Array;
  readonly outer: Int32Array;
}

/** A text as the inner hash meets it: behind the key's block. */
export type PreparedText = Int32Array;

const scratch = new Int32Array(ROUNDS);

export function hash(octets: Uint8Array): Uint8Array {
  const state = Int32Array.from(INITIAL);
  const schedule = expandAll(lastBlocks(octets, 0));
  for (let at = 0; at < schedule.length; at += ROUNDS) rounds(state, schedule, at);
  return octetsOf(state);
}

/** Longer keys than a block are hashed first. */
export function keyBlock(key: Uint8Array): Uint8Array {
  const block = new Uint8Array(BLOCK_OCTETS);
  block.set(key.length > BLOCK_OCTETS ? hash(key) : key);
  return block;
}

export function prepareKey(key: Uint8Array): PreparedKey {
  const words = wordsOf(keyBlock(key));
  const padded = new Int32Array(words.length);
  const after = (pad: number): Int32Array => {
    const state = Int32Array.from(INITIAL);
    for (let i = 0; i < padded.length; i += 1) padded[i] = words[i]! ^ pad;
    expand(padded, 0, scratch, 0);
    rounds(state, scratch, 0);
    return state;
  };
  return { inner: after(INNER), outer: after(OUTER) };
}

export const prepareText = (text: Uint8Array): PreparedText => expandAll(lastBlocks(text, BLOCK_OCTETS));

/** The last block of the outer hash: 20 octets of the inner one behind a key's block. */
export const outerBlock = (): Int32Array => lastBlocks(new Uint8Array(4 * STATE), BLOCK_OCTETS);

const state = new Int32Array(STATE);
const outer = outerBlock();

function compute(key: PreparedKey, text: PreparedText): void {
  state.set(key.inner);
  for (let at = 0; at < text.length; at += ROUNDS) rounds(state, text, at);
  outer.set(state);
  expand(outer, 0, scratch, 0);
  state.set(key.outer);
  rounds(state, scratch, 0);
}

/** The 20 octets. */
export function prepared(key: PreparedKey, text: PreparedText): Uint8Array {
  compute(key, text);
  return octetsOf(state);
}

/** Are these five words what comes out? */
export function isPrepared(key: PreparedKey, text: PreparedText, wanted: Int32Array): boolean {
  compute(key, text);
  for (let i = 0; i < STATE; i += 1) if (state[i] !== wanted[i]) return false;
  return true;
}

export const hmacSha1 = (key: Uint8Array, text: Uint8Array): Uint8Array => prepared(prepareKey(key), prepareText(text));
