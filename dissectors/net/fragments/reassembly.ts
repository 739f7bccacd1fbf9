// IP datagrams from fragments: RFC 791 3.2, RFC 8200 4.5. The clock is the capture's.

import type { Rule } from '../../../captures/finding.ts';
import type { ByteMap, FrameId, Piece } from '../../base/bytemap.ts';
import type { Cursor } from '../../base/cursor.ts';
import type { Carrier } from '../../link/carrier.ts';
import type { Packet } from '../../link/packet.ts';
import { type Extent, extentOf, insertExtent, lostExtent } from '../extents.ts';
import { fragmentRules } from './rules.ts';

export interface FragmentBudgets {
  /** Incomplete datagrams. */
  readonly datagrams: number;
  /** Octets they hold together. */
  readonly octets: number;
  /** Nanoseconds an incomplete datagram is waited for. RFC 8200 4.5: 60 seconds. */
  readonly wait: number;
}

/** A datagram's payload, whole or as far as it is certain. */
export interface Reassembled {
  readonly version: 4 | 6;
  readonly words: readonly [number, number, number, number, number, number, number, number];
  readonly protocol: number;
  readonly bytes: Uint8Array;
  readonly map: ByteMap;
  /** Every octet of the datagram is in `bytes`. */
  readonly whole: boolean;
  /** Octets the capture does not hold: after `bytes`, as far as known. */
  readonly missing: number;
  readonly time: number;
  readonly order: number;
  readonly frame: FrameId;
}

interface Open {
  readonly key: string;
  readonly version: 4 | 6;
  readonly words: Reassembled['words'];
  readonly protocol: number;
  readonly extents: Extent[];
  readonly firstTime: number;
  /** Octets in `extents`, lost ones included. */
  held: number;
  /** Payload length, once the last fragment was seen; -1 before. */
  total: number;
  /** Nobody reads what it holds: only counted until it is complete. */
  ignored: boolean;
}

/** The longest payload an IPv4 datagram has room for (RFC 791 3.1); IPv6 fragments have no more (RFC 8200 4.5). */
const MAX_PAYLOAD = 65_535;

export class FragmentReassembly {
  readonly #open = new Map<string, Open>();
  readonly #budgets: FragmentBudgets;
  readonly #report: (rule: Rule, message: string, frame: FrameId) => void;
  readonly #wanted: (protocol: number, bytes: Uint8Array, start: number, end: number) => boolean;
  #octets = 0;

  /**
   * `wanted` judges a datagram by its protocol and first fragment; it is asked with an empty range before that one
   * has come.
   */
  constructor(
    budgets: FragmentBudgets,
    report: (rule: Rule, message: string, frame: FrameId) => void,
    wanted: (protocol: number, bytes: Uint8Array, start: number, end: number) => boolean,
  ) {
    this.#budgets = budgets;
    this.#report = report;
    this.#wanted = wanted;
  }

  get open(): number {
    return this.#open.size;
  }

