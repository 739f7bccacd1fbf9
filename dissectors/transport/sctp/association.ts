// One direction of an association, known by its ports and the tag its receiver chose (RFC 9260 8.5), whatever addresses
// it uses; and the transmission sequence numbers it has used of late.

import { viewOf } from '../../base/words.ts';
import type { Packet } from '../../link/packet.ts';

/** Sequence numbers kept at first and at most; powers of two. */
const FIRST_SIZE = 64;
const MOST_SIZE = 2048;

/** Sequence numbers further apart than this are no window of one association. */
const MAX_JUMP = 1 << 16;

/** Address pairs remembered of a multi-homed association. */
const MOST_PATHS = 32;

export type Repetition = 'new' | 'again' | 'other';

/** Whoever is told that octets of a batch are about to go. */
interface BatchEnd {
  batchEnds(): void;
}

const NO_BYTES = new Uint8Array(0);

/**
 * Which sequence numbers came of late, and with which data. While the octets of a batch are there, only their places are
 * noted: most numbers are forgotten before anything asks what came with them.
 */
export class SeenTsns {
  #tsns = new Uint32Array(FIRST_SIZE);
  /** 0: the slot is empty, or its octets are noted. */
  #signatures = new Uint32Array(FIRST_SIZE);
  /** Where noted octets begin and end; an end of 0: nothing is noted. */
  #starts = new Int32Array(FIRST_SIZE);
  #ends = new Int32Array(FIRST_SIZE);
  /** Slots in which something is noted. */
  #noted = new Int32Array(FIRST_SIZE);
  #notedCount = 0;
  #bytes: Uint8Array = NO_BYTES;
  #last = 0;
  #any = false;

  /** Can a chunk with this number be of the same association as those before? */
  isNear(tsn: number): boolean {
    return !this.#any || Math.abs((tsn - this.#last) | 0) < MAX_JUMP;
  }

