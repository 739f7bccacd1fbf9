// Short Message Peer to Peer, versions 3.3, 3.4 and 5.0.

import { type Cursor, runLayer, TRUNCATED } from '../../base/cursor.ts';
import { type Context, on, type StreamDissector } from '../../base/dissector.ts';
import { udhFields } from '../../sms/udh.ts';
import { udhRules } from '../../sms/udhrules.ts';
import { type Body, emptyBody, readBody } from './body.ts';
import {
  BIND_RECEIVER,
  BIND_TRANSCEIVER,
  BIND_TRANSMITTER,
  commandName,
  DATA_SM,
  DELIVER_SM,
  GENERIC_NACK,
  isKnown,
  MAX_PDU,
  RESPONSE,
  SUBMIT_MULTI,
  SUBMIT_SM,
  sentBy,
} from './commands.ts';
import { smppFields } from './fields.ts';
import { frame, HEADER_LENGTH, looksLike } from './header.ts';
import { emitMessage, emitResponse, type Pdu } from './message.ts';
import { passing } from './pass.ts';
import { smppRules } from './rules.ts';
import { newSession, type Session } from './session.ts';
import { statusText } from './values.ts';

const f = smppFields;

const CARRIES: ReadonlySet<number> = new Set([SUBMIT_SM, SUBMIT_MULTI, DELIVER_SM, DATA_SM]);
const BINDS: ReadonlySet<number> = new Set([BIND_RECEIVER, BIND_TRANSMITTER, BIND_TRANSCEIVER]);

/** What a cut PDU makes decoders complain about: the capture's doing, not the sender's. */
const BY_CUTTING: ReadonlySet<string> = new Set([
  TRUNCATED.code,
  smppRules.tlvOverrun.code,
  smppRules.trailing.code,
  udhRules.overrun.code,
  udhRules.elementOverrun.code,
  udhRules.strayOctet.code,
]);

interface Header {
  id: number;
  status: number;
  sequence: number;
  length: number;
}

// SMPP 3.4 3.2: header, then the body of the command.
function readPdu(c: Cursor, h: Header, body: Body): void {
  h.length = c.u32(f.commandLength);
  h.id = c.u32(f.commandId);
  h.status = c.u32(f.commandStatus);
  h.sequence = c.u32(f.sequence);
  const whole = h.length <= HEADER_LENGTH + c.left;
  if (h.length >= HEADER_LENGTH && c.left > h.length - HEADER_LENGTH) c.end = c.pos + h.length - HEADER_LENGTH;
  readBody(c, h.id, body, whole);
}

function judgeHeader(c: Cursor, h: Header, start: number): void {
  if (!isKnown(h.id)) c.report(smppRules.unknownCommand, start + 4, 4, commandName(h.id));
  if (h.id < RESPONSE && h.status !== 0) {
    c.report(smppRules.requestStatus, start + 8, 4, `${commandName(h.id)} with status ${statusText(h.status)}`);
  }
  if ((h.sequence === 0 && h.id !== GENERIC_NACK) || h.sequence > 0x7fff_ffff) {
    c.report(smppRules.sequence, start + 12, 4, `sequence number ${h.sequence}`);
  }
}

function judgeResponse(c: Cursor, h: Header, tied: boolean, start: number): void {
  if (BINDS.has(h.id - RESPONSE) && h.status !== 0) {
    c.report(smppRules.bindRefused, start + 8, 4, `${commandName(h.id)}: ${statusText(h.status)}`);
  }
  if (h.id === GENERIC_NACK && !tied) {
    c.report(smppRules.nack, start, HEADER_LENGTH, `generic_nack: ${statusText(h.status)}`);
  }
}

// SMPP 3.4 3.2, SMPP 5.0 3.2: one PDU.
function decode(c: Cursor, ctx: Context): void {
  const session = ctx.state<Session>(newSession);
  const start = c.pos;
  const before = c.findings.length;
  const h: Header = { id: 0, status: 0, sequence: 0, length: 0 };
  const body = emptyBody();
  const windowEnd = c.end;
  c.group(
    f.pdu,
    undefined,
    () => {
      runLayer(c, () => readPdu(c, h, body));
    },
    () => commandName(h.id),
  );
  const cut = h.length === 0 || windowEnd - start < h.length;
  if (windowEnd - start < HEADER_LENGTH) return;
  const end = Math.min(windowEnd, start + h.length);
  c.pos = end;
  if (cut) {
    const kept = c.findings.splice(before).filter((x) => !BY_CUTTING.has(x.rule.code));
    c.findings.push(...kept);
    c.report(smppRules.cut, start, end - start, `${end - start} of ${h.length} octets were captured`);
  }
  judgeHeader(c, h, start);
  const side = sentBy(h.id);
  if (side !== null) session.esme = (side === 'esme') === (ctx.direction === 0) ? 0 : 1;

  const pdu: Pdu = { start, end, id: h.id, status: h.status, sequence: h.sequence, body, cut };
  // Findings of a PDU that carries a message go with the message; their positions count in the PDU.
  const takeFindings = () =>
    c.findings.splice(before).map((x) => ({ ...x, of: 'pdu' as const, start: Math.max(0, x.start - start) }));
  if (CARRIES.has(h.id)) emitMessage(c, ctx, session, pdu, takeFindings);
  else if (h.id >= RESPONSE) judgeResponse(c, h, emitResponse(ctx, session, pdu), start);
}

export const smpp: StreamDissector = {
  kind: 'stream',
  id: 'smpp',
  title: 'Short Message Peer to Peer',
  refs: ['SMPP 3.3', 'SMPP 3.4', 'SMPP 5.0', '3GPP TS 23.040'],
  fields: { ...smppFields, ...prefixed('udh', udhFields) },
  rules: [...Object.values(smppRules), ...Object.values(udhRules)],
  carriedBy: [on('tcp.port', 2775), on('tcp.port', 3550)],
  maxLength: MAX_PDU,
  firstOctets: [0],
  looksLike,
  frame,
  passing,
  decode,
};

/** Fields of a layer this one reads too, under names of their own. */
function prefixed<T>(prefix: string, table: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(table).map(([name, field]) => [`${prefix}.${name}`, field]));
}
