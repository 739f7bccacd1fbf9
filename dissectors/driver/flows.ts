// TCP connections that are followed, found by a hash of their endpoints; and which frame belonged to which hash.

import type { FrameBatch } from '../../captures/reader.ts';
import type { Packet } from '../link/packet.ts';
import type { Connection } from './connection.ts';

const SLOTS = 1 << 16;

/** The same for both directions, never 0. */
export function flowHash(p: Packet): number {
  let h = Math.imul((p.s3 + p.d3) | 0, 0x9e3779b1) ^ Math.imul(p.s3 ^ p.d3, 0x85ebca6b);
  h ^=
    Math.imul(p.sourcePort + p.destinationPort, 0xc2b2ae35) ^ Math.imul(p.sourcePort ^ p.destinationPort, 0x27d4eb2f);
  if (p.version === 6)
    h ^= Math.imul((p.s0 + p.d0) ^ (p.s1 + p.d1), 0x165667b1) ^ Math.imul((p.s2 + p.d2) | 0, 0x2545f491);
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  h ^= h >>> 13;
  return h === 0 ? 1 : h;
}

/** Followed connections by hash. */
export class Flows {
  /** How many connections share a slot: the one look that unclaimed traffic costs. */
  readonly #slots = new Uint16Array(SLOTS);
  readonly #byHash = new Map<number, Connection>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** False: surely none. */
  mayHold(hash: number): boolean {
    return this.#slots[hash & (SLOTS - 1)] !== 0;
  }

  find(hash: number, p: Packet): Connection | null {
    let c = this.#byHash.get(hash) ?? null;
    while (c !== null && c.conversation.directionOf(p) < 0) c = c.next;
    return c;
  }

  add(c: Connection): void {
    c.next = this.#byHash.get(c.hash) ?? null;
    this.#byHash.set(c.hash, c);
    this.#slots[c.hash & (SLOTS - 1)]! += 1;
    this.#size += 1;
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
    this.#slots[c.hash & (SLOTS - 1)]! -= 1;
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

/** Which flow each frame of a batch was of: 0 for those that no connection may want any more. */
export interface HashColumn {
  batch: FrameBatch | null;
  hashes: Int32Array;
  /** Order of its first frame. */
  order: number;
}

/** Hashes of the current and the previous batch, whose octets are still valid. */
export class Recent {
  previous: HashColumn = { batch: null, hashes: new Int32Array(0), order: 0 };
  current: HashColumn = { batch: null, hashes: new Int32Array(0), order: 0 };

  begin(batch: FrameBatch, order: number): void {
    const old = this.previous;
    this.previous = this.current;
    this.current = old;
    if (old.hashes.length < batch.count) old.hashes = new Int32Array(batch.count);
    else old.hashes.fill(0);
    old.batch = batch;
    old.order = order;
  }
}
