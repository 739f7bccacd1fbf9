import { fields } from '../../base/fields.ts';

export const bssapFields = fields('bssap', {
  message: { kind: 'group', label: 'BSSAP', clause: '3GPP TS 48.006 9.3' },
  discrimination: {
    kind: 'u8',
    label: 'Discrimination',
    names: { 0: 'BSSMAP', 1: 'DTAP' },
    clause: '3GPP TS 48.006 9.3.1',
  },
  link: { kind: 'u8', label: 'Data link connection identifier', hex: true, clause: '3GPP TS 48.006 9.3.2' },
  length: { kind: 'u8', label: 'Length', unit: 'octets', clause: '3GPP TS 48.006 9.3.3' },
  type: {
    kind: 'u8',
    label: 'BSSMAP message type',
    names: { 47: 'COMMON ID', 82: 'PAGING', 87: 'COMPLETE LAYER 3 INFORMATION' },
    hex: true,
    clause: '3GPP TS 48.008 3.2.2.1',
  },
  tag: {
    kind: 'u8',
    label: 'Element',
    names: { 5: 'Cell identifier', 8: 'IMSI', 23: 'Layer 3 information' },
    hex: true,
    clause: '3GPP TS 48.008 3.2.2',
  },
  elementLength: { kind: 'u8', label: 'Element length', unit: 'octets', clause: '3GPP TS 48.008 3.2.2' },
  imsi: { kind: 'address', label: 'IMSI', clause: '3GPP TS 48.008 3.2.2.6' },
  value: { kind: 'bytes', label: 'Value' },
});
