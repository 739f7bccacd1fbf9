// TCP connections that are followed, found by a hash of their endpoints; and which frame belonged to which hash.

import type { FrameBatch } from '../../captures/reader.ts';
import type { Packet } from '../link/packet.ts';
import type { Connection } from './connection.ts';

const FIRST_SLOTS = 1 << 8;
const MOST_SLOTS = 1 << 16;
/** Slots for each connection, as long as there may be more: two seldom share one. */
const SPARSE = 16;

/** The same for both directions, never 0. */
export function flowHash(p: Packet): number {
  const six =
    p.version === 6
      ? Math.imul((p.s0 + p.d0) ^ (p.s1 + p.d1), 0x165667b1) ^ Math.imul((p.s2 + p.d2) | 0, 0x2545f491)
      : 0;
  return hashOf(p.s3, p.d3, p.sourcePort, p.destinationPort, six);
}

/** The same of the lowest words of both addresses, the ports, and what IPv6 adds. */
export function hashOf(source: number, destination: number, sourcePort: number, destinationPort: number, six: number) {
  let h = Math.imul((source + destination) | 0, 0x9e3779b1) ^ Math.imul(source ^ destination, 0x85ebca6b);
  h ^= Math.imul(sourcePort + destinationPort, 0xc2b2ae35) ^ Math.imul(sourcePort ^ destinationPort, 0x27d4eb2f) ^ six;
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  h ^= h >>> 13;
  return h === 0 ? 1 : h;
}

/** Followed connections by hash. */
export class Flows {
  /** How many connections share a slot: the one look that unclaimed traffic costs. */
  #slots = new Uint16Array(FIRST_SLOTS);
  #mask = FIRST_SLOTS - 1;
  readonly #byHash = new Map<number, Connection>();
  #size = 0;
  /** The one that was found last: the next segment is often of the same. */
  #last: Connection | null = null;
  /** In which direction of the connection that was found last the packet went. */
  direction: 0 | 1 = 0;

  get size(): number {
    return this.#size;
  }

  /** False: surely none. */
  mayHold(hash: number): boolean {
    return this.#slots[hash & this.#mask] !== 0;
  }

  find(hash: number, p: Packet): Connection | null {
    const last = this.#last;
    if (last !== null && last.hash === hash && this.#isOf(last, p)) return last;
    for (let c = this.#byHash.get(hash) ?? null; c !== null; c = c.next) {
      if (!this.#isOf(c, p)) continue;
      this.#last = c;
      return c;
    }
    return null;
  }

  #isOf(c: Connection, p: Packet): boolean {
    const direction = c.conversation.directionOf(p);
    if (direction < 0) return false;
    this.direction = direction === 0 ? 0 : 1;
    return true;
  }

  add(c: Connection): void {
    c.next = this.#byHash.get(c.hash) ?? null;
    this.#byHash.set(c.hash, c);
    this.#slots[c.hash & this.#mask]! += 1;
    this.#size += 1;
    if (SPARSE * this.#size > this.#slots.length && this.#slots.length < MOST_SLOTS) this.#grow();
  }

  #grow(): void {
    const slots = new Uint16Array(Math.min(MOST_SLOTS, 8 * this.#slots.length));
    this.#mask = slots.length - 1;
    for (const c of this.all()) slots[c.hash & this.#mask]! += 1;
    this.#slots = slots;
  }

  remove(c: Connection): void {
    const first = this.#byHash.get(c.hash);
    if (first === c) {
      if (c.next === null) this.#byHash.delete(c.hash);
      else this.#byHash.set(c.hash, c.next);
    } else {
      let before = first ?? null;
      while (before !== null && before.next !== c) before = before.next;
      if (before === null) return;
      before.next = c.next;
    }
    c.next = null;
    if (this.#last === c) this.#last = null;
    this.#slots[c.hash & this.#mask]! -= 1;
    this.#size -= 1;
  }

  /** All of them; safe against removal while going through. */
  *all(): Generator<Connection> {
    for (const first of this.#byHash.values()) {
      for (let c: Connection | null = first; c !== null; ) {
        const following: Connection | null = c.next;
        yield c;
        c = following;
      }
    }
  }
}

/** Looks through a whole column after which an index of it is worth its making. */
const FEW_LOOKS = 8;

/** Which flow each frame of a batch was of: 0 for those that no connection may want any more. */
export class HashColumn {
  batch: FrameBatch | null = null;
  hashes = new Int32Array(0);
  /** Order of its first frame. */
  order = 0;
  /** Rows behind this one hold nothing yet. */
  filled = 0;
  #looks = 0;
  /** Rows by hash, as far as they were gone through. */
  readonly #rows = new Map<number, number[]>();
  #through = 0;

  begin(batch: FrameBatch, order: number): void {
    if (this.hashes.length < batch.count) this.hashes = new Int32Array(batch.count);
    else this.hashes.fill(0);
    this.batch = batch;
    this.order = order;
    this.filled = 0;
    this.#looks = 0;
    this.#rows.clear();
    this.#through = 0;
  }

  set(row: number, hash: number): void {
    this.hashes[row] = hash;
    this.filled = row + 1;
  }

  /** Rows of the flow, in order. */
  rowsOf(hash: number): readonly number[] {
    this.#looks += 1;
    if (this.#looks > FEW_LOOKS) return this.#indexed(hash).filter((row) => this.hashes[row] === hash);
    const out: number[] = [];
    for (let row = 0; row < this.filled; row++) if (this.hashes[row] === hash) out.push(row);
    return out;
  }

  #indexed(hash: number): readonly number[] {
    for (; this.#through < this.filled; this.#through++) {
      const h = this.hashes[this.#through]!;
      if (h === 0) continue;
      const rows = this.#rows.get(h);
      if (rows === undefined) this.#rows.set(h, [this.#through]);
      else rows.push(this.#through);
    }
    return this.#rows.get(hash) ?? NO_ROWS;
  }
}

const NO_ROWS: readonly number[] = [];

/** Hashes of the current and the previous batch, whose octets are still valid. */
export class Recent {
  previous = new HashColumn();
  current = new HashColumn();

  begin(batch: FrameBatch, order: number): void {
    const old = this.previous;
    this.previous = this.current;
    this.current = old;
    old.begin(batch, order);
  }
}
