import { rules } from '../../../../captures/finding.ts';

export const sccpRules = rules({
  pointer: {
    code: 'SCCP-POINTER',
    severity: 'warning',
    title: 'A pointer leads outside the message',
    clause: 'ITU-T Q.713 2.3',
  },
  length: {
    code: 'SCCP-LENGTH',
    severity: 'warning',
    title: 'A parameter is longer than the message; what is there was read',
    clause: 'ITU-T Q.713 2.3',
  },
  segmentMissing: {
    code: 'SCCP-SEGMENT-MISSING',
    severity: 'warning',
    title: 'A segmented message is not complete; what is there from its beginning was read',
    clause: 'ITU-T Q.714 4.1.1.2.3',
    fix: 'Capture all links between the two points: segments may take different ones.',
  },
  segmentConflict: {
    code: 'SCCP-SEGMENT-CONFLICT',
    severity: 'warning',
    title: 'A segment comes again with other data: another message under the same reference began',
    clause: 'ITU-T Q.714 4.1.1.2.3',
  },
  segmentBudget: {
    code: 'SCCP-SEGMENTS',
    severity: 'warning',
    title: 'More segmented messages wait for the rest than are held; the oldest were given up',
    clause: 'budget of this program',
  },
  connectionBudget: {
    code: 'SCCP-CONNECTIONS',
    severity: 'warning',
    title: 'More connections, or octets of them, than are followed at once; the oldest were given up',
    clause: 'budget of this program',
  },
  refused: {
    code: 'SCCP-REFUSED',
    severity: 'warning',
    title: 'A signalling connection was refused',
    clause: 'ITU-T Q.713 4.4',
  },
});
