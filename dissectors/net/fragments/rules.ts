import { rules } from '../../../captures/finding.ts';

export const fragmentRules = rules({
  conflict: {
    code: 'FRAGMENT-CONFLICT',
    severity: 'warning',
    title: 'IP fragments overlap with different octets; the first ones were kept',
    clause: 'RFC 791 3.2; RFC 5722 4',
    receivers: 'IPv6 receivers drop the whole datagram; IPv4 receivers differ in which octets they keep.',
  },
  size: {
    code: 'FRAGMENT-SIZE',
    severity: 'warning',
    title: 'An IP fragment lies outside its datagram, or is not a multiple of 8 octets and not the last',
    clause: 'RFC 791 3.2; RFC 8200 4.5',
  },
  missing: {
    code: 'FRAGMENT-MISSING',
    severity: 'warning',
    title: 'Fragments of an IP datagram are not in the capture',
    clause: 'RFC 791 3.2; RFC 8200 4.5',
  },
  budget: {
    code: 'FRAGMENT-BUDGET',
    severity: 'warning',
    title: 'More incomplete IP datagrams than are kept; the oldest were given up',
    clause: 'budget of this program',
  },
});
