// What the user adaptation layers of SIGTRAN share: the common header and parameters of tag, length and value
// (RFC 4666 3.1 and 3.2, RFC 3331 3.1, RFC 3868 3.1, RFC 4165 2.1).

import { rules } from '../../../captures/finding.ts';
import { Cursor } from '../../base/cursor.ts';
import type { Context } from '../../base/dissector.ts';
import type { Field, FieldSpec } from '../../base/fields.ts';

export const xuaRules = rules({
  version: {
    code: 'XUA-VERSION',
    severity: 'warning',
    title: 'A message of an adaptation layer with a version other than 1',
    clause: 'RFC 4666 3.1.1',
  },
  length: {
    code: 'XUA-LENGTH',
    severity: 'warning',
    title: 'The message length does not fit the octets of the SCTP message; those that are there were read',
    clause: 'RFC 4666 3.1.4',
  },
  parameter: {
    code: 'XUA-PARAMETER',
    severity: 'warning',
    title: 'A parameter is shorter than its own header, or longer than the message',
    clause: 'RFC 4666 3.2',
  },
});

/** RFC 4666 3.1.2, with the classes of the other layers. */
export const MESSAGE_CLASS = {
  management: 0,
  transfer: 1,
  networkManagement: 2,
  aspState: 3,
  aspTraffic: 4,
  mtp2: 6,
  connectionless: 7,
  connectionOriented: 8,
  routingKey: 9,
  m2pa: 11,
} as const;

const classNames: Readonly<Record<number, string>> = {
  0: 'Management',
  1: 'Transfer',
  2: 'SS7 signalling network management',
  3: 'ASP state maintenance',
  4: 'ASP traffic maintenance',
  6: 'MTP2 user adaptation',
  7: 'Connectionless',
  8: 'Connection-oriented',
  9: 'Routing key management',
  10: 'Interface identifier management',
  11: 'M2PA',
};

/** Messages that all layers have: class * 256 + type. */
export const commonMessages: Readonly<Record<number, string>> = {
  0: 'ERR',
  1: 'NTFY',
  513: 'DUNA',
  514: 'DAVA',
  515: 'DAUD',
  516: 'SCON',
  517: 'DUPU',
  518: 'DRST',
  769: 'ASPUP',
  770: 'ASPDN',
  771: 'BEAT',
  772: 'ASPUP ACK',
  773: 'ASPDN ACK',
  774: 'BEAT ACK',
  1025: 'ASPAC',
  1026: 'ASPIA',
  1027: 'ASPAC ACK',
  1028: 'ASPIA ACK',
  2305: 'REG REQ',
  2306: 'REG RSP',
  2307: 'DEREG REQ',
  2308: 'DEREG RSP',
};

/** Parameters that all layers have. */
export const commonParameters: Readonly<Record<number, string>> = {
  1: 'Interface identifier',
  3: 'Interface identifier, text',
  4: 'Info string',
  6: 'Routing context',
  7: 'Diagnostic information',
  9: 'Heartbeat data',
  11: 'Traffic mode type',
  12: 'Error code',
  13: 'Status',
  17: 'ASP identifier',
  18: 'Affected point code',
  19: 'Correlation identifier',
};

/** RFC 4666 3.8.1. */
export const errorCodes: Readonly<Record<number, string>> = {
  1: 'invalid version',
  3: 'unsupported message class',
  4: 'unsupported message type',
  5: 'unsupported traffic mode type',
  6: 'unexpected message',
  7: 'protocol error',
  9: 'invalid stream identifier',
  13: 'refused, management blocking',
  14: 'ASP identifier required',
  15: 'invalid ASP identifier',
  17: 'invalid parameter value',
  18: 'parameter field error',
  19: 'unexpected parameter',
  20: 'destination status unknown',
  21: 'invalid network appearance',
  22: 'missing parameter',
  25: 'invalid routing context',
  26: 'no configured AS for ASP',
};

