// What can be wrong with a TPDU.

import { rules } from '../../captures/finding.ts';

export const tpduRules = rules({
  addressLength: {
    code: 'TPDU-ADDRESS-LENGTH',
    severity: 'warning',
    title: 'An address is longer than an address field can be',
    clause: '3GPP TS 23.040 9.1.2.5',
  },
  addressType: {
    code: 'TPDU-ADDRESS-TYPE',
    severity: 'note',
    title: 'The type of address has its highest bit clear',
    clause: '3GPP TS 23.040 9.1.2.5',
  },
  messageType: {
    code: 'TPDU-RESERVED-TYPE',
    severity: 'warning',
    title: 'The message type is reserved; it is read as SMS-DELIVER',
    clause: '3GPP TS 23.040 9.2.3.1',
  },
  timestamp: {
    code: 'TPDU-TIMESTAMP',
    severity: 'warning',
    title: 'A time stamp is no date and time',
    clause: '3GPP TS 23.040 9.2.3.11',
  },
  zone: {
    code: 'TPDU-TIME-ZONE',
    severity: 'note',
    title: 'The time zone of a time stamp is outside what exists',
    clause: '3GPP TS 23.040 9.2.3.11',
  },
  userDataLength: {
    code: 'TPDU-UDL',
    severity: 'error',
    title: 'TP-User-Data-Length claims more than the TPDU holds',
    clause: '3GPP TS 23.040 9.2.3.16',
    receivers: 'Most refuse the TPDU; the user data are cut.',
  },
  tooLong: {
    code: 'TPDU-USER-DATA-LONG',
    severity: 'warning',
    title: 'The user data are longer than 140 octets',
    clause: '3GPP TS 23.040 9.2.3.16',
  },
  trailing: {
    code: 'TPDU-TRAILING-OCTETS',
    severity: 'note',
    title: 'Octets follow the user data',
    clause: '3GPP TS 23.040 9.2.2',
  },
  dcsReserved: {
    code: 'TPDU-DCS-RESERVED',
    severity: 'note',
    title: 'The data coding scheme is reserved; the default alphabet is assumed',
    clause: '3GPP TS 23.038 4',
  },
  compressed: {
    code: 'TPDU-COMPRESSED',
    severity: 'note',
    title: 'The text is compressed and is not unpacked here',
    clause: '3GPP TS 23.042',
  },
  parameterIndicator: {
    code: 'TPDU-PARAMETER-INDICATOR',
    severity: 'warning',
    title: 'The extension bit of the parameter indicator is set to the end of the TPDU',
    clause: '3GPP TS 23.040 9.2.3.27',
  },
  validity: {
    code: 'TPDU-VALIDITY',
    severity: 'note',
    title: 'The validity period uses reserved values',
    clause: '3GPP TS 23.040 9.2.3.12',
  },
  language: {
    code: 'TPDU-LANGUAGE',
    severity: 'note',
    title: 'The national language has no shift table; the default alphabet is used',
    clause: '3GPP TS 23.038 6.2.1.2.4',
  },
  singleShiftUnused: {
    code: 'TPDU-SINGLE-SHIFT-UNUSED',
    severity: 'note',
    title: 'A national single shift table is announced, but no escape uses it',
    clause: '3GPP TS 23.038 6.2.1.2.2',
    receivers: 'Some senders mean the locking shift table of the language.',
  },
  swapped: {
    code: 'TPDU-SERVICE-CENTRE',
    severity: 'note',
    title:
      'The record reads better as a TPDU with, or without, a service centre address than as what it was said to be',
    clause: '3GPP TS 27.005 3.1',
  },
  unreadable: {
    code: 'TPDU-UNREADABLE',
    severity: 'error',
    title: 'The octets are no TPDU that can be read',
    clause: '3GPP TS 23.040 9.2.2',
  },
});
