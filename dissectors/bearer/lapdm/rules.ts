import { rules } from '../../../captures/finding.ts';

export const lapdmRules = rules({
  length: {
    code: 'LAPDM-LENGTH',
    severity: 'warning',
    title: 'The length field claims more octets than the frame holds',
    clause: '3GPP TS 44.006 3.6',
  },
  gap: {
    code: 'LAPDM-GAP',
    severity: 'warning',
    title: 'I frames are missing from the capture',
    clause: '3GPP TS 44.006 3.5.2, 5.5',
  },
  repeated: {
    code: 'LAPDM-REPEATED',
    severity: 'note',
    title: 'An I frame was sent again',
    clause: '3GPP TS 44.006 5.5.7',
  },
  long: {
    code: 'LAPDM-LONG',
    severity: 'warning',
    title: 'A message of many segments is longer than layer 3 messages can be; it was given up',
    clause: '3GPP TS 44.006 5.5.1',
  },
  incomplete: {
    code: 'LAPDM-INCOMPLETE',
    severity: 'warning',
    title: 'The last segments of a layer 3 message are not in the capture',
    clause: '3GPP TS 44.006 5.5.1',
  },
  links: {
    code: 'LAPDM-LINKS',
    severity: 'warning',
    title: 'More channels than are followed at once; those silent the longest were given up',
    clause: 'budget of this program',
  },
});
