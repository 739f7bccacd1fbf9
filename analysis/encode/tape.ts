// A tape of frames in capture time, and TCP connections that are recorded on it.

import { type Endpoint, ethernet, FLAGS, tcpPacket, udpPacket } from './network.ts';
import { octets } from './octets.ts';

export interface Frame {
  /** Nanoseconds since 1970. */
  readonly time: bigint;
  readonly bytes: Uint8Array;
}

/** Frames in the order they are added; `now` moves only forward. */
export class Tape {
  readonly frames: Frame[] = [];
  now: bigint;

  /** `start`: ISO time with zone. */
  constructor(start: string) {
    this.now = BigInt(Date.parse(start)) * 1_000_000n;
  }

  /** Lets milliseconds pass. */
  wait(ms: number): this {
    this.now += BigInt(Math.round(ms * 1e6));
    return this;
  }

  add(...frames: readonly Uint8Array[]): this {
    for (const bytes of frames) {
      this.frames.push({ time: this.now, bytes });
      this.wait(0.137);
    }
    return this;
  }
}

export type Side = 'client' | 'server';

/** Longest segment of Ethernet: MTU 1500 less the headers. */
const MSS = 1460;

/** One connection. What is made with `make` goes on the wire when it is added to the tape, or is lost. */
export class TcpLink {
  readonly tape: Tape;
  readonly ends: Readonly<Record<Side, Endpoint>>;
  readonly #next: Record<Side, number>;
  readonly #id: Record<Side, number>;

  constructor(tape: Tape, client: Endpoint, server: Endpoint, seed: number) {
    this.tape = tape;
    this.ends = { client, server };
    this.#next = { client: (seed * 2654435761) >>> 0, server: (seed * 40503 + 77) >>> 0 };
    this.#id = { client: (seed * 31) & 0xffff, server: (seed * 57 + 9) & 0xffff };
  }

  /** RFC 9293 3.5: three-way handshake. */
  open(): this {
    const options = octets(2, 4, MSS >> 8, MSS & 0xff);
    this.tape.add(this.#segment('client', FLAGS.syn, octets(), options, false));
    this.#advance('client', 1);
    this.tape.add(this.#segment('server', FLAGS.syn | FLAGS.ack, octets(), options));
    this.#advance('server', 1);
    this.tape.add(this.#segment('client', FLAGS.ack, octets()));
    return this;
  }

  /** Segments of at most `most` octets; the sender's sequence moves on whether they are added or not. */
  make(side: Side, data: Uint8Array, most = MSS): Uint8Array[] {
    const out: Uint8Array[] = [];
    for (let at = 0; at < data.length; at += most) {
      const part = data.subarray(at, at + most);
      out.push(this.#segment(side, FLAGS.psh | FLAGS.ack, part));
      this.#advance(side, part.length);
    }
    return out;
  }

  send(side: Side, data: Uint8Array, most = MSS): this {
    this.tape.add(...this.make(side, data, most));
    return this;
  }

  /** A bare acknowledgement of all that the other side has sent so far. */
  ack(side: Side): this {
    this.tape.add(this.#segment(side, FLAGS.ack, octets()));
    return this;
  }

  close(by: Side = 'client'): this {
    const other = by === 'client' ? 'server' : 'client';
    for (const side of [by, other] as const) {
      this.tape.add(this.#segment(side, FLAGS.fin | FLAGS.ack, octets()));
      this.#advance(side, 1);
    }
    return this.ack(by);
  }

  reset(by: Side): this {
    this.tape.add(this.#segment(by, FLAGS.rst | FLAGS.ack, octets()));
    return this;
  }

  #advance(side: Side, n: number): void {
    this.#next[side] = (this.#next[side] + n) >>> 0;
  }

  #segment(side: Side, flags: number, data: Uint8Array, options = octets(), acknowledges = true): Uint8Array {
    const other = side === 'client' ? 'server' : 'client';
    const from = this.ends[side];
    const to = this.ends[other];
    this.#id[side] = (this.#id[side] + 1) & 0xffff;
    const acknowledgement = acknowledges ? this.#next[other] : 0;
    const fields = { sequence: this.#next[side], acknowledgement, flags, options };
    return ethernet(from, to, tcpPacket(from, to, this.#id[side], fields, data));
  }
}

export function udpFrame(from: Endpoint, to: Endpoint, id: number, data: Uint8Array): Uint8Array {
  return ethernet(from, to, udpPacket(from, to, id, data));
}
