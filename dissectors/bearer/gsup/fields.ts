import { fields } from '../../base/fields.ts';

const IPA = 'ipaccess.h of libosmocore';
const GSUP = 'OsmoHLR user manual, Generic Subscriber Update Protocol';

/** Payloads of IPA by their key: the protocol octet, or 0xee and the extension octet. */
export const PROTOCOLS: Readonly<Record<number, string>> = {
  0: 'RSL',
  252: 'MGCP',
  253: 'SCCP',
  254: 'CCM',
  255: 'OML',
  238: 'extension',
};

export const ipaFields = fields('ipa', {
  frame: { kind: 'group', label: 'IPA', clause: IPA },
  length: { kind: 'u16', label: 'Length', unit: 'octets', clause: IPA },
  protocol: { kind: 'u8', label: 'Protocol', names: PROTOCOLS, hex: true, clause: IPA },
  extension: {
    kind: 'u8',
    label: 'Extension',
    names: { 0: 'CTRL', 1: 'MGCP', 2: 'LAC', 3: 'SMSC', 4: 'ORC', 5: 'GSUP', 6: 'OAP', 7: 'RSPRO' },
    clause: IPA,
  },
  control: {
    kind: 'u8',
    label: 'Connection control',
    names: { 0: 'ping', 1: 'pong', 4: 'identity request', 5: 'identity', 6: 'acknowledged', 7: 'not acknowledged' },
    clause: IPA,
  },
  payload: { kind: 'bytes', label: 'Payload' },
});

/** Message types that are read, and those that name a subscriber. */
export const MESSAGES: Readonly<Record<number, string>> = {
  4: 'UpdateLocation request',
  5: 'UpdateLocation error',
  6: 'UpdateLocation result',
  8: 'SendAuthInfo request',
  9: 'SendAuthInfo error',
  10: 'SendAuthInfo result',
  11: 'AuthFailure report',
  12: 'PurgeMS request',
  13: 'PurgeMS error',
  14: 'PurgeMS result',
  16: 'InsertData request',
  17: 'InsertData error',
  18: 'InsertData result',
  20: 'DeleteData request',
  21: 'DeleteData error',
  22: 'DeleteData result',
  28: 'LocationCancel request',
  29: 'LocationCancel error',
  30: 'LocationCancel result',
  32: 'Supplementary services request',
  33: 'Supplementary services error',
  34: 'Supplementary services result',
  36: 'MO-forwardSM request',
  37: 'MO-forwardSM error',
  38: 'MO-forwardSM result',
  40: 'MT-forwardSM request',
  41: 'MT-forwardSM error',
  42: 'MT-forwardSM result',
  44: 'READY-FOR-SM request',
  45: 'READY-FOR-SM error',
  46: 'READY-FOR-SM result',
  48: 'CheckIMEI request',
  49: 'CheckIMEI error',
  50: 'CheckIMEI result',
};

export const ELEMENTS: Readonly<Record<number, string>> = {
  1: 'IMSI',
  2: 'Cause',
  8: 'MSISDN',
  9: 'HLR number',
  10: 'Message class',
  40: 'Network domain',
  48: 'Session id',
  49: 'Session state',
  64: 'SM-RP-MR',
  65: 'SM-RP-DA',
  66: 'SM-RP-OA',
  67: 'SM-RP-UI',
  68: 'SM-RP-Cause',
  69: 'SM-RP-MMS',
  70: 'SM alert reason',
  96: 'Source name',
  97: 'Destination name',
};

export const gsupFields = fields('gsup', {
  message: { kind: 'group', label: 'GSUP', clause: GSUP },
  type: { kind: 'u8', label: 'Message type', names: MESSAGES, hex: true, clause: GSUP },
  element: { kind: 'group', label: 'Element', clause: GSUP },
  tag: { kind: 'u8', label: 'Identifier', names: ELEMENTS, hex: true, clause: GSUP },
  length: { kind: 'u8', label: 'Length', unit: 'octets', clause: GSUP },
  imsi: { kind: 'address', label: 'IMSI', clause: GSUP },
  msisdn: { kind: 'address', label: 'MSISDN', clause: GSUP },
  cause: { kind: 'u8', label: 'Cause', clause: GSUP },
  reference: { kind: 'u8', label: 'SM-RP-MR', clause: GSUP },
  addressType: {
    kind: 'u8',
    label: 'Kind of address',
    names: { 1: 'IMSI', 2: 'MSISDN', 3: 'service centre', 255: 'none' },
    clause: GSUP,
  },
  address: { kind: 'address', label: 'Address', clause: GSUP },
  relayCause: { kind: 'u8', label: 'SM-RP-Cause', clause: '3GPP TS 24.011 8.2.5.4' },
  alertReason: {
    kind: 'u8',
    label: 'Alert reason',
    names: { 1: 'the phone is there', 2: 'memory available' },
    clause: GSUP,
  },
  value: { kind: 'bytes', label: 'Value' },
});
