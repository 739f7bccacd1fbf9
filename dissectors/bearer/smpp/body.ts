// PDU bodies of SMPP 3.3, 3.4 and 5.0.

import type { Cursor } from '../../base/cursor.ts';
import type { Address } from '../../base/message.ts';
import {
  ALERT_NOTIFICATION,
  BIND_RECEIVER,
  BIND_TRANSCEIVER,
  BIND_TRANSMITTER,
  BROADCAST_SM,
  CANCEL_BROADCAST_SM,
  CANCEL_SM,
  DATA_SM,
  DELIVER_SM,
  OUTBIND,
  QUERY_BROADCAST_SM,
  QUERY_SM,
  REPLACE_SM,
  RESPONSE,
  SUBMIT_MULTI,
  SUBMIT_SM,
} from './commands.ts';
import { smppFields as f } from './fields.ts';
import { address, type Content, content, cString, type HeaderHint, type Tlvs, tlvs, toAddress } from './read.ts';
import { smppRules } from './rules.ts';

/** What a body said; filled while reading, so that a cut PDU keeps what was there. */
export interface Body {
  from: Address | null;
  to: Address | null;
  /** Of submit_multi. */
  destinations: Address[];
  esmClass: number;
  /** null until it was read. */
  dataCoding: number | null;
  content: Content | null;
  tlvs: Tlvs | null;
  messageId: string | null;
  systemId: string | null;
  version: number | null;
  /** Of submit_multi_resp. */
  refused: { readonly address: Address | null; readonly status: number }[];
}

export const emptyBody = (): Body => ({
  from: null,
  to: null,
  destinations: [],
  esmClass: 0,
  dataCoding: null,
  content: null,
  tlvs: null,
  messageId: null,
  systemId: null,
  version: null,
  refused: [],
});

/** SMPP 3.4 5.2.12: bit 6 of esm_class. A bit, whatever the others say. */
export const hasUdhi = (esmClass: number): boolean => (esmClass & 0x40) !== 0;

/** message_payload beside a short_message is not what the indicator speaks of. */
function hintOf(body: Body): HeaderHint {
  if (body.content !== null) return 'none';
  return hasUdhi(body.esmClass) ? 'announced' : 'silent';
}

const SOURCE = [f.sourceTon, f.sourceNpi, f.sourceAddress] as const;
const DESTINATION = [f.destinationTon, f.destinationNpi, f.destinationAddress] as const;
const ESME = [f.esmeTon, f.esmeNpi, f.esmeAddress] as const;
const SHORT_ADDRESS = 21;
const LONG_ADDRESS = 65;
const MESSAGE_ID = 65;

/** sm_length and short_message; takes what is there when the PDU ends first. */
function shortMessage(c: Cursor, body: Body, whole: boolean): void {
  const at = c.pos;
  const claimed = c.u8(f.smLength);
  const size = Math.min(claimed, c.left);
  if (size < claimed && whole) {
    c.report(smppRules.lengthBeyond, at, 1, `sm_length is ${claimed}, ${size} octets are left`);
  }
  if (claimed === 255) c.report(smppRules.longShortMessage, at, 1, 'sm_length is 255');
  if (claimed === 0) return;
  body.content = c.group(f.shortMessage, undefined, () => content(c, size, hintOf(body)));
}

// SMPP 3.4 4.4.1, 4.6.1: submit_sm and deliver_sm; 4.5.1: submit_multi.
function submit(c: Cursor, body: Body, many: boolean, whole: boolean): void {
  cString(c, f.serviceType, 6, whole);
  body.from = address(c, SOURCE, SHORT_ADDRESS, whole);
  if (many) destinations(c, body, whole);
  else body.to = address(c, DESTINATION, SHORT_ADDRESS, whole);
  body.esmClass = c.u8(f.esmClass);
  c.u8(f.protocolId);
  c.u8(f.priority);
  cString(c, f.scheduleTime, 17, whole);
  cString(c, f.validity, 17, whole);
  c.u8(f.registeredDelivery);
  c.u8(f.replaceIfPresent);
  body.dataCoding = c.u8(f.dataCoding);
  c.u8(f.defaultMessage);
  shortMessage(c, body, whole);
  body.tlvs = tlvs(c, hintOf(body));
}

// SMPP 3.4 4.5.1.1: dest_address; at most 255 of them.
function destinations(c: Cursor, body: Body, whole: boolean): void {
  const count = c.u8(f.destinations);
  for (let i = 0; i < count; i += 1) {
    const at = c.pos;
    const readable = c.group(f.destination, undefined, () => {
      const flag = c.u8(f.destinationFlag);
      if (flag === 1) {
        const to = address(c, DESTINATION, SHORT_ADDRESS, whole);
        if (to !== null) body.destinations.push(to);
      } else if (flag === 2) {
        const to = toAddress(5, 0, cString(c, f.listName, SHORT_ADDRESS, whole));
        if (to !== null) body.destinations.push(to);
      } else c.report(smppRules.destinations, at, 1, `dest_flag is ${flag}`);
      return flag === 1 || flag === 2;
    });
    if (!readable) return;
  }
}

// SMPP 3.4 4.7.1: data_sm.
function data(c: Cursor, body: Body, whole: boolean): void {
  cString(c, f.serviceType, 6, whole);
  body.from = address(c, SOURCE, LONG_ADDRESS, whole);
  body.to = address(c, DESTINATION, LONG_ADDRESS, whole);
  body.esmClass = c.u8(f.esmClass);
  c.u8(f.registeredDelivery);
  body.dataCoding = c.u8(f.dataCoding);
  body.tlvs = tlvs(c, hintOf(body));
}

