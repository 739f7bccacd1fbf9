// The narrow waist: whatever the road, what arrives is a short message, a datagram, or an answer to one.

import type { Finding } from '../../captures/finding.ts';
import type { FrameId, Mapped } from './bytemap.ts';
import type { TextSink } from './texts.ts';

/** Nanoseconds since the session's base; NaN where unknown. */
export type Time = number;

export type Bearer =
  | 'smpp'
  | 'udp'
  | 'wtp'
  | 'gsm-map'
  | 'gsmtap'
  | 'gsup'
  | 'sgsap'
  | 's1ap'
  | 'bssap'
  | 'sip'
  | 'diameter-sgd'
  | 'ota-http'
  | 'http'
  | 'pap'
  | 'kannel-box'
  | 'ucp'
  | 'cimd2'
  | 'at'
  | 'sim-apdu'
  | 'exported-pdu'
  | 'text-log'
  | 'file';

export interface Address {
  /** Digits, text or dotted address, without '+'. */
  readonly value: string;
  /** TON of 3GPP TS 23.040 9.1.2.5 / SMPP 5.2.5, or what stands in for it. */
  readonly type:
    | 'international'
    | 'national'
    | 'network'
    | 'subscriber'
    | 'alphanumeric'
    | 'abbreviated'
    | 'unknown'
    | 'ip';
  /** Numbering plan. */
  readonly plan?: number;
}

/** '+4917...' for international numbers, else the value as it is. */
export const formatAddress = (a: Address): string => (a.type === 'international' ? `+${a.value}` : a.value);

export interface Ports {
  readonly source: number | null;
  readonly destination: number;
}

export interface Concatenation {
  readonly reference: number;
  /** 8 or 16: separate number spaces (3GPP TS 23.040 9.2.3.24.8). */
  readonly bits: 8 | 16;
  readonly total: number;
  /** 1-based. */
  readonly part: number;
}

/** What a user data header said to whoever joins parts. */
export interface UserDataHeader {
  /** Octets it takes, its length octet included. */
  readonly length: number;
  readonly concatenation: Concatenation | null;
  readonly ports: Ports | null;
  /** National languages (elements 24 and 25). */
  readonly singleShift: number | null;
  readonly lockingShift: number | null;
}

/** A short message as one bearer PDU carried it. Byte buffers are borrowed until the batch ends. */
export interface ShortMessage {
  readonly bearer: Bearer;
  /** The PDU's own name: 'submit_sm', 'SMS-DELIVER', 'mt-forwardSM'. */
  readonly operation: string;
  /** 'mt' towards the phone, 'mo' from it. */
  readonly direction: 'mt' | 'mo';
  readonly from: Address | null;
  readonly to: Address | null;
  readonly imsi: string | null;
  readonly smsc: Address | null;
  readonly time: Time;
  /** Frame that completed the PDU. */
  readonly frame: FrameId;
  readonly dcs: number;
  /** 'smpp': `dcs` is SMPP data_coding, and 7-bit characters stand in octets of their own. Else 3GPP TS 23.038. */
  readonly dcsOf?: 'smpp';
  /** The capture holds less of the PDU than was sent: what is here is the beginning. */
  readonly cut?: boolean;
  /** Octets of TP-User-Data, with the UDH in front where `udhi`. For 7-bit data still packed. */
  readonly userData: Mapped;
  readonly udhi: boolean;
  /** The header, where the bearer read it already. */
  readonly header?: UserDataHeader;
  /** User data length in septets or octets as TP-UDL has it; undefined: octets, all of userData. */
  readonly udl?: number;
  /** Given outside the user data (SMPP TLVs). The UDH wins where both are there. */
  readonly concatenation?: Concatenation;
  readonly ports?: Ports;
  /** The bearer PDU, for the tree, and the dissector that reads it. */
  readonly pdu: Mapped;
  readonly dissector: string;
  /** Why that dissector was chosen, in words. */
  readonly chosenBy: string;
  /** Ties an Answer to this PDU; unique in the session. */
  readonly answerKey: string | null;
  /** TP-MR of a SUBMIT: status reports quote it. */
  readonly messageReference?: number;
  readonly findings: readonly Finding[];
}

/**
 * What a transaction layer says of a datagram: equal keys are one message, however often and in however many packets it
 * was sent.
 */
export interface TransactionPart {
  /** Unique in the session. */
  readonly key: string;
  /** 1-based. */
  readonly part: number;
  /** 0 as long as nobody said. */
  readonly total: number;
}

