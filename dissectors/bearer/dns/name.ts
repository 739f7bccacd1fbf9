// Names of the domain name system.

/** RFC 1035 2.3.4. */
const MAX_NAME = 255;
/** Pointers followed in one name. */
const MAX_JUMPS = 32;
const DOT = 0x2e;

/** A name's text and what it takes where it stands; null where it is none. */
export interface Name {
  readonly text: string;
  readonly length: number;
}

/** Characters of the name that is being read. */
const spelt = new Uint8Array(MAX_NAME + 1);
/** Texts of names that were read: a question is repeated in its answer, and many are asked again and again. */
const texts: string[] = new Array(1024).fill('');

// RFC 1035 4.1.4: labels, or a pointer to labels before this place. Pointers go backwards, so the walk ends.
export function readName(b: Uint8Array, start: number, message: number, end: number): Name | null {
  let at = start;
  let length = 0;
  let jumps = 0;
  let size = 0;
  let limit = end;
  let hash = 0;
  for (;;) {
    const n = b[at];
    if (n === undefined || at >= limit) return null;
    if (n === 0) {
      if (jumps === 0) length = at + 1 - start;
      return { text: textOf(Math.max(0, size - 1), hash), length };
    }
    if ((n & 0xc0) === 0xc0) {
      const low = b[at + 1];
      if (low === undefined || at + 1 >= limit) return null;
      if (jumps === 0) length = at + 2 - start;
      const target = message + (((n & 0x3f) << 8) | low);
      jumps += 1;
      if (target >= at || jumps > MAX_JUMPS) return null;
      limit = at;
      at = target;
      continue;
    }
    if ((n & 0xc0) !== 0 || at + 1 + n > limit || size + n + 1 > MAX_NAME) return null;
    for (let i = at + 1; i <= at + n; i += 1) {
      const octet = b[i]!;
      spelt[size++] = octet;
      hash = Math.imul(hash ^ octet, 0x01000193);
    }
    spelt[size++] = DOT;
    at += 1 + n;
  }
}

/** What was spelt, up to `length`. */
function textOf(length: number, hash: number): string {
  const slot = (hash ^ (hash >>> 15)) & (texts.length - 1);
  const known = texts[slot]!;
  if (known.length === length) {
    let i = 0;
    while (i < length && known.charCodeAt(i) === spelt[i]) i += 1;
    if (i === length) return known;
  }
  const text = String.fromCharCode(...spelt.subarray(0, length));
  texts[slot] = text;
  return text;
}