/** The fields every layer declares under its own prefix. */
export const xuaSpecs = (label: string, clause: string, parameters: Readonly<Record<number, string>>) =>
  ({
    message: { kind: 'group', label, clause },
    version: { kind: 'u8', label: 'Version' },
    reserved: { kind: 'u8', label: 'Reserved' },
    messageClass: { kind: 'u8', label: 'Message class', names: classNames },
    messageType: { kind: 'u8', label: 'Message type' },
    messageLength: { kind: 'u32', label: 'Message length', unit: 'octets' },
    parameter: { kind: 'group', label: 'Parameter', clause: 'RFC 4666 3.2' },
    tag: { kind: 'u16', label: 'Tag', hex: true, names: { ...commonParameters, ...parameters } },
    length: { kind: 'u16', label: 'Length', unit: 'octets' },
    value: { kind: 'bytes', label: 'Value' },
    padding: { kind: 'bytes', label: 'Padding' },
  }) satisfies Record<string, FieldSpec>;

export interface XuaFields {
  readonly version: Field<'u8'>;
  readonly reserved: Field<'u8'>;
  readonly messageClass: Field<'u8'>;
  readonly messageType: Field<'u8'>;
  readonly messageLength: Field<'u32'>;
  readonly parameter: Field<'group'>;
  readonly tag: Field<'u16'>;
  readonly length: Field<'u16'>;
  readonly value: Field<'bytes'>;
  readonly padding: Field<'bytes'>;
}

export interface XuaHeader {
  readonly messageClass: number;
  readonly messageType: number;
  /** Octets of the message that the capture does not hold. */
  readonly missing: number;
}

const HEADER = 8;

// RFC 4666 3.1: version, reserved, class, type, length of the whole message. Narrows the cursor to the message.
export function readXuaHeader(c: Cursor, f: XuaFields, ctx: Context): XuaHeader {
  const start = c.pos;
  const version = c.u8(f.version);
  c.u8(f.reserved);
  const messageClass = c.u8(f.messageClass);
  const messageType = c.u8(f.messageType);
  const length = c.u32(f.messageLength);
  if (version !== 1) c.report(xuaRules.version, start, 1, `version ${version}`);
  const held = c.end - start;
  const lost = ctx.missing ?? 0;
  if (length < HEADER || length > held + lost) {
    const there = lost === 0 ? `${held}` : `${held + lost}`;
    c.report(xuaRules.length, start + 4, 4, `length ${length}, there are ${there} octets`);
  }
  if (length >= HEADER && length < held) c.end = start + length;
  return { messageClass, messageType, missing: Math.max(0, length - held, lost) };
}

/** Tag, length and what is behind them; `missing`: octets of the value that are not there. */
export type ReadParameter = (tag: number, value: Cursor, missing: number) => boolean;

// RFC 4666 3.2: tag, length with the header but without padding, value, padding to a multiple of four octets.
export function eachParameter(c: Cursor, f: XuaFields, missing: number, read: ReadParameter): void {
  while (c.left > 0) {
    const start = c.pos;
    const known = c.left >= 2 ? f.tag.names?.[(c.bytes[start]! << 8) | c.bytes[start + 1]!] : undefined;
    const more = c.group(f.parameter, known, () => readParameter(c, f, missing, read));
    if (!more) return;
  }
}

function readParameter(c: Cursor, f: XuaFields, missing: number, read: ReadParameter): boolean {
  const start = c.pos;
  const tag = c.u16(f.tag);
  const length = c.u16(f.length);
  const size = length - 4;
  if (size < 0 || size > c.left + missing) {
    c.report(xuaRules.parameter, start, 4, `length ${length}, ${c.left + 4} octets are left`);
    if (size < 0) return false;
  }
  const there = Math.min(size, c.left);
  const value = new Cursor(c.bytes, c.pos, c.pos + there, c.rec, c.findings, c.of);
  if (!read(tag, value, size - there)) c.span(f.value, there);
  else c.pos = value.end > c.pos ? value.end : c.pos;
  const padding = Math.min(-there & 3, c.left);
  if (padding > 0) c.span(f.padding, padding);
  return true;
}
