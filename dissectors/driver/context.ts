// What a dissector is told while it decodes, and the one way it is called.

import type { ByteMap, FrameId } from '../base/bytemap.ts';
import { type Cursor, runLayer } from '../base/cursor.ts';
import type { Context, Dissector, Handover, Pass, Passage, Returned, Table } from '../base/dissector.ts';
import type { Sink, Time } from '../base/message.ts';
import type { Carrier } from '../link/carrier.ts';
import { createPacket } from '../link/packet.ts';
import type { Registry } from '../registry.ts';
import { MappedCarrier } from './carrier.ts';
import { Conversation } from './conversation.ts';

export interface Session {
  readonly registry: Registry;
  readonly sink: Sink;
  readonly memories: Memories;
}

/** What dissectors remember for the whole capture. */
export class Memories {
  readonly #states = new Map<string, unknown>();
  readonly #ends: { readonly dissector: string; readonly end: (ctx: Context) => void }[] = [];

  of<T>(dissector: string, init: () => T, end?: (state: T, ctx: Context) => void): T {
    if (!this.#states.has(dissector)) {
      const made = init();
      this.#states.set(dissector, made);
      if (end !== undefined) this.#ends.push({ dissector, end: (ctx) => end(made, ctx) });
    }
    return this.#states.get(dissector) as T;
  }

  /** The capture is over: those that asked for it say what they still have to say. */
  end(session: Session): void {
    const nobody = new Conversation('end', createPacket(), 0);
    // What one gives out may make others remember something: the list grows while it is gone through.
    for (const { dissector, end } of this.#ends) {
      end(new DecodeContext(session, nobody, NOWHERE, dissector, dissector, 'end of the capture', 0, NOTHING));
    }
    this.#ends.length = 0;
    this.#states.clear();
  }
}

const NOWHERE: Carrier = { time: Number.NaN, order: 0, frame: () => -1, origin: () => [] };

class DecodeContext implements Context {
  readonly #session: Session;
  readonly #conversation: Conversation;
  readonly #from: Carrier;
  readonly #dissector: string;
  readonly #over: Over;
  readonly root: string;
  readonly chosenBy: string;
  readonly missing: number;

  constructor(
    session: Session,
    conversation: Conversation,
    from: Carrier,
    dissector: string,
    root: string,
    chosenBy: string,
    missing: number,
    over: Over,
  ) {
    this.#session = session;
    this.#conversation = conversation;
    this.#from = from;
    this.#dissector = dissector;
    this.#over = over;
    this.root = root;
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

  get returned(): Returned | undefined {
    return this.#over.returned;
  }

  get sourceAddress(): string {
    return this.#over.sourceAddress ?? this.#address(this.direction);
  }

  get destinationAddress(): string {
    return this.#over.destinationAddress ?? this.#address(this.direction === 0 ? 1 : 0);
  }

  #address(side: 0 | 1): string {
    return side === 0 ? this.#conversation.aAddress : this.#conversation.bAddress;
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

  shared<T>(init: () => T, end?: (state: T, ctx: Context) => void): T {
    return this.#session.memories.of(this.#dissector, init, end);
  }

  next(table: Table, key: number | string, c: Cursor, handover: Handover = {}): boolean {
    const d = this.#session.registry.bound(table, key);
    if (d === undefined || (d.kind !== 'datagram' && table !== 'dissector')) return false;
    const { map, time, frame, missing = 0 } = handover;
    const from =
      map === undefined ? this.#from : new MappedCarrier(map, frame ?? this.frame, time ?? this.time, this.#from.order);
    const over = merged(this.#over, handover);
    const root = map === undefined ? this.root : d.id;
    const why = `${table} ${key}`;
    const inner = new DecodeContext(this.#session, this.#conversation, from, d.id, root, why, missing, over);
    decodeGuarded(d, c, inner);
    return true;
  }
}

/** What is told to a layer by those below it; `undefined`: nobody did. */
interface Over {
  readonly sourcePort: number | undefined;
  readonly destinationPort: number | undefined;
  readonly conversation: string | undefined;
  readonly direction: 0 | 1 | undefined;
  readonly sourceAddress: string | undefined;
  readonly destinationAddress: string | undefined;
  readonly returned: Returned | undefined;
}

/** Field by field: spreading objects costs more than everything else a layer does to hand on. */
const merged = (below: Over, h: Handover): Over => ({
  sourcePort: h.sourcePort ?? below.sourcePort,
  destinationPort: h.destinationPort ?? below.destinationPort,
  conversation: h.conversation ?? below.conversation,
  direction: h.direction ?? below.direction,
  sourceAddress: h.sourceAddress ?? below.sourceAddress,
  destinationAddress: h.destinationAddress ?? below.destinationAddress,
  returned: h.returned ?? below.returned,
});

const NOTHING: Over = {
  sourcePort: undefined,
  destinationPort: undefined,
  conversation: undefined,
  direction: undefined,
  sourceAddress: undefined,
  destinationAddress: undefined,
  returned: undefined,
};
/** By direction. */
const ONE_WAY: readonly [Over, Over] = [
  { ...NOTHING, direction: 0 },
  { ...NOTHING, direction: 1 },
];

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

/** What passes over PDUs of one direction, with the memories that decoding has; null: all are decoded. */
export function passOf(d: Dissector, session: Session, conversation: Conversation, direction: 0 | 1): Pass | null {
  const { sink, memories } = session;
  const passage: Passage = {
    sink,
    direction,
    state: (init) => conversation.state(d.id, init),
    shared: (dissector, init, end) => memories.of(dissector, init, end),
  };
  return d.passing?.(passage) ?? null;
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
  decodeGuarded(
    d,
    c,
    new DecodeContext(session, conversation, from, d.id, d.id, chosenBy, missing, ONE_WAY[direction]),
  );
}
