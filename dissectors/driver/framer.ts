// Cuts an ordered stream into PDUs: in place where a PDU lies within one segment, else in a buffer of its own.

import type { Rule } from '../../captures/finding.ts';
import { type ByteMap, type FrameId, type Piece, sliceMap } from '../base/bytemap.ts';
import { type Moment, NEED_MORE, NOT_OURS, type StreamDissector } from '../base/dissector.ts';
import type { Carrier } from '../link/carrier.ts';
import type { Extent } from '../net/extents.ts';
import { driverRules } from './budgets.ts';

export interface FramerEvents {
  /** One PDU, all of `bytes`, which stay as they are until the batch ends; `missing`: octets of it that are lost. */
  pdu(bytes: Uint8Array, missing: number, from: Carrier): void;
  /** Was everything done about the PDU in [start, end) of `bytes` that `pdu` would do? */
  passes?(bytes: Uint8Array, start: number, end: number, at: Moment): boolean;
  /** `about`: the octets it is said of, from position 0 on. */
  report(rule: Rule, message: string, about: Carrier): void;
}

/** Octets of a buffer from `at` on, and where they came from. */
interface Placed {
  readonly at: number;
  readonly length: number;
  readonly map: ByteMap;
  readonly frame: FrameId;
  readonly time: number;
  readonly order: number;
}

/** Octets kept back while no header was found: more than any header needs. */
const TAIL = 63;
/** Octets taken at once while the length of a PDU is unknown. */
const STEP = 64;
const NO_BYTES = new Uint8Array(0);

export class StreamFramer {
  readonly #dissector: StreamDissector;
  readonly #events: FramerEvents;
  readonly #skippedLimit: number;
  #buffer = NO_BYTES;
  /** Octets held in the buffer: the beginning of a PDU, or the end of what no header was found in. */
  #held = 0;
  #placed: Placed[] = [];
  /** Length of the PDU that is held; NEED_MORE: not known yet. */
  #expected = NEED_MORE;
  #synchronised = false;
  /** Octets still to come of a PDU that a gap broke. */
  #broken = 0;
  #skipped = 0;
  #skippedFrom: Carrier | null = null;
  #dead = false;
  #pdus = 0;

  /** `skippedLimit`: octets without a PDU after which no more are looked for. */
  constructor(dissector: StreamDissector, skippedLimit: number, events: FramerEvents) {
    this.#dissector = dissector;
    this.#skippedLimit = skippedLimit;
    this.#events = events;
  }

  /** PDUs given out. */
  get pdus(): number {
    return this.#pdus;
  }

