// SCTP packets and SIGTRAN messages by hand: each function puts a header in front of a payload.

import { batchOf, eth, hex, ipv4, join, u16, u32 } from '../stack/build.ts';

export { batchOf, eth, hex, ipv4, join, u16, u32 };

/** A frame, of Ethernet unless it says otherwise. */
export type Frame = Uint8Array | { readonly bytes: Uint8Array; readonly link?: number };

export const u8 = (v: number): string => v.toString(16).padStart(2, '0');

const padded = (b: Uint8Array): Uint8Array => join(b, new Uint8Array(-b.length & 3));

/** RFC 9260 3.2; the padding is not counted. */
export const chunk = (type: number, flags: number, value: Uint8Array): Uint8Array =>
  padded(join(u8(type), u8(flags), u16(4 + value.length), value));

export interface Data {
  readonly tsn: number;
  readonly stream?: number;
  readonly sequence?: number;
  readonly protocol?: number;
  /** 'B', 'E', 'BE' (whole), '' (middle), with 'U' for unordered. */
  readonly flags?: string;
}

const flagsOf = (text: string): number =>
  (text.includes('U') ? 4 : 0) | (text.includes('B') ? 2 : 0) | (text.includes('E') ? 1 : 0);

export const data = (d: Data, payload: Uint8Array): Uint8Array =>
  chunk(
    0,
    flagsOf(d.flags ?? 'BE'),
    join(u32(d.tsn), u16(d.stream ?? 1), u16(d.sequence ?? 0), u32(d.protocol ?? 3), payload),
  );

/** RFC 8260 2.1: `word` is the payload protocol of a first fragment, else its number in the message. */
export const iData = (d: Data & { mid: number; word: number }, payload: Uint8Array): Uint8Array =>
  chunk(64, flagsOf(d.flags ?? 'BE'), join(u32(d.tsn), u16(d.stream ?? 1), u16(0), u32(d.mid), u32(d.word), payload));

export const init = (tag: number, tsn: number, acknowledges = false): Uint8Array =>
  chunk(acknowledges ? 2 : 1, 0, join(u32(tag), u32(100_000), u16(2), u16(2), u32(tsn)));

export const abort = (cause?: number): Uint8Array =>
  chunk(6, 0, cause === undefined ? new Uint8Array(0) : join(u16(cause), u16(4)));

export interface Sctp {
  readonly from?: number;
  readonly to?: number;
  readonly tag?: number;
}

export const sctp = (s: Sctp, ...chunks: readonly Uint8Array[]): Uint8Array =>
  join(u16(s.from ?? 2905), u16(s.to ?? 2905), u32(s.tag ?? 0x1111), u32(0), ...chunks);

/** In an Ethernet frame from A to B, or the other way round. */
export const frame = (packet: Uint8Array, from = '192.0.2.1', to = '192.0.2.2'): Uint8Array =>
  eth(0x0800, ipv4(132, packet, { from, to }));

type Octets = Uint8Array | string;

/** Tag, length without padding, value, padding: RFC 4666 3.2. */
export const parameter = (tag: number, ...value: readonly Octets[]): Uint8Array => {
  const v = join(...value);
  return padded(join(u16(tag), u16(4 + v.length), v));
};

/** Common header and parameters: RFC 4666 3.1. */
export const xua = (messageClass: number, type: number, ...parameters: readonly Octets[]): Uint8Array => {
  const body = join(...parameters);
  return join('0100', u8(messageClass), u8(type), u32(8 + body.length), body);
};

export interface Route {
  readonly opc?: number;
  readonly dpc?: number;
  readonly si?: number;
}

export const m3ua = (user: Uint8Array, r: Route = {}): Uint8Array =>
  xua(1, 1, parameter(0x0210, u32(r.opc ?? 1000), u32(r.dpc ?? 2000), u8(r.si ?? 3), '02 00 05', user));

/** Service information octet and ITU label, low octet first. */
export const mtp3 = (user: Uint8Array, r: Route = {}): Uint8Array => {
  const label = (((r.opc ?? 1000) << 14) | (r.dpc ?? 2000) | (5 << 28)) >>> 0;
  return join(u8(0x80 | (r.si ?? 3)), reversed(u32(label)), user);
};

const reversed = (text: string): string => (text.match(/../g) ?? []).reverse().join('');
export const le = (text: string): string => reversed(text);

