// From a frame to the payload of its transport: one step a header, one loop for all of them.

import type { Cursor } from '../base/cursor.ts';
import type { Field } from '../base/fields.ts';
import { decodeEthernet } from '../link/ethernet/decode.ts';
import { ethernetFields } from '../link/ethernet/fields.ts';
import { decodeLlc } from '../link/llc/decode.ts';
import { llcFields } from '../link/llc/fields.ts';
import { decodeMpls } from '../link/mpls/decode.ts';
import { mplsFields } from '../link/mpls/fields.ts';
import * as next from '../link/next.ts';
import { decodeNull } from '../link/null/decode.ts';
import { nullFields } from '../link/null/fields.ts';
import type { Packet } from '../link/packet.ts';
import { decodePppFrame, decodePppProtocol } from '../link/ppp/decode.ts';
import { pppFields } from '../link/ppp/fields.ts';
import { decodePppoe } from '../link/pppoe/decode.ts';
import { pppoeFields } from '../link/pppoe/fields.ts';
import { decodeRawIp } from '../link/raw/decode.ts';
import { decodeSll, decodeSll2 } from '../link/sll/decode.ts';
import { sllFields } from '../link/sll/fields.ts';
import { decodeVlan } from '../link/vlan/decode.ts';
import { vlanFields } from '../link/vlan/fields.ts';
import { decodeGre } from '../net/gre/decode.ts';
import { greFields } from '../net/gre/fields.ts';
import { decodeGtpu } from '../net/gtpu/decode.ts';
import { gtpuFields } from '../net/gtpu/fields.ts';
import { decodeIpv4 } from '../net/ipv4/decode.ts';
import { ipv4Fields } from '../net/ipv4/fields.ts';
import { decodeIpv6, decodeIpv6Extensions } from '../net/ipv6/decode.ts';
import { ipv6Fields } from '../net/ipv6/fields.ts';
import { decodeSctp } from '../transport/sctp/decode.ts';
import { sctpFields } from '../transport/sctp/fields.ts';
import { decodeTcp } from '../transport/tcp/decode.ts';
import { tcpFields } from '../transport/tcp/fields.ts';
import { decodeUdp } from '../transport/udp/decode.ts';
import { udpFields } from '../transport/udp/fields.ts';

/** Headers followed in one frame, labels and tags included. */
const MAX_LAYERS = 32;

/**
 * Walks from `first` (next.ts) to the transport payload, which the cursor then spans. Returns what ended the walk:
 * TCP_PAYLOAD, UDP_PAYLOAD, SCTP_PAYLOAD, FRAGMENT, CUT, BAD, TOO_DEEP, CONTROL, or `STOP | key` for a number nothing here reads.
 */
export function readLayers(c: Cursor, p: Packet, first: number): number {
  let key = first;
  for (let i = 0; i < MAX_LAYERS; i++) {
    key = c.rec === null ? readLayer(c, p, key) : recordLayer(c, p, key);
    if (key >= next.STOP) return key;
  }
  return next.TOO_DEEP;
}

function readLayer(c: Cursor, p: Packet, key: number): number {
  switch (key) {
    case next.LINK_ETHERNET:
    case next.INNER_ETHERNET:
    case next.ETHERTYPE_TRANSPARENT_ETHERNET:
    case next.IP_PROTO_ETHERNET:
      return decodeEthernet(c, p);
    case next.ETHERTYPE_IPV4:
    case next.LINK_IPV4:
    case next.IP_PROTO_IPV4:
    case next.PPP_IPV4:
      return decodeIpv4(c, p);
    case next.IP_PROTO_TCP:
      return decodeTcp(c, p);
    case next.IP_PROTO_UDP:
      return decodeUdp(c, p);
    default:
      return readRareLayer(c, p, key);
  }
}

