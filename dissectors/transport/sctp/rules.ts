import { rules } from '../../../captures/finding.ts';

export const sctpRules = rules({
  chunkLength: {
    code: 'SCTP-CHUNK-LENGTH',
    severity: 'warning',
    title: 'A chunk is shorter than its own header, or longer than its packet; the rest of the packet was left',
    clause: 'RFC 9260 3.2',
  },
  incomplete: {
    code: 'SCTP-INCOMPLETE',
    severity: 'warning',
    title: 'A message lacks fragments that are not in the capture',
    clause: 'RFC 9260 6.9',
    fix: 'Capture closer to either end, on all paths of a multi-homed association.',
  },
  fragmentBudget: {
    code: 'SCTP-FRAGMENTS',
    severity: 'warning',
    title: 'More fragments of messages wait for the rest than are held; the oldest were given up',
    clause: 'budget of this program',
  },
  restart: {
    code: 'SCTP-RESTART',
    severity: 'note',
    title: 'A transmission sequence number comes again with other data: another association with the same tags began',
    clause: 'RFC 9260 5.2',
  },
  aborted: {
    code: 'SCTP-ABORT',
    severity: 'warning',
    title: 'An association was aborted; messages on their way were lost',
    clause: 'RFC 9260 3.3.7',
    fix: 'Look at the cause in the chunk and at the network path between the two ends.',
  },
  protocolOrder: {
    code: 'SCTP-PPID-ORDER',
    severity: 'note',
    title: 'The payload protocol identifier has its octets in the wrong order; it was read the other way round',
    clause: 'RFC 9260 3.3.1',
  },
  associations: {
    code: 'SCTP-ASSOCIATIONS',
    severity: 'warning',
    title: 'More associations than are followed at once; those silent the longest were given up',
    clause: 'budget of this program',
  },
});
