// One direction of a TCP connection: segments in any order go in, octets in order come out (RFC 9293 3.4, 3.10.7.4).

import type { Carrier } from '../../link/carrier.ts';
import { type Extent, extentOf, insertExtent, lostExtent, partOf } from '../../net/extents.ts';
import { History } from './history.ts';

export interface StreamBudgets {
  /** Octets and segments held behind a gap; more show that nobody will fill it. */
  readonly pendingOctets: number;
  readonly pendingSegments: number;
  /** Nanoseconds a gap is waited for when nobody acknowledged it. */
  readonly wait: number;
  /** The same for a gap the other side acknowledged: captures of several interfaces mix up the order a little. */
  readonly acknowledgedWait: number;
  /** Segments of the connection that may pass meanwhile. */
  readonly acknowledgedSegments: number;
  /** Octets kept to compare retransmissions with; a power of two. */
  readonly history: number;
  /** Octets and segments held until it is clear where a stream without SYN begins. */
  readonly startOctets: number;
  readonly startSegments: number;
}

export interface StreamEvents {
  /** Octets in order, each once; borrowed. */
  data(e: Extent): void;
  /**
   * The same for octets [start, start+length) of `bytes`, at `at` of the stream, that came whole and in order; returns
   * how many of them `data` has not to be given. Where it is all of them, they stay as they are until `batchEnds`.
   */
  passOver?(at: number, bytes: Uint8Array, start: number, length: number, from: Carrier): number;
  /** `octets` of the stream are not in the capture; `cut`: by its snapshot length. `after`: what follows, if anything. */
  gap(octets: number, cut: boolean, after: Extent | null): void;
  /** Can the stream begin with these octets? Asked where the capture has no SYN. */
  plausible(bytes: Uint8Array, start: number, end: number): boolean;
  /** `octets` that `from` carries differ from what was sent there before. */
  conflict(octets: number, from: Carrier): void;
  /** `octets` that `from` carries are of a gap that was given up. */
  late(octets: number, from: Carrier): void;
}

/** A jump this large is no window (RFC 7323 2.3: 1 GiB at most): the capture paused, or the stream is another one. */
const MAX_JUMP = 2 ** 28;
/** Octets looked at to tell whether a stream begins here. */
const HEAD = 64;
const GAPS_KEPT = 8;

export class TcpStream {
  readonly #events: StreamEvents;
  readonly #budgets: StreamBudgets;
  readonly #history: History;
  readonly #pending: Extent[] = [];
  /** Given-up ranges, [from, to) pairs, the latest last. */
  readonly #gaps: number[] = [];
  /** Position and sequence number of the next octet; they mean something once `#known`. */
  #position = 0;
  #sequence = 0;
  #known = false;
  #started = false;
  #first = 0;
  #pendingOctets = 0;
  /** When the present gap was met, and segments of the connection since. */
  #since = Number.NaN;
  #waited = 0;
  #acknowledged = Number.NEGATIVE_INFINITY;
  /** When and after how many segments the present gap was found acknowledged; NaN: not yet. */
  #acknowledgedSince = Number.NaN;
  #acknowledgedWaited = Number.NaN;
  #fin = Number.NaN;

  constructor(events: StreamEvents, budgets: StreamBudgets) {
    this.#events = events;
    this.#budgets = budgets;
    this.#history = new History(budgets.history);
  }

  /** Octets held back. */
  get pendingOctets(): number {
    return this.#pendingOctets;
  }

  /** Every octet up to the sender's FIN went out. */
  get finished(): boolean {
    return this.#started && this.#position >= this.#fin;
  }

