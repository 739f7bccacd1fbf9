import type { Cursor } from '../../base/cursor.ts';
import { CUT, INNER_PPP } from '../next.ts';
import type { Packet } from '../packet.ts';
import { pppoeFields as f } from './fields.ts';

// RFC 2516 4, Payloads: six octets, then a PPP frame without address and control. The length is left to IP to judge:
// it only ever cuts padding, as IP's own does.
export function decodePppoe(c: Cursor, _p: Packet): number {
  if (c.left < 6 && c.rec === null) return CUT;
  c.u8(f.versionType);
  c.u8(f.code);
  c.u16(f.session);
  c.u16(f.length);
  return INNER_PPP;
}
