import { fields } from '../../../base/fields.ts';

/** ITU-T Q.704 14.2.1. */
export const serviceIndicators: Readonly<Record<number, string>> = {
  0: 'Signalling network management',
  1: 'Signalling network testing',
  2: 'Signalling network testing, special',
  3: 'SCCP',
  4: 'TUP',
  5: 'ISUP',
  6: 'DUP, calls',
  7: 'DUP, registration',
  9: 'B-ISUP',
  10: 'Satellite ISUP',
  12: 'AAL2 signalling',
  13: 'BICC',
  14: 'Gateway control',
};

const networkIndicators: Readonly<Record<number, string>> = {
  0: 'International',
  1: 'International, spare',
  2: 'National',
  3: 'National, spare',
};

/** LINKTYPE_MTP2_WITH_PHDR. */
const directions: Readonly<Record<number, string>> = { 0: 'Received', 1: 'Sent' };

export const mtp2Fields = fields('mtp2', {
  pseudoHeader: { kind: 'group', label: 'MTP2 pseudo-header', clause: 'LINKTYPE_MTP2_WITH_PHDR' },
  sent: { kind: 'u8', label: 'Direction', names: directions },
  annexA: { kind: 'u8', label: 'Annex A (extended sequence numbers)' },
  linkNumber: { kind: 'u16', label: 'Link number' },
  mtp2: { kind: 'group', label: 'MTP2', clause: 'ITU-T Q.703 2.2' },
  backward: { kind: 'u8', label: 'Backward sequence number and indicator', hex: true },
  forward: { kind: 'u8', label: 'Forward sequence number and indicator', hex: true },
  lengthIndicator: { kind: 'u8', label: 'Length indicator' },
  extendedBackward: { kind: 'u16', label: 'Backward sequence number and indicator', hex: true, little: true },
  extendedForward: { kind: 'u16', label: 'Forward sequence number and indicator', hex: true, little: true },
  extendedLength: { kind: 'u16', label: 'Length indicator', little: true },
  status: { kind: 'bytes', label: 'Status', clause: 'ITU-T Q.703 11' },
  check: { kind: 'bytes', label: 'Check bits', clause: 'ITU-T Q.703 4.2' },
});

export const mtp3Fields = fields('mtp3', {
  mtp3: { kind: 'group', label: 'MTP3', clause: 'ITU-T Q.704 14; ANSI T1.111.4 14' },
  serviceInformation: { kind: 'u8', label: 'Service information octet', hex: true },
  serviceIndicator: { kind: 'bits', label: 'Service indicator', names: serviceIndicators },
  networkIndicator: { kind: 'bits', label: 'Network indicator', names: networkIndicators },
  label: { kind: 'bytes', label: 'Routing label', clause: 'ITU-T Q.704 2.2; ANSI T1.111.4 2.2' },
  destinationPointCode: { kind: 'bits', label: 'Destination point code' },
  originatingPointCode: { kind: 'bits', label: 'Originating point code' },
  signallingLinkSelection: { kind: 'bits', label: 'Signalling link selection' },
  userData: { kind: 'bytes', label: 'User data' },
});
