import type { Cursor } from '../../base/cursor.ts';
import { afterEtherType, CUT, ETHERTYPE_IPV4, INNER_LLC, STOP } from '../next.ts';
import type { Packet } from '../packet.ts';
import { llcFields as f } from './fields.ts';

const SAP_IP = 0x06;
const SAP_SNAP = 0xaa;
const UNNUMBERED_INFORMATION = 0x03;

// IEEE 802.2 3.2, LLC PDU; RFC 1042, SNAP: organisation code 0 and an EtherType.
export function decodeLlc(c: Cursor, _p: Packet): number {
  if (c.left < 3 && c.rec === null) return CUT;
  const dsap = c.u8(f.dsap);
  c.u8(f.ssap);
  const control = c.u8(f.control);
  if (control !== UNNUMBERED_INFORMATION) return STOP | INNER_LLC;
  if (dsap === SAP_IP) return ETHERTYPE_IPV4;
  if (dsap !== SAP_SNAP) return STOP | INNER_LLC;
  if (c.left < 5 && c.rec === null) return CUT;
  c.u24(f.oui);
  const type = c.u16(f.type);
  return type < 0x0600 ? STOP | INNER_LLC : afterEtherType(type);
}
