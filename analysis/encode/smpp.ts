// SMPP 3.4 PDUs, as an ESME and a message centre send them.

import { join } from '../verify/keys.ts';
import { cstring, octets, u32 } from './octets.ts';

export const COMMAND = {
  genericNack: 0x80000000,
  bindTransmitter: 0x00000002,
  submitSm: 0x00000004,
  deliverSm: 0x00000005,
  unbind: 0x00000006,
  bindTransceiver: 0x00000009,
  enquireLink: 0x00000015,
  dataSm: 0x00000103,
} as const;

export const RESPONSE = 0x80000000;

/** SMPP 3.4 3.2: header and body; `status` is 0 in a request. */
export function pdu(command: number, status: number, sequence: number, body: Uint8Array = octets()): Uint8Array {
  return join(u32(16 + body.length), u32(command), u32(status), u32(sequence), body);
}

/** SMPP 3.4 4.1: interface version 3.4, no address range. */
export const bind = (command: number, sequence: number, systemId: string, password: string): Uint8Array =>
  pdu(command, 0, sequence, join(cstring(systemId), cstring(password), cstring(''), octets(0x34, 0, 0), cstring('')));

export const bound = (command: number, sequence: number, systemId: string): Uint8Array =>
  pdu(RESPONSE + command, 0, sequence, cstring(systemId));

/** '+49...' international, digits national short code, anything else alphanumeric. */
export function address(text: string): Uint8Array {
  if (text.startsWith('+')) return join(octets(1, 1), cstring(text.slice(1)));
  return join(/^\d+$/.test(text) ? octets(3, 1) : octets(5, 0), cstring(text));
}

/** esm_class: the short message begins with a user data header (SMPP 3.4 5.2.12). */
export const UDHI = 0x40;

/** 8-bit data, class 1 (3GPP TS 23.038 4). */
export const DATA_CLASS_1 = 0xf5;

export interface Message {
  readonly from: string;
  readonly to: string;
  readonly esmClass?: number;
  /** 0xF5, 8-bit data of class 1, unless given. */
  readonly dataCoding?: number;
  readonly registered?: boolean;
  readonly message?: Uint8Array;
  readonly tlvs?: readonly Uint8Array[];
}

/** Body of submit_sm and deliver_sm (SMPP 3.4 4.4.1, 4.6.1). */
export function messageBody(m: Message): Uint8Array {
  const text = m.message ?? octets();
  return join(
    cstring(''),
    address(m.from),
    address(m.to),
    octets(m.esmClass ?? 0, 0, 0),
    cstring(''),
    cstring(''),
    octets(m.registered === true ? 1 : 0, 0, m.dataCoding ?? DATA_CLASS_1, 0, text.length),
    text,
    ...(m.tlvs ?? []),
  );
}
