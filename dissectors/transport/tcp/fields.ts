import { fields } from '../../base/fields.ts';

export const tcpFields = fields('tcp', {
  tcp: { kind: 'group', label: 'TCP', clause: 'RFC 9293 3.1' },
  sourcePort: { kind: 'u16', label: 'Source port' },
  destinationPort: { kind: 'u16', label: 'Destination port' },
  sequence: { kind: 'u32', label: 'Sequence number' },
  acknowledgment: { kind: 'u32', label: 'Acknowledgment number' },
  offsetAndFlags: { kind: 'u16', label: 'Data offset and control bits', hex: true },
  dataOffset: { kind: 'bits', label: 'Data offset', unit: 'octets' },
  flags: { kind: 'bits', label: 'Control bits', hex: true },
  window: { kind: 'u16', label: 'Window' },
  checksum: { kind: 'u16', label: 'Checksum', hex: true },
  urgentPointer: { kind: 'u16', label: 'Urgent pointer' },
  options: { kind: 'bytes', label: 'Options' },
  option: {
    kind: 'bytes',
    label: 'Option',
    clause: 'IANA, TCP Option Kind Numbers',
  },
});

/** IANA, TCP Option Kind Numbers. */
export const tcpOptionKinds: Readonly<Record<number, string>> = {
  0: 'End of options',
  1: 'No-operation',
  2: 'Maximum segment size',
  3: 'Window scale',
  4: 'SACK permitted',
  5: 'SACK',
  8: 'Timestamps',
  28: 'User timeout',
  29: 'Authentication (TCP-AO)',
  34: 'Fast Open cookie',
};
