// MTP level 2 user adaptation: level 3 messages of a link, between a signalling gateway and a media gateway controller.

import type { Cursor } from '../../../base/cursor.ts';
import { type Context, type DatagramDissector, on } from '../../../base/dissector.ts';
import { readMtp3 } from '../mtp/mtp3.ts';
import { eachParameter, MESSAGE_CLASS, readXuaHeader, xuaRules } from '../xua.ts';
import { m2uaFields as f, m2uaMessages } from './fields.ts';

const PARAMETER = { interfaceIdentifier: 0x0001, protocolData: 0x0300, ttcProtocolData: 0x0301 } as const;

// RFC 3331 3: common header, then parameters; protocol data is the message from its service information octet on.
function decode(c: Cursor, ctx: Context): void {
  let name = 'M2UA';
  c.group(
    f.message,
    undefined,
    () => {
      const h = readXuaHeader(c, f, ctx);
      name = m2uaMessages[h.messageClass * 256 + h.messageType] ?? `class ${h.messageClass} type ${h.messageType}`;
      const isMtp2 = h.messageClass === MESSAGE_CLASS.mtp2;
      eachParameter(c, f, h.missing, (tag, value, missing) => {
        if (tag === PARAMETER.interfaceIdentifier && value.left >= 4) value.u32(f.interfaceIdentifier);
        else if (isMtp2 && tag === PARAMETER.protocolData) readMtp3(value, ctx, missing);
        else if (isMtp2 && tag === PARAMETER.ttcProtocolData) {
          value.u8(f.lengthIndicator);
          readMtp3(value, ctx, missing);
        } else return false;
        return true;
      });
    },
    () => name,
  );
}

export const m2ua: DatagramDissector = {
  kind: 'datagram',
  id: 'm2ua',
  title: 'MTP level 2 user adaptation',
  refs: ['RFC 3331'],
  fields: f,
  rules: Object.values(xuaRules),
  carriedBy: [on('sctp.ppid', 2), on('sctp.port', 2904)],
  decode,
};
