import { fields } from '../../base/fields.ts';
import { etherTypes } from '../../link/ethernet/fields.ts';

export const greFields = fields('gre', {
  gre: { kind: 'group', label: 'Generic routing encapsulation', clause: 'RFC 2784 2, RFC 2890 2, RFC 2637 4.1' },
  flags: { kind: 'u16', label: 'Flags and version', hex: true },
  protocol: { kind: 'u16', label: 'Protocol type', hex: true, names: etherTypes },
  checksum: { kind: 'u16', label: 'Checksum', hex: true },
  offset: { kind: 'u16', label: 'Offset' },
  key: { kind: 'u32', label: 'Key', hex: true },
  payloadLength: { kind: 'u16', label: 'Payload length', unit: 'octets' },
  callId: { kind: 'u16', label: 'Call identifier' },
  sequence: { kind: 'u32', label: 'Sequence number' },
  acknowledgment: { kind: 'u32', label: 'Acknowledgment number' },
});
