// MTP level 2 peer-to-peer adaptation: a signalling link over SCTP between two points that both have MTP level 3.

import type { Cursor } from '../../../base/cursor.ts';
import { type Context, type DatagramDissector, on } from '../../../base/dissector.ts';
import { readMtp3 } from '../mtp/mtp3.ts';
import { MESSAGE_CLASS, readXuaHeader, xuaRules } from '../xua.ts';
import { m2paFields as f, m2paMessages } from './fields.ts';

const USER_DATA = 1;
const LINK_STATUS = 2;

// RFC 4165 2.1 to 2.3: common header, sequence numbers, then a message (priority octet in front) or a link status.
function decode(c: Cursor, ctx: Context): void {
  let name = 'M2PA';
  c.group(
    f.message,
    undefined,
    () => {
      const h = readXuaHeader(c, f, ctx);
      c.u8(f.unused);
      c.u24(f.backwardSequence);
      c.u8(f.unused);
      c.u24(f.forwardSequence);
      if (h.messageClass !== MESSAGE_CLASS.m2pa) return;
      name = m2paMessages[h.messageType] ?? `type ${h.messageType}`;
      if (h.messageType === LINK_STATUS) c.u32(f.linkStatus);
      else if (h.messageType === USER_DATA && c.left > 0) {
        c.u8(f.priority);
        readMtp3(c.window(c.left), ctx, h.missing);
      }
    },
    () => name,
  );
}

export const m2pa: DatagramDissector = {
  kind: 'datagram',
  id: 'm2pa',
  title: 'MTP level 2 peer-to-peer adaptation',
  refs: ['RFC 4165'],
  fields: f,
  rules: Object.values(xuaRules),
  carriedBy: [on('sctp.ppid', 5), on('sctp.port', 3565)],
  decode,
};
