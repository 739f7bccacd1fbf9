import { rules } from '../../../captures/finding.ts';

const FORMAT = 'EMI-UCP 4.0, message format';

export const ucpRules = rules({
  checksum: {
    code: 'UCP-CHECKSUM',
    severity: 'warning',
    title: 'The checksum of a UCP message is not the sum of its characters',
    clause: FORMAT,
    receivers: 'Service centres answer error 01, checksum error.',
  },
  length: {
    code: 'UCP-LENGTH',
    severity: 'warning',
    title: 'LEN of a UCP message is not the number of its characters',
    clause: FORMAT,
    receivers: 'Service centres answer error 02, syntax error.',
  },
  fields: {
    code: 'UCP-FIELDS',
    severity: 'warning',
    title: 'A UCP operation has fewer fields than its type has',
    clause: FORMAT,
  },
  hex: {
    code: 'UCP-HEX',
    severity: 'error',
    title: 'The message of a UCP operation is not spelled in hex digits',
    clause: FORMAT,
    receivers: 'Service centres answer error 02, syntax error.',
  },
  bits: {
    code: 'UCP-BITS',
    severity: 'warning',
    title: 'NB disagrees with the length of the transparent data',
    clause: 'EMI-UCP 4.0, operation 51, NB and TMsg',
  },
  xser: {
    code: 'UCP-XSER',
    severity: 'error',
    title: 'An extra service announces more octets than XSer holds',
    clause: 'EMI-UCP 4.0, operation 51, XSer',
  },
});