// SMPP 3.4 4.1.1: the three binds.
function bind(c: Cursor, body: Body, whole: boolean): void {
  body.systemId = cString(c, f.systemId, 16, whole);
  cString(c, f.password, 9, whole);
  cString(c, f.systemType, 13, whole);
  body.version = c.u8(f.interfaceVersion);
  c.u8(f.addressTon);
  c.u8(f.addressNpi);
  cString(c, f.addressRange, 41, whole);
  trailing(c, body);
}

function trailing(c: Cursor, body: Body): void {
  if (c.left > 0) body.tlvs = tlvs(c, 'none');
}

function messageIdAndSource(c: Cursor, body: Body, whole: boolean): void {
  body.messageId = cString(c, f.messageId, MESSAGE_ID, whole);
  body.from = address(c, SOURCE, SHORT_ADDRESS, whole);
}

// SMPP 3.4 4.10.1: replace_sm.
function replace(c: Cursor, body: Body, whole: boolean): void {
  messageIdAndSource(c, body, whole);
  cString(c, f.scheduleTime, 17, whole);
  cString(c, f.validity, 17, whole);
  c.u8(f.registeredDelivery);
  c.u8(f.defaultMessage);
  shortMessage(c, body, whole);
  trailing(c, body);
}

// SMPP 5.0 4.4.1: broadcast_sm.
function broadcast(c: Cursor, body: Body, whole: boolean): void {
  cString(c, f.serviceType, 6, whole);
  body.from = address(c, SOURCE, SHORT_ADDRESS, whole);
  body.messageId = cString(c, f.messageId, MESSAGE_ID, whole);
  c.u8(f.priority);
  cString(c, f.scheduleTime, 17, whole);
  cString(c, f.validity, 17, whole);
  c.u8(f.replaceIfPresent);
  body.dataCoding = c.u8(f.dataCoding);
  c.u8(f.defaultMessage);
  trailing(c, body);
}

// SMPP 3.4 4.5.2: submit_multi_resp.
function unsuccessful(c: Cursor, body: Body, whole: boolean): void {
  body.messageId = cString(c, f.messageId, MESSAGE_ID, whole);
  if (c.left === 0) return;
  const count = c.u8(f.unsuccessful);
  for (let i = 0; i < count; i += 1) {
    c.group(f.unsuccess, undefined, () => {
      const to = address(c, DESTINATION, SHORT_ADDRESS, whole);
      body.refused.push({ address: to, status: c.u32(f.errorStatus) });
    });
  }
  trailing(c, body);
}

function response(c: Cursor, request: number, body: Body, whole: boolean): void {
  // Refusals may come without a body (SMPP 3.4 4.4.2).
  if (c.left === 0) return;
  switch (request) {
    case BIND_RECEIVER:
    case BIND_TRANSMITTER:
    case BIND_TRANSCEIVER:
      body.systemId = cString(c, f.systemId, 16, whole);
      break;
    case QUERY_SM:
      body.messageId = cString(c, f.messageId, MESSAGE_ID, whole);
      cString(c, f.finalDate, 17, whole);
      c.u8(f.messageState);
      c.u8(f.errorCode);
      break;
    case SUBMIT_MULTI:
      unsuccessful(c, body, whole);
      return;
    case SUBMIT_SM:
    case DELIVER_SM:
    case DATA_SM:
    case BROADCAST_SM:
    case QUERY_BROADCAST_SM:
      body.messageId = cString(c, f.messageId, MESSAGE_ID, whole);
      break;
    default:
      break;
  }
  trailing(c, body);
}

/** Reads the body of command `id` into `body`. `whole`: the PDU is there to its end, so what is missing was not sent. */
export function readBody(c: Cursor, id: number, body: Body, whole: boolean): void {
  if (id >= RESPONSE) {
    response(c, id - RESPONSE, body, whole);
    return;
  }
  switch (id) {
    case SUBMIT_SM:
    case DELIVER_SM:
      submit(c, body, false, whole);
      return;
    case SUBMIT_MULTI:
      submit(c, body, true, whole);
      return;
    case DATA_SM:
      data(c, body, whole);
      return;
    case BIND_RECEIVER:
    case BIND_TRANSMITTER:
    case BIND_TRANSCEIVER:
      bind(c, body, whole);
      return;
    case OUTBIND:
      body.systemId = cString(c, f.systemId, 16, whole);
      cString(c, f.password, 9, whole);
      break;
    case QUERY_SM:
    case QUERY_BROADCAST_SM:
      messageIdAndSource(c, body, whole);
      break;
    case CANCEL_SM:
      cString(c, f.serviceType, 6, whole);
      messageIdAndSource(c, body, whole);
      body.to = address(c, DESTINATION, SHORT_ADDRESS, whole);
      break;
    case CANCEL_BROADCAST_SM:
      cString(c, f.serviceType, 6, whole);
      messageIdAndSource(c, body, whole);
      break;
    case REPLACE_SM:
      replace(c, body, whole);
      return;
    case ALERT_NOTIFICATION:
      body.from = address(c, SOURCE, LONG_ADDRESS, whole);
      body.to = address(c, ESME, LONG_ADDRESS, whole);
      break;
    case BROADCAST_SM:
      broadcast(c, body, whole);
      return;
    default:
      if (c.left > 0) c.raw(f.rest, c.left);
      return;
  }
  trailing(c, body);
}
