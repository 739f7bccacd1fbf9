// SCTP: which messages are read, put together from their chunks, and to which association they belong. Messages are given
// out as soon as they are complete: nothing waits for what the capture lost.

import { Cursor } from '../base/cursor.ts';
import type { Dissector, Pass } from '../base/dissector.ts';
import type { Carrier } from '../link/carrier.ts';
import { type Packet, u16At, wordAt } from '../link/packet.ts';
import { type HalfAssociation, HalfAssociations, pathBack, pathOf } from '../transport/sctp/association.ts';
import * as chunks from '../transport/sctp/chunks.ts';
import { errorCauses, payloadProtocols } from '../transport/sctp/fields.ts';
import { SctpFragments, type WholeMessage } from '../transport/sctp/fragments.ts';
import { sctpRules } from '../transport/sctp/rules.ts';
import { FrameCarrier, MappedCarrier, WindowCarrier } from './carrier.ts';
import type { Services } from './connection.ts';
import { decodeWith, passOf } from './context.ts';
import { Conversation } from './conversation.ts';

interface Association {
  readonly conversation: Conversation;
  /** Messages of it were given to somebody. */
  matters: boolean;
  closed: boolean;
  /** Who passes over whole messages, by direction; undefined: not asked yet. */
  readonly passes: [Passer | undefined, Passer | undefined];
}

interface Passer {
  readonly dissector: Dissector;
  readonly pass: Pass | null;
}

type Half = HalfAssociation<Association>;

interface Choice {
  readonly dissector: Dissector;
  readonly why: string;
  /** The identifier has its octets in the wrong order. */
  readonly swapped?: boolean;
}

const swap32 = (v: number): number => ((v << 24) | ((v & 0xff00) << 8) | ((v >>> 8) & 0xff00) | (v >>> 24)) >>> 0;

/** Kinds of unread messages told of. */
const NOTES = 4;

export class SctpDriver {
  readonly #services: Services;
  readonly #protocols = new Map<number, Choice>();
  readonly #ports = new Map<number, Choice>();
  readonly #halves = new HalfAssociations<Association>();
  /** Halves whose way back was not seen, by that way's ports and addresses. */
  readonly #single = new Map<string, Half>();
  readonly #fragments: SctpFragments<Half>;
  readonly #unread = new Map<number, number>();
  readonly #chunk = chunks.createChunk();
  /** The bound protocol that was asked for last: most chunks are of one. */
  #lastProtocol = -1;
  #lastBound: Choice | undefined;
  #ordinal = 0;

