import { rules } from '../../../captures/finding.ts';

export const tcpRules = rules({
  dataOffset: {
    code: 'TCP-DATA-OFFSET',
    severity: 'warning',
    title: 'A TCP header with a data offset of less than 20 octets',
    clause: 'RFC 9293 3.1',
  },
  gap: {
    code: 'TCP-GAP',
    severity: 'warning',
    title: 'Octets of a TCP stream are not in the capture; the stream goes on after them',
    clause: 'RFC 9293 3.4',
    fix: 'Capture closer to either end, on all interfaces, or with a larger buffer.',
  },
  cut: {
    code: 'TCP-CUT',
    severity: 'warning',
    title: 'Octets of a TCP stream were left out by the snapshot length of the capture',
    clause: 'pcap snapshot length',
    fix: 'Capture whole packets (tcpdump -s 0).',
  },
  conflict: {
    code: 'TCP-CONFLICT',
    severity: 'warning',
    title: 'A TCP segment repeats octets of the stream with other values; the first ones were kept',
    clause: 'RFC 9293 3.10.7.4',
  },
  late: {
    code: 'TCP-LATE',
    severity: 'note',
    title: 'A TCP segment came after the stream had gone on without it',
    clause: 'RFC 9293 3.4',
  },
});
