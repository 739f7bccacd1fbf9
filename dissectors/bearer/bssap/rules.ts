import { rules } from '../../../captures/finding.ts';

export const bssapRules = rules({
  length: {
    code: 'BSSAP-LENGTH',
    severity: 'warning',
    title: 'The length claims more octets than the message holds',
    clause: '3GPP TS 48.006 9.3.3',
  },
});
