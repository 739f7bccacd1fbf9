// What can be wrong with an SMPP PDU.

import { rules } from '../../../captures/finding.ts';

export const smppRules = rules({
  cut: {
    code: 'SMPP-CUT',
    severity: 'note',
    title: 'The capture holds only the beginning of the PDU',
    clause: 'SMPP 3.4 3.2',
    fix: 'Capture with a larger snapshot length.',
  },
  unterminated: {
    code: 'SMPP-STRING-UNTERMINATED',
    severity: 'error',
    title: 'A C-octet string has no NUL before the PDU ends',
    clause: 'SMPP 3.4 3.1',
  },
  longString: {
    code: 'SMPP-STRING-LONG',
    severity: 'warning',
    title: 'A C-octet string is longer than its field allows',
    clause: 'SMPP 3.4 3.1, 4',
    receivers: 'Message centres refuse the PDU, or cut the field.',
  },
  lengthBeyond: {
    code: 'SMPP-SM-LENGTH',
    severity: 'error',
    title: 'sm_length claims more octets than the PDU holds',
    clause: 'SMPP 3.4 5.2.21',
    receivers: 'Refused with ESME_RINVMSGLEN or ESME_RINVCMDLEN.',
    fix: 'Make command_length and sm_length agree.',
  },
  longShortMessage: {
    code: 'SMPP-SM-LENGTH-255',
    severity: 'note',
    title: 'sm_length is above 254',
    clause: 'SMPP 3.4 5.2.21',
    fix: 'Use message_payload.',
  },
  trailing: {
    code: 'SMPP-TRAILING-OCTETS',
    severity: 'warning',
    title: 'Octets at the end of the PDU belong to no parameter',
    clause: 'SMPP 3.4 3.2.4',
  },
  tlvLength: {
    code: 'SMPP-TLV-LENGTH',
    severity: 'warning',
    title: 'The length of an optional parameter is not the one of its kind',
    clause: 'SMPP 3.4 5.3.2',
  },
  tlvOverrun: {
    code: 'SMPP-TLV-OVERRUN',
    severity: 'error',
    title: 'An optional parameter claims more octets than the PDU holds',
    clause: 'SMPP 3.4 5.3.1',
  },
  tlvRepeated: {
    code: 'SMPP-TLV-REPEATED',
    severity: 'warning',
    title: 'An optional parameter that may occur once occurs again; the first one counts',
    clause: 'SMPP 3.4 5.3',
  },
  bothPayloads: {
    code: 'SMPP-TWO-PAYLOADS',
    severity: 'warning',
    title: 'The PDU has both a short_message and a message_payload; short_message counts',
    clause: 'SMPP 3.4 5.3.2.32',
    fix: 'Set sm_length to 0 where message_payload is used.',
  },
  sarIncomplete: {
    code: 'SMPP-SAR-INCOMPLETE',
    severity: 'warning',
    title: 'Some of the three segmentation parameters are missing; the others are ignored',
    clause: 'SMPP 3.4 5.3.2.22, 5.3.2.23, 5.3.2.24',
  },
  sarNumber: {
    code: 'SMPP-SAR-NUMBER',
    severity: 'warning',
    title: 'sar_segment_seqnum is 0 or above sar_total_segments',
    clause: 'SMPP 3.4 5.3.2.24',
  },
  sarAndUdh: {
    code: 'SMPP-SAR-AND-UDH',
    severity: 'warning',
    title: 'The PDU is concatenated twice: by its user data header and by segmentation parameters; the header counts',
    clause: 'SMPP 3.4 5.3.2.22',
    fix: 'Use one of them.',
  },
  portsTwice: {
    code: 'SMPP-PORTS-CONTRADICT',
    severity: 'warning',
    title: 'Port parameters and the user data header name different ports; the header counts',
    clause: 'SMPP 3.4 5.3.2.20',
  },
  requestStatus: {
    code: 'SMPP-REQUEST-STATUS',
    severity: 'warning',
    title: 'A request carries a command_status',
    clause: 'SMPP 3.4 5.1.3',
  },
  sequence: {
    code: 'SMPP-SEQUENCE',
    severity: 'note',
    title: 'The sequence number is outside 1 to 0x7FFFFFFF',
    clause: 'SMPP 3.4 5.1.4',
  },
  bindRefused: {
    code: 'SMPP-BIND-REFUSED',
    severity: 'error',
    title: 'The message centre refused the bind: nothing can be sent on this connection',
    clause: 'SMPP 3.4 4.1',
  },
  nack: {
    code: 'SMPP-GENERIC-NACK',
    severity: 'warning',
    title: 'The peer could not read a PDU header',
    clause: 'SMPP 3.4 4.3',
  },
  receiptUnmarked: {
    code: 'SMPP-RECEIPT-UNMARKED',
    severity: 'note',
    title: 'The text is that of a delivery receipt, but esm_class does not say so',
    clause: 'SMPP 3.4 5.2.12, Appendix B',
  },
  destinations: {
    code: 'SMPP-DESTINATIONS',
    severity: 'warning',
    title: 'A destination entry of submit_multi cannot be read',
    clause: 'SMPP 3.4 4.5.1.1',
  },
  unknownCommand: {
    code: 'SMPP-UNKNOWN-COMMAND',
    severity: 'note',
    title: 'The command is not one of SMPP 3.3, 3.4 or 5.0',
    clause: 'SMPP 5.0 4.7.5',
  },
});
