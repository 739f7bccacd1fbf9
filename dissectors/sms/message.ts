// From a TPDU to a short message or a receipt, whoever carried it.

import type { Finding } from '../../captures/finding.ts';
import { type ByteMap, EMPTY, type FrameId, type Mapped } from '../base/bytemap.ts';
import type { Address, Bearer, Receipt, ShortMessage, Time } from '../base/message.ts';
import { describeStatus, stateOfStatus } from './causes.ts';
import type { Tpdu } from './tpdu.ts';

/** What the layers below know about the TPDU. */
export interface Carrier {
  readonly bearer: Bearer;
  /** The carrying PDU's own name; the TPDU's where absent. */
  readonly operation?: string;
  readonly direction: 'mt' | 'mo';
  /** The subscriber and the other party as the network addresses them; the TPDU's own address goes first. */
  readonly from: Address | null;
  readonly to: Address | null;
  readonly imsi: string | null;
  readonly smsc: Address | null;
  readonly time: Time;
  readonly frame: FrameId;
  readonly pdu: Mapped;
  readonly dissector: string;
  readonly chosenBy: string;
  readonly answerKey: string | null;
  readonly findings: readonly Finding[];
  /** The capture holds only the beginning. */
  readonly cut?: boolean;
  /** Where octets [start, start+length) of the buffer the TPDU was read from came from. */
  origin(start: number, length: number): ByteMap;
}

export type FromTpdu = { readonly message: ShortMessage } | { readonly receipt: Receipt } | null;

/**
 * DELIVER and SUBMIT become short messages, STATUS-REPORT a receipt (its message id is TP-MR in decimal digits);
 * reports and commands carry nothing to show. `bytes` is the buffer the TPDU was read from.
 */
export function tpduToShortMessage(t: Tpdu, bytes: Uint8Array, carrier: Carrier): FromTpdu {
  const operation = carrier.operation ?? t.kind;
  if (t.kind === 'SMS-STATUS-REPORT') {
    if (t.status === null) return null;
    return {
      receipt: {
        bearer: carrier.bearer,
        operation,
        time: carrier.time,
        frame: carrier.frame,
        messageId: t.reference === null ? null : String(t.reference),
        from: t.address ?? carrier.from,
        to: carrier.to,
        state: stateOfStatus(t.status),
        code: `TP-ST 0x${t.status.toString(16).padStart(2, '0')}`,
        text: describeStatus(t.status),
      },
    };
  }
  if (t.kind !== 'SMS-DELIVER' && t.kind !== 'SMS-SUBMIT') return null;
  const u = t.userData;
  const deliver = t.kind === 'SMS-DELIVER';
  const message: ShortMessage = {
    bearer: carrier.bearer,
    operation,
    direction: carrier.direction,
    from: deliver ? (t.address ?? carrier.from) : carrier.from,
    to: deliver ? carrier.to : (t.address ?? carrier.to),
    imsi: carrier.imsi,
    smsc: carrier.smsc,
    time: carrier.time,
    frame: carrier.frame,
    dcs: t.dcs ?? 0,
    userData:
      u === null
        ? EMPTY
        : { bytes: bytes.subarray(u.start, u.start + u.length), map: carrier.origin(u.start, u.length) },
    udhi: u?.udhi ?? t.udhi,
    pdu: carrier.pdu,
    dissector: carrier.dissector,
    chosenBy: carrier.chosenBy,
    answerKey: carrier.answerKey,
    ...(t.kind === 'SMS-SUBMIT' && t.reference !== null ? { messageReference: t.reference } : {}),
    findings: carrier.findings,
    ...(u?.udh ? { header: u.udh } : {}),
    ...(u?.udl === undefined ? {} : { udl: u.udl }),
    ...(carrier.cut === true ? { cut: true } : {}),
  };
  return { message };
}
