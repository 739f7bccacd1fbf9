// TCP: which connections matter, and every segment of those to its connection.

import type { FrameBatch } from '../../captures/reader.ts';
import { Cursor } from '../base/cursor.ts';
import { NEED_MORE, type StreamDissector } from '../base/dissector.ts';
import type { Carrier } from '../link/carrier.ts';
import { LINK, TCP_PAYLOAD } from '../link/next.ts';
import { createPacket, type Packet, resetPacket } from '../link/packet.ts';
import type { DecodeAs } from '../registry.ts';
import { ACK, FIN, RST, SYN } from '../transport/tcp/decode.ts';
import { driverRules } from './budgets.ts';
import { FrameCarrier, type FrameRegistrar } from './carrier.ts';
import { type ChosenBy, Connection, type Services } from './connection.ts';
import { ConnectLog } from './connects.ts';
import { Conversation } from './conversation.ts';
import { Flows, flowHash, type HashColumn, Recent } from './flows.ts';
import { readLayers } from './layers.ts';
import { type Ports, streamsByFirstOctet, tcpPorts, watchedOctets } from './ports.ts';
import { beginsTls, HANDSHAKE, opensTls, TlsCounts } from './tls.ts';
import type { TouchLog } from './touched.ts';
import { Unread } from './unread.ts';

/** Fewer octets than this may be the beginning of a header that looksLike can't judge yet. */
const SHORT = 16;
/** Segments after which a suspicion that came to nothing is dropped. */
const TENTATIVE_SEGMENTS = 8;
/** Batches between two looks for connections that fell silent. */
const SWEEP_EVERY = 16;
/** Frames a closed connection is remembered for where the capture has no times. */
const CLOSED_FRAMES = 200_000;

interface Choice {
  readonly dissector: StreamDissector;
  readonly chosenBy: ChosenBy;
}

export class TcpDriver {
  readonly #services: Services;
  readonly #streams: readonly StreamDissector[];
  /** Those that a payload may belong to, by its first octet. */
  readonly #byFirstOctet: readonly (readonly StreamDissector[])[];
  readonly #bound: Uint8Array;
  readonly #choices: Ports<StreamDissector>['choices'];
  readonly #flows = new Flows();
  readonly #recent = new Recent();
  readonly #tls = new TlsCounts();
  /** Connections that wait for something time may decide. */
  readonly #waiting = new Set<Connection>();
  #batches = 0;
  /** For frames that are looked at once more. */
  readonly #cursor = new Cursor(new Uint8Array(0));
  readonly #packet = createPacket();
  readonly #carrier: FrameCarrier;
  /** null: every segment goes the long way. */
  readonly unread: Unread | null;
  /** Attempts to open connections, whoever reads them. */
  readonly connects = new ConnectLog();
  #ordinal = 0;
  readonly #touched: TouchLog | null;
  /** Port-bound connections that ended without a PDU, by port. */
  readonly #foreign = new Map<number, number>();

  constructor(
    services: Services,
    frames: FrameRegistrar,
    decodeAs: readonly DecodeAs[],
    touched: TouchLog | null = null,
  ) {
    this.#services = services;
    this.#touched = touched;
    this.#carrier = new FrameCarrier(frames);
    const { registry } = services.session;
    this.#streams = registry.streams;
    this.#byFirstOctet = services.prefilter
      ? streamsByFirstOctet(registry)
      : new Array<readonly StreamDissector[]>(256).fill(registry.streams);
    const { bound, choices } = tcpPorts(registry, decodeAs);
    this.#bound = bound;
    this.#choices = choices;
    const tables = { bound, watched: watchedOctets(registry), flows: this.#flows, recent: this.#recent };
    this.unread = services.prefilter ? new Unread(SHORT, tables) : null;
  }

  begin(batch: FrameBatch, order: number): void {
    this.#recent.begin(batch, order);
  }

  /**
   * A segment; the cursor spans its payload. `index`: of its frame in the batch, -1 where it is no frame of it. False:
   * nothing is remembered of it, except that a connection that is followed later may begin with it.
   */
  segment(c: Cursor, p: Packet, from: Carrier, index: number): boolean {
    const hash = flowHash(p);
    const opens = (p.flags & (SYN | RST)) !== 0;
    if (opens) this.connects.see(p, from, hash);
    if ((this.#flows.mayHold(hash) || !this.#services.prefilter) && this.#follow(hash, c, p, from)) return true;
    if (c.left > 0 && this.#judge(hash, c, p, from)) return true;
    if (index >= 0) this.#recent.current.set(index, hash);
    return opens || opensTls(c.bytes, c.pos, c.end);
  }

  /** Hands the segment to its connection; false when there is none. */
  #follow(hash: number, c: Cursor, p: Packet, from: Carrier): boolean {
    const found = this.#flows.find(hash, p);
    if (found === null) return false;
    const direction = this.#flows.direction;
    if ((p.flags & SYN) !== 0 && found.isReopenedBy(p, direction, from.time)) {
      this.#drop(found);
      return false;
    }
    found.segment(p, direction, c.bytes, c.pos, c.end, from);
    if ((p.flags & (FIN | RST)) !== 0 && found.pdus > 0 && !found.ended) this.#tellEnd(found, direction, p, from);
    if (found.tentative && found.segments >= TENTATIVE_SEGMENTS) this.#drop(found);
    else if (found.waits) this.#waiting.add(found);
    return true;
  }

  /** What rode on the connection and waits for an answer gets none any more. */
  #tellEnd(found: Connection, direction: 0 | 1, p: Packet, from: Carrier): void {
    const reset = (p.flags & RST) !== 0;
    const c = found.conversation;
    const [source, destination] = direction === 0 ? [c.aAddress, c.bAddress] : [c.bAddress, c.aAddress];
    found.ended = true;
    this.#services.session.sink.activity?.({
      what: reset ? 'reset' : 'closed',
      layer: 'tcp',
      operation: reset ? 'TCP RST' : 'TCP FIN',
      time: from.time,
      frame: from.frame(),
      from: source,
      to: destination,
      imsi: null,
      msisdn: null,
      target: c.name,
      port: direction === 0 ? c.bPort : c.aPort,
      key: null,
    });
  }

