// The signalling network at a service centre: an SCTP association with a gateway, and dialogues of MAP over it.

import { type Endpoint, ethernet, ipPacket } from '../../analysis/encode/network.ts';
import type { Tape } from '../../analysis/encode/tape.ts';
import * as map from '../sigtran/build.ts';
import { join, octets, u16, u32 } from './octets.ts';
import { semiOctets } from './sms.ts';

const SCTP = 132;
const M3UA = 3;
const CENTRE_END: Endpoint = { mac: '02:00:5e:00:70:01', ip: '192.0.2.70', port: 2905 };
const GATEWAY_END: Endpoint = { mac: '02:00:5e:00:70:02', ip: '192.0.2.71', port: 2905 };
const CENTRE_POINT = 0x0c1;
const NETWORK_POINT = 0x1d2;

type Side = 'centre' | 'network';
const other = (side: Side): Side => (side === 'centre' ? 'network' : 'centre');

/** RFC 9260 Appendix A: CRC32c, low octet first in the packet. */
export function crc32c(b: Uint8Array): number {
  let crc = 0xffffffff;
  for (const octet of b) {
    crc ^= octet;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return ~crc >>> 0;
}

const littleEndian = (v: number): Uint8Array => octets(v, v >>> 8, v >>> 16, v >>> 24);

const chunk = (type: number, flags: number, value: Uint8Array): Uint8Array =>
  join(octets(type, flags), u16(4 + value.length), value, new Uint8Array(-value.length & 3));

/** One association. Each data chunk is acknowledged by what the other side sends next. */
export class Association {
  readonly tape: Tape;
  readonly #ends: Readonly<Record<Side, Endpoint>> = { centre: CENTRE_END, network: GATEWAY_END };
  /** Chosen by each side for what is sent to it. */
  readonly #tags: Readonly<Record<Side, number>> = { centre: 0x6f74613a, network: 0x73633a31 };
  readonly #tsn: Record<Side, number> = { centre: 4_100_000_000, network: 77 };
  readonly #sequence: Record<Side, number> = { centre: 0, network: 0 };
  readonly #id: Record<Side, number> = { centre: 0x1100, network: 0x2200 };

  constructor(tape: Tape) {
    this.tape = tape;
  }

  /** RFC 9260 5.1 */
  open(): this {
    const init = (side: Side) => join(u32(this.#tags[side]), u32(131_072), u16(8), u16(8), u32(this.#tsn[side]));
    const cookie = Uint8Array.from({ length: 32 }, (_, i) => (i * 37 + 11) & 0xff);
    this.#packet('centre', 0, chunk(1, 0, init('centre')));
    const parameter = join(u16(7), u16(4 + cookie.length), cookie);
    this.#packet('network', this.#tags.centre, chunk(2, 0, join(init('network'), parameter)));
    this.#send('centre', chunk(10, 0, cookie));
    this.#send('network', chunk(11, 0, octets()));
    return this;
  }

  /** RFC 9260 9.2 */
  close(): this {
    this.#send('centre', chunk(7, 0, u32((this.#tsn.network - 1) >>> 0)));
    this.#send('network', chunk(8, 0, octets()));
    this.#send('centre', chunk(14, 0, octets()));
    return this;
  }

  /** Messages of SCCP, each in a chunk of one packet, behind an acknowledgement of what came so far. */
  sccp(side: Side, ...messages: readonly Uint8Array[]): this {
    const back = side === 'network';
    const route = back ? { opc: NETWORK_POINT, dpc: CENTRE_POINT } : { opc: CENTRE_POINT, dpc: NETWORK_POINT };
    const data = messages.map((m) => this.#data(side, map.m3ua(m, route)));
    this.#send(side, this.#acknowledgement(side), ...data);
    return this;
  }

  #data(side: Side, payload: Uint8Array): Uint8Array {
    const header = join(u32(this.#tsn[side]), u16(1), u16(this.#sequence[side]), u32(M3UA));
    this.#tsn[side] = (this.#tsn[side] + 1) >>> 0;
    this.#sequence[side] = (this.#sequence[side] + 1) & 0xffff;
    return chunk(0, 3, join(header, payload));
  }

  #acknowledgement(side: Side): Uint8Array {
    const last = (this.#tsn[other(side)] - 1) >>> 0;
    return chunk(3, 0, join(u32(last), u32(131_072), u16(0), u16(0)));
  }

  #send(side: Side, ...chunks: readonly Uint8Array[]): void {
    this.#packet(side, this.#tags[other(side)], ...chunks);
  }

  #packet(side: Side, tag: number, ...chunks: readonly Uint8Array[]): void {
    const from = this.#ends[side];
    const to = this.#ends[other(side)];
    const packet = join(u16(from.port), u16(to.port), u32(tag), u32(0), ...chunks);
    packet.set(littleEndian(crc32c(packet)), 8);
    this.#id[side] = (this.#id[side] + 1) & 0xffff;
    this.tape.add(ethernet(from, to, ipPacket(from, to, SCTP, this.#id[side], packet)));
  }
}

export const SERVICE_CENTRE = '4915550109001';
const HOME_REGISTER = '4915550109002';
export const SWITCH = '4915550109003';
const CONTEXT = { routing: ['gateway', 3], forward: ['mt', 3], alert: ['alert', 2] } as const;
const MAP_MSC = 8;
const MAP_HLR = 6;
/** Longest data of UDT: 255 less what addresses and pointers take. */
const MOST_UNITDATA = 220;

/** Dialogues of one service centre. */
export class ServiceCentre {
  readonly link: Association;
  #dialogues = 0x0a00;
  #references = 1;

  constructor(tape: Tape) {
    this.link = new Association(tape).open();
  }

  pause(ms: number): this {
    this.link.tape.wait(ms);
    return this;
  }

  /** SRI-SM: the home register tells IMSI and switch, or refuses with an error and its parameter. */
  askRoute(msisdn: string, answer: { imsi: string } | { error: number; parameter: string }): this {
    const asked = map.ber('30', map.isdn('80', msisdn), '8101ff', map.isdn('82', SERVICE_CENTRE));
    const said =
      'imsi' in answer
        ? map.result(1, 45, map.ber('30', map.imsi('04', answer.imsi), map.ber('a0', map.isdn('81', SWITCH))))
        : map.error(1, answer.error, answer.parameter);
    return this.#exchange('centre', CONTEXT.routing, HOME_REGISTER, MAP_HLR, map.invoke(1, 45, asked), said);
  }

  /** ReportSM-DeliveryStatus: absent, with a diagnostic. */
  reportAbsent(msisdn: string, diagnostic: number): this {
    const parties = [map.isdn('04', msisdn), map.isdn('04', SERVICE_CENTRE)];
    const argument = map.ber('30', ...parties, '0a0101', map.ber('80', map.u8(diagnostic)));
    return this.#exchange(
      'centre',
      CONTEXT.routing,
      HOME_REGISTER,
      MAP_HLR,
      map.invoke(1, 47, argument),
      map.result(1),
    );
  }

  /** AlertServiceCentre */
  alerted(msisdn: string): this {
    const argument = map.ber('30', map.isdn('04', msisdn), map.isdn('04', SERVICE_CENTRE));
    return this.#exchange('network', CONTEXT.alert, HOME_REGISTER, MAP_HLR, map.invoke(1, 64, argument), map.result(1));
  }

  /** MT-ForwardSM: parts in one dialogue, each when the one before was taken; the last answer may be an error. */
  deliver(imsi: string, tpdus: readonly Uint8Array[], last: Uint8Array = map.result(tpdus.length)): this {
    const [here, there] = this.#identifiers();
    tpdus.forEach((tpdu, i) => {
      const isLast = i === tpdus.length - 1;
      const parties =
        i === 0 ? [map.imsi('80', imsi), map.isdn('84', SERVICE_CENTRE)] : [map.hex('8500'), map.hex('8500')];
      const argument = map.ber('30', ...parties, map.ber('04', tpdu), isLast ? '' : '0500');
      const components = [map.invoke(i + 1, 44, argument)];
      const context = map.mapContext(...CONTEXT.forward);
      const question =
        i === 0
          ? map.begin({ from: here, dialogue: map.aarq(context), components })
          : map.goOn({ from: here, to: there, components });
      this.#send('centre', SWITCH, MAP_MSC, question).pause(900);
      const accepted = i === 0 ? { dialogue: map.aare(context) } : {};
      const said = { ...accepted, components: [isLast ? last : map.result(i + 1)] };
      const answer = isLast ? map.end({ to: here, ...said }) : map.goOn({ from: there, to: here, ...said });
      this.#send('network', SWITCH, MAP_MSC, answer).pause(60);
    });
    return this;
  }

  end(): void {
    this.link.close();
  }

  #identifiers(): [here: string, there: string] {
    this.#dialogues += 1;
    return [map.u32(this.#dialogues), map.u32(0x5100_0000 + this.#dialogues)];
  }

  #exchange(
    asks: Side,
    context: readonly [string, number],
    peer: string,
    subsystem: number,
    question: Uint8Array,
    answer: Uint8Array,
  ): this {
    const [id] = this.#identifiers();
    const name = map.mapContext(...context);
    const asked = map.begin({ from: id, dialogue: map.aarq(name), components: [question] });
    this.#send(asks, peer, subsystem, asked).pause(120);
    const answered = map.end({ to: id, dialogue: map.aare(name), components: [answer] });
    return this.#send(other(asks), peer, subsystem, answered).pause(30);
  }

  /** Between the centre and a peer; in two segments where one message is too short. */
  #send(side: Side, peer: string, subsystem: number, message: Uint8Array): this {
    const centre = map.gt(SERVICE_CENTRE, MAP_MSC);
    const far = map.gt(peer, subsystem);
    const parties = side === 'centre' ? { called: far, calling: centre } : { called: centre, calling: far };
    if (message.length <= MOST_UNITDATA) this.link.sccp(side, map.udt(message, parties));
    else {
      const reference = map.u32(this.#references++).slice(2);
      const half = Math.ceil(message.length / 2);
      const parts = [message.subarray(0, half), message.subarray(half)];
      const segment = (i: number) => ({ first: i === 0, remaining: 1 - i, reference });
      this.link.sccp(side, ...parts.map((part, i) => map.xudt(part, segment(i), parties)));
    }
    return this;
  }
}

/** SMS-DELIVER (3GPP TS 23.040 9.2.2.1) with a header, from a short code; `time`: 'YYMMDDhhmmss' an hour ahead of UTC. */
export const deliverTpdu = (from: string, time: string, userData: Uint8Array, more: boolean): Uint8Array =>
  join(
    octets(more ? 0x40 : 0x44, from.length, 0x81),
    semiOctets(from),
    octets(0, 0xf5),
    semiOctets(`${time}04`),
    octets(userData.length),
    userData,
  );
