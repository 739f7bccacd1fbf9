// Dialogues that carry one ordinary text and end with its answer, in columns: nobody asks what was answered.

import { hashOfName } from '../../../base/texts.ts';

const FIRST = 256;
/** Open ones that are told apart; where there are more, some are forgotten. */
const MOST = 65_536;
const PRIME = 0x9e3779b1;

/**
 * Found by their identifier (octets as a number, and how many) and a hash of the name of whoever chose it. A stamp tells
 * which dialogue of two is the later one.
 */
export class TextDialogues {
  #identifiers = new Int32Array(FIRST);
  #owners = new Int32Array(FIRST);
  #stamps = new Float64Array(FIRST);
  /** Octets of the identifier; 0: the place is free. */
  #sizes = new Uint8Array(FIRST);

  add(identifier: number, size: number, owner: number, stamp: number): void {
    let at = this.#at(identifier, owner);
    while (this.#sizes[at] !== 0 && !this.#is(at, identifier, size, owner) && this.#sizes.length < MOST) {
      this.#grow();
      at = this.#at(identifier, owner);
    }
    this.#identifiers[at] = identifier;
    this.#owners[at] = owner;
    this.#stamps[at] = stamp;
    this.#sizes[at] = size;
  }

  /** Its stamp, -1 where there is none. */
  stampOf(identifier: number, size: number, owner: number): number {
    const at = this.#at(identifier, owner);
    return this.#is(at, identifier, size, owner) ? this.#stamps[at]! : -1;
  }

  /** It is over; false where there is none. */
  end(identifier: number, size: number, owner: number): boolean {
    const at = this.#at(identifier, owner);
    if (!this.#is(at, identifier, size, owner)) return false;
    this.#sizes[at] = 0;
    return true;
  }

  /** Identifiers mostly follow one another: those of one owner have a place each. */
  #at(identifier: number, owner: number): number {
    return (identifier + Math.imul(owner, PRIME)) & (this.#sizes.length - 1);
  }

  #is(at: number, identifier: number, size: number, owner: number): boolean {
    return this.#sizes[at] === size && this.#identifiers[at] === (identifier | 0) && this.#owners[at] === owner;
  }

  #grow(): void {
    const [identifiers, owners, stamps, sizes] = [this.#identifiers, this.#owners, this.#stamps, this.#sizes];
    const size = 2 * sizes.length;
    this.#identifiers = new Int32Array(size);
    this.#owners = new Int32Array(size);
    this.#stamps = new Float64Array(size);
    this.#sizes = new Uint8Array(size);
    for (let i = 0; i < sizes.length; i += 1) {
      if (sizes[i] === 0) continue;
      const at = this.#at(identifiers[i]!, owners[i]!);
      this.#identifiers[at] = identifiers[i]!;
      this.#owners[at] = owners[i]!;
      this.#stamps[at] = stamps[i]!;
      this.#sizes[at] = sizes[i]!;
    }
  }
}

const SEED = 0x811c9dc5 | 0;
const FACTOR = 0x01000193;

/** Digits [start, last] of a global title, two an octet (ITU-T Q.713 3.4.2.3.1); 0 where there are none. */
export function hashOfTitle(b: Uint8Array, start: number, last: number, odd: boolean): number {
  let h = SEED;
  let i = start;
  for (; i <= last; i += 1) {
    const v = b[i]!;
    if ((v & 0x0f) === 0x0f) break;
    const ends = v >= 0xf0 || (odd && i === last);
    h = Math.imul(h ^ (ends ? v | 0xf0 : v), FACTOR);
    if (ends) return h | 1;
  }
  return i === start ? 0 : h | 1;
}

/** The same of a party's name: 'gt 4917...'. Others have hashes of their own. */
export function hashOfParty(name: string): number {
  if (!name.startsWith('gt ')) return hashOfName(name) & ~1;
  let h = SEED;
  for (let i = 3; i < name.length; i += 2) {
    const high = i + 1 < name.length ? Number.parseInt(name[i + 1]!, 16) : 0x0f;
    h = Math.imul(h ^ (Number.parseInt(name[i]!, 16) | (high << 4)), FACTOR);
  }
  return h | 1;
}

/** ITU-T Q.773 3.1: identifiers have one to four octets; others are not for columns. */
export const sizeOf = (identifier: string): number =>
  identifier.length >= 2 && identifier.length <= 8 && identifier.length % 2 === 0 ? identifier.length / 2 : 0;

/** The number that hex digits of one to four octets stand for. */
export const numberOf = (identifier: string): number => Number.parseInt(identifier, 16) | 0;
