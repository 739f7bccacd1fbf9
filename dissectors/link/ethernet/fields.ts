import { fields } from '../../base/fields.ts';

/** IANA, IEEE 802 Numbers. */
export const etherTypes: Readonly<Record<number, string>> = {
  2048: 'IPv4',
  2054: 'ARP',
  25944: 'Transparent Ethernet',
  33024: '802.1Q tag',
  34525: 'IPv6',
  34827: 'PPP',
  34887: 'MPLS',
  34888: 'MPLS multicast',
  34915: 'PPPoE discovery',
  34916: 'PPPoE session',
  34984: '802.1ad service tag',
  35020: 'LLDP',
};

export const ethernetFields = fields('eth', {
  ethernet: { kind: 'group', label: 'Ethernet', clause: 'IEEE 802.3 3.1.1' },
  destination: { kind: 'address', label: 'Destination' },
  source: { kind: 'address', label: 'Source' },
  type: { kind: 'u16', label: 'Type or length', hex: true, names: etherTypes },
});
