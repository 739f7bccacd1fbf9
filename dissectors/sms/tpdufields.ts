// Fields of short message TPDUs.

import { fields } from '../base/fields.ts';
import { COMMANDS } from './causes.ts';

export const tpduFields = fields('sms', {
  tpdu: { kind: 'group', label: 'Short message TPDU', clause: '3GPP TS 23.040 9.2.2' },
  serviceCentre: { kind: 'address', label: 'Service centre address', clause: '3GPP TS 24.011 8.2.5' },
  firstOctet: { kind: 'u8', label: 'First octet (TP-MTI and flags)', hex: true, clause: '3GPP TS 23.040 9.2.3.1' },
  reference: { kind: 'u8', label: 'TP-Message-Reference', clause: '3GPP TS 23.040 9.2.3.6' },
  originator: { kind: 'address', label: 'TP-Originating-Address', clause: '3GPP TS 23.040 9.2.3.7' },
  destination: { kind: 'address', label: 'TP-Destination-Address', clause: '3GPP TS 23.040 9.2.3.8' },
  recipient: { kind: 'address', label: 'TP-Recipient-Address', clause: '3GPP TS 23.040 9.2.3.14' },
  protocolId: { kind: 'u8', label: 'TP-Protocol-Identifier', hex: true, clause: '3GPP TS 23.040 9.2.3.9' },
  dataCoding: { kind: 'u8', label: 'TP-Data-Coding-Scheme', hex: true, clause: '3GPP TS 23.040 9.2.3.10' },
  timeStamp: { kind: 'time', label: 'TP-Service-Centre-Time-Stamp', clause: '3GPP TS 23.040 9.2.3.11' },
  dischargeTime: { kind: 'time', label: 'TP-Discharge-Time', clause: '3GPP TS 23.040 9.2.3.13' },
  validity: { kind: 'u8', label: 'TP-Validity-Period', clause: '3GPP TS 23.040 9.2.3.12.1' },
  validityTime: { kind: 'time', label: 'TP-Validity-Period', clause: '3GPP TS 23.040 9.2.3.12.2' },
  validityEnhanced: { kind: 'bytes', label: 'TP-Validity-Period', clause: '3GPP TS 23.040 9.2.3.12.3' },
  status: { kind: 'u8', label: 'TP-Status', hex: true, clause: '3GPP TS 23.040 9.2.3.15' },
  failureCause: { kind: 'u8', label: 'TP-Failure-Cause', hex: true, clause: '3GPP TS 23.040 9.2.3.22' },
  parameterIndicator: {
    kind: 'u8',
    label: 'TP-Parameter-Indicator',
    hex: true,
    clause: '3GPP TS 23.040 9.2.3.27',
  },
  commandType: { kind: 'u8', label: 'TP-Command-Type', names: COMMANDS, clause: '3GPP TS 23.040 9.2.3.19' },
  messageNumber: { kind: 'u8', label: 'TP-Message-Number', clause: '3GPP TS 23.040 9.2.3.18' },
  commandLength: { kind: 'u8', label: 'TP-Command-Data-Length', clause: '3GPP TS 23.040 9.2.3.20' },
  commandData: { kind: 'bytes', label: 'TP-Command-Data', clause: '3GPP TS 23.040 9.2.3.21' },
  userDataLength: { kind: 'u8', label: 'TP-User-Data-Length', clause: '3GPP TS 23.040 9.2.3.16' },
  userData: { kind: 'group', label: 'TP-User-Data', clause: '3GPP TS 23.040 9.2.3.24' },
  content: { kind: 'bytes', label: 'Content' },
  text: { kind: 'text', label: 'Text' },
  rest: { kind: 'bytes', label: 'Unread octets' },
});
