import { rules } from '../../../../captures/finding.ts';

export const m3uaRules = rules({
  unavailable: {
    code: 'M3UA-UNAVAILABLE',
    severity: 'warning',
    title: 'The signalling gateway says that a destination cannot be reached; messages to it are lost',
    clause: 'RFC 4666 3.4.1',
  },
  error: {
    code: 'M3UA-ERROR',
    severity: 'warning',
    title: 'One end refused a message of the other end',
    clause: 'RFC 4666 3.8.1',
  },
});
