// OMA-WAP-TS-ProvCont-V1_1: characteristics, where they stand, and their parms.

import { all, type CharacteristicModel, FLAG, HEX, number, text } from './model/types.ts';
import { WLAN_MODEL } from './model/wlan.ts';

export const ADDRESS_TYPES = ['IPV4', 'IPV6', 'E164', 'ALPHA', 'APN', 'SCODE', 'TETRA-ITSI', 'MAN'] as const;
const PROXY_ADDRESS_TYPES = ['IPV4', 'IPV6', 'E164', 'ALPHA'] as const;

export const BEARERS = [
  'GSM-USSD',
  'GSM-SMS',
  'ANSI-136-GUTS',
  'IS-95-CDMA-SMS',
  'IS-95-CDMA-CSD',
  'IS-95-CDMA-PACKET',
  'ANSI-136-CSD',
  'ANSI-136-GPRS',
  'GSM-CSD',
  'GSM-GPRS',
  'AMPS-CDPD',
  'PDC-CSD',
  'PDC-PACKET',
  'IDEN-SMS',
  'IDEN-CSD',
  'IDEN-PACKET',
  'FLEX/REFLEX',
  'PHS-SMS',
  'PHS-CSD',
  'TETRA-SDS',
  'TETRA-PACKET',
  'ANSI-136-GHOST',
  'MOBITEX-MPAK',
  'CDMA2000-1X-SIMPLE-IP',
  'CDMA2000-1X-MOBILE-IP',
  '3G-GSM',
  'WLAN',
] as const;

const CALL_TYPES = [
  'ANALOG-MODEM',
  'V.120',
  'V.110',
  'X.31',
  'BIT-TRANSPARENT',
  'DIRECT-ASYNCHRONOUS-DATA-SERVICE',
] as const;

const PUSH_PULL = {
  'WSP-VERSION': text('?', undefined, '1.2'),
  PUSHENABLED: number('?', 1, '0'),
  PULLENABLED: number('?', 1),
} as const;

const AUTH_PARMS = all('AAUTHTYPE AAUTHNAME AAUTHSECRET AAUTHDATA', text('?'));

/** Top level of a document. */
export const ROOT: CharacteristicModel = {
  parms: {},
  characteristics: {
    PXLOGICAL: '*',
    NAPDEF: '*',
    BOOTSTRAP: '*',
    CLIENTIDENTITY: '?',
    VENDORCONFIG: '*',
    APPLICATION: '*',
    ACCESS: '*',
    WLAN: '*',
  },
};

