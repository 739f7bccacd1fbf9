// What a classic pcap file can have wrong.

import { rules } from '../finding.ts';

const HEADER = 'draft-ietf-opsawg-pcap-08 4';
const RECORD = 'draft-ietf-opsawg-pcap-08 5';

export const PCAP_RULES = rules({
  headerCut: {
    code: 'PCAP-HEADER-CUT',
    severity: 'error',
    title: 'The file ends inside its header',
    clause: HEADER,
  },
  version: {
    code: 'PCAP-VERSION',
    severity: 'note',
    title: 'The file says it is of another version than 2.4',
    clause: HEADER,
    receivers: 'libpcap reads 2.0 to 2.4 and 543.0 and refuses others',
  },
  snapLength: {
    code: 'PCAP-SNAPLEN',
    severity: 'note',
    title: 'The snapshot length of the file header limits nothing',
    clause: HEADER,
    receivers: 'libpcap takes 0 and values above 2^31-1 as its own maximum',
    fix: 'Write the largest captured length, or 262144',
  },
  reservedBits: {
    code: 'PCAP-LINKTYPE-RESERVED',
    severity: 'warning',
    title: 'Reserved bits beside the link type are set',
    clause: HEADER,
    receivers: 'Wireshark refuses such files',
  },
  frameCheckSequence: {
    code: 'PCAP-FCS',
    severity: 'note',
    title: 'Frames end with a frame check sequence',
    clause: HEADER,
  },
  variant: {
    code: 'PCAP-VARIANT',
    severity: 'note',
    title: 'The record headers are not those of the standard format',
    clause: 'none: formats of patched libpcap versions',
  },
  concatenated: {
    code: 'PCAP-CONCATENATED',
    severity: 'note',
    title: 'A second file header stands between the records',
    clause: 'draft-ietf-opsawg-pcap-08 1',
    receivers: 'libpcap takes it for a record and stops',
    fix: 'Join captures with mergecap instead of appending files',
  },
  damaged: {
    code: 'PCAP-RECORD-DAMAGED',
    severity: 'error',
    title: 'A record header holds values that no capture program writes',
    clause: RECORD,
    receivers: 'libpcap and Wireshark stop here',
  },
  long: {
    code: 'PCAP-RECORD-LONG',
    severity: 'note',
    title: 'A record is longer than capture programs usually write',
    clause: RECORD,
  },
  cut: {
    code: 'PCAP-CUT',
    severity: 'warning',
    title: 'The file ends inside a record',
    clause: RECORD,
    receivers: 'libpcap reads what is before and reports an error',
  },
  fraction: {
    code: 'PCAP-TIME-FRACTION',
    severity: 'note',
    title: 'The fraction of a timestamp is a second or more',
    clause: RECORD,
  },
  originalLength: {
    code: 'PCAP-ORIGINAL-LENGTH',
    severity: 'note',
    title: 'The length on the wire is given as less than what was captured',
    clause: RECORD,
  },
  givenUp: {
    code: 'PCAP-GIVEN-UP',
    severity: 'error',
    title: 'The file is damaged in too many places',
    clause: 'none: a budget of this program',
  },
});
