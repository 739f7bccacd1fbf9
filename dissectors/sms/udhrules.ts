// What can be wrong with a user data header.

import { rules } from '../../captures/finding.ts';

export const udhRules = rules({
  overrun: {
    code: 'UDH-OVERRUN',
    severity: 'error',
    title: 'The user data header is longer than the user data',
    clause: '3GPP TS 23.040 9.2.3.24',
    receivers: 'Most ignore the header and show its octets as text.',
    fix: 'The first octet of the user data counts the header octets that follow it.',
  },
  elementOverrun: {
    code: 'UDH-ELEMENT-OVERRUN',
    severity: 'error',
    title: 'An information element claims more octets than the header has left',
    clause: '3GPP TS 23.040 9.2.3.24',
    receivers: 'The whole header may be ignored, and with it ports and concatenation.',
    fix: 'Make the element lengths add up to the header length.',
  },
  strayOctet: {
    code: 'UDH-STRAY-OCTET',
    severity: 'warning',
    title: 'An octet at the end of the user data header belongs to no information element',
    clause: '3GPP TS 23.040 9.2.3.24',
  },
  elementLength: {
    code: 'UDH-ELEMENT-LENGTH',
    severity: 'warning',
    title: 'The length of an information element is not the one of its kind',
    clause: '3GPP TS 23.040 9.2.3.24',
    receivers: 'The element is ignored, or read up to the length that was expected.',
  },
  partNumber: {
    code: 'UDH-PART-NUMBER',
    severity: 'warning',
    title: 'A part number is 0 or above the number of parts; the part was not joined',
    clause: '3GPP TS 23.040 9.2.3.24.1, 9.2.3.24.8',
    receivers: 'The concatenation element is ignored: the part is shown alone.',
    fix: 'Number the parts from 1 to their total; with a 16-bit reference the element has four octets.',
  },
  total: {
    code: 'UDH-TOTAL-ZERO',
    severity: 'warning',
    title: 'A concatenation element announces no parts at all',
    clause: '3GPP TS 23.040 9.2.3.24.1, 9.2.3.24.8',
    receivers: 'The concatenation element is ignored.',
  },
  repeated: {
    code: 'UDH-REPEATED-ELEMENT',
    severity: 'warning',
    title: 'An information element that may occur once occurs again; the last one counts',
    clause: '3GPP TS 23.040 9.2.3.24',
  },
  contradiction: {
    code: 'UDH-CONTRADICTION',
    severity: 'warning',
    title: 'Two information elements of the same meaning disagree; the last one counts',
    clause: '3GPP TS 23.040 9.2.3.24',
  },
  reserved: {
    code: 'UDH-RESERVED-ELEMENT',
    severity: 'note',
    title: 'The information element is reserved',
    clause: '3GPP TS 23.040 9.2.3.24',
  },
  empty: {
    code: 'UDH-EMPTY',
    severity: 'note',
    title: 'A user data header is announced, but holds no information element',
    clause: '3GPP TS 23.040 9.2.3.24',
  },
  missingUdhi: {
    code: 'UDH-INDICATOR-MISSING',
    severity: 'warning',
    title: 'The user data begin with a header, but the header indicator is not set',
    clause: '3GPP TS 23.040 9.2.3.23',
    receivers: 'Phones show the header as garbage in front of the text and join no parts.',
    fix: 'Set TP-UDHI, or 0x40 in esm_class, on every part.',
  },
  noUserData: {
    code: 'UDH-NO-USER-DATA',
    severity: 'error',
    title: 'A user data header is announced, but there are no user data',
    clause: '3GPP TS 23.040 9.2.3.23',
    fix: 'Send the header and the content, or clear the indicator.',
  },
});
