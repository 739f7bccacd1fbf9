import { fields } from '../../base/fields.ts';
import { etherTypes } from '../ethernet/fields.ts';

export const vlanFields = fields('vlan', {
  tag: { kind: 'group', label: 'VLAN tag', clause: 'IEEE 802.1Q 9.6' },
  priority: { kind: 'bits', label: 'Priority' },
  id: { kind: 'bits', label: 'VLAN' },
  type: { kind: 'u16', label: 'Type or length', hex: true, names: etherTypes },
  tci: { kind: 'u16', label: 'Tag control information', hex: true },
});
