import { rules } from '../../../captures/finding.ts';

export const gsmtapRules = rules({
  version: {
    code: 'GSMTAP-VERSION',
    severity: 'note',
    title: 'GSMTAP of a version that is not read',
    clause: 'gsmtap.h of libosmocore',
  },
  header: {
    code: 'GSMTAP-HEADER',
    severity: 'warning',
    title: 'The GSMTAP header is shorter than its 16 octets',
    clause: 'gsmtap.h of libosmocore, struct gsmtap_hdr',
  },
});
