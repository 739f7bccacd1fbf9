import { fields } from '../../base/fields.ts';

export const lapdmFields = fields('lapdm', {
  frame: { kind: 'group', label: 'LAPDm', clause: '3GPP TS 44.006 2' },
  address: { kind: 'u8', label: 'Address field', clause: '3GPP TS 44.006 3.2', hex: true },
  sapi: {
    kind: 'bits',
    label: 'Service access point',
    names: { 0: 'call control, mobility, radio resources', 3: 'short messages' },
    clause: '3GPP TS 44.006 3.3.3',
  },
  control: { kind: 'u8', label: 'Control field', clause: '3GPP TS 44.006 3.4', hex: true },
  sendNumber: { kind: 'bits', label: 'N(S)', clause: '3GPP TS 44.006 3.5.2.4' },
  receiveNumber: { kind: 'bits', label: 'N(R)', clause: '3GPP TS 44.006 3.5.2.6' },
  length: { kind: 'u8', label: 'Length field', clause: '3GPP TS 44.006 3.6', hex: true },
  information: { kind: 'bytes', label: 'Information', clause: '3GPP TS 44.006 2' },
  fill: { kind: 'bytes', label: 'Fill octets', clause: '3GPP TS 44.006 2.2' },
});