/** A datagram that needed no short message: WDP over UDP, OTA-HTTP, a file. Buffers are borrowed. */
export interface Datagram {
  readonly bearer: Bearer;
  readonly operation: string;
  readonly direction: 'mt' | 'mo';
  readonly from: Address | null;
  readonly to: Address | null;
  readonly imsi: string | null;
  readonly ports: Ports | null;
  readonly time: Time;
  readonly frame: FrameId;
  /**
   * 'wsp': a WSP PDU. 'wbxml' or 'xml': a bare document, `contentType` tells which kind when known. 'mime': header lines
   * as text, an empty line, the body. 'binary': what the destination port says.
   */
  readonly content: 'wsp' | 'wbxml' | 'xml' | 'mime' | 'binary';
  readonly contentType?: string;
  /** The WSP PDU has no transaction octet in front: it travelled in a session (WAP-230-WSP 8.2.1). */
  readonly connectionOriented?: boolean;
  /** Copies and packets of one datagram are joined; absent: it stands alone. */
  readonly transaction?: TransactionPart;
  /** The capture holds less of the datagram than was sent: what is here is the beginning. */
  readonly cut?: boolean;
  readonly data: Mapped;
  readonly pdu: Mapped;
  readonly dissector: string;
  readonly chosenBy: string;
  readonly answerKey: string | null;
  readonly findings: readonly Finding[];
}

/** The next hop's answer to a PDU. */
export interface Answer {
  readonly bearer: Bearer;
  readonly operation: string;
  readonly answerKey: string;
  readonly time: Time;
  readonly frame: FrameId;
  readonly ok: boolean;
  /** Refused for now, worth a retry. */
  readonly temporary: boolean;
  /** '0x00000058', 'RP-ERROR 22'; null where ok. */
  readonly code: string | null;
  readonly text: string;
  /** The name the next hop gave the message; receipts quote it. */
  readonly messageId: string | null;
  /** It is the phone's own word, or the last node's before it: the phone has the part. */
  readonly delivered?: true;
}

/** Word from further on: a delivery receipt or status report. */
export interface Receipt {
  readonly bearer: Bearer;
  readonly operation: string;
  readonly time: Time;
  readonly frame: FrameId;
  readonly messageId: string | null;
  readonly from: Address | null;
  readonly to: Address | null;
  readonly state: 'delivered' | 'failed' | 'pending' | 'unknown';
  readonly code: string | null;
  readonly text: string;
}

/** The frame table's evidence that a number and an IMSI belong together. */
export interface Identity {
  readonly msisdn: string | null;
  readonly imsi: string;
  readonly time: Time;
  /** null: it stands in a log outside any record. */
  readonly frame: FrameId | null;
  readonly text: string;
  /** It is the card in the phone or modem whose traffic this is, not somebody the traffic speaks of. */
  readonly of?: 'card';
}

/**
 * What somebody did on the network besides sending messages: what phones do with settings, and what breaks the road of a
 * message. TCP connections are not among them, there are too many: see `Connects`.
 */
export interface Activity {
  readonly what: 'activation' | 'name' | 'dm-session' | 'retrieval' | 'reset' | 'closed';
  /** 'gtp', 'dns', 'http', 'tcp'. */
  readonly layer: string;
  /** 'Create PDP Context Request', 'DNS query A', 'HTTP POST'. */
  readonly operation: string;
  readonly time: Time;
  readonly frame: FrameId;
  /** Network addresses; '' where there are none. */
  readonly from: string;
  readonly to: string;
  readonly imsi: string | null;
  readonly msisdn: string | null;
  /** Access point, host name or URL that was asked for; of what broke, the name of the conversation. */
  readonly target: string;
  readonly port: number | null;
  /** Ties its answer to it; unique in the session. null: none is awaited. */
  readonly key: string | null;
}

export interface ActivityAnswer {
  readonly key: string;
  readonly operation: string;
  readonly time: Time;
  readonly frame: FrameId;
  readonly ok: boolean;
  /** 'GTPv1 cause 219', 'DNS 3', 'HTTP 404'; null where ok. */
  readonly code: string | null;
  readonly text: string;
  /** Those of a name, or the one the phone was given. */
  readonly addresses: readonly string[];
}

/** Something a layer found that belongs to no message; ranges are of `frame`. */
export interface FrameFinding {
  readonly frame: FrameId | null;
  readonly time: Time;
  readonly finding: Finding;
}

/** Where bearers put what they found. Everything passed is borrowed unless said otherwise. */
export interface Sink {
  shortMessage(m: ShortMessage): void;
  datagram(d: Datagram): void;
  answer(a: Answer): void;
  receipt(r: Receipt): void;
  identity(i: Identity): void;
  finding(f: FrameFinding): void;
  activity?(a: Activity): void;
  activityAnswer?(a: ActivityAnswer): void;
  /**
   * Where ordinary texts are only counted: a bearer may tell them here instead, and keeps the answers to them to itself.
   * Absent: every text is wanted as a message.
   */
  readonly texts?: TextSink;
}
