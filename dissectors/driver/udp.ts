// UDP and what else carries whole datagrams: who reads them, and what is remembered between them.

import { Cursor } from '../base/cursor.ts';
import type { DatagramDissector, Table } from '../base/dissector.ts';
import type { Carrier } from '../link/carrier.ts';
import type { Packet } from '../link/packet.ts';
import type { DecodeAs } from '../registry.ts';
import { WindowCarrier } from './carrier.ts';
import type { Services } from './connection.ts';
import { decodeWith } from './context.ts';
import { Conversations } from './conversations.ts';
import { type Ports, udpPorts } from './ports.ts';

/** `looksLike` of a dissector bound to any port must be at least this sure. */
const SURE = 0.5;

interface Choice {
  readonly dissector: DatagramDissector;
  readonly why: string;
}

export class DatagramDriver {
  readonly #services: Services;
  readonly #bound: Uint8Array;
  readonly #choices: Ports<DatagramDissector>['choices'];
  /** Dissectors that ask to see datagrams of any port (`on('udp.port', '*')`). */
  readonly #anyPort: readonly DatagramDissector[];
  readonly #conversations: Conversations;

  constructor(services: Services, decodeAs: readonly DecodeAs[]) {
    this.#services = services;
    this.#conversations = new Conversations(services.budgets.conversations);
    const { registry } = services.session;
    const { bound, choices } = udpPorts(registry, decodeAs);
    this.#bound = bound;
    this.#choices = choices;
    this.#anyPort = registry.bindings('udp.port').flatMap(([port, d]) => {
      return typeof port === 'number' || d.kind !== 'datagram' ? [] : [d];
    });
  }

  /** Is a datagram between these ports read, as far as the ports tell? */
  wants(sourcePort: number, destinationPort: number): boolean {
    return this.#bound[destinationPort] !== 0 || this.#bound[sourcePort] !== 0 || this.#anyPort.length > 0;
  }

  /** A UDP datagram; the cursor spans its payload. False: nobody reads it. */
  datagram(c: Cursor, p: Packet, from: Carrier): boolean {
    if (this.#bound[p.destinationPort] === 0 && this.#bound[p.sourcePort] === 0) {
      return this.#anyPort.length > 0 && this.#sniff(c, p, from);
    }
    const choice = this.#choices.get(p.destinationPort) ?? this.#choices.get(p.sourcePort);
    if (choice !== undefined) this.#decode('udp', choice, c, p, from);
    return choice !== undefined;
  }

  #sniff(c: Cursor, p: Packet, from: Carrier): boolean {
    for (const dissector of this.#anyPort) {
      if ((dissector.looksLike?.(c.bytes, c.pos, c.end) ?? 0) < SURE) continue;
      this.#decode('udp', { dissector, why: 'content' }, c, p, from);
      return true;
    }
    return false;
  }

  /** A payload that another table speaks for: 'ip.proto', 'link.type', 'ethertype'. False when nobody reads it. */
  other(table: Table, key: number, c: Cursor, p: Packet, from: Carrier): boolean {
    const d = this.#services.session.registry.bound(table, key);
    if (d === undefined || d.kind !== 'datagram') return false;
    this.#decode(`${table} ${key}`, { dissector: d, why: `${table} ${key}` }, c, p, from);
    return true;
  }

  #decode(kind: string, choice: Choice, c: Cursor, p: Packet, from: Carrier): void {
    const conversation = this.#conversations.of(kind, p);
    const direction = conversation.directionOf(p) === 1 ? 1 : 0;
    const payload = new Cursor(c.bytes.subarray(c.pos, c.end), 0, c.left, null, [], 'pdu');
    const origin = new WindowCarrier(from, c.pos);
    const { session } = this.#services;
    decodeWith(choice.dissector, payload, session, conversation, direction, origin, choice.why, p.missing);
  }
}