function readRareLayer(c: Cursor, p: Packet, key: number): number {
  switch (key) {
    case next.ETHERTYPE_IPV6:
    case next.LINK_IPV6:
    case next.IP_PROTO_IPV6:
    case next.PPP_IPV6:
      return decodeIpv6(c, p);
    case next.IP_PROTO_AUTHENTICATION:
    case next.IP_PROTO_DESTINATION_OPTIONS:
    case next.IP_PROTO_ROUTING:
      return decodeIpv6Extensions(c, p, key - next.IP_PROTO);
    case next.ETHERTYPE_VLAN:
    case next.ETHERTYPE_SERVICE_VLAN:
    case next.ETHERTYPE_OLD_QINQ_1:
    case next.ETHERTYPE_OLD_QINQ_2:
    case next.ETHERTYPE_OLD_QINQ_3:
      return decodeVlan(c, p);
    case next.LINK_SLL:
      return decodeSll(c, p);
    case next.LINK_SLL2:
      return decodeSll2(c, p);
    case next.LINK_RAW:
    case next.LINK_RAW_BSD:
    case next.LINK_RAW_OPENBSD:
    case next.INNER_IP:
      return decodeRawIp(c, p);
    case next.LINK_NULL:
    case next.LINK_LOOP:
      return decodeNull(c, p);
    case next.ETHERTYPE_MPLS:
    case next.ETHERTYPE_MPLS_MULTICAST:
    case next.PPP_MPLS:
    case next.IP_PROTO_MPLS:
      return decodeMpls(c, p);
    case next.LINK_PPP:
    case next.LINK_PPP_HDLC:
    case next.LINK_C_HDLC:
    case next.INNER_PPP:
      return decodePppFrame(c, p);
    case next.ETHERTYPE_PPP:
      return decodePppProtocol(c, p);
    case next.ETHERTYPE_PPPOE_SESSION:
      return decodePppoe(c, p);
    case next.IP_PROTO_SCTP:
      return decodeSctp(c, p);
    case next.IP_PROTO_GRE:
      return decodeGre(c, p);
    case next.INNER_GTPU:
      return decodeGtpu(c, p);
    case next.INNER_LLC:
      return decodeLlc(c, p);
    default:
      return next.STOP | key;
  }
}

function recordLayer(c: Cursor, p: Packet, key: number): number {
  const group = groups.get(key);
  return group === undefined ? readLayer(c, p, key) : c.group(group, undefined, () => readLayer(c, p, key));
}

const under = (group: Field<'group'>, ...keys: readonly number[]): [number, Field<'group'>][] =>
  keys.map((key) => [key, group]);

/** The tree's heading for a header; none for steps that read nothing of their own. */
const groups: ReadonlyMap<number, Field<'group'>> = new Map<number, Field<'group'>>([
  ...under(ethernetFields.ethernet, next.LINK_ETHERNET, next.INNER_ETHERNET, next.ETHERTYPE_TRANSPARENT_ETHERNET),
  ...under(ethernetFields.ethernet, next.IP_PROTO_ETHERNET),
  ...under(vlanFields.tag, next.ETHERTYPE_VLAN, next.ETHERTYPE_SERVICE_VLAN, next.ETHERTYPE_OLD_QINQ_1),
  ...under(vlanFields.tag, next.ETHERTYPE_OLD_QINQ_2, next.ETHERTYPE_OLD_QINQ_3),
  ...under(llcFields.llc, next.INNER_LLC),
  ...under(sllFields.sll, next.LINK_SLL),
  ...under(sllFields.sll2, next.LINK_SLL2),
  ...under(nullFields.null, next.LINK_NULL, next.LINK_LOOP),
  ...under(pppFields.ppp, next.LINK_PPP, next.LINK_PPP_HDLC, next.LINK_C_HDLC, next.INNER_PPP, next.ETHERTYPE_PPP),
  ...under(pppoeFields.pppoe, next.ETHERTYPE_PPPOE_SESSION),
  ...under(mplsFields.mpls, next.ETHERTYPE_MPLS, next.ETHERTYPE_MPLS_MULTICAST, next.PPP_MPLS, next.IP_PROTO_MPLS),
  ...under(ipv4Fields.ip, next.ETHERTYPE_IPV4, next.LINK_IPV4, next.IP_PROTO_IPV4, next.PPP_IPV4),
  ...under(ipv6Fields.ipv6, next.ETHERTYPE_IPV6, next.LINK_IPV6, next.IP_PROTO_IPV6, next.PPP_IPV6),
  ...under(greFields.gre, next.IP_PROTO_GRE),
  ...under(gtpuFields.gtpu, next.INNER_GTPU),
  ...under(udpFields.udp, next.IP_PROTO_UDP),
  ...under(tcpFields.tcp, next.IP_PROTO_TCP),
  ...under(sctpFields.sctp, next.IP_PROTO_SCTP),
]);
