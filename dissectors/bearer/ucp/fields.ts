import { fields } from '../../base/fields.ts';
import { OPERATIONS } from './codes.ts';

const text = (label: string, more: { secret?: boolean } = {}) => ({ kind: 'text', label, ...more }) as const;

export const ucpFields = fields('ucp', {
  trn: text('Transaction reference (TRN)'),
  length: text('Length (LEN)'),
  type: text('Operation or result (O/R)'),
  operation: { kind: 'text', label: 'Operation type (OT)' },
  adc: text('Address code recipient (AdC)'),
  oadc: text('Address code originator (OAdC)'),
  ac: text('Authentication code (AC)', { secret: true }),
  scts: text('Service centre time stamp (SCTS)'),
  dst: text('Delivery status (Dst)'),
  rsn: text('Reason code (Rsn)'),
  dscts: text('Delivery time stamp (DSCTS)'),
  mt: text('Message type (MT)'),
  nb: text('Number of bits (NB)'),
  message: text('Message (Msg)'),
  mcls: text('Message class (MCLs)'),
  otoa: text('Originator type of address (OTOA)'),
  xser: text('Extra services (XSer)'),
  other: text('Field'),
  ack: text('Acknowledgement (A/N)'),
  error: text('Error code (EC)'),
  system: text('System message (SM)'),
  password: text('Password (PWD)', { secret: true }),
  checksum: text('Checksum'),
});

export const operationName = (ot: number): string => OPERATIONS[ot] ?? `operation ${ot}`;