  /** Could a SYN that announces `sequence` for its first octet have opened this stream? */
  opensWith(sequence: number): boolean {
    if (!this.#known) return true;
    if (this.#started) return this.#first === sequence;
    const ahead = (this.#pending[0]?.at ?? this.#position) - this.#at(sequence);
    return ahead >= 0 && ahead <= this.#budgets.startOctets;
  }

  /** A SYN: the stream's first octet has this sequence number. */
  synchronize(sequence: number): void {
    if (this.#started) return;
    if (!this.#known) this.#refer(sequence);
    this.#startAt(this.#at(sequence));
  }

  /** `length` octets from `sequence` on, followed by `lost` octets that the capture cut off. */
  push(sequence: number, bytes: Uint8Array, start: number, length: number, from: Carrier, lost: number): void {
    if (this.#started && sequence === this.#sequence && lost === 0 && length > 0 && this.#pending.length === 0) {
      this.#inOrder(bytes, start, length, from);
      return;
    }
    if (!this.#known) this.#refer(sequence);
    if (this.#started && Math.abs(this.#at(sequence) - this.#position) > MAX_JUMP) this.#jump(sequence);
    const at = this.#at(sequence);
    if (!this.#started) {
      this.#hold(extentOf(at, bytes, start, length, from), from);
      if (lost > 0) insertExtent(this.#pending, lostExtent(at + length, lost, from));
      this.#tryStart();
      return;
    }
    const behind = Math.min(this.#position - at, length);
    if (behind > 0) this.#repeated(at, bytes, start, behind, from);
    const fresh = Math.max(behind, 0);
    if (fresh < length) {
      const e = extentOf(at + fresh, bytes, start + fresh, length - fresh, from);
      if (behind >= 0 && this.#pending.length === 0) this.#deliver(e);
      else this.#hold(e, from);
    }
    if (lost > 0 && at + length + lost > this.#position) {
      insertExtent(this.#pending, lostExtent(Math.max(at + length, this.#position), lost, from));
    }
    if (this.#pending.length > 0) this.#advance();
  }

  /** Most segments are the next ones of their stream. */
  #inOrder(bytes: Uint8Array, start: number, length: number, from: Carrier): void {
    const at = this.#position;
    this.#move(length);
    const over = this.#events.passOver?.(at, bytes, start, length, from) ?? 0;
    if (over === length) this.#history.note(at, bytes, start, length);
    else this.#history.push(at, bytes, start, length);
    if (over < length) this.#events.data(extentOf(at + over, bytes, start + over, length - over, from));
  }

  /** Octets that were given so far may change from now on. */
  batchEnds(): void {
    this.#history.flush();
  }

  /** The sender's FIN has this sequence number. */
  finish(sequence: number): void {
    if (this.#known) this.#fin = this.#at(sequence);
  }

  /** The other side expects this sequence number next. */
  acknowledge(sequence: number): void {
    if (!this.#started) return;
    const at = this.#at(sequence);
    if (at - this.#position < MAX_JUMP) this.#acknowledged = Math.max(this.#acknowledged, at);
  }

  /** Gives a gap up when there is evidence enough. `passing`: called for a segment of the connection. */
  check(time: number, passing: boolean): void {
    if (passing) this.#waited += 1;
    if (this.#pending.length === 0) return;
    while (this.#started && this.#pending.length > 0 && this.#hopeless(time)) this.#giveUp();
  }

  /** A stream whose SYN is not in the capture begins with the lowest octet there is. */
  settle(): void {
    const lowest = this.#pending[0];
    if (!this.#started && lowest !== undefined) this.#startAt(lowest.at);
  }

  /** Nothing will follow. */
  end(): void {
    this.settle();
    while (this.#pending.length > 0) this.#giveUp();
    if (!this.#started) return;
    // Without a FIN in the capture, one octet may be the FIN's own sequence number.
    const last = Number.isNaN(this.#fin) ? this.#acknowledged - 1 : this.#fin;
    if (last <= this.#position) return;
    const missing = (Number.isNaN(this.#fin) ? this.#acknowledged : this.#fin) - this.#position;
    this.#missed(missing, false);
  }

  #refer(sequence: number): void {
    this.#known = true;
    this.#sequence = sequence;
  }

  #at(sequence: number): number {
    return this.#position + ((sequence - this.#sequence) | 0);
  }

  #startAt(at: number): void {
    this.#move(at - this.#position);
    this.#first = this.#sequence;
    this.#started = true;
    this.#advance();
  }

  #move(octets: number): void {
    this.#position += octets;
    this.#sequence = (this.#sequence + octets) | 0;
  }

  #hold(e: Extent, from: Carrier): void {
    if (this.#pending.length === 0) this.#newGap(from.time);
    const got = insertExtent(this.#pending, e);
    this.#pendingOctets += got.added;
    if (got.conflicting > 0) this.#events.conflict(got.conflicting, from);
  }

  #newGap(time: number): void {
    this.#since = time;
    this.#waited = 0;
    this.#acknowledgedSince = Number.NaN;
    this.#acknowledgedWaited = Number.NaN;
  }

  #tryStart(): void {
    const lowest = this.#pending[0];
    if (lowest === undefined) return;
    const enough =
      this.#pendingOctets > this.#budgets.startOctets || this.#pending.length >= this.#budgets.startSegments;
    const head = this.#head();
    if (enough || this.#events.plausible(head, 0, head.length)) this.#startAt(lowest.at);
  }

  /** The first octets held, as far as they are contiguous. */
  #head(): Uint8Array {
    const head = new Uint8Array(HEAD);
    const start = this.#pending[0]!.at;
    let n = 0;
    for (const e of this.#pending) {
      if (e.bytes === null || e.at !== start + n || n === HEAD) break;
      const part = e.bytes.subarray(e.start, e.start + Math.min(e.length, HEAD - n));
      head.set(part, n);
      n += part.length;
    }
    return head.subarray(0, n);
  }

  #deliver(e: Extent): void {
    if (e.bytes === null) return;
    this.#history.push(e.at, e.bytes, e.start, e.length);
    this.#move(e.length);
    this.#events.data(e);
  }

  #advance(): void {
    for (;;) {
      const e = this.#pending[0];
      if (e === undefined || e.at > this.#position) break;
      this.#pending.shift();
      if (e.bytes !== null) this.#pendingOctets -= e.length;
      const known = this.#position - e.at;
      if (known < e.length) this.#take(partOf(e, known, e.length - known));
      const next = this.#pending[0];
      if (next !== undefined) this.#newGap(next.time);
    }
  }

  #take(e: Extent): void {
    if (e.bytes === null) this.#missed(e.length, true);
    else this.#deliver(e);
  }

  #missed(octets: number, cut: boolean): void {
    this.#gaps.push(this.#position, this.#position + octets);
    if (this.#gaps.length > 2 * GAPS_KEPT) this.#gaps.splice(0, 2);
    this.#move(octets);
    this.#events.gap(octets, cut, this.#pending[0] ?? null);
  }

  #hopeless(time: number): boolean {
    const b = this.#budgets;
    if (this.#pendingOctets > b.pendingOctets || this.#pending.length > b.pendingSegments) return true;
    if (time - this.#since > b.wait) return true;
    if (this.#acknowledged < this.#pending[0]!.at) return false;
    if (Number.isNaN(this.#acknowledgedWaited)) {
      this.#acknowledgedSince = time;
      this.#acknowledgedWaited = this.#waited;
    }
    return (
      this.#waited - this.#acknowledgedWaited >= b.acknowledgedSegments ||
      time - this.#acknowledgedSince > b.acknowledgedWait
    );
  }

  #giveUp(): void {
    this.#missed(this.#pending[0]!.at - this.#position, false);
    this.#advance();
  }

  #jump(sequence: number): void {
    while (this.#pending.length > 0) this.#giveUp();
    const ahead = this.#at(sequence) - this.#position;
    if (ahead > 0) this.#missed(ahead, false);
    else this.#events.gap(0, false, null);
    this.#sequence = sequence;
    this.#acknowledged = Number.NEGATIVE_INFINITY;
    this.#fin = Number.NaN;
  }

  /** Octets that went out before, or were given up. */
  #repeated(at: number, bytes: Uint8Array, start: number, length: number, from: Carrier): void {
    // RFC 9293 3.8.4: a keep-alive probe is the octet before the next one, of any value.
    if (length === 1 && at === this.#position - 1) return;
    const differing = this.#history.differences(at, bytes, start, length);
    if (differing > 0) this.#events.conflict(differing, from);
    let late = 0;
    for (let i = 0; i + 1 < this.#gaps.length; i += 2) {
      late += Math.max(0, Math.min(at + length, this.#gaps[i + 1]!) - Math.max(at, this.#gaps[i]!));
    }
    if (late > 0) this.#events.late(late, from);
  }
}
