// Who is bound to which port, and whose a payload may be: looked up for every packet, made once for each registry.

import type { DatagramDissector, Dissector, StreamDissector } from '../base/dissector.ts';
import { checkDecodeAs, type DecodeAs, type Registry } from '../registry.ts';
import { HANDSHAKE } from './tls.ts';

export interface PortChoice<D> {
  readonly dissector: D;
  readonly chosenBy: 'decode as' | 'port';
  /** Words for people: 'port 2775'. */
  readonly why: string;
}

export interface Ports<D> {
  /** 1 where a port is bound. */
  readonly bound: Uint8Array;
  readonly choices: ReadonlyMap<number, PortChoice<D>>;
}

/** What the user chose goes before every binding. Throws TypeError for a choice that names nobody. */
function portsOf<D extends Dissector>(
  registry: Registry,
  table: DecodeAs['table'],
  decodeAs: readonly DecodeAs[],
  fits: (d: Dissector) => d is D,
): Ports<D> {
  const bound = new Uint8Array(65_536);
  const choices = new Map<number, PortChoice<D>>();
  for (const [port, dissector] of registry.bindings(table)) {
    if (typeof port !== 'number' || !fits(dissector)) continue;
    choices.set(port, { dissector, chosenBy: 'port', why: `port ${port}` });
  }
  for (const choice of decodeAs) {
    const dissector = checkDecodeAs(registry, choice);
    if (fits(dissector)) choices.set(choice.key, { dissector, chosenBy: 'decode as', why: 'decode as' });
  }
  for (const port of choices.keys()) bound[port] = 1;
  return { bound, choices };
}

const isStream = (d: Dissector): d is StreamDissector => d.kind === 'stream';
const isDatagram = (d: Dissector): d is DatagramDissector => d.kind === 'datagram';

/** Of each registry, without choices of the user. */
const tcp = new WeakMap<Registry, Ports<StreamDissector>>();
const udp = new WeakMap<Registry, Ports<DatagramDissector>>();
const firstOctets = new WeakMap<Registry, readonly (readonly StreamDissector[])[]>();
const watched = new WeakMap<Registry, Uint8Array>();

function madeOnce<T>(all: WeakMap<Registry, T>, registry: Registry, make: () => T): T {
  const made = all.get(registry) ?? make();
  all.set(registry, made);
  return made;
}

export function tcpPorts(registry: Registry, decodeAs: readonly DecodeAs[]): Ports<StreamDissector> {
  const make = (): Ports<StreamDissector> => portsOf(registry, 'tcp.port', decodeAs, isStream);
  return decodeAs.length > 0 ? make() : madeOnce(tcp, registry, make);
}

export function udpPorts(registry: Registry, decodeAs: readonly DecodeAs[]): Ports<DatagramDissector> {
  const make = (): Ports<DatagramDissector> => portsOf(registry, 'udp.port', decodeAs, isDatagram);
  return decodeAs.length > 0 ? make() : madeOnce(udp, registry, make);
}

/** Those that a payload may belong to, by its first octet. */
export function streamsByFirstOctet(registry: Registry): readonly (readonly StreamDissector[])[] {
  return madeOnce(firstOctets, registry, () =>
    Array.from({ length: 256 }, (_, octet) => registry.streams.filter((d) => d.firstOctets?.includes(octet) ?? true)),
  );
}

/** 1 where a payload may matter, by its first octet: a stream is read, or TLS is counted. */
export function watchedOctets(registry: Registry): Uint8Array {
  return madeOnce(watched, registry, () =>
    Uint8Array.from(streamsByFirstOctet(registry), (d, octet) => (d.length > 0 || octet === HANDSHAKE ? 1 : 0)),
  );
}
