import { rules } from '../../../captures/finding.ts';

export const ipv4Rules = rules({
  header: {
    code: 'IPV4-HEADER',
    severity: 'warning',
    title: 'An IPv4 header with another version, or shorter than 20 octets',
    clause: 'RFC 791 3.1',
  },
  totalShort: {
    code: 'IPV4-TOTAL-SHORT',
    severity: 'warning',
    title: 'The total length is less than the header length; the rest of the frame was taken instead',
    clause: 'RFC 791 3.1',
  },
  beyondFrame: {
    code: 'IPV4-BEYOND-FRAME',
    severity: 'warning',
    title: 'The total length is more than the frame holds, though the frame is whole',
    clause: 'RFC 791 3.1',
  },
});
