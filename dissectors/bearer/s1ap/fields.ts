import { fields } from '../../base/fields.ts';

/** 3GPP TS 36.413 9.3.7: procedures that carry NAS messages, and those one meets most. */
export const PROCEDURES: Readonly<Record<number, string>> = {
  0: 'HandoverPreparation',
  1: 'HandoverResourceAllocation',
  5: 'E-RABSetup',
  9: 'InitialContextSetup',
  10: 'Paging',
  11: 'downlinkNASTransport',
  12: 'initialUEMessage',
  13: 'uplinkNASTransport',
  15: 'ErrorIndication',
  16: 'NASNonDeliveryIndication',
  17: 'S1Setup',
  18: 'UEContextReleaseRequest',
  23: 'UEContextRelease',
};

export const ELEMENTS: Readonly<Record<number, string>> = {
  0: 'MME-UE-S1AP-ID',
  2: 'Cause',
  8: 'eNB-UE-S1AP-ID',
  26: 'NAS-PDU',
  67: 'TAI',
  100: 'EUTRAN-CGI',
  134: 'RRC-Establishment-Cause',
};

export const s1apFields = fields('s1ap', {
  message: { kind: 'group', label: 'S1AP', clause: '3GPP TS 36.413 9' },
  choice: {
    kind: 'u8',
    label: 'PDU',
    names: { 0: 'initiatingMessage', 32: 'successfulOutcome', 64: 'unsuccessfulOutcome' },
    hex: true,
    clause: '3GPP TS 36.413 9.3.2',
  },
  procedure: { kind: 'u8', label: 'Procedure', names: PROCEDURES, clause: '3GPP TS 36.413 9.3.7' },
  criticality: { kind: 'u8', label: 'Criticality', names: { 0: 'reject', 64: 'ignore', 128: 'notify' }, hex: true },
  length: { kind: 'bytes', label: 'Length', clause: 'ITU-T X.691 10.9' },
  preamble: { kind: 'u8', label: 'Preamble', hex: true, clause: 'ITU-T X.691 18' },
  count: { kind: 'u16', label: 'Elements', clause: '3GPP TS 36.413 9.3.3' },
  element: { kind: 'group', label: 'Element', clause: '3GPP TS 36.413 9.3.6' },
  id: { kind: 'u16', label: 'Identifier', names: ELEMENTS, clause: '3GPP TS 36.413 9.3.7' },
  value: { kind: 'bytes', label: 'Value' },
});

/** 3GPP TS 24.301 9.8, Table 9.8.1. */
export const NAS_MESSAGES: Readonly<Record<number, string>> = {
  65: 'Attach request',
  66: 'Attach accept',
  67: 'Attach complete',
  68: 'Attach reject',
  69: 'Detach request',
  70: 'Detach accept',
  72: 'Tracking area update request',
  73: 'Tracking area update accept',
  74: 'Tracking area update complete',
  75: 'Tracking area update reject',
  76: 'Extended service request',
  77: 'Control plane service request',
  78: 'Service reject',
  80: 'GUTI reallocation command',
  81: 'GUTI reallocation complete',
  82: 'Authentication request',
  83: 'Authentication response',
  84: 'Authentication reject',
  85: 'Identity request',
  86: 'Identity response',
  92: 'Authentication failure',
  93: 'Security mode command',
  94: 'Security mode complete',
  95: 'Security mode reject',
  96: 'EMM status',
  97: 'EMM information',
  98: 'Downlink NAS transport',
  99: 'Uplink NAS transport',
  100: 'CS service notification',
  104: 'Downlink generic NAS transport',
  105: 'Uplink generic NAS transport',
};

export const nasFields = fields('nas', {
  message: { kind: 'group', label: 'NAS', clause: '3GPP TS 24.301 9' },
  header: { kind: 'bits', label: 'Security header type', clause: '3GPP TS 24.301 9.3.1' },
  discriminator: { kind: 'bits', label: 'Protocol discriminator', clause: '3GPP TS 24.301 9.2' },
  code: { kind: 'bytes', label: 'Message authentication code', clause: '3GPP TS 24.301 9.5' },
  sequence: { kind: 'u8', label: 'Sequence number', clause: '3GPP TS 24.301 9.6' },
  type: { kind: 'u8', label: 'Message type', names: NAS_MESSAGES, hex: true, clause: '3GPP TS 24.301 9.8' },
  length: { kind: 'u8', label: 'Length', unit: 'octets' },
  attachType: { kind: 'u8', label: 'Attach type and key set', hex: true, clause: '3GPP TS 24.301 9.9.3.11' },
  identity: { kind: 'address', label: 'Mobile identity', clause: '3GPP TS 24.301 9.9.3.12' },
  ciphered: { kind: 'bytes', label: 'Ciphered message', clause: '3GPP TS 24.301 4.4.5' },
  rest: { kind: 'bytes', label: 'Other elements' },
});
