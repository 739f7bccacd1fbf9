import { fields } from '../../base/fields.ts';
import { etherTypes } from '../ethernet/fields.ts';

export const llcFields = fields('llc', {
  llc: { kind: 'group', label: 'Logical link control', clause: 'IEEE 802.2 3.2' },
  dsap: { kind: 'u8', label: 'Destination SAP', hex: true, names: { 6: 'IP', 66: 'Spanning tree', 170: 'SNAP' } },
  ssap: { kind: 'u8', label: 'Source SAP', hex: true },
  control: { kind: 'u8', label: 'Control', hex: true, names: { 3: 'Unnumbered information' } },
  oui: { kind: 'u24', label: 'Organisation', hex: true, names: { 0: 'EtherType follows' } },
  type: { kind: 'u16', label: 'Type', hex: true, names: etherTypes },
});
