// What can be wrong below IP.

import { rules } from '../../captures/finding.ts';

export const linkRules = rules({
  unknownLinkType: {
    code: 'LINK-UNKNOWN-TYPE',
    severity: 'warning',
    title: 'The frames are of a link type that is not read',
    clause: 'tcpdump.org link-layer header types',
  },
  tooDeep: {
    code: 'LINK-TOO-DEEP',
    severity: 'warning',
    title: 'More headers are nested than are followed',
    clause: 'budget of this program',
  },
});
