// SMPP PDUs made by hand.

import { hex, latin1 } from '../sms/support.ts';

export const cat = (...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((p) => [...p]));

export const u16 = (v: number): number[] => [(v >> 8) & 0xff, v & 0xff];
export const u32 = (v: number): number[] => [...u16(Math.floor(v / 0x10000)), ...u16(v % 0x10000)];
export const z = (text: string): Uint8Array => cat(latin1(text), [0]);

export const tlv = (tag: number, value: Uint8Array | readonly number[]): Uint8Array =>
  cat(u16(tag), u16(value.length), value);

/** Header and body; `length` overrides command_length. */
export function pdu(
  id: number,
  body: Uint8Array,
  more: { status?: number; sequence?: number; length?: number } = {},
): Uint8Array {
  const header = [
    ...u32(more.length ?? 16 + body.length),
    ...u32(id),
    ...u32(more.status ?? 0),
    ...u32(more.sequence ?? 7),
  ];
  return cat(header, body);
}

export interface Submit {
  readonly from?: readonly [number, number, string];
  readonly to?: readonly [number, number, string];
  readonly esm?: number;
  readonly dcs?: number;
  readonly content?: Uint8Array;
  /** sm_length, when it is to lie. */
  readonly smLength?: number;
  readonly tlvs?: readonly Uint8Array[];
  readonly sequence?: number;
  readonly id?: number;
  readonly status?: number;
}

const SUBMIT_SM = 4;

/** submit_sm, or deliver_sm by its id. */
export function submit(s: Submit = {}): Uint8Array {
  const from = s.from ?? [0, 1, '1234'];
  const to = s.to ?? [1, 1, '491703000001'];
  const content = s.content ?? new Uint8Array(0);
  const body = cat(
    z(''),
    [from[0], from[1]],
    z(from[2]),
    [to[0], to[1]],
    z(to[2]),
    [s.esm ?? 0, 0, 0],
    z(''),
    z(''),
    [1, 0, s.dcs ?? 0, 0, s.smLength ?? content.length],
    content,
    ...(s.tlvs ?? []),
  );
  return pdu(s.id ?? SUBMIT_SM, body, { sequence: s.sequence ?? 7, status: s.status ?? 0 });
}

export const deliver = (s: Submit = {}): Uint8Array => submit({ ...s, id: 5 });

export function data(s: Submit = {}): Uint8Array {
  const from = s.from ?? [0, 1, '1234'];
  const to = s.to ?? [1, 1, '491703000001'];
  const body = cat(
    z(''),
    [from[0], from[1]],
    z(from[2]),
    [to[0], to[1]],
    z(to[2]),
    [s.esm ?? 0, 0, s.dcs ?? 4],
    ...(s.tlvs ?? []),
  );
  return pdu(0x103, body, { sequence: s.sequence ?? 7 });
}

export const response = (id: number, sequence: number, messageId: string, status = 0): Uint8Array =>
  pdu(0x80000000 + id, messageId === '-' ? new Uint8Array(0) : z(messageId), { sequence, status });

/** Ports 2948 and 9200, part 1 of 2 under reference 0x42, and a little content. */
export const PART_ONE = hex('0b 05040b8423f0 0003420201 01061f2db6918192');
