import { rules } from '../../../captures/finding.ts';

export const gtpRules = rules({
  unreadable: {
    code: 'GTP-UNREADABLE',
    severity: 'note',
    title: 'Signalling of a packet data connection could not be read to its end',
    clause: '3GPP TS 29.060 6; 29.274 5.1',
  },
});
