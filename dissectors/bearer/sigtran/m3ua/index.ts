// MTP level 3 user adaptation: SCCP and other users of MTP over SCTP.

import type { Cursor } from '../../../base/cursor.ts';
import { type Context, type DatagramDissector, on } from '../../../base/dissector.ts';
import { passing } from '../pass.ts';
import { pointCode, shared, Tell } from '../shared.ts';
import { eachParameter, errorCodes, MESSAGE_CLASS, readXuaHeader, xuaRules } from '../xua.ts';
import { m3uaFields as f, m3uaMessages } from './fields.ts';
import { m3uaRules } from './rules.ts';

const PARAMETER = {
  routingContext: 0x0006,
  errorCode: 0x000c,
  affectedPointCode: 0x0012,
  networkAppearance: 0x0200,
  protocolData: 0x0210,
} as const;

/** Octets of protocol data before the user's. */
const LABEL = 12;

interface Message {
  name: string;
  affected: number[];
  error: number | null;
}

// RFC 4666 3: common header, then parameters.
function decode(c: Cursor, ctx: Context): void {
  const m: Message = { name: 'M3UA', affected: [], error: null };
  c.group(
    f.message,
    undefined,
    () => {
      const h = readXuaHeader(c, f, ctx);
      m.name = m3uaMessages[h.messageClass * 256 + h.messageType] ?? `class ${h.messageClass} type ${h.messageType}`;
      const isData = h.messageClass === MESSAGE_CLASS.transfer && h.messageType === 1;
      eachParameter(c, f, h.missing, (tag, value, missing) => {
        if (tag === PARAMETER.protocolData && isData) protocolData(value, missing, ctx);
        else if (!readNumber(tag, value, m)) return false;
        return true;
      });
    },
    () => m.name,
  );
  tellOf(ctx, m);
}

function readNumber(tag: number, value: Cursor, m: Message): boolean {
  if (value.left < 4) return false;
  if (tag === PARAMETER.routingContext) value.u32(f.routingContext);
  else if (tag === PARAMETER.networkAppearance) value.u32(f.networkAppearance);
  else if (tag === PARAMETER.errorCode) m.error = value.u32(f.errorCode);
  else if (tag === PARAMETER.affectedPointCode) {
    while (value.left >= 4) m.affected.push(value.u32(f.affectedPointCode) & 0xff_ffff);
  } else return false;
  return true;
}

// RFC 4666 3.3.1, Payload Data: the routing label in octets of its own, then the user's message.
function protocolData(c: Cursor, missing: number, ctx: Context): void {
  if (c.left < LABEL) return;
  const opc = c.u32(f.originatingPointCode);
  const dpc = c.u32(f.destinationPointCode);
  const si = c.u8(f.serviceIndicator);
  c.u8(f.networkIndicator);
  c.u8(f.messagePriority);
  c.u8(f.signallingLinkSelection);
  const from = { sourceAddress: pointCode(opc), destinationAddress: pointCode(dpc), missing };
  const left = c.left;
  const user = c.window(left);
  if (!ctx.next('m3ua.si', si, user, from) && c.rec !== null) {
    c.rec.leaf(f.userData, c.pos - left, left, c.bytes.subarray(c.pos - left, c.pos));
  }
}

const MOST_NAMED = 8;

// RFC 4666 3.4.1, 3.8.1: why messages do not arrive.
function tellOf(ctx: Context, m: Message): void {
  if (m.name === 'DUNA' && m.affected.length > 0) {
    const list = m.affected.slice(0, MOST_NAMED).join(', ');
    const more = m.affected.length > MOST_NAMED ? ' and others' : '';
    shared(ctx, () => new Tell()).frame(ctx, m3uaRules.unavailable, `point code ${list}${more}`);
  } else if (m.name === 'ERR' && m.error !== null) {
    const what = errorCodes[m.error] ?? `error code ${m.error}`;
    shared(ctx, () => new Tell()).frame(ctx, m3uaRules.error, what);
  }
}

export const m3ua: DatagramDissector = {
  kind: 'datagram',
  id: 'm3ua',
  title: 'MTP level 3 user adaptation',
  refs: ['RFC 4666'],
  fields: f,
  rules: [...Object.values(xuaRules), ...Object.values(m3uaRules)],
  carriedBy: [on('sctp.ppid', 3), on('sctp.port', 2905)],
  passing,
  decode,
};