/** Digits two an octet, the first in the low half; `filler` fills the last one. */
export const tbcd = (digits: string, filler = 'f'): string =>
  (digits.length % 2 === 1 ? `${digits}${filler}` : digits).replace(/(.)(.)/g, '$2$1');

/** ITU address with global title form 4. */
export const gt = (digits: string, ssn = 8): Uint8Array =>
  join('12', u8(ssn), '00', digits.length % 2 === 1 ? '11' : '12', '04', tbcd(digits, '0'));

/** Address of point code and subsystem. */
export const pcSsn = (pc: number, ssn = 8): Uint8Array => join('43', le(u16(pc)), u8(ssn));

const lv = (b: Uint8Array): Uint8Array => join(u8(b.length), b);

export const SMSC = gt('491710760000');
export const MSC = gt('491720000001');

interface Unitdata {
  readonly called?: Uint8Array;
  readonly calling?: Uint8Array;
}

export const udt = (data: Uint8Array, o: Unitdata = {}): Uint8Array => {
  const called = lv(o.called ?? MSC);
  const calling = lv(o.calling ?? SMSC);
  return join('09 80', u8(3), u8(2 + called.length), u8(1 + called.length + calling.length), called, calling, lv(data));
};

/** The network gives data back: to its sender, with a cause. */
export const udts = (cause: number, data: Uint8Array, o: Unitdata = {}): Uint8Array => {
  const called = lv(o.called ?? SMSC);
  const calling = lv(o.calling ?? MSC);
  const pointers = [u8(3), u8(2 + called.length), u8(1 + called.length + calling.length)];
  return join('0a', u8(cause), ...pointers, called, calling, lv(data));
};

export interface Segment {
  readonly first: boolean;
  readonly remaining: number;
  readonly reference?: string;
}

const segmentation = (s: Segment): Uint8Array =>
  join('10 04', u8((s.first ? 0x80 : 0) | 0x40 | s.remaining), s.reference ?? '010700', '00');

export const xudt = (data: Uint8Array, s: Segment | null, o: Unitdata & { type?: string } = {}): Uint8Array => {
  const called = lv(o.called ?? MSC);
  const calling = lv(o.calling ?? SMSC);
  const variable = join(called, calling, lv(data));
  const optional = s === null ? new Uint8Array(0) : segmentation(s);
  const pointers = [4, 3 + called.length, 2 + called.length + calling.length, s === null ? 0 : 1 + variable.length];
  return join(o.type ?? '11 81', '0a', ...pointers.map(u8), variable, optional);
};

/** Pointers of two octets, low one first, counted from their last octet. */
export const ludt = (data: Uint8Array, s: Segment | null, o: Unitdata = {}): Uint8Array => {
  const called = lv(o.called ?? MSC);
  const calling = lv(o.calling ?? SMSC);
  const variable = join(called, calling, le(u16(data.length)), data);
  const optional = s === null ? new Uint8Array(0) : segmentation(s);
  const pointers = [7, 5 + called.length, 3 + called.length + calling.length, s === null ? 0 : 1 + variable.length];
  return join('13 81 0a', ...pointers.map((p) => le(u16(p))), variable, optional);
};

/** One element of the basic encoding rules. */
export const ber = (tag: string, ...value: readonly Octets[]): Uint8Array => {
  const v = join(...value);
  const n = v.length;
  return join(tag, n < 128 ? u8(n) : n < 256 ? `81${u8(n)}` : `82${u16(n)}`, v);
};

const CONTEXTS: Readonly<Record<string, string>> = { mt: '19', mo: '15', gateway: '14', alert: '17', waiting: '18' };

/** {0 4 0 0 1 0 n v} */
export const mapContext = (name: string, version: number): string =>
  `0400000100${CONTEXTS[name] ?? name}${u8(version)}`;

/** Dialogue portion with a request for an application context. */
export const aarq = (context: string, userInformation?: Uint8Array): Uint8Array =>
  ber(
    '6b',
    ber(
      '28',
      '0607 00118605010101',
      ber('a0', ber('60', '80020780', ber('a1', ber('06', context)), userInformation ?? '')),
    ),
  );

export const aare = (context: string, result = 0, diagnostic = 0, userInformation?: Uint8Array): Uint8Array =>
  ber(
    '6b',
    ber(
      '28',
      '0607 00118605010101',
      ber(
        'a0',
        ber(
          '61',
          '80020780',
          ber('a1', ber('06', context)),
          ber('a2', ber('02', u8(result))),
          ber('a3', ber('a1', ber('02', u8(diagnostic)))),
          userInformation ?? '',
        ),
      ),
    ),
  );

