// What can be said about the parts of a message, and about what was joined from them.

import { rules } from '../../captures/finding.ts';

export const joinRules = rules({
  missing: {
    code: 'CONCAT-MISSING-PART',
    severity: 'error',
    title: 'Parts of the message never came',
    clause: '3GPP TS 23.040 9.2.3.24.1',
    receivers: 'Phones keep the parts for hours or days and show nothing, or the parts alone.',
    fix: 'Find out which part was refused or lost, and send all parts again with a new reference.',
  },
  duplicate: {
    code: 'CONCAT-DUPLICATE',
    severity: 'note',
    title: 'Parts were sent more than once',
    clause: '3GPP TS 23.040 9.2.3.24.1',
  },
  outOfOrder: {
    code: 'CONCAT-OUT-OF-ORDER',
    severity: 'note',
    title: 'The parts were not sent in their order',
    clause: '3GPP TS 23.040 9.2.3.24.1',
  },
  reused: {
    code: 'CONCAT-REFERENCE-REUSED',
    severity: 'note',
    title: 'The reference was used before, for another message between the same parties',
    clause: '3GPP TS 23.040 9.2.3.24.1',
    receivers: 'A phone that still waits for parts of the other message mixes them.',
    fix: 'Count references up for each recipient; use 16-bit references.',
  },
  split: {
    code: 'CONCAT-SPLIT-GUESS',
    severity: 'warning',
    title: 'A part came twice with different content: taken as two messages with one reference',
    clause: '3GPP TS 23.040 9.2.3.24.1',
    receivers: 'Phones may join the old parts with the new ones: a document that nobody sent.',
    fix: 'Count references up for each recipient; use 16-bit references.',
  },
  resumed: {
    code: 'CONCAT-RESUMED-GUESS',
    severity: 'note',
    title: 'Parts came after a long pause and were taken as the rest of the message',
    clause: '3GPP TS 23.040 9.2.3.24.1',
  },
  shared: {
    code: 'CONCAT-SHARED-PART-GUESS',
    severity: 'warning',
    title: 'A missing part was taken from an equal part of the message before, a copy of which came in time',
    clause: '3GPP TS 23.040 9.2.3.24.1',
  },
  again: {
    code: 'CONCAT-SENT-AGAIN',
    severity: 'note',
    title: 'All parts equal those of an earlier message with the same reference',
    clause: '3GPP TS 23.040 9.2.3.24.1',
  },
  total: {
    code: 'CONCAT-TOTAL-DISAGREES',
    severity: 'error',
    title: 'The parts do not agree on how many they are; they were not joined',
    clause: '3GPP TS 23.040 9.2.3.24.1',
    receivers: 'Phones drop the part that disagrees, or wait for ever.',
    fix: 'Give every part of a message the same total.',
  },
  number: {
    code: 'CONCAT-PART-NUMBER',
    severity: 'warning',
    title: 'A part number is 0 or above the total; the part was not joined',
    clause: '3GPP TS 23.040 9.2.3.24.1',
    receivers: 'The concatenation is ignored and the part is shown alone.',
    fix: 'Number the parts from 1 to their total.',
  },
  copies: {
    code: 'CONCAT-COPIES-BUDGET',
    severity: 'warning',
    title: 'More copies of the parts came than are kept',
    clause: 'a limit of this program',
  },
  budget: {
    code: 'CONCAT-BUDGET',
    severity: 'warning',
    title: 'Too many messages were incomplete at once: this one was given up early',
    clause: 'a limit of this program',
  },
  late: {
    code: 'CONCAT-LATE',
    severity: 'note',
    title: 'Parts came after the message was given up or complete',
    clause: '3GPP TS 23.040 9.2.3.24.1',
  },
  cut: {
    code: 'CONCAT-CUT',
    severity: 'warning',
    title: 'The capture holds only the beginning of a part',
    clause: 'the snapshot length of the capture',
    fix: 'Capture with a larger snapshot length.',
  },
  portsDiffer: {
    code: 'CONCAT-PORTS-DIFFER',
    severity: 'warning',
    title: 'Parts of one message name different ports; those of the lowest part count',
    clause: '3GPP TS 23.040 9.2.3.24.4',
  },
  textHeader: {
    code: 'SMS-TEXT-HEADER',
    severity: 'note',
    title: 'Ports and numbers of parts stand in the text (//SCK)',
    clause: 'WAP-259-WDP',
  },
  noPort: {
    code: 'PUSH-NO-PORT',
    severity: 'warning',
    title: 'The content is a WSP push, but no port says so',
    clause: 'WAP-259-WDP, 3GPP TS 23.040 9.2.3.24.4',
    receivers: 'Phones do not hand it to the push service.',
    fix: 'Add the port element 05 04 0B 84 23 F0.',
  },
  secured: {
    code: 'PUSH-SECURED-PORT',
    severity: 'warning',
    title: 'The port is one of those whose datagrams are encrypted (WTLS)',
    clause: 'WAP-259-WDP Appendix B',
  },
  offset: {
    code: 'PUSH-OFFSET',
    severity: 'warning',
    title: 'A WSP push begins some octets behind the start of the content',
    clause: 'WAP-230-WSP 8.2.4.1',
    receivers: 'Phones read the octets in front as part of the push and drop it.',
    fix: 'Send nothing in front of the push.',
  },
  dcs: {
    code: 'PUSH-DATA-CODING',
    severity: 'warning',
    title: 'The message goes to a push port, but its data coding says text',
    clause: '3GPP TS 23.038 4',
    receivers: 'Octets may be converted as characters on the way, and phones show text.',
    fix: 'Use data coding 0x04 or 0xF5.',
  },
});

/** The same of packets that a transaction layer carried (`Datagram.transaction`). */
export const packetRules = rules({
  missing: {
    code: 'TRANSACTION-MISSING-PACKET',
    severity: 'error',
    title: 'Packets of the message are not in the capture',
    clause: 'WAP-224-WTP 7.14',
    receivers: 'The receiver asks for them again, or the transaction is aborted.',
  },
  duplicate: {
    code: 'TRANSACTION-DUPLICATE',
    severity: 'note',
    title: 'Packets of the message were sent more than once',
    clause: 'WAP-224-WTP 7.4',
  },
  outOfOrder: {
    code: 'TRANSACTION-OUT-OF-ORDER',
    severity: 'note',
    title: 'Packets of the message came in another order than they are numbered',
    clause: 'WAP-224-WTP 7.14',
  },
});
