import { rules } from '../../../captures/finding.ts';

export const sipRules = rules({
  noLength: {
    code: 'SIP-NO-CONTENT-LENGTH',
    severity: 'warning',
    title: 'A message over TCP does not say how long its body is',
    clause: 'RFC 3261 18.3, 20.14',
    receivers: 'The other side takes the body for the next message.',
  },
  repeated: {
    code: 'SIP-RETRANSMITTED',
    severity: 'note',
    title: 'A request was sent again because no answer came in time',
    clause: 'RFC 3261 17.1.2.2',
  },
  encoded: {
    code: 'SIP-CONTENT-ENCODING',
    severity: 'warning',
    title: 'The body is compressed and was not read',
    clause: 'RFC 3261 20.12',
  },
  cdma: {
    code: 'SIP-3GPP2-SMS',
    severity: 'note',
    title: 'A short message of 3GPP2 was not read',
    clause: '3GPP2 X.S0048',
  },
  pushForm: {
    code: 'SIP-PUSH-FORM',
    severity: 'warning',
    title: 'The body of a SIP push is in no form that is known here',
    clause: 'OMA-TS-SIP_Push-V1_0 (from memory)',
  },
  untied: {
    code: 'SIP-REPORT-UNTIED',
    severity: 'warning',
    title: 'A delivery report refuses a message that is not in the capture',
    clause: '3GPP TS 24.341 5.3.2, 5.3.3',
  },
  untiedReport: {
    code: 'SIP-REPORT-ALONE',
    severity: 'note',
    title: 'A delivery report confirms a message that is not in the capture',
    clause: '3GPP TS 24.341 5.3.2, 5.3.3',
  },
});
