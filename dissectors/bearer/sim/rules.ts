// What is worth telling of a trace of a card.

import { rules } from '../../../captures/finding.ts';

const PROVISIONING = 'OMA-WAP-TS-ProvSC-V1_1';

export const simRules = rules({
  length: {
    code: 'SIM-APDU-LENGTH',
    severity: 'warning',
    title: 'A command announces more data than the APDU holds',
    clause: 'ETSI TS 102 221 10.1',
  },
  named: {
    code: 'SIM-PROVISIONING-FILE',
    severity: 'note',
    title: 'The card names a file for provisioning',
    clause: PROVISIONING,
  },
  incomplete: {
    code: 'SIM-FILE-INCOMPLETE',
    severity: 'warning',
    title: 'A provisioning document was not read, or written, to its end',
    clause: PROVISIONING,
  },
  refused: {
    code: 'SIM-FILE-REFUSED',
    severity: 'warning',
    title: 'The card refused access to a provisioning file',
    clause: 'ETSI TS 102 221 10.2; 3GPP TS 51.011 9.4',
  },
  noApplication: {
    code: 'SIM-NO-PKCS15',
    severity: 'note',
    title: 'The phone asked for provisioning from the card, and the card has no PKCS#15 application',
    clause: PROVISIONING,
  },
  empty: {
    code: 'SIM-FILE-EMPTY',
    severity: 'note',
    title: 'A provisioning file of the card is empty',
    clause: PROVISIONING,
  },
  files: {
    code: 'SIM-FILES',
    severity: 'warning',
    title: 'More files than are followed at once; those used least recently were given up',
    clause: 'budget of this program',
  },
});
