// What a layer says about the layer above it: the number its header carries, tagged with whose number it is.

export const LINK = 0x01_0000;
export const ETHERTYPE = 0x02_0000;
export const IP_PROTO = 0x03_0000;
/** PPP protocol field. */
export const PPP = 0x04_0000;
/** Structures without a number of their own. */
const INNER = 0x05_0000;

/** Set on what ends the walk: `STOP | key` for a number no layer here reads, or one of the ends below. */
export const STOP = 0x100_0000;
/** The header was cut off by the capture. */
export const CUT = STOP | 0x10_0000;
/** The header can't be one. */
export const BAD = STOP | 0x10_0001;
/** One fragment of a datagram; see Packet. */
export const FRAGMENT = STOP | 0x10_0002;
export const TCP_PAYLOAD = STOP | 0x10_0003;
export const UDP_PAYLOAD = STOP | 0x10_0004;
/** More headers than anybody nests on purpose. */
export const TOO_DEEP = STOP | 0x10_0005;
/** Signalling of a tunnel: echo, end marker. */
export const CONTROL = STOP | 0x10_0006;
export const SCTP_PAYLOAD = STOP | 0x10_0007;

/** LINKTYPE_ values, https://www.tcpdump.org/linktypes.html */
export const LINK_NULL = LINK | 0;
export const LINK_ETHERNET = LINK | 1;
export const LINK_PPP = LINK | 9;
export const LINK_RAW_BSD = LINK | 12;
export const LINK_RAW_OPENBSD = LINK | 14;
export const LINK_PPP_HDLC = LINK | 50;
export const LINK_RAW = LINK | 101;
export const LINK_C_HDLC = LINK | 104;
export const LINK_LOOP = LINK | 108;
export const LINK_SLL = LINK | 113;
export const LINK_IPV4 = LINK | 228;
export const LINK_IPV6 = LINK | 229;
export const LINK_SLL2 = LINK | 276;

/** IANA, IEEE 802 Numbers. */
export const ETHERTYPE_IPV4 = ETHERTYPE | 0x0800;
export const ETHERTYPE_VLAN = ETHERTYPE | 0x8100;
export const ETHERTYPE_IPV6 = ETHERTYPE | 0x86dd;
export const ETHERTYPE_PPP = ETHERTYPE | 0x880b;
export const ETHERTYPE_MPLS = ETHERTYPE | 0x8847;
export const ETHERTYPE_MPLS_MULTICAST = ETHERTYPE | 0x8848;
export const ETHERTYPE_PPPOE_SESSION = ETHERTYPE | 0x8864;
export const ETHERTYPE_SERVICE_VLAN = ETHERTYPE | 0x88a8;
/** Stacked tags from before 802.1ad had a number. */
export const ETHERTYPE_OLD_QINQ_1 = ETHERTYPE | 0x9100;
export const ETHERTYPE_OLD_QINQ_2 = ETHERTYPE | 0x9200;
export const ETHERTYPE_OLD_QINQ_3 = ETHERTYPE | 0x9300;
/** RFC 1701 / NVGRE: an Ethernet frame. */
export const ETHERTYPE_TRANSPARENT_ETHERNET = ETHERTYPE | 0x6558;

/** IANA, Assigned Internet Protocol Numbers. */
export const IP_PROTO_IPV4 = IP_PROTO | 4;
export const IP_PROTO_TCP = IP_PROTO | 6;
export const IP_PROTO_UDP = IP_PROTO | 17;
export const IP_PROTO_IPV6 = IP_PROTO | 41;
/** Also behind IPv4, or at the front of what fragments held. */
export const IP_PROTO_ROUTING = IP_PROTO | 43;
export const IP_PROTO_AUTHENTICATION = IP_PROTO | 51;
export const IP_PROTO_DESTINATION_OPTIONS = IP_PROTO | 60;
export const IP_PROTO_GRE = IP_PROTO | 47;
export const IP_PROTO_ETHERNET = IP_PROTO | 143;
export const IP_PROTO_MPLS = IP_PROTO | 137;
export const IP_PROTO_SCTP = IP_PROTO | 132;

/** IANA, PPP DLL Protocol Numbers. */
export const PPP_IPV4 = PPP | 0x0021;
export const PPP_IPV6 = PPP | 0x0057;
export const PPP_MPLS = PPP | 0x0281;

/** IEEE 802.2 LLC header. */
export const INNER_LLC = INNER | 1;
/** An IP packet; its first four bits tell the version. */
export const INNER_IP = INNER | 2;
/** UDP payload on port 2152. */
export const INNER_GTPU = INNER | 3;
/** A PPP frame that may begin with address and control. */
export const INNER_PPP = INNER | 4;
/** Ethernet, without a number that says so. */
export const INNER_ETHERNET = INNER | 5;

/** EtherType, or a length that an LLC header follows (IEEE 802.3 3.2.6: below 0x0600 is a length). */
export const afterEtherType = (type: number): number => (type < 0x0600 ? INNER_LLC : ETHERTYPE | type);