  /** Does an unclaimed payload begin something that is read? Then its connection is followed from now on. */
  #judge(hash: number, c: Cursor, p: Packet, from: Carrier): boolean {
    const { bytes, pos, end } = c;
    if (this.#bound[p.destinationPort] !== 0 || this.#bound[p.sourcePort] !== 0) {
      const choice = this.#choices.get(p.destinationPort) ?? this.#choices.get(p.sourcePort);
      if (choice !== undefined) {
        this.#claim(hash, choice, false, c, p, from);
        return true;
      }
    }
    for (const dissector of this.#byFirstOctet[bytes[pos]!]!) {
      if (dissector.looksLike(bytes, pos, end) && followed(dissector, bytes, pos, end)) {
        this.#claim(hash, { dissector, chosenBy: 'content' }, false, c, p, from);
        return true;
      }
    }
    if (end - pos < SHORT) return this.#suspect(hash, c, p, from);
    if (bytes[pos] === HANDSHAKE) this.#tls.see(bytes, pos, end, p);
    return false;
  }

  /** A few octets that may be the beginning of a header. One octet may be a keep-alive probe. */
  #suspect(hash: number, c: Cursor, p: Packet, from: Carrier): boolean {
    if (c.left < 2) return false;
    for (const dissector of this.#streams) {
      if (dissector.frame(c.bytes, c.pos, c.end, false) !== NEED_MORE) continue;
      this.#claim(hash, { dissector, chosenBy: 'content' }, true, c, p, from);
      return true;
    }
    return false;
  }

  #claim(hash: number, choice: Choice, tentative: boolean, c: Cursor, p: Packet, from: Carrier): void {
    this.#makeRoom(from.order);
    this.#ordinal += 1;
    const earlier = this.#earlier(hash, p);
    const conversation = new Conversation('tcp', p, this.#ordinal, earlier.swapped);
    const connection = new Connection(conversation, hash, choice.dissector, choice.chosenBy, this.#services);
    connection.tentative = tentative;
    this.#flows.add(connection);
    if (choice.chosenBy === 'port' && beginsTls(c.bytes, c.pos, c.end)) {
      connection.ignored = true;
      this.#tls.see(c.bytes, c.pos, c.end, p);
    }
    for (const e of earlier.frames) this.#replay(connection, e.column, e.index);
    connection.segment(p, conversation.directionOf(p) === 0 ? 0 : 1, c.bytes, c.pos, c.end, from);
    if (choice.chosenBy === 'content' && !tentative) connection.settle();
    if (connection.waits) this.#waiting.add(connection);
  }

  /** Frames of the flow since its last SYN, as far back as octets are still valid. */
  #earlier(hash: number, p: Packet): Earlier {
    const { lookbackSegments, lookbackOctets } = this.#services.budgets;
    const probe = new Conversation('tcp', p, 0);
    const frames: EarlierFrame[] = [];
    let swapped = false;
    for (const column of [this.#recent.previous, this.#recent.current]) {
      for (const index of column.rowsOf(hash)) {
        if (!this.#readAgain(column, index)) continue;
        const q = this.#packet;
        const direction = probe.directionOf(q);
        if (direction < 0) continue;
        // A SYN without ACK opens a connection: whatever was before is of another one.
        if ((q.flags & (SYN | ACK)) === SYN) frames.length = 0;
        const behind = (p.sequence - q.sequence) | 0;
        const far = direction === 0 && behind > lookbackOctets && (q.flags & SYN) === 0;
        if (far || frames.length >= lookbackSegments) continue;
        // Whoever sends SYN and ACK was spoken to.
        if (frames.length === 0) swapped = (direction === 1) !== ((q.flags & (SYN | ACK)) === (SYN | ACK));
        frames.push({ column, index });
      }
    }
    return { frames, swapped };
  }

  #replay(connection: Connection, column: HashColumn, index: number): void {
    if (column.batch === null || !this.#readAgain(column, index)) return;
    column.hashes[index] = 0;
    this.#touched?.markOf(column.batch, index);
    const c = this.#cursor;
    const direction = connection.conversation.directionOf(this.#packet) === 0 ? 0 : 1;
    const { replayed } = column.batch;
    const order = column.order + (replayed === undefined ? index : replayed.index[index]!);
    const from = this.#carrier.at(column.batch, index, order);
    connection.segment(this.#packet, direction, c.bytes, c.pos, c.end, from);
  }

  /** Decodes a recent frame once more, into the driver's own cursor and packet. */
  #readAgain(column: HashColumn, index: number): boolean {
    const b = column.batch;
    if (b === null) return false;
    const start = b.start[index]!;
    const length = b.length[index]!;
    resetPacket(this.#packet, b.wireLength[index]! > length);
    this.#cursor.reset(b.bytes, start, start + length);
    const end = readLayers(this.#cursor, this.#packet, LINK | b.linkType[index]!);
    this.#cursor.findings.length = 0;
    return end === TCP_PAYLOAD;
  }

  /** Where more connections are followed than the budget allows, an eighth of them goes: those silent the longest. */
  #makeRoom(order: number): void {
    const { budgets, reports } = this.#services;
    if (this.#flows.size < budgets.connections) return;
    const byAge = [...this.#flows.all()].sort((a, b) => a.lastOrder - b.lastOrder);
    const count = Math.ceil(byAge.length / 8);
    const message = `${byAge.length} connections at frame ${order + 1}, ${count} were given up`;
    reports.tell(driverRules.connections, message, null);
    for (const c of byAge.slice(0, count)) this.#drop(c);
  }

  /** Between batches: what time has decided about. `clock`: the latest time of the capture so far. */
  sweep(clock: number, order: number): void {
    let pending = 0;
    for (const c of this.#waiting) {
      c.sweep(clock);
      pending += c.pendingOctets;
      if (c.pendingOctets === 0) this.#waiting.delete(c);
    }
    const { pendingOctets } = this.#services.budgets;
    if (pending > pendingOctets) this.#relieve(pending, pendingOctets);
    this.#batches += 1;
    if (this.#batches % SWEEP_EVERY === 0) this.#forgetSilent(clock, order);
  }

  #forgetSilent(clock: number, order: number): void {
    const { idle, closedIdle } = this.#services.budgets;
    for (const c of this.#flows.all()) {
      const silent = clock - c.lastTime;
      const old = Number.isNaN(silent) && order - c.lastOrder > CLOSED_FRAMES;
      if (c.closed ? silent > closedIdle || old : silent > idle) this.#drop(c);
    }
  }

  #relieve(pending: number, limit: number): void {
    const { reports } = this.#services;
    reports.tell(driverRules.octets, `${pending} octets wait for missing segments`, null);
    let left = pending;
    for (const c of [...this.#waiting].sort((a, b) => b.pendingOctets - a.pendingOctets)) {
      if (left <= limit / 2) return;
      left -= c.pendingOctets;
      c.flush();
    }
  }

  #drop(c: Connection): void {
    this.#flows.remove(c);
    this.#waiting.delete(c);
    c.end();
    if (c.chosenBy === 'content' || c.pdus > 0 || c.ignored) return;
    const port = c.conversation.bPort;
    this.#foreign.set(port, (this.#foreign.get(port) ?? 0) + 1);
  }

  end(): void {
    for (const c of this.#flows.all()) this.#drop(c);
  }

  /** Sentences about what was there and not read. */
  notes(): string[] {
    const out = this.#tls.notes();
    for (const [port, n] of this.#foreign) {
      const id = this.#choices.get(port)?.dissector.id ?? 'what was expected';
      out.push(`TCP port ${port}: ${n} connection${n === 1 ? '' : 's'} without ${id.toUpperCase()}`);
    }
    return out;
  }
}

/** Is what follows the first PDU in the segment, if anything, a PDU too? */
function followed(d: StreamDissector, bytes: Uint8Array, start: number, end: number): boolean {
  const length = d.frame(bytes, start, end, false);
  if (length < 0 || length > d.maxLength) return false;
  const next = start + length;
  return length === NEED_MORE || next >= end || d.frame(bytes, next, end, false) >= 0;
}

interface EarlierFrame {
  readonly column: HashColumn;
  readonly index: number;
}

interface Earlier {
  readonly frames: readonly EarlierFrame[];
  /** The other side spoke first. */
  readonly swapped: boolean;
}
