// A TCP connection that is followed: two streams in order, each cut into PDUs.

import type { Rule } from '../../captures/finding.ts';
import { Cursor } from '../base/cursor.ts';
import type { Moment, Pass, StreamDissector } from '../base/dissector.ts';
import type { Time } from '../base/message.ts';
import type { Carrier } from '../link/carrier.ts';
import type { Packet } from '../link/packet.ts';
import { type Extent, extentOf } from '../net/extents.ts';
import { ACK, FIN, RST, SYN } from '../transport/tcp/decode.ts';
import { tcpRules } from '../transport/tcp/rules.ts';
import { type StreamEvents, TcpStream } from '../transport/tcp/stream.ts';
import type { DriverBudgets } from './budgets.ts';
import { FrameCarrier, MappedCarrier } from './carrier.ts';
import { decodeWith, passOf, type Session } from './context.ts';
import type { Conversation } from './conversation.ts';
import { type FramerEvents, StreamFramer } from './framer.ts';
import type { Reports } from './reports.ts';

export type ChosenBy = 'decode as' | 'content' | 'port';

export interface Services {
  readonly session: Session;
  readonly reports: Reports;
  readonly budgets: DriverBudgets;
  /** PDUs that nobody has to decode are passed over. */
  readonly prefilter: boolean;
  /** Called when a batch is over, and with it what its frames' carriers say; emptied then. */
  readonly atBatchEnd: BatchEnd[];
}

/** Who has to note something before the frames of a batch are gone. */
export interface BatchEnd {
  batchEnds(): void;
}

const NO_BYTES = new Uint8Array(0);

/** A SYN is repeated for a minute or two before its sender gives up (RFC 9293 3.8.3: at least three minutes). */
const SYN_REPEATS = 180e9;

export class Connection {
  readonly conversation: Conversation;
  readonly dissector: StreamDissector;
  readonly chosenBy: ChosenBy;
  /** Words for people: 'port 2775'. */
  readonly why: string;
  readonly services: Services;
  /** The next connection of the same hash. */
  next: Connection | null = null;
  readonly hash: number;
  /** Nothing in it is read: another protocol on the port. */
  ignored = false;
  /** Followed on the suspicion of a few octets; dropped when they turn out to be nothing. */
  tentative = false;
  segments = 0;
  lastTime = Number.NaN;
  lastOrder = 0;
  closed = false;
  /** Its end was told. */
  ended = false;
  #flushed = false;
  /** null: nothing went in that direction yet. */
  readonly #sides: [Side | null, Side | null] = [null, null];

  constructor(
    conversation: Conversation,
    hash: number,
    dissector: StreamDissector,
    chosenBy: ChosenBy,
    services: Services,
  ) {
    this.conversation = conversation;
    this.hash = hash;
    this.dissector = dissector;
    this.chosenBy = chosenBy;
    this.why = chosenBy === 'port' ? `port ${boundPort(conversation, dissector)}` : chosenBy;
    this.services = services;
  }

