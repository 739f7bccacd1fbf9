// Signalling connections (ITU-T Q.714 3): who is at both ends, which subsystem they asked for, and data in several pieces.
// Each end names a connection by a reference of its own; a message carries the receiver's.

import { concatMapped, keep, type Mapped } from '../../../base/bytemap.ts';
import type { Cursor } from '../../../base/cursor.ts';
import type { Context } from '../../../base/dissector.ts';
import type { Tell } from '../shared.ts';
import { sccpRules } from './rules.ts';

export interface Connection {
  readonly id: number;
  subsystem: number | null;
  /** Names under which its ends are filed. */
  readonly ends: string[];
  /** Data that goes on, by direction. */
  readonly pending: [Mapped[], Mapped[]];
  octets: number;
}

interface End {
  readonly connection: Connection;
  /** Of what is sent to this end: 1 to the one that asked for the connection. */
  readonly direction: 0 | 1;
}

const MOST_CONNECTIONS = 16_384;
const MOST_OCTETS = 8 << 20;
const MOST_OF_ONE = 64 << 10;

/** BSSAP: the subsystem of connections whose beginning is not in the capture, where their data look like it. */
export const BSSAP = 254;

export class Connections {
  readonly #ends = new Map<string, End>();
  readonly #tell: Tell;
  #ids = 0;
  #octets = 0;

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  /** CR: `point` asks for a connection and calls it `reference`. */
  request(ctx: Context, point: string, reference: number, subsystem: number | null): End {
    this.#ids += 1;
    const connection: Connection = { id: this.#ids, subsystem, ends: [], pending: [[], []], octets: 0 };
    this.#file(ctx, connection, point, reference, 1);
    return { connection, direction: 0 };
  }

  /** CC: the other end names it, too. */
  confirm(ctx: Context, to: string, destination: number, point: string, source: number): End | null {
    const known = this.#ends.get(nameOf(to, destination));
    if (known === undefined) return null;
    const direction = known.direction === 0 ? 1 : 0;
    this.#file(ctx, known.connection, point, source, direction);
    return { connection: known.connection, direction: known.direction };
  }

  /** The connection of a message to `reference` at `point`, and its direction. */
  find(point: string, reference: number): End | null {
    return this.#ends.get(nameOf(point, reference)) ?? null;
  }

  release(end: End): void {
    this.#drop(end.connection);
  }

  /**
   * Data of a message. `more`: others follow. Gives what is complete: the window itself where nothing came before, else
   * all pieces joined.
   */
  collect(c: Cursor, ctx: Context, end: End, more: boolean): { readonly joined: Mapped | null } | null {
    const { connection, direction } = end;
    const pieces = connection.pending[direction];
    if (!more && pieces.length === 0) return { joined: null };
    const piece = keep({ bytes: c.bytes.subarray(c.pos, c.end), map: ctx.origin(c.pos, c.left) });
    pieces.push(piece);
    connection.octets += piece.bytes.length;
    this.#octets += piece.bytes.length;
    if (more) {
      if (connection.octets > MOST_OF_ONE) this.#clear(connection, ctx);
      else this.#withinBudget(ctx);
      return null;
    }
    const joined = concatMapped(pieces);
    connection.pending[direction] = [];
    connection.octets -= joined.bytes.length;
    this.#octets -= joined.bytes.length;
    return { joined };
  }

  #file(ctx: Context, connection: Connection, point: string, reference: number, direction: 0 | 1): void {
    const name = nameOf(point, reference);
    const old = this.#ends.get(name);
    // References are used again: the connection that had this one is over.
    if (old !== undefined && old.connection !== connection) this.#drop(old.connection);
    this.#ends.set(name, { connection, direction });
    if (!connection.ends.includes(name)) connection.ends.push(name);
    this.#withinBudget(ctx);
  }

  #drop(connection: Connection): void {
    for (const name of connection.ends) this.#ends.delete(name);
    this.#octets -= connection.octets;
    connection.octets = 0;
  }

  #clear(connection: Connection, ctx: Context): void {
    this.#tell.frame(ctx, sccpRules.connectionBudget, `${connection.octets} octets of one message`);
    this.#octets -= connection.octets;
    connection.octets = 0;
    connection.pending[0] = [];
    connection.pending[1] = [];
  }

  #withinBudget(ctx: Context): void {
    while (this.#ends.size > 2 * MOST_CONNECTIONS || this.#octets > MOST_OCTETS) {
      const [oldest] = this.#ends.values();
      if (oldest === undefined) return;
      const message = `${this.#ends.size} ends of connections, ${this.#octets} octets`;
      this.#tell.frame(ctx, sccpRules.connectionBudget, message);
      this.#drop(oldest.connection);
    }
  }
}

const nameOf = (point: string, reference: number): string => `${point}/${reference}`;

/** 3GPP TS 48.006 9.3: BSSMAP (0, length) or DTAP (1, link identifier, length), the length to the end of the data. */
export function looksLikeBssap(c: Cursor): boolean {
  const first = c.peek();
  if (first === 0) return c.peek(1) === c.left - 2;
  return first === 1 && c.peek(2) === c.left - 3;
}
