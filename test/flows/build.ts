// Packets of what phones do with settings: DNS, GTP, HTTP, and connections.

import { type Tape, TcpLink, udpFrame } from '../../analysis/encode/tape.ts';
import { join, octets } from '../generator/octets.ts';

export interface Host {
  readonly mac: string;
  readonly ip: string;
  readonly port: number;
}

export const host = (ip: string, port: number): Host => ({ mac: '02:00:5e:00:53:40', ip, port });

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (ch) => ch.charCodeAt(0));
const u16 = (n: number): Uint8Array => octets((n >> 8) & 0xff, n & 0xff);
const u32 = (n: number): Uint8Array => join(u16(n >>> 16), u16(n & 0xffff));
const ip = (text: string): Uint8Array => octets(...text.split('.').map(Number));

export const labels = (name: string): Uint8Array =>
  join(...name.split('.').map((l) => join(octets(l.length), ascii(l))));

export interface DnsFields {
  readonly id: number;
  readonly name: string;
  readonly response?: boolean;
  readonly rcode?: number;
  readonly addresses?: readonly string[];
}

/** RFC 1035 4.1: one question of type A, and answers that point at its name. */
export function dnsMessage(d: DnsFields): Uint8Array {
  const flags = (d.response === true ? 0x8180 : 0x0100) | (d.rcode ?? 0);
  const found = d.addresses ?? [];
  return join(
    u16(d.id),
    u16(flags),
    u16(1),
    u16(found.length),
    u16(0),
    u16(0),
    labels(d.name),
    octets(0),
    u16(1),
    u16(1),
    ...found.map((a) => join(u16(0xc00c), u16(1), u16(1), u32(60), u16(4), ip(a))),
  );
}

/** Swapped digits with a filler. */
export const bcd = (digits: string): Uint8Array =>
  octets(
    ...Array.from({ length: Math.ceil(digits.length / 2) }, (_, i) => {
      const high = digits[2 * i + 1];
      return (high === undefined ? 0xf0 : Number(high) << 4) | Number(digits[2 * i]);
    }),
  );

const tlv1 = (type: number, value: Uint8Array): Uint8Array => join(octets(type), u16(value.length), value);
const tlv2 = (type: number, value: Uint8Array): Uint8Array => join(octets(type), u16(value.length), octets(0), value);

const header1 = (type: number, sequence: number, body: Uint8Array): Uint8Array =>
  join(octets(0x32, type), u16(body.length + 4), u32(0x1001), u16(sequence), octets(0, 0), body);
const header2 = (type: number, sequence: number, body: Uint8Array): Uint8Array =>
  join(octets(0x48, type), u16(body.length + 8), u32(0x2002), octets(0), u16(sequence), octets(0), body);

export interface Subscriber {
  readonly imsi: string;
  readonly msisdn: string;
  readonly apn: string;
}

/** 3GPP TS 29.060 7.3.1. */
export const createPdpRequest = (sequence: number, s: Subscriber): Uint8Array =>
  header1(
    16,
    sequence,
    join(
      octets(2),
      bcd(s.imsi),
      octets(14, 1, 15, 0xfc, 16),
      u32(0x77),
      octets(17),
      u32(0x78),
      octets(20, 5),
      tlv1(128, octets(0xf1, 0x21)),
      tlv1(131, labels(s.apn)),
      tlv1(133, ip('198.51.100.1')),
      tlv1(134, join(octets(0x91), bcd(s.msisdn))),
    ),
  );

/** 3GPP TS 29.060 7.3.2. */
export const createPdpResponse = (sequence: number, cause: number, address?: string): Uint8Array =>
  header1(
    17,
    sequence,
    join(
      octets(1, cause),
      address === undefined ? octets() : join(octets(8, 0), tlv1(128, join(octets(0xf1, 0x21), ip(address)))),
    ),
  );

/** 3GPP TS 29.274 7.2.1. */
export const createSessionRequest = (sequence: number, s: Subscriber): Uint8Array =>
  header2(
    32,
    sequence,
    join(
      tlv2(1, bcd(s.imsi)),
      tlv2(76, bcd(s.msisdn)),
      tlv2(82, octets(6)),
      tlv2(71, labels(s.apn)),
      tlv2(99, octets(1)),
      tlv2(79, join(octets(1), ip('0.0.0.0'))),
    ),
  );

/** 3GPP TS 29.274 7.2.2. */
export const createSessionResponse = (sequence: number, cause: number, address?: string): Uint8Array =>
  header2(
    33,
    sequence,
    join(tlv2(2, octets(cause, 0)), address === undefined ? octets() : tlv2(79, join(octets(1), ip(address)))),
  );

const SGSN = host('198.51.100.1', 2123);
const GGSN = host('198.51.100.2', 2123);

/** A request and its answer 80 ms later. */
export function activation(tape: Tape, request: Uint8Array, response: Uint8Array): void {
  tape.add(udpFrame(SGSN, GGSN, 1, request)).wait(80);
  tape.add(udpFrame(GGSN, SGSN, 2, response));
}

export function lookUp(tape: Tape, phone: string, name: string, answer: Partial<DnsFields>): void {
  const [asks, tells] = [host(phone, 40000), host('198.51.100.53', 53)];
  tape.add(udpFrame(asks, tells, 3, dnsMessage({ id: 7, name }))).wait(30);
  tape.add(udpFrame(tells, asks, 4, dnsMessage({ id: 7, name, response: true, ...answer })));
}

/** A connection that opens, or is refused by RST. */
export function connect(tape: Tape, phone: string, server: string, port: number, ok: boolean): TcpLink {
  const link = new TcpLink(tape, host(phone, 40100 + (port % 1000)), host(server, port), port);
  if (ok) return link.open();
  // The handshake is written to a tape of its own, of which only the first segment was sent.
  const before = tape.frames.length;
  link.open();
  tape.frames.splice(before + 1);
  return link.reset('server');
}

export const httpRequest = (line: string, headers: Readonly<Record<string, string>>, body = ''): Uint8Array =>
  ascii(
    `${line}\r\n${Object.entries({ ...headers, 'Content-Length': String(body.length) })
      .map(([n, v]) => `${n}: ${v}`)
      .join('\r\n')}\r\n\r\n${body}`,
  );
