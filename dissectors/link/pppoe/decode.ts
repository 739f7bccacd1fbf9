import type { Cursor } from '../../base/cursor.ts';
import { header, readHeader } from '../header.ts';
import { CUT, INNER_PPP } from '../next.ts';
import type { Packet } from '../packet.ts';
import { pppoeFields as f } from './fields.ts';

const fixed = header(f.versionType, f.code, f.session, f.length);

// RFC 2516 4, Payloads: six octets, then a PPP frame without address and control. The length is left to IP to judge:
// it only ever cuts padding, as IP's own does.
export function decodePppoe(c: Cursor, _p: Packet): number {
  if (c.left < fixed.size && c.rec === null) return CUT;
  readHeader(c, fixed);
  return INNER_PPP;
}
