import { fields } from '../../../base/fields.ts';
import { subsystems } from '../sccp/types.ts';
import { commonMessages, xuaSpecs } from '../xua.ts';

/** RFC 3868 3.9, 3.10. */
const parameters: Readonly<Record<number, string>> = {
  257: 'SS7 hop counter',
  258: 'Source address',
  259: 'Destination address',
  260: 'Source reference number',
  261: 'Destination reference number',
  262: 'SCCP cause',
  263: 'Sequence number',
  264: 'Receive sequence number',
  265: 'ASP capabilities',
  266: 'Credit',
  267: 'Data',
  268: 'User and cause',
  269: 'Network appearance',
  270: 'Routing key',
  271: 'DRN label',
  272: 'TID label',
  273: 'Address range',
  274: 'SMI',
  275: 'Importance',
  276: 'Message priority',
  277: 'Protocol class',
  278: 'Sequence control',
  279: 'Segmentation',
  280: 'Congestion level',
  32769: 'Global title',
  32770: 'Point code',
  32771: 'Subsystem number',
  32772: 'IPv4 address',
  32773: 'Host name',
  32774: 'IPv6 address',
};

/** Class * 256 + type. */
export const suaMessages: Readonly<Record<number, string>> = {
  ...commonMessages,
  1793: 'CLDT',
  1794: 'CLDR',
  2049: 'CORE',
  2050: 'COAK',
  2051: 'COREF',
  2052: 'RELRE',
  2053: 'RELCO',
  2054: 'RESCO',
  2055: 'RESRE',
  2056: 'CODT',
  2057: 'CODA',
  2058: 'COERR',
  2059: 'COIT',
};

const routings: Readonly<Record<number, string>> = {
  1: 'on global title',
  2: 'on subsystem number and point code',
  3: 'on host name',
  4: 'on subsystem number and IP address',
};

const causeTypes: Readonly<Record<number, string>> = {
  1: 'return cause',
  2: 'refusal cause',
  3: 'release cause',
  4: 'reset cause',
  5: 'error cause',
};

export const suaFields = fields('sua', {
  ...xuaSpecs('SUA', 'RFC 3868 3', parameters),
  routing: { kind: 'u16', label: 'Routing indicator', names: routings, clause: 'RFC 3868 3.10.2' },
  addressIndicator: { kind: 'u16', label: 'Address indicator', hex: true },
  reserved24: { kind: 'u24', label: 'Reserved' },
  titleIndicator: { kind: 'u8', label: 'Global title indicator', clause: 'RFC 3868 3.10.2.3' },
  digitCount: { kind: 'u8', label: 'Number of digits' },
  translationType: { kind: 'u8', label: 'Translation type' },
  numberingPlan: { kind: 'u8', label: 'Numbering plan' },
  natureOfAddress: { kind: 'u8', label: 'Nature of address' },
  digits: { kind: 'address', label: 'Digits' },
  pointCode: { kind: 'u32', label: 'Point code', clause: 'RFC 3868 3.10.2.4' },
  subsystem: { kind: 'u8', label: 'Subsystem number', names: subsystems, clause: 'RFC 3868 3.10.2.5' },
  reserved16: { kind: 'u16', label: 'Reserved' },
  causeType: { kind: 'u8', label: 'Cause type', names: causeTypes, clause: 'RFC 3868 3.10.6' },
  causeValue: { kind: 'u8', label: 'Cause value' },
  firstAndRemaining: { kind: 'u8', label: 'First and remaining', hex: true, clause: 'RFC 3868 3.10.23' },
  segmentationReference: { kind: 'u24', label: 'Segmentation reference', hex: true },
  data: { kind: 'bytes', label: 'Data', clause: 'RFC 3868 3.10.11' },
});
