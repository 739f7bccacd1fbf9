// SCCP user adaptation: what SCCP carries, with addresses in parameters, over SCTP.

import { Cursor, runLayer } from '../../../base/cursor.ts';
import { type Context, type DatagramDissector, on } from '../../../base/dissector.ts';
import { addressName, digitsOf, type SccpAddress } from '../sccp/address.ts';
import { deliver, returnedBy } from '../sccp/deliver.ts';
import { sccpRules } from '../sccp/rules.ts';
import type { Segmentation } from '../sccp/segments.ts';
import { returnCauses } from '../sccp/types.ts';
import { eachParameter, MESSAGE_CLASS, readXuaHeader, xuaRules } from '../xua.ts';
import { suaFields as f, suaMessages } from './fields.ts';

const PARAMETER = {
  source: 0x0102,
  destination: 0x0103,
  cause: 0x0106,
  data: 0x010b,
  segmentation: 0x0117,
  globalTitle: 0x8001,
  pointCode: 0x8002,
  subsystem: 0x8003,
} as const;

const CLDR = 2;
const RETURN_CAUSE = 1;

/** What a connectionless message says about its data, wherever the parameters stand. */
interface Message {
  source: SccpAddress;
  destination: SccpAddress;
  cause: number | null;
  segmentation: Segmentation | null;
}

// RFC 3868 3: common header, then parameters.
function decode(c: Cursor, ctx: Context): void {
  let name = 'SUA';
  c.group(
    f.message,
    undefined,
    () => {
      const h = readXuaHeader(c, f, ctx);
      name = suaMessages[h.messageClass * 256 + h.messageType] ?? `class ${h.messageClass} type ${h.messageType}`;
      const connectionless = h.messageClass === MESSAGE_CLASS.connectionless;
      const m = connectionless ? lookAhead(c, ctx, h.missing) : null;
      eachParameter(c, f, h.missing, (tag, value, missing) => {
        if (tag === PARAMETER.data && m !== null) return data(value, ctx, m, h.messageType === CLDR, missing);
        return readParameter(tag, value, ctx, null);
      });
    },
    () => name,
  );
}

/** Data stands behind its addresses, but the cause and the segmentation may stand anywhere: read once without a tree. */
function lookAhead(c: Cursor, ctx: Context, missing: number): Message {
  const nobody: SccpAddress = { subsystem: null, pointCode: null, globalTitle: null, name: '' };
  const m: Message = { source: nobody, destination: nobody, cause: null, segmentation: null };
  const ahead = new Cursor(c.bytes, c.pos, c.end);
  runLayer(ahead, () => eachParameter(ahead, f, missing, (tag, value) => readParameter(tag, value, ctx, m)));
  return m;
}

function readParameter(tag: number, value: Cursor, ctx: Context, into: Message | null): boolean {
  if (tag === PARAMETER.source) {
    const a = address(value, ctx.sourceAddress);
    if (into !== null) into.source = a;
  } else if (tag === PARAMETER.destination) {
    const a = address(value, ctx.destinationAddress);
    if (into !== null) into.destination = a;
  } else if (tag === PARAMETER.cause && value.left >= 4) {
    const cause = readCause(value);
    if (into !== null) into.cause = cause;
  } else if (tag === PARAMETER.segmentation && value.left >= 4) {
    const s = segmentation(value);
    if (into !== null) into.segmentation = s;
  } else {
    return false;
  }
  return true;
}

// RFC 3868 3.10.2: routing, then the parts of the address as parameters of their own.
function address(c: Cursor, beside: string): SccpAddress {
  const a: { subsystem: number | null; pointCode: number | null; globalTitle: string | null } = {
    subsystem: null,
    pointCode: null,
    globalTitle: null,
  };
  c.u16(f.routing);
  c.u16(f.addressIndicator);
  eachParameter(c, f, 0, (tag, value) => {
    if (tag === PARAMETER.globalTitle && value.left >= 8) a.globalTitle = globalTitle(value);
    else if (tag === PARAMETER.pointCode && value.left >= 4) a.pointCode = value.u32(f.pointCode);
    else if (tag === PARAMETER.subsystem && value.left >= 4) {
      value.u24(f.reserved24);
      a.subsystem = value.u8(f.subsystem);
    } else return false;
    return true;
  });
  return { ...a, name: addressName(a, beside) };
}

// RFC 3868 3.10.2.3
function globalTitle(c: Cursor): string {
  c.u24(f.reserved24);
  c.u8(f.titleIndicator);
  const count = c.u8(f.digitCount);
  c.u8(f.translationType);
  c.u8(f.numberingPlan);
  c.u8(f.natureOfAddress);
  const octets = Math.min((count + 1) >> 1, c.left);
  const at = c.take(octets);
  const digits = digitsOf(c.bytes, at, octets, (count & 1) === 1);
  if (c.rec !== null) c.rec.leaf(f.digits, at, octets, digits);
  return digits;
}

// RFC 3868 3.10.6; null for causes that are not those of a message given back.
function readCause(c: Cursor): number | null {
  c.u16(f.reserved16);
  const type = c.u8(f.causeType);
  const at = c.pos;
  const value = c.bytes[c.take(1)]!;
  const text = type === RETURN_CAUSE ? returnCauses[value]?.text : undefined;
  if (c.rec !== null) c.rec.leaf(f.causeValue, at, 1, value, text);
  return type === RETURN_CAUSE ? value : null;
}

// RFC 3868 3.10.23: the first bit says that the segment is the first one, the other seven how many follow.
function segmentation(c: Cursor): Segmentation {
  const v = c.u8(f.firstAndRemaining);
  return { first: (v & 0x80) !== 0, remaining: v & 0x7f, reference: c.u24(f.segmentationReference) };
}

/** ITU-T Q.713 3.12, unqualified: CLDR without a cause. */
const UNQUALIFIED = 7;

function data(c: Cursor, ctx: Context, m: Message, returned: boolean, missing: number): boolean {
  const { pos, left } = c;
  const read = deliver(c, ctx, {
    called: m.destination,
    calling: m.source,
    returned: returned ? returnedBy(m.cause ?? UNQUALIFIED) : null,
    segmentation: m.segmentation,
    missing,
  });
  if (!read && c.rec !== null) c.rec.leaf(f.data, pos, left, c.bytes.subarray(pos, pos + left));
  return true;
}

export const sua: DatagramDissector = {
  kind: 'datagram',
  id: 'sua',
  title: 'SCCP user adaptation',
  refs: ['RFC 3868'],
  fields: f,
  rules: [...Object.values(xuaRules), ...Object.values(sccpRules)],
  carriedBy: [on('sctp.ppid', 4), on('sctp.port', 14_001)],
  decode,
};
