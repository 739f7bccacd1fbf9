import { fields } from '../../base/fields.ts';

/** Payload types that anything is done with, and those one meets most. */
export const PAYLOAD_TYPES: Readonly<Record<number, string>> = {
  1: 'GSM Um',
  2: 'GSM Abis',
  3: 'GSM Um bursts',
  4: 'SIM card',
  7: 'E1/T1',
  8: 'Gb LLC',
  9: 'Gb SNDCP',
  12: 'UMTS RRC',
  13: 'LTE RRC',
  14: 'LTE MAC',
  16: 'log messages',
  18: 'LTE NAS',
};

export const CHANNELS: Readonly<Record<number, string>> = {
  1: 'BCCH',
  2: 'CCCH',
  3: 'RACH',
  4: 'AGCH',
  5: 'PCH',
  6: 'SDCCH',
  7: 'SDCCH/4',
  8: 'SDCCH/8',
  9: 'FACCH/F',
  10: 'FACCH/H',
  11: 'PACCH',
  12: 'CBCH',
  13: 'PDTCH',
  14: 'PTCCH',
  15: 'CBCH',
};

const HEADER = 'gsmtap.h of libosmocore, struct gsmtap_hdr';

export const gsmtapFields = fields('gsmtap', {
  header: { kind: 'group', label: 'GSMTAP', clause: HEADER },
  version: { kind: 'u8', label: 'Version', clause: HEADER },
  headerLength: { kind: 'u8', label: 'Header length', unit: '32-bit words', clause: HEADER },
  type: { kind: 'u8', label: 'Payload type', names: PAYLOAD_TYPES, clause: HEADER },
  timeslot: { kind: 'u8', label: 'Time slot', clause: HEADER },
  arfcn: { kind: 'u16', label: 'Radio channel', clause: HEADER },
  signal: { kind: 'u8', label: 'Signal level', unit: 'dBm', clause: HEADER },
  noise: { kind: 'u8', label: 'Signal to noise ratio', unit: 'dB', clause: HEADER },
  frameNumber: { kind: 'u32', label: 'GSM frame number', clause: HEADER },
  subType: { kind: 'u8', label: 'Channel, or kind of payload', clause: HEADER },
  antenna: { kind: 'u8', label: 'Antenna', clause: HEADER },
  subSlot: { kind: 'u8', label: 'Sub-slot', clause: HEADER },
  reserved: { kind: 'u8', label: 'Reserved', clause: HEADER },
  more: { kind: 'bytes', label: 'More of the header' },
  payload: { kind: 'bytes', label: 'Payload' },
  layer1: { kind: 'bytes', label: 'SACCH layer 1 header', clause: '3GPP TS 44.004 7.1' },
});