  /**
   * Goes over PDUs that lie whole in [start, end) of a segment and that nobody has to decode. Returns where the octets
   * begin that `data` has to be given.
   */
  passOver(bytes: Uint8Array, start: number, end: number, at: Moment): number {
    if (!this.#synchronised || this.#held > 0 || this.#broken > 0 || this.#dead) return start;
    const events = this.#events;
    let from = start;
    while (from < end) {
      const length = this.#length(bytes, from, end, false);
      if (length <= 0 || length > end - from || events.passes?.(bytes, from, from + length, at) !== true) break;
      this.#pdus += 1;
      from += length;
    }
    return from;
  }

  /** The next octets of the stream, borrowed. */
  data(e: Extent): void {
    const { bytes } = e;
    if (bytes === null) return;
    let used = Math.min(this.#broken, e.length);
    this.#broken -= used;
    while (used < e.length && !this.#dead) {
      used += this.#held === 0 ? this.#inPlace(e, bytes, used) : this.#buffered(e, bytes, used);
    }
  }

  /** `octets` of the stream are lost. */
  gap(octets: number): void {
    if (this.#broken > 0) {
      this.#broken -= octets;
      if (this.#broken < 0) this.#unsynchronise();
    } else if (this.#held > 0 && this.#synchronised && this.#expected > this.#held) {
      const rest = this.#expected - this.#held;
      this.#give(this.#buffer, 0, this.#held, rest, this.#placed);
      this.#clear();
      this.#broken = rest - octets;
      if (this.#broken < 0 || octets === 0) this.#unsynchronise();
    } else {
      this.#unsynchronise();
    }
  }

  /** Nothing will follow. */
  end(): void {
    if (this.#held > 0 && this.#synchronised) this.#endOfPdu();
    this.#skip(this.#placed, 0, this.#held);
    this.#clear();
    this.#reportUnframed();
  }

  #endOfPdu(): void {
    const length = this.#length(this.#buffer, 0, this.#held, true);
    if (length > 0 && length <= this.#held) {
      this.#give(this.#buffer, 0, length, 0, this.#placed);
      this.#skip(this.#placed, length, this.#held - length);
    } else if (length > 0) {
      this.#reportIncomplete(`${this.#held} of ${length} octets`);
      this.#give(this.#buffer, 0, this.#held, length - this.#held, this.#placed);
    } else {
      this.#reportIncomplete(`${this.#held} octets, not even a header`);
    }
    this.#clear();
  }

  /** Frames octets where they lie; keeps what is left over. Returns octets used, always all of them. */
  #inPlace(e: Extent, bytes: Uint8Array, used: number): number {
    const end = e.start + e.length;
    const placed = [placedOf(e, e.start)];
    const rest = this.#frame(bytes, e.start + used, end, placed);
    if (rest < end && !this.#dead) this.#keep(e, bytes, rest - e.start, end - rest);
    return e.length - used;
  }

  /** Adds octets to those held, as many as are needed. Returns octets used; what the buffer need not keep is given back. */
  #buffered(e: Extent, bytes: Uint8Array, used: number): number {
    const before = this.#held;
    const wanted = this.#expected > before ? this.#expected - before : STEP;
    const taken = Math.min(wanted, e.length - used);
    this.#keep(e, bytes, used, taken);
    const rest = this.#frame(this.#buffer, 0, this.#held, this.#placed);
    if (this.#dead) return taken;
    if (rest >= before) {
      const back = this.#held - rest;
      this.#clear();
      return taken - back;
    }
    if (rest > 0) this.#dropFront(rest);
    return taken;
  }

  /** The framing loop over [start, end). Returns where the octets begin that have to wait for more. */
  #frame(bytes: Uint8Array, start: number, end: number, placed: readonly Placed[]): number {
    let at = start;
    while (at < end && !this.#dead) {
      if (!this.#synchronised) {
        at = this.#seek(bytes, at, end, placed);
        if (!this.#synchronised) return at;
      }
      const length = this.#length(bytes, at, end, false);
      if (length === NOT_OURS) {
        this.#synchronised = false;
        continue;
      }
      this.#expected = length;
      if (length === NEED_MORE || length > end - at) return at;
      this.#give(bytes, at, length, 0, placed);
      this.#expected = NEED_MORE;
      at += length;
    }
    return at;
  }

  #length(bytes: Uint8Array, at: number, end: number, last: boolean): number {
    const length = this.#dissector.frame(bytes, at, end, last);
    return length < 0 || length > this.#dissector.maxLength ? NOT_OURS : length;
  }

  #begins(bytes: Uint8Array, at: number, end: number): boolean {
    const d = this.#dissector;
    return d.resumes === undefined ? d.looksLike(bytes, at, end) : d.resumes(bytes, at, end);
  }

  /** The next position where a PDU can begin. */
  #seek(bytes: Uint8Array, start: number, end: number, placed: readonly Placed[]): number {
    for (let at = start; at < end; at++) {
      if (!this.#begins(bytes, at, end) || this.#length(bytes, at, end, false) === NOT_OURS) continue;
      this.#skip(placed, start, at - start);
      this.#reportSkipped();
      this.#synchronised = true;
      return at;
    }
    const kept = Math.max(start, end - TAIL);
    this.#skip(placed, start, kept - start);
    if (this.#skipped > this.#skippedLimit) {
      this.#reportUnframed();
      this.#clear();
      this.#dead = true;
    }
    return kept;
  }

  #skip(placed: readonly Placed[], at: number, octets: number): void {
    if (octets <= 0) return;
    this.#skippedFrom ??= new PduCarrier(placed, at, octets);
    this.#skipped += octets;
  }

  #unsynchronise(): void {
    this.#broken = 0;
    this.#skip(this.#placed, 0, this.#held);
    this.#clear();
    this.#synchronised = false;
  }

