import { fields } from '../../base/fields.ts';

export const udpFields = fields('udp', {
  udp: { kind: 'group', label: 'UDP', clause: 'RFC 768' },
  sourcePort: { kind: 'u16', label: 'Source port' },
  destinationPort: { kind: 'u16', label: 'Destination port' },
  length: { kind: 'u16', label: 'Length', unit: 'octets' },
  checksum: { kind: 'u16', label: 'Checksum', hex: true },
});
