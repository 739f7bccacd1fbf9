// Segments that nobody reads, in the plainest headers there are: nearly all of what most links carry.

import { RST, SYN } from '../transport/tcp/decode.ts';
import { type Flows, hashOf, type Recent } from './flows.ts';

const ETHERNET = 14;
/** Octets of Ethernet, IPv4 (RFC 791 3.1) and TCP (RFC 9293 3.1) without options. */
const LEAST = ETHERNET + 20 + 20;
const IPV4 = 0x0800;
const IPV4_PLAIN = 0x45;
const MORE_OR_OFFSET = 0x3fff;
const TCP = 6;

export interface UnreadTables {
  /** 1 where a port is bound. */
  readonly bound: Uint8Array;
  /** 1 where a payload may matter, by its first octet. */
  readonly watched: Uint8Array;
  readonly flows: Flows;
  readonly recent: Recent;
}

export class Unread {
  readonly #short: number;
  readonly #tables: UnreadTables;

  /** `short`: payloads of fewer octets are looked at. */
  constructor(short: number, tables: UnreadTables) {
    this.#short = short;
    this.#tables = tables;
  }

  /**
   * Is the Ethernet frame b[from, end), row `index` of its batch, a segment that concerns nobody, whatever has been read
   * so far? Then it is remembered as TcpDriver.segment would, and its lower port is returned; -1: it has to be read.
   */
  port(b: Uint8Array, from: number, end: number, index: number): number {
    if (end - from < LEAST || at16(b, from + 12) !== IPV4) return -1;
    const ip = from + ETHERNET;
    if (b[ip] !== IPV4_PLAIN || b[ip + 9] !== TCP || (at16(b, ip + 6) & MORE_OR_OFFSET) !== 0) return -1;
    const stop = ip + at16(b, ip + 2);
    const tcp = ip + 20;
    const start = tcp + (b[tcp + 12]! >> 4) * 4;
    if (stop > end || start > stop || start < tcp + 20 || (b[tcp + 13]! & (SYN | RST)) !== 0) return -1;
    const { bound, watched, flows, recent } = this.#tables;
    const source = at16(b, tcp);
    const destination = at16(b, tcp + 2);
    if (start < stop) {
      if (stop - start < this.#short || watched[b[start]!] !== 0) return -1;
      if (bound[source] !== 0 || bound[destination] !== 0) return -1;
    }
    const hash = hashOf(at32(b, ip + 12), at32(b, ip + 16), source, destination, 0);
    if (flows.mayHold(hash)) return -1;
    recent.current.set(index, hash);
    return source < destination ? source : destination;
  }
}

const at16 = (b: Uint8Array, at: number): number => (b[at]! << 8) | b[at + 1]!;
const at32 = (b: Uint8Array, at: number): number => (at16(b, at) << 16) | at16(b, at + 2);
