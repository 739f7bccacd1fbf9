import { rules } from '../../../captures/finding.ts';

export const sgsapRules = rules({
  elementLength: {
    code: 'SGSAP-ELEMENT-LENGTH',
    severity: 'warning',
    title: 'An element claims more octets than the message holds',
    clause: '3GPP TS 29.118 9.3',
  },
  noContainer: {
    code: 'SGSAP-NO-CONTAINER',
    severity: 'warning',
    title: 'A message that carries a NAS message has none',
    clause: '3GPP TS 29.118 8.4, 8.22',
  },
  noImsi: {
    code: 'SGSAP-NO-IMSI',
    severity: 'warning',
    title: 'A message does not name its subscriber',
    clause: '3GPP TS 29.118 8.4, 8.22',
  },
  unreachable: {
    code: 'SGSAP-UNREACHABLE',
    severity: 'warning',
    title: 'The MME did not reach the phone for a short message or a call',
    clause: '3GPP TS 29.118 5.1, 8.13, 8.23',
  },
});
