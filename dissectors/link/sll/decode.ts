import type { Cursor } from '../../base/cursor.ts';
import { header, octets, readHeader } from '../header.ts';
import { afterEtherType, CUT, ETHERTYPE_TRANSPARENT_ETHERNET, INNER_LLC, LINK_SLL, STOP } from '../next.ts';
import { type Packet, u16At } from '../packet.ts';
import { sllFields as f } from './fields.ts';

/** Linux if_ether.h: frames whose protocol field is no EtherType. */
const NOVELL_802_3 = 0x0001;
const PROTOCOL_LLC = 0x0004;
/** Linux if_arp.h ARPHRD_NETLINK and ARPHRD_IPGRE: there the protocol is a netlink family, a GRE protocol. */
const ARPHRD_NETLINK = 824;
const ARPHRD_IPGRE = 778;

const SLL = STOP | LINK_SLL;

function afterCooked(hardware: number, protocol: number): number {
  if (hardware === ARPHRD_NETLINK) return SLL;
  if (hardware === ARPHRD_IPGRE && protocol === 0) return ETHERTYPE_TRANSPARENT_ETHERNET;
  if (protocol === PROTOCOL_LLC) return INNER_LLC;
  return protocol === NOVELL_802_3 || protocol < 0x0600 ? SLL : afterEtherType(protocol);
}

const cooked = header(f.packetType, f.hardwareType, f.addressLength, octets(f.address, 8), f.protocol);

// LINKTYPE_LINUX_SLL: 16 octets in network order.
export function decodeSll(c: Cursor, _p: Packet): number {
  if (c.left < cooked.size && c.rec === null) return CUT;
  const at = readHeader(c, cooked);
  return afterCooked(u16At(c.bytes, at + 2), u16At(c.bytes, at + 14));
}

const cooked2 = header(
  f.protocol,
  f.reserved,
  f.interfaceIndex,
  f.hardwareType,
  f.packetTypeV2,
  f.addressLengthV2,
  octets(f.address, 8),
);

// LINKTYPE_LINUX_SLL2: 20 octets in network order, the protocol first.
export function decodeSll2(c: Cursor, _p: Packet): number {
  if (c.left < cooked2.size && c.rec === null) return CUT;
  const at = readHeader(c, cooked2);
  return afterCooked(u16At(c.bytes, at + 8), u16At(c.bytes, at));
}
