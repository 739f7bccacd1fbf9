import { fields } from '../../base/fields.ts';

export const INSTRUCTIONS: Readonly<Record<number, string>> = {
  4: 'DEACTIVATE FILE',
  16: 'TERMINAL PROFILE',
  18: 'FETCH',
  20: 'TERMINAL RESPONSE',
  32: 'VERIFY PIN',
  36: 'CHANGE PIN',
  38: 'DISABLE PIN',
  40: 'ENABLE PIN',
  44: 'UNBLOCK PIN',
  50: 'INCREASE',
  68: 'ACTIVATE FILE',
  112: 'MANAGE CHANNEL',
  132: 'GET CHALLENGE',
  136: 'AUTHENTICATE',
  162: 'SEARCH RECORD',
  164: 'SELECT',
  176: 'READ BINARY',
  178: 'READ RECORD',
  192: 'GET RESPONSE',
  194: 'ENVELOPE',
  214: 'UPDATE BINARY',
  220: 'UPDATE RECORD',
  242: 'STATUS',
};

const APDU = 'ETSI TS 102 221 10.1; 3GPP TS 51.011 9.1';

export const simFields = fields('sim', {
  apdu: { kind: 'group', label: 'APDU', clause: APDU },
  cla: { kind: 'u8', label: 'Class', hex: true, clause: APDU },
  ins: { kind: 'u8', label: 'Instruction', names: INSTRUCTIONS, hex: true, clause: APDU },
  p1: { kind: 'u8', label: 'P1', hex: true, clause: APDU },
  p2: { kind: 'u8', label: 'P2', hex: true, clause: APDU },
  p3: { kind: 'u8', label: 'P3', clause: APDU },
  command: { kind: 'bytes', label: 'Command data', clause: APDU },
  secret: { kind: 'bytes', label: 'Secret data', clause: APDU, secret: true },
  expected: { kind: 'u8', label: 'Expected length', clause: APDU },
  response: { kind: 'bytes', label: 'Response data', clause: APDU },
  status: { kind: 'u16', label: 'Status', hex: true, clause: 'ETSI TS 102 221 10.2; 3GPP TS 51.011 9.4' },
  other: { kind: 'bytes', label: 'Octets of the card interface' },
});

export const smsRecordFields = fields('sim.sms', {
  record: { kind: 'group', label: 'EF SMS, record', clause: '3GPP TS 31.102 4.2.25; 3GPP TS 51.011 10.5.3' },
  status: {
    kind: 'u8',
    label: 'Status',
    names: { 0: 'free', 1: 'received, read', 3: 'received, to be read', 5: 'sent', 7: 'to be sent' },
    clause: '3GPP TS 51.011 10.5.3',
  },
  centre: { kind: 'address', label: 'Service centre', clause: '3GPP TS 24.011 8.2.5' },
  padding: { kind: 'bytes', label: 'Padding', clause: '3GPP TS 51.011 10.5.3' },
});

export const toolkitFields = fields('sim.toolkit', {
  object: { kind: 'group', label: 'Toolkit object', clause: 'ETSI TS 102 223 6.6, 7' },
  tag: {
    kind: 'u8',
    label: 'Tag',
    names: {
      1: 'Command details',
      2: 'Device identities',
      6: 'Address',
      11: 'SMS TPDU',
      129: 'Command details',
      130: 'Device identities',
      134: 'Address',
      139: 'SMS TPDU',
      208: 'Proactive command',
      209: 'SMS-PP download',
    },
    hex: true,
    clause: 'ETSI TS 102 223 9.3',
  },
  length: { kind: 'bytes', label: 'Length', clause: 'ETSI TS 102 223 Annex C' },
  address: { kind: 'address', label: 'Address', clause: 'ETSI TS 102 223 8.1' },
  value: { kind: 'bytes', label: 'Value' },
});

export const fileFields = fields('sim.file', {
  file: { kind: 'group', label: 'Provisioning file', clause: 'OMA-WAP-TS-ProvSC-V1_1' },
  document: { kind: 'bytes', label: 'Document', clause: 'OMA-WAP-TS-ProvSC-V1_1' },
  padding: { kind: 'bytes', label: 'Behind the document', clause: 'OMA-WAP-TS-ProvSC-V1_1' },
});