  constructor(services: Services) {
    this.#services = services;
    const { registry } = services.session;
    for (const [key, dissector] of registry.bindings('sctp.ppid')) {
      this.#protocols.set(Number(key), { dissector, why: `SCTP payload protocol ${key}` });
    }
    for (const [key, dissector] of registry.bindings('sctp.port')) {
      this.#ports.set(Number(key), { dissector, why: `SCTP port ${key}` });
    }
    this.#fragments = new SctpFragments(
      services.budgets.sctp.fragments,
      (m, half) => this.#whole(m, half),
      (rule, message, frame) => services.reports.count(rule, message, () => frame, Number.NaN, 0, 0),
    );
  }

  /** An SCTP packet; the cursor spans its chunks. */
  packet(c: Cursor, p: Packet, from: Carrier): void {
    const k = this.#chunk;
    const { bytes, end } = c;
    for (let at = c.pos; at < end; ) {
      const next = chunks.nextChunk(bytes, at, end, k);
      if (next < 0) {
        if (end - at >= chunks.CHUNK_HEADER) this.#badChunk(at, from, 'a chunk of fewer than four octets');
        return;
      }
      if (k.missing > 0 && p.missing === 0) this.#badChunk(at, from, `${k.missing} octets are missing at its end`);
      if (k.type === chunks.CHUNK.data) this.#data(bytes, p, from);
      else if (k.type === chunks.CHUNK.iData) this.#interleavedData(bytes, p, from);
      else if (k.type <= chunks.CHUNK.shutdownComplete) this.#control(bytes, p, from);
      at = next;
    }
  }

  #badChunk(at: number, from: Carrier, message: string): void {
    const piece = from.origin(at, 1)[0];
    this.#services.reports.count(
      sctpRules.chunkLength,
      message,
      () => piece?.frame ?? from.frame(),
      from.time,
      piece?.offset ?? 0,
      chunks.CHUNK_HEADER,
    );
  }

  // RFC 9260 3.3.1, Payload Data.
  #data(b: Uint8Array, p: Packet, from: Carrier): void {
    const k = this.#chunk;
    const start = k.at + chunks.DATA_HEADER;
    if (k.end < start) return;
    const protocol = wordAt(b, k.at + 12) >>> 0;
    const choice = this.#choose(protocol, p.sourcePort, p.destinationPort);
    if (choice === undefined) {
      this.#unread.set(protocol, (this.#unread.get(protocol) ?? 0) + 1);
      return;
    }
    const half = this.#fresh(p, wordAt(b, k.at + 4) >>> 0, b, start, from);
    if (half === null) return;
    const begins = (k.flags & chunks.BEGINNING) !== 0;
    const ends = (k.flags & chunks.ENDING) !== 0;
    if (begins && ends) {
      if (k.missing === 0 && this.#passes(choice, half, b, start, k.end, from)) return;
      this.#give(choice, half, b.subarray(start, k.end), new WindowCarrier(from, start), k.missing);
      return;
    }
    const position = wordAt(b, k.at + 4) >>> 0;
    const f = { owner: half, group: `${half.id}`, position, begins, ends, protocol, lost: k.missing };
    this.#fragments.add(f, b, start, k.end, from);
  }

  // RFC 8260 2.1, I-DATA: fragments are numbered within their message, and only the first one names the protocol.
  #interleavedData(b: Uint8Array, p: Packet, from: Carrier): void {
    const k = this.#chunk;
    const start = k.at + chunks.I_DATA_HEADER;
    if (k.end < start) return;
    const begins = (k.flags & chunks.BEGINNING) !== 0;
    const ends = (k.flags & chunks.ENDING) !== 0;
    const word = wordAt(b, k.at + 16) >>> 0;
    const choice = begins ? this.#choose(word, p.sourcePort, p.destinationPort) : undefined;
    if (begins && choice === undefined) {
      this.#unread.set(word, (this.#unread.get(word) ?? 0) + 1);
      return;
    }
    const half = this.#fresh(p, wordAt(b, k.at + 4) >>> 0, b, start, from);
    if (half === null) return;
    if (choice !== undefined && ends) {
      this.#give(choice, half, b.subarray(start, k.end), new WindowCarrier(from, start), k.missing);
      return;
    }
    const unordered = (k.flags & chunks.UNORDERED) !== 0 ? 'u' : '';
    const group = `${half.id}/${unordered}${u16At(b, k.at + 8)}.${wordAt(b, k.at + 12) >>> 0}`;
    const protocol = begins ? word : undefined;
    const position = begins ? 0 : word;
    this.#fragments.add(
      { owner: half, group, position, begins, ends, protocol, lost: k.missing },
      b,
      start,
      k.end,
      from,
    );
  }

  #choose(protocol: number, sourcePort: number, destinationPort: number): Choice | undefined {
    if (protocol === this.#lastProtocol) return this.#lastBound;
    const bound = this.#protocols.get(protocol);
    if (bound !== undefined) {
      this.#lastProtocol = protocol;
      this.#lastBound = bound;
      return bound;
    }
    if (protocol !== 0) {
      if (payloadProtocols[protocol] !== undefined) return undefined;
      const other = this.#protocols.get(swap32(protocol));
      if (other !== undefined) return { ...other, swapped: true };
    }
    return this.#ports.get(destinationPort) ?? this.#ports.get(sourcePort);
  }

  /** The half the chunk belongs to; null where the chunk came before (RFC 9260 6.2: duplicates are discarded). */
  #fresh(p: Packet, tsn: number, b: Uint8Array, start: number, from: Carrier): Half | null {
    const { end } = this.#chunk;
    const half = this.#half(p, tsn, from.order);
    const waiting = from instanceof FrameCarrier ? this.#services.atBatchEnd : null;
    const repetition = half.seen.add(tsn, b, start, end, waiting);
    if (repetition === 'new') return half;
    if (repetition === 'again') return null;
    const { reports } = this.#services;
    const message = `TSN ${tsn} from port ${p.sourcePort} to port ${p.destinationPort}`;
    reports.count(sctpRules.restart, message, () => from.frame(), from.time, 0, 0);
    this.#halves.remove(half);
    const another = this.#begin(p, p.verificationTag, from.order);
    another.seen.add(tsn, b, start, end, waiting);
    return another;
  }

  /** Was all done about a whole message that decoding it would do? */
  #passes(choice: Choice, half: Half, b: Uint8Array, start: number, end: number, at: Carrier): boolean {
    const { dissector } = choice;
    if (dissector.kind !== 'datagram' || dissector.passing === undefined || choice.swapped === true) return false;
    const { passes, conversation } = half.association;
    let known = passes[half.direction];
    if (known?.dissector !== dissector) {
      const { session, prefilter } = this.#services;
      known = { dissector, pass: prefilter ? passOf(dissector, session, conversation, half.direction) : null };
      passes[half.direction] = known;
    }
    if (known.pass?.(b, start, end, at) !== true) return false;
    half.association.matters = true;
    return true;
  }

  #whole(m: WholeMessage, half: Half): void {
    const choice = this.#choose(m.protocol, half.sourcePort, half.destinationPort);
    if (choice === undefined) return;
    this.#give(choice, half, m.bytes, new MappedCarrier(m.map, m.frame, m.time, m.order), m.missing);
  }

  #give(choice: Choice, half: Half, bytes: Uint8Array, from: Carrier, missing: number): void {
    const { dissector, why, swapped } = choice;
    const { session, reports } = this.#services;
    const { association, direction } = half;
    association.matters = true;
    if (swapped === true) {
      reports.count(sctpRules.protocolOrder, why, () => from.frame(), from.time, 0, 0);
    }
    if (dissector.kind === 'datagram') {
      const c = new Cursor(bytes, 0, bytes.length, null, [], 'pdu');
      decodeWith(dissector, c, session, association.conversation, direction, from, why, missing);
      return;
    }
    // Messages keep their bounds: each holds whole PDUs of what elsewhere is a stream.
    for (let at = 0; at < bytes.length; ) {
      const length = dissector.frame(bytes, at, bytes.length, true);
      if (length <= 0 || length > dissector.maxLength) return;
      const end = Math.min(at + length, bytes.length);
      const lost = end === bytes.length ? missing : 0;
      const c = new Cursor(bytes.subarray(at, end), 0, end - at, null, [], 'pdu');
      const origin = new WindowCarrier(from, at);
      decodeWith(dissector, c, session, association.conversation, direction, origin, why, lost);
      at = end;
    }
  }

  // RFC 9260 5.1: INIT and INIT ACK tell each side's tag, which what is sent to that side carries.
  #control(b: Uint8Array, p: Packet, from: Carrier): void {
    const k = this.#chunk;
    if (k.type === chunks.CHUNK.init) this.#init(b, p, from.order);
    else if (k.type === chunks.CHUNK.initAck) this.#initAck(b, p, from.order);
    else if (k.type === chunks.CHUNK.abort) this.#abort(b, p, from);
  }

  #init(b: Uint8Array, p: Packet, order: number): void {
    const said = chunks.initOf(b, this.#chunk);
    if (said === null || said.tag === 0) return;
    const ports = [p.destinationPort, p.sourcePort] as const;
    if (this.#halves.find(said.tag, ports, pathBack(p)) !== null) return;
    const association = this.#associate(p);
    this.#add(ports, said.tag, association, 1, pathBack(p), order);
  }

  #initAck(b: Uint8Array, p: Packet, order: number): void {
    const said = chunks.initOf(b, this.#chunk);
    if (said === null || said.tag === 0) return;
    const back = [p.destinationPort, p.sourcePort] as const;
    if (this.#halves.find(said.tag, back, pathBack(p)) !== null) return;
    const half = this.#half(p, null, order);
    this.#single.delete(wayBack(p));
    this.#add(back, said.tag, half.association, half.direction === 0 ? 1 : 0, pathBack(p), order);
  }

  #abort(b: Uint8Array, p: Packet, from: Carrier): void {
    const half = this.#halves.find(p.verificationTag, [p.sourcePort, p.destinationPort], pathOf(p));
    if (half === null || !half.association.matters || half.association.closed) return;
    half.association.closed = true;
    const causes = chunks.causesOf(b, this.#chunk).map((n) => errorCauses[n] ?? `cause ${n}`);
    const why = causes.length === 0 ? 'no cause is given' : causes.join(', ');
    this.#services.reports.tell(sctpRules.aborted, `${why} (${half.association.conversation.name})`, from);
  }

  /** The half a packet belongs to, begun where there is none. `tsn` null: nothing is numbered. */
  #half(p: Packet, tsn: number | null, order: number): Half {
    return this.#halves.of(p, tsn, order) ?? this.#begin(p, p.verificationTag, order);
  }

  /** A half nobody announced; where the way back is known and alone, both are one association. */
  #begin(p: Packet, tag: number, order: number): Half {
    const ports = [p.sourcePort, p.destinationPort] as const;
    const other = this.#single.get(wayOf(p));
    if (other !== undefined) {
      this.#single.delete(wayOf(p));
      return this.#add(ports, tag, other.association, other.direction === 0 ? 1 : 0, pathOf(p), order);
    }
    const half = this.#add(ports, tag, this.#associate(p), 0, pathOf(p), order);
    this.#single.set(wayBack(p), half);
    return half;
  }

  #associate(p: Packet): Association {
    this.#ordinal += 1;
    return {
      conversation: new Conversation('sctp', p, this.#ordinal),
      matters: false,
      closed: false,
      passes: [undefined, undefined],
    };
  }

  #add(
    ports: readonly [number, number],
    tag: number,
    association: Association,
    direction: 0 | 1,
    path: number,
    order: number,
  ): Half {
    this.#makeRoom(order);
    return this.#halves.add(ports, tag, association, direction, path, order);
  }

  /** Where more are followed than the budget allows, an eighth of them goes: those silent the longest. */
  #makeRoom(order: number): void {
    const { budgets, reports } = this.#services;
    const { size } = this.#halves;
    if (size < 2 * budgets.sctp.associations) return;
    reports.tell(sctpRules.associations, `${size / 2} associations at frame ${order + 1}`, null);
    const gone = this.#halves.forgetOldest(Math.ceil(size / 8));
    for (const [way, h] of this.#single) if (gone.has(h)) this.#single.delete(way);
  }

  /** Between batches: fragments nobody waits for any longer. */
  sweep(clock: number): void {
    this.#fragments.expire(clock);
  }

  end(): void {
    this.#fragments.end();
  }

  /** Sentences about what was there and not read. */
  notes(): string[] {
    const kinds = [...this.#unread].sort((x, y) => y[1] - x[1]).slice(0, NOTES);
    return kinds.map(([protocol, n]) => {
      const name = payloadProtocols[protocol];
      return `SCTP payload protocol ${protocol}${name === undefined ? '' : ` (${name})`}: ${n} chunks, not read`;
    });
  }
}

const wayOf = (p: Packet): string => `${p.sourcePort} ${p.destinationPort} ${pathOf(p)}`;
const wayBack = (p: Packet): string => `${p.destinationPort} ${p.sourcePort} ${pathBack(p)}`;
