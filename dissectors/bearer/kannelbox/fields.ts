import { rules } from '../../../captures/finding.ts';
import { fields } from '../../base/fields.ts';

export const kannelBoxFields = fields('kannelbox', {
  message: { kind: 'group', label: 'Kannel box message' },
  length: { kind: 'u32', label: 'Length', unit: 'octets' },
  type: {
    kind: 'u32',
    label: 'Type',
    names: { 0: 'heartbeat', 1: 'admin', 2: 'sms', 3: 'ack', 4: 'wdp_datagram' },
  },
  stringLength: { kind: 'u32', label: 'Length', unit: 'octets' },
  sender: { kind: 'bytes', label: 'sender' },
  receiver: { kind: 'bytes', label: 'receiver' },
  udhdata: { kind: 'bytes', label: 'udhdata' },
  msgdata: { kind: 'bytes', label: 'msgdata' },
  time: { kind: 'u32', label: 'time', unit: 's since 1970' },
  smscId: { kind: 'bytes', label: 'smsc_id' },
  smscNumber: { kind: 'bytes', label: 'smsc_number' },
  foreignId: { kind: 'bytes', label: 'foreign_id' },
  service: { kind: 'bytes', label: 'service' },
  account: { kind: 'bytes', label: 'account' },
  id: { kind: 'bytes', label: 'id' },
  smsType: {
    kind: 'u32',
    label: 'sms_type',
    names: { 0: 'mo', 1: 'mt_reply', 2: 'mt_push', 3: 'report_mo', 4: 'report_mt' },
  },
  mclass: { kind: 'u32', label: 'mclass' },
  mwi: { kind: 'u32', label: 'mwi' },
  coding: { kind: 'u32', label: 'coding', names: { 0: '7-bit', 1: '8-bit', 2: 'UCS-2' } },
  nack: {
    kind: 'u32',
    label: 'nack',
    names: { 0: 'success', 1: 'failed', 2: 'failed for now', 3: 'buffered' },
  },
  rest: { kind: 'bytes', label: 'Further members' },
});

export const kannelBoxRules = rules({
  length: {
    code: 'KANNELBOX-LENGTH',
    severity: 'warning',
    title: 'A member of a box message is longer than the message',
    clause: 'Kannel 1.4.5, box protocol as seen in captures',
  },
});
