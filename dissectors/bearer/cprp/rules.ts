// What can be wrong with, or is worth telling of, CP and RP messages.

import { rules } from '../../../captures/finding.ts';

export const cpRules = rules({
  discriminator: {
    code: 'SMCP-DISCRIMINATOR',
    severity: 'warning',
    title: 'The protocol discriminator is not that of short messages',
    clause: '3GPP TS 24.007 11.2.3.1.1',
  },
  type: {
    code: 'SMCP-TYPE',
    severity: 'warning',
    title: 'The CP message type is reserved',
    clause: '3GPP TS 24.011 8.1.3',
  },
  userDataLength: {
    code: 'SMCP-USER-DATA-LENGTH',
    severity: 'error',
    title: 'CP-User-Data claims more octets than the message holds',
    clause: '3GPP TS 24.011 8.1.4.1',
    receivers: 'The peer answers with CP-ERROR, invalid mandatory information.',
  },
  trailing: {
    code: 'SMCP-TRAILING-OCTETS',
    severity: 'note',
    title: 'Octets follow the CP message',
    clause: '3GPP TS 24.011 7.2',
  },
  error: {
    code: 'SMCP-ERROR',
    severity: 'warning',
    title: 'The short message connection ended with CP-ERROR',
    clause: '3GPP TS 24.011 5.3.4, 8.1.4.2',
  },
});

export const rpRules = rules({
  type: {
    code: 'SMRP-TYPE',
    severity: 'warning',
    title: 'The RP message type is reserved',
    clause: '3GPP TS 24.011 8.2.2',
  },
  spare: {
    code: 'SMRP-SPARE-BITS',
    severity: 'note',
    title: 'Spare bits of the RP message type are set',
    clause: '3GPP TS 24.011 8.2.2',
  },
  misplaced: {
    code: 'SMRP-ADDRESS-MISPLACED',
    severity: 'note',
    title: 'An RP address is filled in that is empty in this direction',
    clause: '3GPP TS 24.011 7.3.1',
  },
  noAddress: {
    code: 'SMRP-NO-SERVICE-CENTRE',
    severity: 'note',
    title: 'RP-DATA names no service centre',
    clause: '3GPP TS 24.011 7.3.1',
  },
  userDataLength: {
    code: 'SMRP-USER-DATA-LENGTH',
    severity: 'error',
    title: 'RP-User-Data claims more octets than the message holds',
    clause: '3GPP TS 24.011 8.2.5.3',
    receivers: 'The peer answers with RP-ERROR, invalid mandatory information.',
  },
  noUserData: {
    code: 'SMRP-NO-USER-DATA',
    severity: 'error',
    title: 'RP-DATA carries no TPDU',
    clause: '3GPP TS 24.011 7.3.1',
  },
  trailing: {
    code: 'SMRP-TRAILING-OCTETS',
    severity: 'note',
    title: 'Octets follow the RP message',
    clause: '3GPP TS 24.011 7.3',
  },
  causeMissing: {
    code: 'SMRP-CAUSE-MISSING',
    severity: 'warning',
    title: 'RP-ERROR has no cause',
    clause: '3GPP TS 24.011 7.3.4',
  },
  untied: {
    code: 'SMRP-ERROR-UNTIED',
    severity: 'warning',
    title: 'RP-ERROR refuses a message that is not in the capture',
    clause: '3GPP TS 24.011 7.3.4',
  },
  memoryAvailable: {
    code: 'SMRP-SMMA',
    severity: 'note',
    title: 'The phone says that it has memory for short messages again',
    clause: '3GPP TS 24.011 7.3.2',
  },
});
