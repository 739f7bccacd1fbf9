// The WLAN settings of version 1.1: names as senders and handsets have them.

import { all, type CharacteristicModel, FLAG, number, text } from './types.ts';

/** Keys a WLAN access point has at most (IEEE 802.11, WEP). */
export const MOST_WEP_KEYS = 4;

const WLAN: CharacteristicModel = {
  later: true,
  parms: {
    ...all('PRI-SSID PRI-U-SSID NETMODE SECMODE WPA-PRES-KEY-ASC WPA-PRES-KEY-HEX WEPKEYIND WEPAUTHMODE', text('?')),
    'PRI-H-SSID': FLAG,
    ...all('WLANHAND EDIT-SET VIEW-SET FORW-SET', text('?')),
  },
  characteristics: { 'SEC-SSID': '*', WEPKEY: '*', EAP: '*' },
};

const EAP: CharacteristicModel = {
  later: true,
  parms: {
    EAPTYPE: text('?'),
    ...all('USERNAME PASSWORD REALM USE-PSEUD ENCAPS VER-SER-REALM CLIENT-AUTH CIP-SUIT', text('?')),
    ...all('MAXAUTHS SES-VAL-TIME', number('?')),
    ...all('PEAP-V0 PEAP-V1 PEAP-V2', text('?')),
  },
  characteristics: { CERT: '*' },
};

export const WLAN_MODEL: Readonly<Record<string, CharacteristicModel>> = {
  WLAN,
  'SEC-SSID': { later: true, parms: all('S-SSID S-U-SSID', text('?')), characteristics: {} },
  WEPKEY: {
    later: true,
    parms: { LENGTH: number('?'), INDEX: number('?'), DATA: text('?') },
    characteristics: {},
  },
  EAP,
  CERT: {
    later: true,
    parms: {
      ...all('ISS-NAME SUB-NAME SER-NUM SUB-KEY-ID THUMBPRINT', text('?')),
      'CERT-TYPE': text('?', ['USER', 'CA']),
    },
    characteristics: {},
  },
};
