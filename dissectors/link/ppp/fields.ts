import { fields } from '../../base/fields.ts';
import { etherTypes } from '../ethernet/fields.ts';

export const pppFields = fields('ppp', {
  ppp: { kind: 'group', label: 'Point-to-Point Protocol', clause: 'RFC 1661 2, RFC 1662 3.1' },
  address: { kind: 'u8', label: 'Address', hex: true, names: { 15: 'Unicast (Cisco)', 143: 'Broadcast (Cisco)' } },
  control: { kind: 'u8', label: 'Control', hex: true, names: { 3: 'Unnumbered information' } },
  protocol: {
    kind: 'bits',
    label: 'Protocol',
    hex: true,
    names: { 33: 'IPv4', 87: 'IPv6', 641: 'MPLS', 32801: 'IPCP', 49185: 'LCP', 49699: 'CHAP' },
  },
  etherType: { kind: 'u16', label: 'Protocol', hex: true, names: etherTypes },
});
