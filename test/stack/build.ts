// Frames by hand: each function puts a header in front of a payload.

import type { FrameBatch } from '../../captures/reader.ts';

export const hex = (text: string): Uint8Array => {
  const digits = text.replace(/\s+/g, '');
  const out = new Uint8Array(digits.length / 2);
  for (let i = 0; i < out.length; i++) out[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16);
  return out;
};

export const join = (...parts: readonly (Uint8Array | string)[]): Uint8Array => {
  const all = parts.map((p) => (typeof p === 'string' ? hex(p) : p));
  const out = new Uint8Array(all.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of all) {
    out.set(p, at);
    at += p.length;
  }
  return out;
};

const u = (value: number, octets: number): string =>
  (value >>> 0)
    .toString(16)
    .padStart(8, '0')
    .slice(-2 * octets);
export const u16 = (v: number): string => u(v, 2);
export const u32 = (v: number): string => u(v, 4);

export const eth = (type: number, payload: Uint8Array): Uint8Array =>
  join('0200000000020200000000 01', u16(type), payload);
export const vlan = (id: number, type: number, payload: Uint8Array): Uint8Array => join(u16(id), u16(type), payload);

const v4 = (address: string): string =>
  address
    .split('.')
    .map((n) => u(Number(n), 1))
    .join('');

export interface Ipv4Options {
  readonly from?: string;
  readonly to?: string;
  readonly id?: number;
  /** Fragment offset in octets. */
  readonly offset?: number;
  readonly more?: boolean;
  readonly total?: number;
  readonly options?: string;
}

export function ipv4(protocol: number, payload: Uint8Array, o: Ipv4Options = {}): Uint8Array {
  const options = hex(o.options ?? '');
  const header = 20 + options.length;
  const flags = ((o.more === true ? 1 : 0) << 13) | ((o.offset ?? 0) / 8);
  return join(
    u(0x40 | (header / 4), 1),
    '00',
    u16(o.total ?? header + payload.length),
    u16(o.id ?? 1),
    u16(flags),
    '40',
    u(protocol, 1),
    '0000',
    v4(o.from ?? '192.0.2.1'),
    v4(o.to ?? '192.0.2.2'),
    options,
    payload,
  );
}

export const A6 = '20010db8000000000000000000000001';
export const B6 = '20010db8000000000000000000000002';

export const ipv6 = (next: number, payload: Uint8Array, length = payload.length): Uint8Array =>
  join('60000000', u16(length), u(next, 1), '40', A6, B6, payload);

/** Fragment header of IPv6. */
export const fragment6 = (next: number, id: number, offset: number, more: boolean, payload: Uint8Array): Uint8Array =>
  join(u(next, 1), '00', u16(offset | (more ? 1 : 0)), u32(id), payload);

export const udp = (from: number, to: number, payload: Uint8Array, length = payload.length + 8): Uint8Array =>
  join(u16(from), u16(to), u16(length), '0000', payload);

export const FIN = 1;
export const SYN = 2;
export const RST = 4;
export const ACK = 16;

export interface TcpOptions {
  readonly seq?: number;
  readonly ack?: number;
  readonly flags?: number;
  readonly options?: string;
}

export function tcp(from: number, to: number, payload: Uint8Array, o: TcpOptions = {}): Uint8Array {
  const options = hex(o.options ?? '');
  const offset = (20 + options.length) / 4;
  return join(
    u16(from),
    u16(to),
    u32(o.seq ?? 0),
    u32(o.ack ?? 0),
    u16((offset << 12) | (o.flags ?? ACK)),
    'ffff 0000 0000',
    options,
    payload,
  );
}

export interface FrameSpec {
  readonly bytes: Uint8Array;
  readonly time?: number;
  readonly link?: number;
  /** Octets on the wire, where the capture has fewer. */
  readonly wire?: number;
}

/** A batch as readers give it; the frames do not begin at 0. */
export function batchOf(frames: readonly (FrameSpec | Uint8Array)[], firstNumber = 1): FrameBatch {
  const specs = frames.map((f) => (f instanceof Uint8Array ? { bytes: f } : f) as FrameSpec);
  const n = specs.length;
  const bytes = join('eeeeeeee', ...specs.flatMap((f) => [f.bytes, 'dddd']));
  const start = new Int32Array(n);
  const length = new Int32Array(n);
  const wireLength = new Int32Array(n);
  const linkType = new Uint16Array(n);
  const time = new Float64Array(n);
  const offset = new Float64Array(n);
  let at = 4;
  specs.forEach((f, i) => {
    start[i] = at;
    length[i] = f.bytes.length;
    wireLength[i] = f.wire ?? f.bytes.length;
    linkType[i] = f.link ?? 1;
    time[i] = f.time ?? Number.NaN;
    offset[i] = at;
    at += f.bytes.length + 2;
  });
  const columns = { start, length, wireLength, linkType, time, offset };
  return { kind: 'frames', bytes, count: n, firstNumber, ...columns, consumed: at };
}

export const SECOND = 1e9;
