// SMPP 3.4 PDUs, as an ESME and a message centre send them.

import { ascii, cstring, join, octets, u16, u32 } from './octets.ts';

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

/** command_status values of SMPP 3.4 5.1.3. */
export const STATUS = {
  ok: 0,
  queueFull: 0x14,
  invalidDestination: 0x0b,
  throttled: 0x58,
  permanentReject: 0x66,
} as const;

export function pdu(command: number, status: number, sequence: number, body: Uint8Array = octets()): Uint8Array {
  return join(u32(16 + body.length), u32(command), u32(status), u32(sequence), body);
}

export const bind = (command: number, sequence: number, systemId: string, password: string): Uint8Array =>
  pdu(command, 0, sequence, join(cstring(systemId), cstring(password), cstring(''), octets(0x34, 0, 0), cstring('')));

export const bound = (command: number, sequence: number, systemId: string): Uint8Array =>
  pdu(RESPONSE + command, 0, sequence, cstring(systemId));

/** '+49...' international, digits national short code, anything else alphanumeric. */
export function address(text: string): Uint8Array {
  if (text.startsWith('+')) return join(octets(1, 1), cstring(text.slice(1)));
  return join(/^\d+$/.test(text) ? octets(3, 1) : octets(5, 0), cstring(text));
}

export const TLV = {
  userMessageReference: 0x0204,
  sourcePort: 0x020a,
  destinationPort: 0x020b,
  sarReference: 0x020c,
  sarTotal: 0x020e,
  sarPart: 0x020f,
  receiptedMessageId: 0x001e,
  networkErrorCode: 0x0423,
  messagePayload: 0x0424,
  messageState: 0x0427,
} as const;

export const tlv = (tag: number, value: Uint8Array): Uint8Array => join(u16(tag), u16(value.length), value);

export const UDHI = 0x40;
/** esm_class of a delivery receipt. */
const RECEIPT = 0x04;

export interface Message {
  readonly from: string;
  readonly to: string;
  readonly esmClass?: number;
  /** 0xf5: 8-bit data, class 1. */
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
    octets(m.registered === true ? 1 : 0, 0, m.dataCoding ?? 0xf5, 0, text.length),
    text,
    ...(m.tlvs ?? []),
  );
}

/** Body of data_sm (SMPP 3.4 4.7.1). */
export function dataBody(m: Message): Uint8Array {
  return join(
    cstring(''),
    address(m.from),
    address(m.to),
    octets(m.esmClass ?? 0, m.registered === true ? 1 : 0, m.dataCoding ?? 0xf5),
    ...(m.tlvs ?? []),
  );
}

export interface ReceiptFields {
  readonly from: string;
  readonly to: string;
  readonly id: string;
  readonly state: 'DELIVRD' | 'UNDELIV' | 'EXPIRED';
  readonly error: string;
  /** YYMMDDhhmm. */
  readonly done: string;
}

const STATES = { DELIVRD: 2, EXPIRED: 3, UNDELIV: 5 } as const;

/** deliver_sm with the text of SMPP 3.4 appendix B and its TLVs. */
export function receipt(sequence: number, r: ReceiptFields): Uint8Array {
  const text = `id:${r.id} sub:001 dlvrd:${r.state === 'DELIVRD' ? '001' : '000'} submit date:${r.done} done date:${r.done} stat:${r.state} err:${r.error} text:`;
  const tlvs = [tlv(TLV.receiptedMessageId, cstring(r.id)), tlv(TLV.messageState, octets(STATES[r.state]))];
  return pdu(
    COMMAND.deliverSm,
    0,
    sequence,
    messageBody({ from: r.from, to: r.to, esmClass: RECEIPT, dataCoding: 0, message: ascii(text), tlvs }),
  );
}