  /** PDUs found so far. */
  get pdus(): number {
    return (this.#sides[0]?.framer.pdus ?? 0) + (this.#sides[1]?.framer.pdus ?? 0);
  }

  /** What goes wrong here is worth telling: not for another protocol that happens to use the port. */
  get matters(): boolean {
    return !this.tentative && (this.chosenBy !== 'port' || this.pdus > 0);
  }

  /** Octets held back in both directions. */
  get pendingOctets(): number {
    return (this.#sides[0]?.stream.pendingOctets ?? 0) + (this.#sides[1]?.stream.pendingOctets ?? 0);
  }

  /** Is there something that only time can decide: a gap, or what a close left behind? */
  get waits(): boolean {
    return (this.closed && !this.#flushed) || this.pendingOctets > 0;
  }

  /**
   * True where `p`, a SYN, opens another connection between the same ports (RFC 9293 3.6.1): it begins elsewhere, or it
   * comes after the end, or so late that it repeats nothing.
   */
  isReopenedBy(p: Packet, direction: 0 | 1, time: Time): boolean {
    const afresh = (p.flags & ACK) === 0 && (this.closed || time - this.lastTime > SYN_REPEATS);
    const side = this.#sides[direction];
    return afresh || (side !== null && !side.stream.opensWith((p.sequence + 1) | 0));
  }

  /** One segment; payload [start, end) of `bytes`. */
  segment(p: Packet, direction: 0 | 1, bytes: Uint8Array, start: number, end: number, from: Carrier): void {
    const { time } = from;
    this.segments += 1;
    if (time > this.lastTime || Number.isNaN(this.lastTime)) this.lastTime = time;
    this.lastOrder = from.order;
    if (this.ignored) {
      this.closed ||= (p.flags & (FIN | RST)) !== 0;
      return;
    }
    const syn = (p.flags & SYN) !== 0 ? 1 : 0;
    const sequence = (p.sequence + syn) | 0;
    const length = end - start;
    const carries = length + p.missing > 0 && (p.flags & RST) === 0;
    const side = carries || syn === 1 ? this.#side(direction) : this.#sides[direction];
    const other = this.#sides[direction === 0 ? 1 : 0];
    if (side !== null) {
      if (syn === 1) side.stream.synchronize(sequence);
      if (carries) side.stream.push(sequence, bytes, start, length, from, p.missing);
      if ((p.flags & FIN) !== 0) side.stream.finish((sequence + length + p.missing) | 0);
    }
    if ((p.flags & ACK) !== 0) other?.stream.acknowledge(p.acknowledgment);
    side?.stream.check(time, true);
    other?.stream.check(time, true);
    if ((p.flags & RST) !== 0 || (side?.stream.finished === true && other?.stream.finished === true))
      this.closed = true;
  }

  #side(direction: 0 | 1): Side {
    let side = this.#sides[direction];
    if (side === null) {
      side = new Side(this, direction);
      this.#sides[direction] = side;
    }
    return side;
  }

  /** Lets streams begin whose SYN is not in the capture. */
  settle(): void {
    for (const s of this.#sides) s?.stream.settle();
  }

  /** Gaps that time has decided about. */
  sweep(clock: number): void {
    for (const s of this.#sides) s?.stream.check(clock, false);
    if (this.closed && !this.#flushed) this.flush();
  }

  /** Nothing more is expected: what is held goes out, gaps are given up. */
  flush(): void {
    this.#flushed = this.closed;
    for (const s of this.#sides) s?.stream.end();
  }

  end(): void {
    for (const s of this.#sides) {
      s?.stream.end();
      s?.framer.end();
    }
  }
}

function boundPort(c: Conversation, d: StreamDissector): number {
  const bound = (port: number) => d.carriedBy.some((b) => b.table === 'tcp.port' && b.key === port);
  return bound(c.bPort) ? c.bPort : c.aPort;
}

/** One direction. */
class Side implements StreamEvents, FramerEvents, BatchEnd {
  readonly stream: TcpStream;
  readonly framer: StreamFramer;
  readonly #connection: Connection;
  readonly #direction: 0 | 1;
  /** The last octets that went out; those of a segment that was passed over are only noted. */
  #last: Extent | null = null;
  #noted: FrameCarrier | null = null;
  /** What was noted is newer than `#last`; its octets. */
  #isNoted = false;
  #notedBytes: Uint8Array = NO_BYTES;
  #notedAt = 0;
  #notedStart = 0;
  #notedLength = 0;
  /** undefined: not asked yet. */
  #pass: Pass | null | undefined;

  constructor(connection: Connection, direction: 0 | 1) {
    const { budgets } = connection.services;
    this.#connection = connection;
    this.#direction = direction;
    this.stream = new TcpStream(this, budgets.stream);
    this.framer = new StreamFramer(connection.dissector, budgets.skippedOctets, this);
  }

  data(e: Extent): void {
    this.batchEnds();
    // The rest of a segment of which something was passed over does not stand for the segment.
    const last = this.#last;
    if (last === null || last.at + last.length !== e.at + e.length) this.#last = e;
    this.framer.data(e);
  }

  passOver(at: number, bytes: Uint8Array, start: number, length: number, from: Carrier): number {
    if (this.#pass === null || !(from instanceof FrameCarrier)) return 0;
    const over = this.framer.passOver(bytes, start, start + length, from) - start;
    if (over === 0) return 0;
    this.#note(at, bytes, start, length, from);
    if (over < length) this.batchEnds();
    return over;
  }

  #note(at: number, bytes: Uint8Array, start: number, length: number, from: FrameCarrier): void {
    if (this.#noted === null) this.#noted = from.fork();
    else this.#noted.become(from);
    if (!this.#isNoted) this.#connection.services.atBatchEnd.push(this);
    this.#isNoted = true;
    this.#notedBytes = bytes;
    this.#notedAt = at;
    this.#notedStart = start;
    this.#notedLength = length;
  }

  /** What was noted becomes the last octets that went out. */
  batchEnds(): void {
    if (!this.#isNoted || this.#noted === null) return;
    this.#isNoted = false;
    this.stream.batchEnds();
    this.#last = extentOf(this.#notedAt, this.#notedBytes, this.#notedStart, this.#notedLength, this.#noted);
    this.#notedBytes = NO_BYTES;
  }

  passes(bytes: Uint8Array, start: number, end: number, at: Moment): boolean {
    if (this.#pass === undefined) {
      const { dissector, services, conversation } = this.#connection;
      this.#pass = services.prefilter ? passOf(dissector, services.session, conversation, this.#direction) : null;
    }
    return this.#pass?.(bytes, start, end, at) ?? false;
  }

  gap(octets: number, cut: boolean, after: Extent | null): void {
    this.batchEnds();
    const at = after ?? this.#last;
    const { reports } = this.#connection.services;
    if (cut) {
      const message = `${octets} octets of a segment were not captured`;
      reports.count(tcpRules.cut, message, () => at?.frame ?? null, at?.time ?? Number.NaN, 0, 0);
    } else if (this.#connection.matters) {
      const where = after === null ? 'at the end of the stream' : 'before this segment';
      const message = octets === 0 ? 'the sequence numbers start anew' : `${octets} octets are missing ${where}`;
      reports.tell(tcpRules.gap, `${message} (${this.#name})`, at === null ? null : carrierOf(at));
    }
    this.framer.gap(octets);
  }

  plausible(bytes: Uint8Array, start: number, end: number): boolean {
    const { dissector } = this.#connection;
    if (dissector.looksLike(bytes, start, end)) {
      this.#connection.tentative = false;
      return true;
    }
    // The other side's stream may begin with what would claim no connection by itself.
    return !this.#connection.tentative && dissector.resumes?.(bytes, start, end) === true;
  }

  conflict(octets: number, from: Carrier): void {
    const message = `${octets} octets differ from those sent before (${this.#name})`;
    this.#connection.services.reports.tell(tcpRules.conflict, message, from);
  }

  late(octets: number, from: Carrier): void {
    const message = `${octets} octets of a gap came after it was given up (${this.#name})`;
    this.#connection.services.reports.tell(tcpRules.late, message, from);
  }

  pdu(bytes: Uint8Array, missing: number, from: Carrier): void {
    const { conversation, dissector, services, why } = this.#connection;
    const c = new Cursor(bytes, 0, bytes.length, null, [], 'pdu');
    decodeWith(dissector, c, services.session, conversation, this.#direction, from, why, missing);
  }

  report(rule: Rule, message: string, about: Carrier): void {
    if (this.#connection.matters) this.#connection.services.reports.tell(rule, `${message} (${this.#name})`, about);
  }

  /** The direction, for people. */
  get #name(): string {
    const c = this.#connection.conversation;
    const a = `${c.aAddress} port ${c.aPort}`;
    const b = `${c.bAddress} port ${c.bPort}`;
    return this.#direction === 0 ? `${a} to ${b}` : `${b} to ${a}`;
  }
}

const carrierOf = (e: Extent): Carrier => new MappedCarrier(e.map, e.frame, e.time, e.order);
