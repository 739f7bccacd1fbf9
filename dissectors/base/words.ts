// Octets taken four at a time, wherever they begin.

/** The buffer that was read last. */
let view: DataView = new DataView(new ArrayBuffer(0));

/** The whole buffer behind `b`: its octet `at` is at `b.byteOffset + at` there. Valid until the next call. */
export function viewOf(b: Uint8Array): DataView {
  if (view.buffer !== b.buffer) view = new DataView(b.buffer);
  return view;
}

/** Octets that are looked for as they are. */
export interface Pattern {
  readonly length: number;
  readonly words: Int32Array;
  /** What is left behind the last whole word. */
  readonly rest: Uint8Array;
}

export function patternOf(octets: Uint8Array): Pattern {
  const whole = octets.length & ~3;
  const v = new DataView(octets.buffer, octets.byteOffset, whole);
  const words = Int32Array.from({ length: whole >> 2 }, (_, i) => v.getInt32(4 * i, true));
  return { length: octets.length, words, rest: octets.slice(whole) };
}

/** Do octets [at, at + length) of `b` equal the pattern, and end at `end` or before? */
export function isAt(b: Uint8Array, at: number, end: number, what: Pattern): boolean {
  if (at + what.length > end) return false;
  const { words, rest } = what;
  const v = viewOf(b);
  let p = b.byteOffset + at;
  for (let i = 0; i < words.length; i += 1, p += 4) if (v.getInt32(p, true) !== words[i]) return false;
  p -= b.byteOffset;
  for (let i = 0; i < rest.length; i += 1) if (b[p + i] !== rest[i]) return false;
  return true;
}