/** What the users of a dialogue tell each other: map-open, map-refuse. */
export const mapDialogue = (pdu: Uint8Array): Uint8Array => ber('be', ber('28', '0607 04000001010101', ber('a0', pdu)));

export const invoke = (id: number, operation: number, argument: Octets): Uint8Array =>
  ber('a1', ber('02', u8(id)), ber('02', u8(operation)), argument);
export const result = (id: number, operation?: number, value?: Octets): Uint8Array =>
  ber('a2', ber('02', u8(id)), operation === undefined ? '' : ber('30', ber('02', u8(operation)), value ?? ''));
export const error = (id: number, code: number, value?: Octets): Uint8Array =>
  ber('a3', ber('02', u8(id)), ber('02', u8(code)), value ?? '');
export const reject = (id: number, kind: string, problem: number): Uint8Array =>
  ber('a4', ber('02', u8(id)), ber(kind, u8(problem)));

interface Parts {
  readonly from?: string;
  readonly to?: string;
  readonly dialogue?: Uint8Array;
  readonly components?: readonly Uint8Array[];
}

const transaction = (tag: string, p: Parts): Uint8Array =>
  ber(
    tag,
    p.from === undefined ? '' : ber('48', p.from),
    p.to === undefined ? '' : ber('49', p.to),
    p.dialogue ?? '',
    p.components === undefined ? '' : ber('6c', ...p.components),
  );

export const begin = (p: Parts): Uint8Array => transaction('62', p);
export const end = (p: Parts): Uint8Array => transaction('64', p);
export const goOn = (p: Parts): Uint8Array => transaction('65', p);
export const abortTransaction = (to: string, cause?: number, dialogue?: Uint8Array): Uint8Array =>
  ber('67', ber('49', to), cause === undefined ? '' : ber('4a', u8(cause)), dialogue ?? '');

/** AddressString: international ISDN number. */
export const isdn = (tag: string, digits: string): Uint8Array => ber(tag, '91', tbcd(digits));
export const imsi = (tag: string, digits: string): Uint8Array => ber(tag, tbcd(digits));

export const IMSI = '262019876543210';
export const CENTRE = '491710760000';

/** SMS-DELIVER from 1234, 8-bit data. */
export const deliver = (content: Octets, first = '04'): Uint8Array => {
  const c = join(content);
  return join(first, '04 91 2143 00 f5 62112291058240', u8(c.length), c);
};

/** SMS-SUBMIT to +491703000001. */
export const submit = (content: Octets): Uint8Array => {
  const c = join(content);
  return join('01 2a 0c 91 947130000010 00 f5', u8(c.length), c);
};

export const mtForward = (tpdu: Uint8Array, more = false): Uint8Array =>
  ber('30', imsi('80', IMSI), isdn('84', CENTRE), ber('04', tpdu), more ? '0500' : '');
export const moForward = (tpdu: Uint8Array, from = '491703000009', own?: string): Uint8Array =>
  ber('30', isdn('84', CENTRE), isdn('82', from), ber('04', tpdu), own === undefined ? '' : imsi('04', own));

/** A transaction message in SCCP, M3UA, SCTP: from the service centre to the switch, or back. */
export class Link {
  #tsn = [1000, 5000];
  readonly ports: Sctp;

  constructor(ports: Sctp = {}) {
    this.ports = ports;
  }

  user(message: Uint8Array, back = false, protocol = 3): Uint8Array {
    const side = back ? 1 : 0;
    const tsn = this.#tsn[side]!;
    this.#tsn[side] = tsn + 1;
    const { from = 2905, to = 2905, tag = 0x1111 } = this.ports;
    const ports = back ? { from: to, to: from, tag: tag + 1 } : { from, to, tag };
    const packet = sctp(ports, data({ tsn, sequence: tsn & 0xffff, protocol }, message));
    return back ? frame(packet, '192.0.2.2', '192.0.2.1') : frame(packet);
  }

  sccp(message: Uint8Array, back = false): Uint8Array {
    return this.user(m3ua(message, back ? { opc: 2000, dpc: 1000 } : {}), back);
  }

  tcap(message: Uint8Array, back = false): Uint8Array {
    return this.sccp(udt(message, back ? { called: SMSC, calling: MSC } : {}), back);
  }
}
