// TLS is not read, only noticed: encrypted traffic explains why nothing was found.

import type { Packet } from '../link/packet.ts';

/** RFC 8446 5.1: content types of records, and 4: the handshake type that opens a connection. */
const FIRST_RECORD_TYPE = 0x14;
const LAST_RECORD_TYPE = 0x17;
export const HANDSHAKE = 0x16;
const CLIENT_HELLO = 1;
const NOTES = 3;

/** Does a TLS record begin here (RFC 8446 5.1; version 3.x)? */
export function beginsTls(b: Uint8Array, start: number, end: number): boolean {
  if (end - start < 5) return false;
  return b[start]! >= FIRST_RECORD_TYPE && b[start]! <= LAST_RECORD_TYPE && b[start + 1] === 3 && b[start + 2]! <= 4;
}

/** Does a ClientHello begin here? */
export const opensTls = (b: Uint8Array, start: number, end: number): boolean =>
  end - start >= 6 && b[start] === HANDSHAKE && b[start + 1] === 3 && b[start + 5] === CLIENT_HELLO;

export class TlsCounts {
  readonly #byPort = new Map<number, number>();

  /** Counts the segment where it opens a TLS connection. */
  see(b: Uint8Array, start: number, end: number, p: Packet): void {
    if (!opensTls(b, start, end)) return;
    this.#byPort.set(p.destinationPort, (this.#byPort.get(p.destinationPort) ?? 0) + 1);
  }

  /** The busiest ports, in words. */
  notes(): string[] {
    const ports = [...this.#byPort].sort((a, b) => b[1] - a[1]).slice(0, NOTES);
    return ports.map(
      ([port, n]) => `TLS on TCP port ${port}: ${n} connection${n === 1 ? '' : 's'}, encrypted, not read`,
    );
  }
}
