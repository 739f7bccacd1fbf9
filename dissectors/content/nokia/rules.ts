import { rules } from '../../../captures/finding.ts';

const SPEC = 'Nokia Smart Messaging 3.0.0';

export const NOKIA = rules({
  tone: {
    code: 'NOKIA-TONE',
    severity: 'warning',
    basis: 'remembered',
    title: 'The ringing tone ends early or holds what no tone has',
    clause: `${SPEC}, ringing tone`,
    receivers: 'Phones refuse the tone or play what they could read.',
  },
  logo: {
    code: 'NOKIA-LOGO',
    severity: 'warning',
    basis: 'remembered',
    title: 'The logo does not hold the picture that it announces',
    clause: `${SPEC}, OTA bitmap`,
    receivers: 'Phones refuse the logo.',
  },
  size: {
    code: 'NOKIA-LOGO-SIZE',
    severity: 'warning',
    basis: 'remembered',
    title: 'The logo has another size than phones show',
    clause: `${SPEC}, OTA bitmap`,
    receivers: 'Phones show a part of the picture or refuse it.',
  },
  network: {
    code: 'NOKIA-LOGO-NETWORK',
    severity: 'warning',
    basis: 'remembered',
    title: 'The network of the operator logo is none',
    clause: `${SPEC}, operator logo`,
    receivers: 'The logo is shown only in the network it names; this one is never shown.',
  },
  picture: {
    code: 'NOKIA-PICTURE',
    severity: 'warning',
    basis: 'remembered',
    title: 'The items of the picture message do not fit it',
    clause: `${SPEC}, multipart message`,
    receivers: 'Phones show the items that they could read, or nothing.',
  },
});
