import { rules } from '../../../captures/finding.ts';

export const udpRules = rules({
  length: {
    code: 'UDP-LENGTH',
    severity: 'warning',
    title: 'The UDP length does not fit the IP packet; the octets that are there were taken',
    clause: 'RFC 768',
  },
});
