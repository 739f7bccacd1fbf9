import { rules } from '../../../captures/finding.ts';
import { fields } from '../../base/fields.ts';

export const cimd2Fields = fields('cimd2', {
  operation: { kind: 'text', label: 'Operation' },
  packet: { kind: 'text', label: 'Packet number' },
  parameter: { kind: 'text', label: 'Parameter' },
  password: { kind: 'text', label: 'Password', secret: true },
  checksum: { kind: 'text', label: 'Checksum' },
});

export const cimd2Rules = rules({
  checksum: {
    code: 'CIMD2-CHECKSUM',
    severity: 'warning',
    title: 'The checksum of a CIMD2 message is not the sum of its characters',
    clause: 'CIMD Interface Specification 8.0, message format',
    receivers: 'The peer answers with a nack, and the message is sent again.',
  },
  hex: {
    code: 'CIMD2-HEX',
    severity: 'error',
    title: 'Binary user data or its header is not spelled in hex digits',
    clause: 'CIMD Interface Specification 8.0, parameters 032 and 034',
    receivers: 'The centre answers error 302.',
  },
  parameter: {
    code: 'CIMD2-PARAMETER',
    severity: 'warning',
    title: 'A parameter is not written as three digits, a colon and its value',
    clause: 'CIMD Interface Specification 8.0, message format',
  },
});
