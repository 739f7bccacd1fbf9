// What SMPP peers say beside the PDUs that the product writes: answers, receipts, optional parameters.

import { address, COMMAND, type Message, messageBody, pdu } from '../../analysis/encode/smpp.ts';
import { ascii, cstring, join, octets, u16 } from './octets.ts';

export {
  address,
  bind,
  bound,
  COMMAND,
  type Message,
  messageBody,
  pdu,
  RESPONSE,
  UDHI,
} from '../../analysis/encode/smpp.ts';

/** command_status values of SMPP 3.4 5.1.3. */
export const STATUS = {
  ok: 0,
  queueFull: 0x14,
  invalidDestination: 0x0b,
  throttled: 0x58,
  permanentReject: 0x66,
} as const;

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

/** esm_class of a delivery receipt. */
const RECEIPT = 0x04;

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
