import { rules } from '../../../captures/finding.ts';
import { fields } from '../../base/fields.ts';

const SPEC = '3GPP TS 27.005';

export const atFields = fields('at', {
  command: { kind: 'text', label: 'Command', clause: '3GPP TS 27.007 4' },
  secret: { kind: 'text', label: 'Command with a password', secret: true, clause: '3GPP TS 27.007 8.3' },
  echo: { kind: 'text', label: 'Echo', clause: 'ITU-T V.250 6.2.4' },
  answer: { kind: 'text', label: 'Answer', clause: '3GPP TS 27.007 4' },
  prompt: { kind: 'text', label: 'Prompt', clause: `${SPEC} 3.5.1` },
  blank: { kind: 'bytes', label: 'Line end' },
  serviceCentre: { kind: 'address', label: 'Service centre', clause: '3GPP TS 24.011 8.2.5' },
  tpdu: { kind: 'group', label: 'PDU', clause: `${SPEC} 3.1` },
  text: { kind: 'text', label: 'Text', clause: `${SPEC} 3.1` },
  end: { kind: 'u8', label: 'End', hex: true, names: { 26: 'send', 27: 'cancel' }, clause: `${SPEC} 3.5.1` },
});

export const atRules = rules({
  length: {
    code: 'AT-LENGTH',
    severity: 'error',
    title: 'The announced length is not that of the TPDU without its service centre address',
    clause: `${SPEC} 3.1, 3.5.1`,
    receivers: 'Modems answer +CMS ERROR: 304, or send what is not meant.',
    fix: 'Count the octets of the TPDU, not the digits, and leave the service centre address out.',
  },
  hex: {
    code: 'AT-HEX',
    severity: 'error',
    title: 'A PDU has an odd number of digits, or others than hexadecimal ones',
    clause: `${SPEC} 3.1`,
    receivers: 'Modems answer +CMS ERROR: 304.',
  },
  tpdu: {
    code: 'AT-TPDU',
    severity: 'warning',
    title: 'A PDU could not be read as a TPDU',
    clause: `${SPEC} 3.1; 3GPP TS 23.040 9.2.2`,
  },
  cancelled: {
    code: 'AT-CANCELLED',
    severity: 'note',
    title: 'A message was given up with ESC before it was sent',
    clause: `${SPEC} 3.5.1`,
  },
  textMode: {
    code: 'AT-TEXT-MODE',
    severity: 'note',
    title: 'Messages in text mode were left out',
    clause: `${SPEC} 3.2.3`,
  },
});
