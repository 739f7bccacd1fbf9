import { rules } from '../../captures/finding.ts';

export const berRules = rules({
  length: {
    code: 'BER-LENGTH',
    severity: 'warning',
    title: 'An element claims more octets than hold it; what is there was read',
    clause: 'ITU-T X.690 8.1.3',
  },
  indefinite: {
    code: 'BER-INDEFINITE',
    severity: 'warning',
    title: 'An element of indefinite length has no end, or is nested deeper than is followed',
    clause: 'ITU-T X.690 8.1.3.6, 8.1.5',
  },
  value: {
    code: 'BER-VALUE',
    severity: 'warning',
    title: 'The contents of an element are no value of its type',
    clause: 'ITU-T X.690 8',
  },
});
