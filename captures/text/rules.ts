// What can be wrong with a text log.

import { rules } from '../finding.ts';

const DOC = 'docs/logs.md';
const AT = '3GPP TS 27.005 3.1, parameter definitions';

export const RULES = rules({
  oddHex: {
    code: 'TEXT-ODD-HEX',
    severity: 'error',
    title: 'A PDU in hex has an odd number of digits',
    clause: AT,
    fix: 'Copy the whole line; one digit was lost.',
  },
  notHex: {
    code: 'TEXT-NOT-HEX',
    severity: 'error',
    title: 'A PDU has a character that is not a hex digit',
    clause: AT,
  },
  pduLength: {
    code: 'TEXT-PDU-LENGTH',
    severity: 'warning',
    title: 'The length in the log line differs from the length of the PDU',
    clause: '3GPP TS 27.005 3.1, <length>',
  },
  pduCut: {
    code: 'TEXT-PDU-CUT',
    severity: 'error',
    title: 'A PDU is shorter than its own user data length says',
    clause: '3GPP TS 23.040 9.2.3.16',
  },
  pduLong: {
    code: 'TEXT-PDU-LONG',
    severity: 'warning',
    title: 'Octets follow the end of a PDU on its line',
    clause: '3GPP TS 23.040 9.2.3.16',
  },
  pduMissing: {
    code: 'TEXT-PDU-MISSING',
    severity: 'warning',
    title: 'A line announces a PDU that does not follow',
    clause: AT,
  },
  hexUnknown: {
    code: 'TEXT-HEX-UNKNOWN',
    severity: 'note',
    title: 'Lines of hex are neither a short message nor a push nor a document',
    clause: DOC,
  },
  lineLength: {
    code: 'TEXT-LINE-LENGTH',
    severity: 'warning',
    title: 'A line is longer than is read of one line',
    clause: DOC,
  },
  documentSize: {
    code: 'TEXT-DOCUMENT-SIZE',
    severity: 'warning',
    title: 'A document is longer than is read of one document',
    clause: DOC,
  },
  fileCut: {
    code: 'TEXT-FILE-CUT',
    severity: 'warning',
    title: 'The file ends inside a record',
    clause: DOC,
  },
  dumpLength: {
    code: 'TEXT-DUMP-LENGTH',
    severity: 'warning',
    title: 'A dump has fewer octets than it announces',
    clause: DOC,
  },
  row: {
    code: 'TEXT-ROW',
    severity: 'warning',
    title: 'A row of a table can not be read as a message',
    clause: DOC,
  },
  cellBroadcast: {
    code: 'TEXT-CELL-BROADCAST',
    severity: 'note',
    title: 'Cell broadcast pages are not short messages',
    clause: '3GPP TS 27.005 3.4.1, +CBM',
  },
  noYear: {
    code: 'TEXT-TIME-NO-YEAR',
    severity: 'note',
    title: 'Times in the log have no year; 1970 is shown, in UTC',
    clause: DOC,
  },
  timeOfDay: {
    code: 'TEXT-TIME-OF-DAY',
    severity: 'note',
    title: 'Times in the log have no date; the first day is shown as 1970-01-01, in UTC',
    clause: DOC,
  },
  noZone: {
    code: 'TEXT-TIME-NO-ZONE',
    severity: 'note',
    title: 'Times in the log have no zone; they are read as UTC',
    clause: DOC,
  },
  dayMonth: {
    code: 'TEXT-TIME-DAY-MONTH',
    severity: 'note',
    title: 'Dates with slashes are read as day/month/year',
    clause: DOC,
  },
  fromScts: {
    code: 'TEXT-TIME-FROM-SCTS',
    severity: 'note',
    title: 'The log has no times; those of the service centre are shown',
    clause: '3GPP TS 23.040 9.2.3.11',
  },
  timeLate: {
    code: 'TEXT-TIME-LATE',
    severity: 'note',
    title: 'The first time comes so late in the file that times are left out',
    clause: DOC,
  },
  nothing: {
    code: 'TEXT-NOTHING',
    severity: 'warning',
    title: 'The text has no short message, push or document',
    clause: DOC,
  },
  budget: {
    code: 'TEXT-FINDINGS-BUDGET',
    severity: 'note',
    title: 'More was wrong than is listed',
    clause: DOC,
  },
});
