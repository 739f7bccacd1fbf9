// Two endpoints that talk to each other, and what dissectors remember about them.

import type { Packet } from '../link/packet.ts';
import { formatAddressWords } from '../net/address.ts';

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

export class Conversation {
  readonly kind: string;
  readonly version: 0 | 4 | 6;
  /** The side that spoke first: address words and port. */
  readonly a0: number;
  readonly a1: number;
  readonly a2: number;
  readonly a3: number;
  readonly aPort: number;
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly b3: number;
  readonly bPort: number;
  /** Tells conversations of the same endpoints apart. */
  readonly ordinal: number;
  /** What is kept, by dissector; nearly always there is one. */
  #keeper: string | null = null;
  #kept: unknown;
  #others: Map<string, unknown> | null = null;
  #a: string | null = null;
  #b: string | null = null;
  #name: string | null = null;

  /** `swapped`: the packet went from b to a. */
  constructor(kind: string, p: Packet, ordinal: number, swapped = false) {
    this.kind = kind;
    this.version = p.version;
    this.ordinal = ordinal;
    this.a0 = swapped ? p.d0 : p.s0;
    this.a1 = swapped ? p.d1 : p.s1;
    this.a2 = swapped ? p.d2 : p.s2;
    this.a3 = swapped ? p.d3 : p.s3;
    this.aPort = swapped ? p.destinationPort : p.sourcePort;
    this.b0 = swapped ? p.s0 : p.d0;
    this.b1 = swapped ? p.s1 : p.d1;
    this.b2 = swapped ? p.s2 : p.d2;
    this.b3 = swapped ? p.s3 : p.d3;
    this.bPort = swapped ? p.sourcePort : p.destinationPort;
  }

  /** 0: the packet goes from a to b, 1: from b to a, -1: it is of another conversation. */
  directionOf(p: Packet): 0 | 1 | -1 {
    if (p.version !== this.version) return -1;
    if (p.sourcePort === this.aPort && p.destinationPort === this.bPort && this.#isFromA(p)) return 0;
    if (p.sourcePort === this.bPort && p.destinationPort === this.aPort && this.#isFromB(p)) return 1;
    return -1;
  }

  #isFromA(p: Packet): boolean {
    return (
      p.s3 === this.a3 &&
      p.d3 === this.b3 &&
      p.s0 === this.a0 &&
      p.s1 === this.a1 &&
      p.s2 === this.a2 &&
      p.d0 === this.b0 &&
      p.d1 === this.b1 &&
      p.d2 === this.b2
    );
  }

  #isFromB(p: Packet): boolean {
    return (
      p.s3 === this.b3 &&
      p.d3 === this.a3 &&
      p.s0 === this.b0 &&
      p.s1 === this.b1 &&
      p.s2 === this.b2 &&
      p.d0 === this.a0 &&
      p.d1 === this.a1 &&
      p.d2 === this.a2
    );
  }

  get aAddress(): string {
    this.#a ??= formatAddressWords(this.version, this.a0, this.a1, this.a2, this.a3);
    return this.#a;
  }

  get bAddress(): string {
    this.#b ??= formatAddressWords(this.version, this.b0, this.b1, this.b2, this.b3);
    return this.#b;
  }

  /** 'tcp 10.0.0.1:5000 10.0.0.2:2775 #3' */
  get name(): string {
    this.#name ??= `${this.kind} ${this.aAddress}:${this.aPort} ${this.bAddress}:${this.bPort} #${this.ordinal}`;
    return this.#name;
  }

  /** What the dissector keeps for this conversation, made at the first call. */
  state<T>(dissector: string, init: () => T): T {
    if (this.#keeper === dissector) return this.#kept as T;
    if (this.#keeper === null) {
      const made = init();
      this.#keeper = dissector;
      this.#kept = made;
      return made;
    }
    this.#others ??= new Map();
    if (!this.#others.has(dissector)) this.#others.set(dissector, init());
    return this.#others.get(dissector) as T;
  }
}
