// OMA-WAP-TS-ProvCont-V1_1: characteristics, where they stand, and their parms.

/** Exactly one, at most one, any number, at least one. */
export type Occurs = '1' | '?' | '*' | '+';

/** 'flag': its presence is its value. 'opaque': any text, and it may be empty. */
export type ParmType = 'text' | 'number' | 'hex' | 'flag' | 'opaque';

export interface ParmModel {
  readonly occurs: Occurs;
  readonly type: ParmType;
  /** Of numbers. */
  readonly most?: number;
  /** Every value the standard knows. */
  readonly values?: readonly string[];
}

export interface CharacteristicModel {
  readonly parms: Readonly<Record<string, ParmModel>>;
  readonly characteristics: Readonly<Record<string, Occurs>>;
  /** Holds parms that the standard leaves to vendors or applications. */
  readonly open?: boolean;
}

const text = (occurs: Occurs, values?: readonly string[]): ParmModel =>
  values === undefined ? { occurs, type: 'text' } : { occurs, type: 'text', values };
const number = (occurs: Occurs, most = 0xffffffff): ParmModel => ({ occurs, type: 'number', most });
const FLAG: ParmModel = { occurs: '?', type: 'flag' };
const HEX: ParmModel = { occurs: '?', type: 'hex' };

const all = (names: readonly string[], model: ParmModel): Record<string, ParmModel> =>
  Object.fromEntries(names.map((n) => [n, model]));

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

const PUSH_PULL = {
  'WSP-VERSION': text('?'),
  PUSHENABLED: number('?', 1),
  PULLENABLED: number('?', 1),
} as const;

const AUTH_PARMS = all(['AAUTHTYPE', 'AAUTHNAME', 'AAUTHSECRET', 'AAUTHDATA'], text('?'));

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
      'PPGAUTH-TYPE': text('?'),
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
      PXADDRTYPE: text('?', PROXY_ADDRESS_TYPES),
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
      'NAP-ADDRTYPE': text('?', ADDRESS_TYPES),
      'DNS-ADDR': text('*'),
      CALLTYPE: text('?'),
      'LOCAL-ADDR': text('?'),
      'LOCAL-ADDRTYPE': text('?', ['IPV4', 'IPV6']),
      LINKSPEED: text('?'),
      DNLINKSPEED: text('?'),
      LINGER: number('?'),
      'T-BIT': FLAG,
      ...all(
        [
          'DELIVERY-ERR-SDU',
          'DELIVERY-ORDER',
          'TRAFFIC-CLASS',
          'MAX-SDU-SIZE',
          'MAX-BITRATE-UPLINK',
          'MAX-BITRATE-DNLINK',
          'RESIDUAL-BER',
          'SDU-ERROR-RATIO',
          'TRAFFIC-HANDL-PRIO',
          'TRANSFER-DELAY',
          'GUARANTEED-BITRATE-UPLINK',
          'GUARANTEED-BITRATE-DNLINK',
          'MAX-NUM-RETRY',
          'FIRST-RETRY-TIMEOUT',
          'REREG-THRESHOLD',
        ],
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
    parms: { ...all(['COUNTRY', 'NETWORK', 'SID', 'SOC'], text('?')), VALIDUNTIL: text('?') },
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
      ...all(
        [
          'AUTO-DOWNLOAD',
          'CIDPREFIX',
          'CM',
          'DELIVERY-TIME',
          'DOMAIN',
          'EXPIRY-TIME',
          'FROM',
          'MS',
          'Ma',
          'PC-ADDR',
          'POP-BEFORE-SMTP',
          'PRIORITY',
          'REQUEST-DELIVERY',
          'REQUEST-READ',
          'RM',
          'ROAMING',
          'SAVE-SENT',
          'SENDER-VISIBLE',
          'SENT-FOLDER',
          'SERVICES',
          'TRASH-FOLDER',
          'MAX-BANDWIDTH',
          'MIN-UDP-PORT',
          'MAX-UDP-PORT',
          'ADDRTYPE',
        ],
        text('?'),
      ),
      NETINFO: text('*'),
    },
    characteristics: { APPADDR: '*', APPAUTH: '*', RESOURCE: '*' },
    open: true,
  },
  APPADDR: { parms: { ADDR: text('1'), ADDRTYPE: text('?') }, characteristics: { PORT: '*' } },
  APPAUTH: { parms: { AAUTHLEVEL: text('?'), ...AUTH_PARMS }, characteristics: {} },
  RESOURCE: {
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
  WLAN: { parms: {}, characteristics: { 'SEC-SSID': '*', WEPKEY: '*', EAP: '*' }, open: true },
  'SEC-SSID': { parms: {}, characteristics: {}, open: true },
  WEPKEY: { parms: {}, characteristics: {}, open: true },
  EAP: { parms: {}, characteristics: { CERT: '*' }, open: true },
  CERT: { parms: {}, characteristics: {}, open: true },
};

/** What the OMNA application ids stand for. */
export const APPLICATIONS: ReadonlyMap<string, string> = new Map([
  ['w2', 'Browser'],
  ['w4', 'MMS'],
  ['w5', 'OMA data synchronisation'],
  ['w7', 'OMA device management'],
  ['w902E', 'Nokia NAT and firewall traversal'],
  ['w9010', 'Nokia SIP'],
  ['w9013', 'Nokia VoIP'],
  ['wA', 'Instant messaging and presence'],
  ['25', 'Outgoing mail (SMTP)'],
  ['110', 'Incoming mail (POP3)'],
  ['143', 'Incoming mail (IMAP4)'],
  ['554', 'Streaming (RTSP)'],
  ['ap0004', 'Location (SUPL)'],
  ['ap0005', 'MMS'],
  ['DL', 'Download'],
]);
