// HTTP and SIP as gateways write them.

import type { TreeElement } from '../../dissectors/content/tree.ts';
import { ascii, join, octets } from './octets.ts';
import { type DeliverFields, deliverPdu } from './sms.ts';

/** A document as text; the values of the samples need no escapes. */
export function xmlText(e: TreeElement): string {
  const attributes = e.attributes.map((a) => (a.value === null ? ` ${a.name}=""` : ` ${a.name}="${a.value}"`)).join('');
  const inner = e.children.map((c) => (c.kind === 'text' ? c.text : xmlText(c))).join('');
  return inner === '' ? `<${e.name}${attributes}/>` : `<${e.name}${attributes}>${inner}</${e.name}>`;
}

/** Lines end with CR LF; Content-Length is added where there is a body. */
export function textMessage(lines: readonly string[], body: Uint8Array | null = null): Uint8Array {
  const length = body === null ? [] : [`Content-Length: ${body.length}`];
  return join(ascii(`${[...lines, ...length].join('\r\n')}\r\n\r\n`), body ?? octets());
}

/** RFC 9112 7.1, in chunks of at most `most` octets. */
export function chunked(body: Uint8Array, most: number): Uint8Array {
  const out: Uint8Array[] = [];
  for (let at = 0; at < body.length; at += most) {
    const part = body.subarray(at, at + most);
    out.push(ascii(`${part.length.toString(16)}\r\n`), part, ascii('\r\n'));
  }
  return join(...out, ascii('0\r\n\r\n'));
}

export interface PapPush {
  readonly id: string;
  readonly to: string;
  readonly contentType: string;
  readonly content: Uint8Array;
  readonly notifyTo: string;
}

const PAP =
  '<?xml version="1.0"?><!DOCTYPE pap PUBLIC "-//WAPFORUM//DTD PAP 2.0//EN" "http://www.wapforum.org/DTD/pap_2.0.dtd">';
const BOUNDARY = 'example-boundary';

export const papDocument = (inner: string): Uint8Array => ascii(`${PAP}<pap>${inner}</pap>`);
export const papAddress = (to: string): string => `<address address-value="WAPPUSH=${to}/TYPE=PLMN@ppg.example.net"/>`;

/** WAP-247-PAP 8.1: control entity and content entity. */
export function papPush(p: PapPush): Uint8Array {
  const control = papDocument(
    `<push-message push-id="${p.id}" ppg-notify-requested-to="${p.notifyTo}">${papAddress(p.to)}<quality-of-service delivery-method="confirmed"/></push-message>`,
  );
  const body = join(
    ascii(`--${BOUNDARY}\r\nContent-Type: application/xml\r\n\r\n`),
    control,
    ascii(`\r\n--${BOUNDARY}\r\nContent-Type: ${p.contentType}\r\n\r\n`),
    p.content,
    ascii(`\r\n--${BOUNDARY}--\r\n`),
  );
  return textMessage(
    [
      'POST /push HTTP/1.1',
      'Host: ppg.example.net',
      `Content-Type: multipart/related; boundary=${BOUNDARY}; type="application/xml"`,
    ],
    body,
  );
}

export const xmlAnswer = (document: Uint8Array): Uint8Array =>
  textMessage(['HTTP/1.1 202 Accepted', 'Content-Type: application/xml'], document);

/** 3GPP TS 24.011 7.3.1.1, RP-DATA to the phone. */
export function rpData(reference: number, d: DeliverFields): Uint8Array {
  const pdu = deliverPdu(d);
  const centre = pdu.subarray(0, pdu[0]! + 1);
  const tpdu = pdu.subarray(centre.length);
  return join(octets(1, reference), centre, octets(0, tpdu.length), tpdu);
}

/** 7.3.3, RP-ACK from the phone, with SMS-DELIVER-REPORT. */
export const rpAck = (reference: number): Uint8Array => octets(2, reference, 0x41, 2, 0, 0);

export interface SipMessage {
  readonly to: string;
  readonly from: string;
  readonly callId: string;
  readonly sequence: number;
  readonly inReplyTo?: string;
  readonly body: Uint8Array;
}

const SMS_TYPE = 'application/vnd.3gpp.sms';

/** 3GPP TS 24.341 Annex B: MESSAGE with an RP message. */
export const sipMessage = (m: SipMessage): Uint8Array =>
  textMessage(
    [
      `MESSAGE ${m.to} SIP/2.0`,
      `Via: SIP/2.0/UDP 192.0.2.40:5060;branch=z9hG4bK${m.callId}${m.sequence}`,
      'Max-Forwards: 70',
      `From: <${m.from}>;tag=${m.callId}`,
      `To: <${m.to}>`,
      `Call-ID: ${m.callId}`,
      `CSeq: ${m.sequence} MESSAGE`,
      `P-Asserted-Identity: <${m.from}>`,
      ...(m.inReplyTo === undefined ? [] : [`In-Reply-To: ${m.inReplyTo}`]),
      `Content-Type: ${SMS_TYPE}`,
    ],
    m.body,
  );

export const sipAnswer = (m: SipMessage, status: string): Uint8Array =>
  textMessage(
    [
      `SIP/2.0 ${status}`,
      `Via: SIP/2.0/UDP 192.0.2.40:5060;branch=z9hG4bK${m.callId}${m.sequence}`,
      `From: <${m.from}>;tag=${m.callId}`,
      `To: <${m.to}>;tag=a`,
      `Call-ID: ${m.callId}`,
      `CSeq: ${m.sequence} MESSAGE`,
    ],
    octets(),
  );
