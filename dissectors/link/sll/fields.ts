import { fields } from '../../base/fields.ts';
import { etherTypes } from '../ethernet/fields.ts';

const packetTypes = { 0: 'To us', 1: 'Broadcast', 2: 'Multicast', 3: 'To another host', 4: 'From us' };

export const sllFields = fields('sll', {
  sll: { kind: 'group', label: 'Linux cooked capture', clause: 'LINKTYPE_LINUX_SLL' },
  sll2: { kind: 'group', label: 'Linux cooked capture v2', clause: 'LINKTYPE_LINUX_SLL2' },
  packetType: { kind: 'u16', label: 'Packet type', names: packetTypes },
  packetTypeV2: { kind: 'u8', label: 'Packet type', names: packetTypes },
  hardwareType: { kind: 'u16', label: 'Hardware type (ARPHRD)' },
  addressLength: { kind: 'u16', label: 'Address length' },
  addressLengthV2: { kind: 'u8', label: 'Address length' },
  address: { kind: 'address', label: 'Address' },
  protocol: { kind: 'u16', label: 'Protocol', hex: true, names: etherTypes },
  reserved: { kind: 'u16', label: 'Reserved' },
  interfaceIndex: { kind: 'u32', label: 'Interface index' },
});
