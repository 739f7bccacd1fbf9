// SCTP packets and SIGTRAN messages by hand: each function puts a header in front of a payload.

import { batchOf, eth, hex, ipv4, join, u16, u32 } from '../stack/build.ts';

export { batchOf, eth, hex, ipv4, join, u16, u32 };

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
