import { fields } from '../../base/fields.ts';
import { CAUSES_1, CAUSES_2, ELEMENTS_1, ELEMENTS_2, MESSAGES_1, MESSAGES_2 } from './codes.ts';

const HEADER_1 = '3GPP TS 29.060 6';
const HEADER_2 = '3GPP TS 29.274 5.1';

// 3GPP TS 29.060, 29.274: signalling of packet data connections.
export const gtpFields = fields('gtp', {
  message: { kind: 'group', label: 'GTP' },
  flags: { kind: 'u8', label: 'Version and flags', hex: true, clause: `${HEADER_1}; ${HEADER_2}` },
  type1: { kind: 'u8', label: 'Message type', names: MESSAGES_1, clause: '3GPP TS 29.060 7.1' },
  type2: { kind: 'u8', label: 'Message type', names: MESSAGES_2, clause: '3GPP TS 29.274 6.1' },
  length: { kind: 'u16', label: 'Length', clause: HEADER_1 },
  teid: { kind: 'u32', label: 'Tunnel endpoint identifier', hex: true, clause: HEADER_1 },
  sequence1: { kind: 'u16', label: 'Sequence number', clause: HEADER_1 },
  npdu: { kind: 'u8', label: 'N-PDU number', clause: HEADER_1 },
  extension: { kind: 'u8', label: 'Next extension header', hex: true, clause: '3GPP TS 29.060 6.1' },
  extensionData: { kind: 'bytes', label: 'Extension header', clause: '3GPP TS 29.060 6.1' },
  sequence2: { kind: 'u24', label: 'Sequence number', clause: HEADER_2 },
  spare: { kind: 'u8', label: 'Spare', clause: HEADER_2 },
  element: { kind: 'group', label: 'Information element' },
  element1: { kind: 'u8', label: 'Element', names: ELEMENTS_1, clause: '3GPP TS 29.060 7.7' },
  element2: { kind: 'u8', label: 'Element', names: ELEMENTS_2, clause: '3GPP TS 29.274 8.1' },
  elementLength: { kind: 'u16', label: 'Length' },
  instance: { kind: 'u8', label: 'Instance', clause: '3GPP TS 29.274 8.2.1' },
  cause1: { kind: 'u8', label: 'Cause', names: CAUSES_1, clause: '3GPP TS 29.060 7.7.1' },
  cause2: { kind: 'u8', label: 'Cause', names: CAUSES_2, clause: '3GPP TS 29.274 8.4' },
  imsi: { kind: 'text', label: 'IMSI', clause: '3GPP TS 29.060 7.7.2; 29.274 8.3' },
  msisdn: { kind: 'text', label: 'MSISDN', clause: '3GPP TS 29.060 7.7.33; 29.274 8.11' },
  apn: { kind: 'text', label: 'Access point name', clause: '3GPP TS 23.003 9.1' },
  address: { kind: 'text', label: 'Address of the phone', clause: '3GPP TS 29.060 7.7.27; 29.274 8.14' },
  value: { kind: 'bytes', label: 'Value' },
});
