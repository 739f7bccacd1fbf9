import { fields } from '../../base/fields.ts';
import { CP_CAUSES, RP_CAUSES } from './causes.ts';

export const cpFields = fields('smcp', {
  message: { kind: 'group', label: 'Short message control', clause: '3GPP TS 24.011 7.2' },
  discriminator: { kind: 'bits', label: 'Protocol discriminator', clause: '3GPP TS 24.007 11.2.3.1.1', hex: true },
  transaction: { kind: 'bits', label: 'Transaction identifier', clause: '3GPP TS 24.007 11.2.3.1.3' },
  extension: { kind: 'u8', label: 'Transaction identifier extension', clause: '3GPP TS 24.007 11.2.3.1.3' },
  type: {
    kind: 'u8',
    label: 'CP message type',
    names: { 1: 'CP-DATA', 4: 'CP-ACK', 16: 'CP-ERROR' },
    clause: '3GPP TS 24.011 8.1.3',
    hex: true,
  },
  userDataLength: { kind: 'u8', label: 'CP-User-Data length', unit: 'octets', clause: '3GPP TS 24.011 8.1.4.1' },
  cause: { kind: 'u8', label: 'CP-Cause', names: CP_CAUSES, clause: '3GPP TS 24.011 8.1.4.2' },
  rest: { kind: 'bytes', label: 'Octets behind the message' },
});

export const rpFields = fields('smrp', {
  message: { kind: 'group', label: 'Short message relay', clause: '3GPP TS 24.011 7.3' },
  type: {
    kind: 'u8',
    label: 'RP message type',
    names: {
      0: 'RP-DATA, phone to network',
      1: 'RP-DATA, network to phone',
      2: 'RP-ACK, phone to network',
      3: 'RP-ACK, network to phone',
      4: 'RP-ERROR, phone to network',
      5: 'RP-ERROR, network to phone',
      6: 'RP-SMMA',
    },
    clause: '3GPP TS 24.011 8.2.2',
  },
  reference: { kind: 'u8', label: 'RP message reference', clause: '3GPP TS 24.011 8.2.3' },
  originator: { kind: 'address', label: 'RP originator address', clause: '3GPP TS 24.011 8.2.5.1' },
  destination: { kind: 'address', label: 'RP destination address', clause: '3GPP TS 24.011 8.2.5.2' },
  userDataElement: { kind: 'u8', label: 'Element', names: { 65: 'RP-User-Data' }, hex: true },
  userDataLength: { kind: 'u8', label: 'RP-User-Data length', unit: 'octets', clause: '3GPP TS 24.011 8.2.5.3' },
  causeLength: { kind: 'u8', label: 'RP-Cause length', unit: 'octets', clause: '3GPP TS 24.011 8.2.5.4' },
  cause: { kind: 'u8', label: 'RP-Cause', names: RP_CAUSES, clause: '3GPP TS 24.011 8.2.5.4' },
  diagnostic: { kind: 'bytes', label: 'Diagnostic', clause: '3GPP TS 24.011 8.2.5.4' },
  rest: { kind: 'bytes', label: 'Octets behind the message' },
});