/** By type. A type has the same parms wherever it stands. */
export const CHARACTERISTICS: Readonly<Record<string, CharacteristicModel>> = {
  PXLOGICAL: {
    parms: {
      'PROXY-ID': text('1'),
      NAME: text('1'),
      'PROXY-PW': text('?'),
      'PPGAUTH-TYPE': text('?', ['HTTP-BASIC', 'HTTP-DIGEST', 'NONE']),
      'PROXY-PROVIDER-ID': text('?'),
      DOMAIN: text('*'),
      TRUST: FLAG,
      MASTER: FLAG,
      STARTPAGE: text('?'),
      'BASAUTH-ID': text('?'),
      'BASAUTH-PW': text('?'),
      ...PUSH_PULL,
    },
    characteristics: { PXAUTHINFO: '*', PORT: '*', PXPHYSICAL: '+' },
  },
  PXAUTHINFO: {
    parms: {
      'PXAUTH-TYPE': text('1', ['HTTP-BASIC', 'HTTP-DIGEST', 'WTLS-SS']),
      'PXAUTH-ID': text('?'),
      'PXAUTH-PW': text('?'),
    },
    characteristics: {},
  },
  PORT: { parms: { PORTNBR: number('1', 65_535), SERVICE: text('*') }, characteristics: {} },
  PXPHYSICAL: {
    parms: {
      'PHYSICAL-PROXY-ID': text('1'),
      PXADDR: text('1'),
      PXADDRTYPE: text('?', PROXY_ADDRESS_TYPES, 'IPV4'),
      'PXADDR-FQDN': text('?'),
      'TO-NAPID': text('+'),
      DOMAIN: text('*'),
      ...PUSH_PULL,
    },
    characteristics: { PORT: '*' },
  },
  NAPDEF: {
    parms: {
      NAPID: text('1'),
      NAME: text('1'),
      BEARER: text('*', BEARERS),
      INTERNET: FLAG,
      'NAP-ADDRESS': text('1'),
      'NAP-ADDRTYPE': text('?', ADDRESS_TYPES, 'E164'),
      'DNS-ADDR': text('*'),
      CALLTYPE: text('?', CALL_TYPES, 'ANALOG-MODEM'),
      'LOCAL-ADDR': text('?'),
      'LOCAL-ADDRTYPE': text('?', ['IPV4', 'IPV6'], 'IPV6'),
      LINKSPEED: text('?'),
      DNLINKSPEED: text('?'),
      LINGER: number('?'),
      'T-BIT': FLAG,
      ...all(
        'DELIVERY-ERR-SDU DELIVERY-ORDER TRAFFIC-CLASS MAX-SDU-SIZE MAX-BITRATE-UPLINK MAX-BITRATE-DNLINK RESIDUAL-BER SDU-ERROR-RATIO TRAFFIC-HANDL-PRIO TRANSFER-DELAY GUARANTEED-BITRATE-UPLINK GUARANTEED-BITRATE-DNLINK MAX-NUM-RETRY FIRST-RETRY-TIMEOUT REREG-THRESHOLD',
        HEX,
      ),
    },
    characteristics: { NAPAUTHINFO: '*', VALIDITY: '*', WLAN: '*' },
  },
  NAPAUTHINFO: {
    parms: {
      AUTHTYPE: text('1', ['PAP', 'CHAP', 'MD5']),
      AUTHNAME: text('?'),
      AUTHSECRET: text('?'),
      'AUTH-ENTITY': text('*', ['AAA', 'HA']),
      SPI: text('?'),
    },
    characteristics: {},
  },
  VALIDITY: {
    parms: { ...all('COUNTRY NETWORK SID SOC', text('?')), VALIDUNTIL: text('?') },
    characteristics: {},
  },
  BOOTSTRAP: {
    parms: {
      NAME: text('?'),
      'PROXY-ID': text('*'),
      PROVURL: text('?'),
      'CONTEXT-ALLOW': number('?', 255),
      COUNTRY: text('?'),
      NETWORK: text('*'),
    },
    characteristics: {},
  },
  CLIENTIDENTITY: { parms: { 'CLIENT-ID': text('1') }, characteristics: {} },
  VENDORCONFIG: { parms: { NAME: text('1') }, characteristics: {}, open: true },
  APPLICATION: {
    later: true,
    parms: {
      APPID: text('1'),
      'PROVIDER-ID': text('?'),
      NAME: text('?'),
      AACCEPT: text('?'),
      APROTOCOL: text('?'),
      'TO-PROXY': text('*'),
      'TO-NAPID': text('*'),
      ADDR: text('*'),
      INIT: FLAG,
      APPREF: text('?'),
      'TO-APPREF': text('*'),
      ...all(
        'AUTO-DOWNLOAD CIDPREFIX CM DELIVERY-TIME DOMAIN EXPIRY-TIME FROM MS Ma PC-ADDR POP-BEFORE-SMTP PRIORITY REQUEST-DELIVERY REQUEST-READ RM ROAMING SAVE-SENT SENDER-VISIBLE SENT-FOLDER SERVICES TRASH-FOLDER MAX-BANDWIDTH MIN-UDP-PORT MAX-UDP-PORT ADDRTYPE',
        text('?'),
      ),
      NETINFO: text('*'),
    },
    characteristics: { APPADDR: '*', APPAUTH: '*', RESOURCE: '*' },
    open: true,
  },
  APPADDR: { later: true, parms: { ADDR: text('1'), ADDRTYPE: text('?') }, characteristics: { PORT: '*' } },
  APPAUTH: {
    later: true,
    parms: { AAUTHLEVEL: text('?', ['APPSRV', 'CLIENT', 'OBEX']), ...AUTH_PARMS },
    characteristics: {},
  },
  RESOURCE: {
    later: true,
    parms: {
      URI: text('1'),
      NAME: text('?'),
      AACCEPT: text('?'),
      ...AUTH_PARMS,
      STARTPAGE: FLAG,
      CLIURI: text('?'),
      SYNCTYPE: number('?'),
      IMAGE: text('?'),
    },
    characteristics: {},
  },
  ACCESS: {
    later: true,
    parms: {
      RULE: { occurs: '+', type: 'opaque' },
      APPID: text('*'),
      PORTNBR: number('*', 65_535),
      DOMAIN: text('*'),
      'TO-NAPID': text('*'),
      'TO-PROXY': text('*'),
    },
    characteristics: {},
  },
  ...WLAN_MODEL,
};
