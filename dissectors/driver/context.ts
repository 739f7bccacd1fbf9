// What a dissector is told while it decodes, and the one way it is called.

import type { ByteMap, FrameId } from '../base/bytemap.ts';
import { type Cursor, runLayer } from '../base/cursor.ts';
import type { Context, Dissector, Handover, Table } from '../base/dissector.ts';
import type { Sink, Time } from '../base/message.ts';
import type { Carrier } from '../link/carrier.ts';
import type { Registry } from '../registry.ts';
import { MappedCarrier } from './carrier.ts';
import type { Conversation } from './conversation.ts';

export interface Session {
  readonly registry: Registry;
  readonly sink: Sink;
}

class DecodeContext implements Context {
  readonly #session: Session;
  readonly #conversation: Conversation;
  readonly #from: Carrier;
  readonly #dissector: string;
  readonly #over: Handover;
  readonly chosenBy: string;
  readonly missing: number;

  constructor(
    session: Session,
    conversation: Conversation,
    from: Carrier,
    dissector: string,
    chosenBy: string,
    missing: number,
    over: Handover,
  ) {
    this.#session = session;
    this.#conversation = conversation;
    this.#from = from;
    this.#dissector = dissector;
    this.#over = over;
    this.chosenBy = chosenBy;
    this.missing = missing;
  }

  get time(): Time {
    return this.#from.time;
  }

  get frame(): FrameId {
    return this.#from.frame();
  }

  get direction(): 0 | 1 {
    return this.#over.direction ?? 0;
  }

  get sourceAddress(): string {
    return this.direction === 0 ? this.#conversation.aAddress : this.#conversation.bAddress;
  }

  get destinationAddress(): string {
    return this.direction === 0 ? this.#conversation.bAddress : this.#conversation.aAddress;
  }

  get sourcePort(): number {
    return this.#over.sourcePort ?? (this.direction === 0 ? this.#conversation.aPort : this.#conversation.bPort);
  }

  get destinationPort(): number {
    return this.#over.destinationPort ?? (this.direction === 0 ? this.#conversation.bPort : this.#conversation.aPort);
  }

  get conversation(): string {
    return this.#over.conversation ?? this.#conversation.name;
  }

  get sink(): Sink {
    return this.#session.sink;
  }

  origin(start: number, length: number): ByteMap {
    return this.#from.origin(start, length);
  }

  state<T>(init: () => T): T {
    const name = this.#over.conversation;
    return this.#conversation.state(name === undefined ? this.#dissector : `${this.#dissector} ${name}`, init);
  }

  next(table: Table, key: number | string, c: Cursor, handover: Handover = {}): boolean {
    const d = this.#session.registry.bound(table, key);
    if (d === undefined || d.kind !== 'datagram') return false;
    const { map, time, frame } = handover;
    const from =
      map === undefined ? this.#from : new MappedCarrier(map, frame ?? this.frame, time ?? this.time, this.#from.order);
    const over = { ...this.#over, ...handover };
    const inner = new DecodeContext(this.#session, this.#conversation, from, d.id, `${table} ${key}`, 0, over);
    decodeGuarded(d, c, inner);
    return true;
  }
}

/** Calls the dissector; what it complains about and did not put into a message goes out as findings of the frame. */
function decodeGuarded(d: Dissector, c: Cursor, ctx: DecodeContext): void {
  const before = c.findings.length;
  runLayer(c, () => d.decode(c, ctx));
  if (c.findings.length === before) return;
  for (const f of c.findings.splice(before)) {
    const piece = ctx.origin(f.start, Math.max(1, f.length))[0];
    const start = piece?.offset ?? 0;
    const length = Math.min(f.length, piece?.length ?? 0);
    const frame = piece?.frame ?? ctx.frame;
    ctx.sink.finding({ frame, time: ctx.time, finding: { ...f, of: 'frame', start, length } });
  }
}

/**
 * Hands a dissector the octets of the cursor's whole buffer. `from`: their origin, counted in that buffer; `missing`:
 * octets behind them that the capture does not hold.
 */
export function decodeWith(
  d: Dissector,
  c: Cursor,
  session: Session,
  conversation: Conversation,
  direction: 0 | 1,
  from: Carrier,
  chosenBy: string,
  missing: number,
): void {
  decodeGuarded(d, c, new DecodeContext(session, conversation, from, d.id, chosenBy, missing, { direction }));
}