  /**
   * Data [start, end) of `b`. 'again': seen with the same data. 'other': seen with other data. Where octets stay as they
   * are till the end of the batch, `waiting` is who is told of it; else null.
   */
  add(tsn: number, b: Uint8Array, start: number, end: number, waiting: BatchEnd[] | null): Repetition {
    const at = tsn & (this.#tsns.length - 1);
    const isNoted = this.#ends[at] !== 0;
    if (isNoted || this.#signatures[at] !== 0) {
      if (this.#tsns[at] === tsn) {
        const known = isNoted ? signatureOf(this.#bytes, this.#starts[at]!, this.#ends[at]!) : this.#signatures[at]!;
        return known === signatureOf(b, start, end) ? 'again' : 'other';
      }
      if (this.#tsns.length < MOST_SIZE) {
        this.#grow();
        return this.add(tsn, b, start, end, waiting);
      }
    }
    this.#tsns[at] = tsn;
    if (waiting === null) {
      this.#ends[at] = 0;
      this.#signatures[at] = signatureOf(b, start, end);
    } else this.#note(at, b, start, end, waiting);
    this.#last = tsn;
    this.#any = true;
    return 'new';
  }

  #note(at: number, b: Uint8Array, start: number, end: number, waiting: BatchEnd[]): void {
    if (b !== this.#bytes) {
      if (this.#bytes.length > 0) this.batchEnds();
      this.#bytes = b;
      waiting.push(this);
    }
    if (this.#ends[at] === 0) {
      // A slot whose octets were noted, and then others that were not, is in the list once more.
      if (this.#notedCount === this.#noted.length) this.#settle();
      this.#noted[this.#notedCount] = at;
      this.#notedCount += 1;
    }
    this.#signatures[at] = 0;
    this.#starts[at] = start;
    this.#ends[at] = end;
  }

  /** Noted octets may change from now on. */
  batchEnds(): void {
    this.#settle();
    this.#bytes = NO_BYTES;
  }

  #settle(): void {
    for (let i = 0; i < this.#notedCount; i++) {
      const at = this.#noted[i]!;
      if (this.#ends[at] === 0) continue;
      this.#signatures[at] = signatureOf(this.#bytes, this.#starts[at]!, this.#ends[at]!);
      this.#ends[at] = 0;
    }
    this.#notedCount = 0;
  }

  #grow(): void {
    this.#settle();
    const tsns = this.#tsns;
    const signatures = this.#signatures;
    const size = tsns.length * 2;
    this.#tsns = new Uint32Array(size);
    this.#signatures = new Uint32Array(size);
    this.#starts = new Int32Array(size);
    this.#ends = new Int32Array(size);
    this.#noted = new Int32Array(size);
    for (let i = 0; i < tsns.length; i++) {
      if (signatures[i] === 0) continue;
      const at = tsns[i]! & (size - 1);
      this.#tsns[at] = tsns[i]!;
      this.#signatures[at] = signatures[i]!;
    }
  }
}

/** What tells data apart; never 0. Two sums that do not wait for one another: every octet of every chunk is in it. */
export function signatureOf(b: Uint8Array, start: number, end: number): number {
  const words = viewOf(b);
  const base = b.byteOffset;
  let h = 0x811c9dc5 ^ (end - start);
  let k = 0x2545f491;
  let i = start;
  for (const last = end - 7; i < last; i += 8) {
    h = Math.imul(h ^ words.getInt32(base + i, true), 0x9e3779b1);
    k = Math.imul(k ^ words.getInt32(base + i + 4, true), 0x85ebca6b);
    h ^= h >>> 15;
    k ^= k >>> 13;
  }
  for (; i < end; i++) h = Math.imul(h ^ b[i]!, 0x01000193);
  h ^= Math.imul(k, 0xc2b2ae35);
  h ^= h >>> 15;
  return h >>> 0 || 1;
}

/** Mixes a pair of addresses, source first. */
export const pathOf = (p: Packet): number =>
  Math.imul(p.s3, 0x9e3779b1) ^
  Math.imul(p.d3 + 0x7f4a7c15, 0x85ebca6b) ^
  (p.version === 6
    ? Math.imul(p.s0 ^ Math.imul(p.s1, 31) ^ Math.imul(p.s2, 961), 0xc2b2ae35) ^
      Math.imul(p.d0 ^ Math.imul(p.d1, 31) ^ Math.imul(p.d2, 961), 0x27d4eb2f)
    : 0);

/** The same for the way back. */
export const pathBack = (p: Packet): number => pathOf({ ...p, ...swapped(p) });

const swapped = (p: Packet): Partial<Packet> => ({
  s0: p.d0,
  s1: p.d1,
  s2: p.d2,
  s3: p.d3,
  d0: p.s0,
  d1: p.s1,
  d2: p.s2,
  d3: p.s3,
});

export class HalfAssociation<A> {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly tag: number;
  /** Unique in the session. */
  readonly id: number;
  readonly association: A;
  readonly direction: 0 | 1;
  readonly paths = new Set<number>();
  /** The one used last: most are. */
  #path = Number.NaN;
  readonly seen = new SeenTsns();
  lastOrder = 0;
  /** Another one of the same tag. */
  next: HalfAssociation<A> | null = null;

  constructor(ports: readonly [number, number], tag: number, id: number, association: A, direction: 0 | 1) {
    [this.sourcePort, this.destinationPort] = ports;
    this.tag = tag;
    this.id = id;
    this.association = association;
    this.direction = direction;
  }

  hasPorts(p: Packet): boolean {
    return this.sourcePort === p.sourcePort && this.destinationPort === p.destinationPort;
  }

  /** Addresses may change on the way; then the numbers have to go on. */
  fits(path: number, tsn: number): boolean {
    return path === this.#path || this.paths.has(path) || (this.tag !== 0 && this.seen.isNear(tsn));
  }

  used(path: number, order: number): void {
    this.lastOrder = order;
    if (path === this.#path) return;
    this.#path = path;
    if (this.paths.size < MOST_PATHS) this.paths.add(path);
  }
}

/** All halves that are followed. */
export class HalfAssociations<A> {
  /** By tag, those of one tag in a chain. */
  readonly #byTag = new Map<number, HalfAssociation<A>>();
  /** Those of the tag that was asked for last. */
  #lastTag = Number.NaN;
  #lastFirst: HalfAssociation<A> | null = null;
  #size = 0;
  #ids = 0;

  get size(): number {
    return this.#size;
  }

  /** The half a packet belongs to. `tsn` null: nothing in it is numbered, so its addresses have to be known. */
  of(p: Packet, tsn: number | null, order: number): HalfAssociation<A> | null {
    const path = pathOf(p);
    for (let h = this.#firstOf(p.verificationTag); h !== null; h = h.next) {
      if (!h.hasPorts(p) || !(tsn === null ? h.paths.has(path) : h.fits(path, tsn))) continue;
      h.used(path, order);
      return h;
    }
    return null;
  }

  #firstOf(tag: number): HalfAssociation<A> | null {
    if (tag !== this.#lastTag) {
      this.#lastFirst = this.#byTag.get(tag) ?? null;
      this.#lastTag = tag;
    }
    return this.#lastFirst;
  }

  find(tag: number, ports: readonly [number, number], path: number): HalfAssociation<A> | null {
    for (let h = this.#byTag.get(tag) ?? null; h !== null; h = h.next) {
      if (h.sourcePort === ports[0] && h.destinationPort === ports[1] && h.paths.has(path)) return h;
    }
    return null;
  }

  add(
    ports: readonly [number, number],
    tag: number,
    association: A,
    direction: 0 | 1,
    path: number,
    order: number,
  ): HalfAssociation<A> {
    this.#ids += 1;
    const half = new HalfAssociation(ports, tag, this.#ids, association, direction);
    half.next = this.#byTag.get(tag) ?? null;
    this.#lastTag = Number.NaN;
    half.used(path, order);
    this.#byTag.set(tag, half);
    this.#size += 1;
    return half;
  }

  remove(half: HalfAssociation<A>): void {
    const first = this.#byTag.get(half.tag) ?? null;
    this.#lastTag = Number.NaN;
    if (first === half) {
      if (half.next === null) this.#byTag.delete(half.tag);
      else this.#byTag.set(half.tag, half.next);
    } else {
      let previous = first;
      while (previous !== null && previous.next !== half) previous = previous.next;
      if (previous === null) return;
      previous.next = half.next;
    }
    half.next = null;
    this.#size -= 1;
  }

  /** Forgets those silent the longest. */
  forgetOldest(count: number): ReadonlySet<HalfAssociation<A>> {
    const all: HalfAssociation<A>[] = [];
    for (const first of this.#byTag.values()) {
      for (let h: HalfAssociation<A> | null = first; h !== null; h = h.next) all.push(h);
    }
    all.sort((x, y) => x.lastOrder - y.lastOrder);
    const gone = new Set(all.slice(0, count));
    for (const h of gone) this.remove(h);
    return gone;
  }
}
