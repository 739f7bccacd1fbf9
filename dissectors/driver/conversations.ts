// Conversations over datagrams, found by a hash of their endpoints; the one silent the longest goes first.

import type { Packet } from '../link/packet.ts';
import { Conversation } from './conversation.ts';
import { flowHash } from './flows.ts';

interface Entry {
  readonly conversation: Conversation;
  readonly hash: number;
  /** Of the same hash. */
  next: Entry | null;
  /** By the last datagram. */
  older: Entry | null;
  newer: Entry | null;
}

export class Conversations {
  readonly #most: number;
  readonly #byHash = new Map<number, Entry>();
  #oldest: Entry | null = null;
  #newest: Entry | null = null;
  #size = 0;
  #ordinal = 0;

  /** `most`: conversations that are remembered. */
  constructor(most: number) {
    this.#most = most;
  }

  /** The conversation of the datagram, a new one where it is the first. `kind`: what the endpoints speak over. */
  of(kind: string, p: Packet): Conversation {
    // Without IP there are no endpoints to tell apart.
    const hash = p.version === 0 ? 0 : flowHash(p);
    let e = this.#byHash.get(hash) ?? null;
    while (e !== null && !isOf(e.conversation, kind, p)) e = e.next;
    if (e === null) return this.#add(kind, hash, p);
    if (e !== this.#newest) {
      this.#unlink(e);
      this.#append(e);
    }
    return e.conversation;
  }

  #add(kind: string, hash: number, p: Packet): Conversation {
    this.#ordinal += 1;
    const conversation = new Conversation(kind, p, this.#ordinal);
    const e: Entry = { conversation, hash, next: this.#byHash.get(hash) ?? null, older: null, newer: null };
    this.#byHash.set(hash, e);
    this.#append(e);
    this.#size += 1;
    if (this.#size > this.#most && this.#oldest !== null) this.#remove(this.#oldest);
    return conversation;
  }

  #append(e: Entry): void {
    e.older = this.#newest;
    e.newer = null;
    if (this.#newest === null) this.#oldest = e;
    else this.#newest.newer = e;
    this.#newest = e;
  }

  #unlink(e: Entry): void {
    if (e.older === null) this.#oldest = e.newer;
    else e.older.newer = e.newer;
    if (e.newer === null) this.#newest = e.older;
    else e.newer.older = e.older;
  }

  #remove(e: Entry): void {
    this.#unlink(e);
    this.#size -= 1;
    const first = this.#byHash.get(e.hash) ?? null;
    if (first === e) {
      if (e.next === null) this.#byHash.delete(e.hash);
      else this.#byHash.set(e.hash, e.next);
      return;
    }
    let before = first;
    while (before !== null && before.next !== e) before = before.next;
    if (before !== null) before.next = e.next;
  }
}

function isOf(c: Conversation, kind: string, p: Packet): boolean {
  if (c.kind !== kind) return false;
  return p.version === 0 ? c.version === 0 && hasPorts(c, p) : c.directionOf(p) >= 0;
}

const hasPorts = (c: Conversation, p: Packet): boolean =>
  (c.aPort === p.sourcePort && c.bPort === p.destinationPort) ||
  (c.aPort === p.destinationPort && c.bPort === p.sourcePort);