  #give(bytes: Uint8Array, at: number, length: number, missing: number, placed: readonly Placed[]): void {
    this.#pdus += 1;
    const from = new PduCarrier(placed, at, length);
    if (missing === 0 && this.#events.passes?.(bytes, at, at + length, from) === true) return;
    this.#events.pdu(bytes.subarray(at, at + length), missing, from);
  }

  /** Copies octets of the extent behind those held. Octets handed out before are never overwritten. */
  #keep(e: Extent, bytes: Uint8Array, from: number, length: number): void {
    const needed = this.#held + length;
    if (needed > this.#buffer.length) {
      const size = Math.max(needed, this.#expected, Math.min(2 * needed, 4096));
      const larger = new Uint8Array(size);
      larger.set(this.#buffer.subarray(0, this.#held));
      this.#buffer = larger;
    }
    this.#buffer.set(bytes.subarray(e.start + from, e.start + from + length), this.#held);
    const { frame, time, order } = e;
    this.#placed.push({ at: this.#held, length, map: sliceMap(e.map, from, length), frame, time, order });
    this.#held = needed;
  }

  #dropFront(octets: number): void {
    this.#buffer = this.#buffer.slice(octets, this.#held);
    this.#held -= octets;
    const placed: Placed[] = [];
    for (const p of this.#placed) {
      const cut = Math.max(0, octets - p.at);
      if (cut >= p.length) continue;
      const length = p.length - cut;
      placed.push({ ...p, at: p.at + cut - octets, length, map: sliceMap(p.map, cut, length) });
    }
    this.#placed = placed;
  }

  #clear(): void {
    this.#buffer = NO_BYTES;
    this.#held = 0;
    this.#placed = [];
    this.#expected = NEED_MORE;
  }

  #reportSkipped(): void {
    const text = `${this.#skipped} octets were skipped before the next header of ${this.#dissector.id}`;
    this.#reportSkip(driverRules.resynchronised, text);
  }

  #reportUnframed(): void {
    this.#reportSkip(driverRules.unframed, `${this.#skipped} octets without a header of ${this.#dissector.id}`);
  }

  #reportSkip(rule: Rule, message: string): void {
    if (this.#skippedFrom !== null) this.#events.report(rule, message, this.#skippedFrom);
    this.#skippedFrom = null;
    this.#skipped = 0;
  }

  #reportIncomplete(message: string): void {
    const from = new PduCarrier(this.#placed, 0, this.#held);
    this.#events.report(driverRules.incomplete, message, from);
  }
}

const placedOf = (e: Extent, at: number): Placed => ({
  at,
  length: e.length,
  map: e.map,
  frame: e.frame,
  time: e.time,
  order: e.order,
});

/** Octets [at, at+length) of a buffer; its origins count from `at`. Completed by the octets that came last. */
class PduCarrier implements Carrier {
  readonly #placed: readonly Placed[];
  readonly #at: number;
  readonly #last: Placed | undefined;

  constructor(placed: readonly Placed[], at: number, length: number) {
    this.#at = at;
    const here = placed.filter((p) => p.at < at + length && at < p.at + p.length);
    this.#placed = here;
    this.#last = here.reduce<Placed | undefined>((a, b) => (a === undefined || b.order > a.order ? b : a), undefined);
  }

  get time(): number {
    return this.#last?.time ?? Number.NaN;
  }

  get order(): number {
    return this.#last?.order ?? 0;
  }

  frame(): FrameId {
    return this.#last?.frame ?? -1;
  }

  origin(start: number, length: number): ByteMap {
    const from = this.#at + start;
    const out: Piece[] = [];
    for (const p of this.#placed) {
      const begin = Math.max(from, p.at);
      const end = Math.min(from + length, p.at + p.length);
      if (begin >= end) continue;
      for (const piece of sliceMap(p.map, begin - p.at, end - begin)) {
        out.push({ ...piece, start: piece.start + begin - from });
      }
    }
    return out;
  }
}
