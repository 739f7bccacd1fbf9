import { rules } from '../../../captures/finding.ts';
import { fields } from '../../base/fields.ts';
import { ABSENT, COMMANDS, DELIVERY_CAUSES } from './codes.ts';

export const diameterFields = fields('diameter', {
  version: { kind: 'u8', label: 'Version', clause: 'RFC 6733 3' },
  length: { kind: 'u24', label: 'Message length', unit: 'octets' },
  flags: { kind: 'u8', label: 'Command flags', hex: true },
  command: { kind: 'u24', label: 'Command code', names: COMMANDS },
  application: {
    kind: 'u32',
    label: 'Application id',
    names: { 0: 'Diameter common messages', 16777251: '3GPP S6a', 16777312: '3GPP S6c', 16777313: '3GPP SGd' },
  },
  hopByHop: { kind: 'u32', label: 'Hop-by-hop identifier', hex: true },
  endToEnd: { kind: 'u32', label: 'End-to-end identifier', hex: true },
  avp: { kind: 'group', label: 'AVP', clause: 'RFC 6733 4.1' },
  avpCode: { kind: 'u32', label: 'AVP code' },
  avpFlags: { kind: 'u8', label: 'AVP flags', hex: true },
  avpLength: { kind: 'u24', label: 'AVP length', unit: 'octets' },
  vendor: { kind: 'u32', label: 'Vendor id', names: { 10415: '3GPP' } },
  text: { kind: 'text', label: 'Value' },
  number: { kind: 'u32', label: 'Value' },
  cause: { kind: 'u32', label: 'Value', names: DELIVERY_CAUSES },
  absent: { kind: 'u32', label: 'Value', names: ABSENT },
  digits: { kind: 'address', label: 'Number' },
  octets: { kind: 'bytes', label: 'Value' },
  padding: { kind: 'bytes', label: 'Padding' },
  tpdu: { kind: 'group', label: 'Short message TPDU', clause: '3GPP TS 29.338 5.3.3.2' },
});

export const diameterRules = rules({
  avpLength: {
    code: 'DIAMETER-AVP-LENGTH',
    severity: 'error',
    title: 'An AVP claims more octets than the message holds, or fewer than its header',
    clause: 'RFC 6733 4.1',
    receivers: 'Peers answer DIAMETER_INVALID_AVP_LENGTH (5014).',
  },
  noPayload: {
    code: 'DIAMETER-NO-SM-RP-UI',
    severity: 'error',
    title: 'A request that forwards a short message has no SM-RP-UI',
    clause: '3GPP TS 29.338 6.3.2.5',
    receivers: 'Peers answer DIAMETER_MISSING_AVP (5005).',
  },
  depth: {
    code: 'DIAMETER-DEPTH',
    severity: 'warning',
    title: 'AVPs are nested deeper than is read',
    clause: 'RFC 6733 4.4',
  },
});
