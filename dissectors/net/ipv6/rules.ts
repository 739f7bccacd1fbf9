import { rules } from '../../../captures/finding.ts';

export const ipv6Rules = rules({
  header: {
    code: 'IPV6-HEADER',
    severity: 'warning',
    title: 'An IPv6 header with another version',
    clause: 'RFC 8200 3',
  },
  beyondFrame: {
    code: 'IPV6-BEYOND-FRAME',
    severity: 'warning',
    title: 'The payload length is more than the frame holds, though the frame is whole',
    clause: 'RFC 8200 3',
  },
  extensions: {
    code: 'IPV6-EXTENSIONS',
    severity: 'warning',
    title: 'More extension headers than are followed',
    clause: 'RFC 8200 4; budget of this program',
  },
});
