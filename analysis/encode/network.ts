// Ethernet, IPv4, IPv6, UDP and TCP as hosts send them, with right checksums.

import { join } from '../verify/keys.ts';
import { octets, u16, u32 } from './octets.ts';

export interface Endpoint {
  readonly mac: string;
  /** Dotted or with colons, all groups written. */
  readonly ip: string;
  readonly port: number;
}

const IPV4 = 0x0800;
const IPV6 = 0x86dd;
export const TCP = 6;
export const UDP = 17;

const isIpv6 = (ip: string): boolean => ip.includes(':');
const macOctets = (mac: string): Uint8Array => Uint8Array.from(mac.split(':'), (h) => Number.parseInt(h, 16));

export const ipOctets = (ip: string): Uint8Array =>
  isIpv6(ip)
    ? join(...ip.split(':').map((group) => u16(Number.parseInt(group, 16))))
    : Uint8Array.from(ip.split('.'), Number);

/** RFC 1071: sum of 16-bit words in ones' complement. */
export function checksum(...parts: readonly Uint8Array[]): number {
  const b = join(...parts);
  let sum = 0;
  for (let i = 0; i < b.length; i += 2) sum += (b[i]! << 8) | (b[i + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

function pseudoHeader(from: Endpoint, to: Endpoint, protocol: number, length: number): Uint8Array {
  const addresses = join(ipOctets(from.ip), ipOctets(to.ip));
  return isIpv6(from.ip) ? join(addresses, u32(length), u32(protocol)) : join(addresses, u16(protocol), u16(length));
}

/** IP packet around a transport payload; `id`: identification of IPv4. */
export function ipPacket(from: Endpoint, to: Endpoint, protocol: number, id: number, payload: Uint8Array): Uint8Array {
  if (isIpv6(from.ip)) {
    return join(
      u32(0x60000000),
      u16(payload.length),
      octets(protocol, 64),
      ipOctets(from.ip),
      ipOctets(to.ip),
      payload,
    );
  }
  const header = join(
    octets(0x45, 0),
    u16(20 + payload.length),
    u16(id),
    u16(0x4000),
    octets(64, protocol, 0, 0),
    ipOctets(from.ip),
    ipOctets(to.ip),
  );
  header.set(u16(checksum(header)), 10);
  return join(header, payload);
}

export function ethernet(from: Endpoint, to: Endpoint, packet: Uint8Array): Uint8Array {
  return join(macOctets(to.mac), macOctets(from.mac), u16(isIpv6(from.ip) ? IPV6 : IPV4), packet);
}

export function udpPacket(from: Endpoint, to: Endpoint, id: number, data: Uint8Array): Uint8Array {
  const datagram = join(u16(from.port), u16(to.port), u16(8 + data.length), u16(0), data);
  const sum = checksum(pseudoHeader(from, to, UDP, datagram.length), datagram);
  datagram.set(u16(sum === 0 ? 0xffff : sum), 6);
  return ipPacket(from, to, UDP, id, datagram);
}

export const FLAGS = { fin: 1, syn: 2, rst: 4, psh: 8, ack: 16 } as const;

export interface TcpFields {
  readonly sequence: number;
  readonly acknowledgement: number;
  readonly flags: number;
  /** Options, a multiple of 4 octets. */
  readonly options?: Uint8Array;
}

export function tcpPacket(from: Endpoint, to: Endpoint, id: number, fields: TcpFields, data: Uint8Array): Uint8Array {
  const options = fields.options ?? octets();
  const segment = join(
    u16(from.port),
    u16(to.port),
    u32(fields.sequence),
    u32(fields.acknowledgement),
    octets((5 + options.length / 4) << 4, fields.flags),
    u16(64240),
    u16(0),
    u16(0),
    options,
    data,
  );
  segment.set(u16(checksum(pseudoHeader(from, to, TCP, segment.length), segment)), 16);
  return ipPacket(from, to, TCP, id, segment);
}
