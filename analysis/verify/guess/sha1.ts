// SHA-1 in pieces (FIPS 180-4 6.1.2), so that what many hashes share is computed once: a block's words are expanded
// apart from the rounds, and a state can be kept after any block.

/** Words of a state, of a block, and of a block when expanded. */
export const STATE = 5;
export const BLOCK_WORDS = 16;
export const ROUNDS = 80;
export const BLOCK_OCTETS = 64;

export const INITIAL: readonly number[] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0].map(
  (w) => w | 0,
);

/** One for each twenty rounds. */
export const CONSTANTS: readonly number[] = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6].map((w) => w | 0);

const constants = Int32Array.from({ length: ROUNDS }, (_, t) => CONSTANTS[Math.floor(t / 20)]!);

/** Big-endian words of 4 * n octets. */
export function wordsOf(octets: Uint8Array): Int32Array {
  const words = new Int32Array(octets.length >> 2);
  for (let i = 0; i < words.length; i += 1) {
    const at = 4 * i;
    words[i] = (octets[at]! << 24) | (octets[at + 1]! << 16) | (octets[at + 2]! << 8) | octets[at + 3]!;
  }
  return words;
}

/**
 * Words of the blocks that finish a message whose first `before` octets (whole blocks) were hashed already: the rest,
 * the bit 1, zeros, the length in bits.
 */
export function lastBlocks(rest: Uint8Array, before: number): Int32Array {
  const length = Math.ceil((rest.length + 9) / BLOCK_OCTETS) * BLOCK_OCTETS;
  const padded = new Uint8Array(length);
  padded.set(rest);
  padded[rest.length] = 0x80;
  const words = wordsOf(padded);
  const bits = 8 * (before + rest.length);
  words[words.length - 2] = Math.floor(bits / 2 ** 32);
  words[words.length - 1] = bits | 0;
  return words;
}

/** The 80 words of one block, each with its round's constant added, as `rounds` takes them. */
export function expand(words: Int32Array, from: number, into: Int32Array, at: number): void {
  for (let t = 0; t < BLOCK_WORDS; t += 1) into[at + t] = words[from + t]!;
  for (let t = at + BLOCK_WORDS; t < at + ROUNDS; t += 1) {
    const x = into[t - 3]! ^ into[t - 8]! ^ into[t - 14]! ^ into[t - 16]!;
    into[t] = (x << 1) | (x >>> 31);
  }
  for (let t = 0; t < ROUNDS; t += 1) into[at + t] = (into[at + t]! + constants[t]!) | 0;
}

/** Schedules of all blocks of a message, one behind the other. */
export function expandAll(words: Int32Array): Int32Array {
  const blocks = words.length / BLOCK_WORDS;
  const out = new Int32Array(blocks * ROUNDS);
  for (let b = 0; b < blocks; b += 1) expand(words, b * BLOCK_WORDS, out, b * ROUNDS);
  return out;
}

/** Adds one expanded block to a state in place. Five rounds a turn: after five, each word is back in its place. */
export function rounds(state: Int32Array, s: Int32Array, at: number): void {
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  let t = at;
  for (const end = at + 20; t < end; t += 5) {
    e = (((a << 5) | (a >>> 27)) + (d ^ (b & (c ^ d))) + e + s[t]!) | 0;
    b = (b << 30) | (b >>> 2);
    d = (((e << 5) | (e >>> 27)) + (c ^ (a & (b ^ c))) + d + s[t + 1]!) | 0;
    a = (a << 30) | (a >>> 2);
    c = (((d << 5) | (d >>> 27)) + (b ^ (e & (a ^ b))) + c + s[t + 2]!) | 0;
    e = (e << 30) | (e >>> 2);
    b = (((c << 5) | (c >>> 27)) + (a ^ (d & (e ^ a))) + b + s[t + 3]!) | 0;
    d = (d << 30) | (d >>> 2);
    a = (((b << 5) | (b >>> 27)) + (e ^ (c & (d ^ e))) + a + s[t + 4]!) | 0;
    c = (c << 30) | (c >>> 2);
  }
  for (const end = at + 40; t < end; t += 5) {
    e = (((a << 5) | (a >>> 27)) + (b ^ c ^ d) + e + s[t]!) | 0;
    b = (b << 30) | (b >>> 2);
    d = (((e << 5) | (e >>> 27)) + (a ^ b ^ c) + d + s[t + 1]!) | 0;
    a = (a << 30) | (a >>> 2);
    c = (((d << 5) | (d >>> 27)) + (e ^ a ^ b) + c + s[t + 2]!) | 0;
    e = (e << 30) | (e >>> 2);
    b = (((c << 5) | (c >>> 27)) + (d ^ e ^ a) + b + s[t + 3]!) | 0;
    d = (d << 30) | (d >>> 2);
    a = (((b << 5) | (b >>> 27)) + (c ^ d ^ e) + a + s[t + 4]!) | 0;
    c = (c << 30) | (c >>> 2);
  }
  for (const end = at + 60; t < end; t += 5) {
    e = (((a << 5) | (a >>> 27)) + ((b & c) | (d & (b | c))) + e + s[t]!) | 0;
    b = (b << 30) | (b >>> 2);
    d = (((e << 5) | (e >>> 27)) + ((a & b) | (c & (a | b))) + d + s[t + 1]!) | 0;
    a = (a << 30) | (a >>> 2);
    c = (((d << 5) | (d >>> 27)) + ((e & a) | (b & (e | a))) + c + s[t + 2]!) | 0;
    e = (e << 30) | (e >>> 2);
    b = (((c << 5) | (c >>> 27)) + ((d & e) | (a & (d | e))) + b + s[t + 3]!) | 0;
    d = (d << 30) | (d >>> 2);
    a = (((b << 5) | (b >>> 27)) + ((c & d) | (e & (c | d))) + a + s[t + 4]!) | 0;
    c = (c << 30) | (c >>> 2);
  }
  for (const end = at + 80; t < end; t += 5) {
    e = (((a << 5) | (a >>> 27)) + (b ^ c ^ d) + e + s[t]!) | 0;
    b = (b << 30) | (b >>> 2);
    d = (((e << 5) | (e >>> 27)) + (a ^ b ^ c) + d + s[t + 1]!) | 0;
    a = (a << 30) | (a >>> 2);
    c = (((d << 5) | (d >>> 27)) + (e ^ a ^ b) + c + s[t + 2]!) | 0;
    e = (e << 30) | (e >>> 2);
    b = (((c << 5) | (c >>> 27)) + (d ^ e ^ a) + b + s[t + 3]!) | 0;
    d = (d << 30) | (d >>> 2);
    a = (((b << 5) | (b >>> 27)) + (c ^ d ^ e) + a + s[t + 4]!) | 0;
    c = (c << 30) | (c >>> 2);
  }
  state[0] = (state[0]! + a) | 0;
  state[1] = (state[1]! + b) | 0;
  state[2] = (state[2]! + c) | 0;
  state[3] = (state[3]! + d) | 0;
  state[4] = (state[4]! + e) | 0;
}

/** The five words as 20 octets. */
export function octetsOf(state: Int32Array): Uint8Array {
  const out = new Uint8Array(4 * STATE);
  for (let i = 0; i < out.length; i += 1) out[i] = state[i >> 2]! >>> (24 - 8 * (i & 3));
  return out;
}
