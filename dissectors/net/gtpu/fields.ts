import { fields } from '../../base/fields.ts';

export const gtpuFields = fields('gtpu', {
  gtpu: { kind: 'group', label: 'GTP-U', clause: '3GPP TS 29.281 5.1' },
  flags: { kind: 'u8', label: 'Version and flags', hex: true },
  messageType: {
    kind: 'u8',
    label: 'Message type',
    names: { 1: 'Echo Request', 2: 'Echo Response', 26: 'Error Indication', 254: 'End Marker', 255: 'G-PDU' },
  },
  length: { kind: 'u16', label: 'Length', unit: 'octets' },
  teid: { kind: 'u32', label: 'Tunnel endpoint identifier', hex: true },
  sequence: { kind: 'u16', label: 'Sequence number' },
  npdu: { kind: 'u8', label: 'N-PDU number' },
  nextExtension: {
    kind: 'u8',
    label: 'Next extension header type',
    hex: true,
    names: { 133: 'PDU session container' },
  },
  extensionLength: { kind: 'u8', label: 'Extension header length', unit: '4 octets' },
  extensionData: { kind: 'bytes', label: 'Extension header contents' },
});