  /**
   * Takes the fragment the packet tells of, its octets in the cursor's window. Gives the datagram when it is complete,
   * and those that had to make room for it.
   */
  add(c: Cursor, p: Packet, from: Carrier, give: (r: Reassembled) => void): void {
    const key = `${p.fragmentProtocol},${p.identification},${p.s3},${p.d3},${p.s0},${p.s1},${p.s2},${p.d0},${p.d1},${p.d2}`;
    let d = this.#open.get(key);
    const unwanted =
      (d === undefined || p.fragmentOffset === 0) &&
      !this.#wanted(p.fragmentProtocol, c.bytes, c.pos, p.fragmentOffset === 0 ? c.end : c.pos);
    if (d === undefined) {
      // Without the first fragment an unwanted protocol needs no memory: it is asked about again.
      if (unwanted && p.fragmentOffset !== 0) return;
      d = begin(key, p, from.time);
      this.#open.set(key, d);
      if (this.#open.size > this.#budgets.datagrams) this.#giveUpOldest(from, give);
    }
    if (unwanted) this.#ignore(d);
    if (d.ignored) {
      count(d, c, p);
      if (d.held === d.total) this.#open.delete(key);
      return;
    }
    this.#insert(d, c, p, from);
    if (d.held === d.total) {
      this.#close(d);
      give(finished(d));
    }
    while (this.#octets > this.#budgets.octets) this.#giveUpOldest(from, give);
  }

  /** Gives up what has waited too long. */
  expire(clock: number, give: (r: Reassembled) => void): void {
    for (const d of this.#open.values()) {
      if (!(clock - d.firstTime > this.#budgets.wait)) {
        if (Number.isNaN(d.firstTime)) continue;
        return;
      }
      this.#giveUp(d, give);
    }
  }

  /** The capture is over. */
  end(give: (r: Reassembled) => void): void {
    for (const d of this.#open.values()) this.#giveUp(d, give);
  }

  #insert(d: Open, c: Cursor, p: Packet, from: Carrier): void {
    const length = c.left + p.missing;
    const end = p.fragmentOffset + length;
    if (end > MAX_PAYLOAD || (d.total >= 0 && end > d.total)) {
      this.#report(fragmentRules.size, `ends at octet ${end} of ${d.total < 0 ? MAX_PAYLOAD : d.total}`, from.frame());
      return;
    }
    if (!p.moreFragments) {
      const furthest = d.extents.at(-1);
      if (furthest !== undefined && furthest.at + furthest.length > end) {
        this.#report(fragmentRules.size, `the last fragment ends at octet ${end}, before another one`, from.frame());
        return;
      }
      d.total = end;
    } else if (length % 8 !== 0) {
      this.#report(fragmentRules.size, `${length} octets in a fragment that is not the last`, from.frame());
    }
    const got = insertExtent(d.extents, extentOf(p.fragmentOffset, c.bytes, c.pos, c.left, from));
    if (p.missing > 0) {
      got.added += insertExtent(d.extents, lostExtent(p.fragmentOffset + c.left, p.missing, from)).added;
    }
    d.held += got.added;
    this.#octets += got.added;
    if (got.conflicting > 0) {
      this.#report(fragmentRules.conflict, `${got.conflicting} octets differ from an earlier fragment`, from.frame());
    }
  }

  #giveUpOldest(from: Carrier, give: (r: Reassembled) => void): void {
    const [oldest] = this.#open.values();
    if (oldest === undefined) return;
    if (!oldest.ignored) {
      this.#report(fragmentRules.budget, `${this.#open.size} datagrams, ${this.#octets} octets`, from.frame());
    }
    this.#giveUp(oldest, give);
  }

  #giveUp(d: Open, give: (r: Reassembled) => void): void {
    this.#close(d);
    if (d.extents.length === 0) return;
    const r = finished(d);
    const known = d.total < 0 ? 'the last one among them' : `${d.total - d.held} octets`;
    this.#report(fragmentRules.missing, `${d.extents.length} fragments are there, missing: ${known}`, r.frame);
    if (r.bytes.length > 0) give(r);
  }

  #close(d: Open): void {
    this.#open.delete(d.key);
    if (!d.ignored) this.#octets -= d.held;
  }

  /** From now on only counted, so that its later fragments do not begin it anew. */
  #ignore(d: Open): void {
    if (d.ignored) return;
    d.ignored = true;
    this.#octets -= d.held;
    d.extents.length = 0;
  }
}

function count(d: Open, c: Cursor, p: Packet): void {
  d.held += c.left + p.missing;
  if (!p.moreFragments) d.total = p.fragmentOffset + c.left + p.missing;
}

const begin = (key: string, p: Packet, time: number): Open => ({
  key,
  version: p.version === 6 ? 6 : 4,
  words: [p.s0, p.s1, p.s2, p.s3, p.d0, p.d1, p.d2, p.d3],
  protocol: p.fragmentProtocol,
  extents: [],
  firstTime: time,
  held: 0,
  total: -1,
  ignored: false,
});

/** Octets from the start up to the first that is not there. */
function finished(d: Open): Reassembled {
  let length = 0;
  let n = 0;
  for (const e of d.extents) {
    if (e.at !== length || e.bytes === null) break;
    length += e.length;
    n += 1;
  }
  const bytes = new Uint8Array(length);
  const map: Piece[] = [];
  for (const e of d.extents.slice(0, n)) {
    if (e.bytes === null) continue;
    bytes.set(e.bytes, e.at);
    for (const piece of e.map) map.push({ ...piece, start: piece.start + e.at });
  }
  // Frame and time of the fragment that came last.
  const last = d.extents.reduce((a, b) => (b.order > a.order ? b : a));
  const furthest = d.extents.at(-1)!;
  const missing = (d.total < 0 ? furthest.at + furthest.length : d.total) - length;
  const { version, words, protocol } = d;
  const whole = length === d.total;
  return {
    version,
    words,
    protocol,
    whole,
    bytes,
    map,
    missing,
    time: last.time,
    order: last.order,
    frame: last.frame,
  };
}
