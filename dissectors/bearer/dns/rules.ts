import { rules } from '../../../captures/finding.ts';

export const dnsRules = rules({
  unreadable: {
    code: 'DNS-UNREADABLE',
    severity: 'note',
    title: 'A message to or from a name server could not be read to its end',
    clause: 'RFC 1035 4.1',
  },
});
