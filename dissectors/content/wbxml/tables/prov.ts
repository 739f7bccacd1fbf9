// OMA-WAP-TS-ProvCont-V1_1 clause 7, WBXML encoding of the provisioning document.

import { isSecretParm } from '../../provisioning/secrets.ts';
import { bare, extensionKey, page, run, starts, type TokenTable } from '../table.ts';

// Senders and handsets use these for the WLAN settings and two address characteristics; the approved list of
// 2009-04-21 that other decoders cite does not have them.
const EXTENSIONS = new Set([
  ...[0x5c, 0x5d, 0x70].map((t) => extensionKey(0, 'start', t)),
  ...[0xbb, 0xbc].map((t) => extensionKey(0, 'value', t)),
  ...[0xe0, 0xe1].map((t) => extensionKey(1, 'value', t)),
  ...Array.from({ length: 0x74 - 0x3c }, (_, i) => 0x3c + i)
    .filter((t) => t < 0x50 || t > 0x59)
    .map((t) => extensionKey(1, 'start', t)),
]);

/** Parms whose values are words of the table. */
const LISTED = new Set(
  (
    'NAP-ADDRTYPE PXADDRTYPE LOCAL-ADDRTYPE ADDRTYPE CALLTYPE AUTHTYPE PXAUTH-TYPE PPGAUTH-TYPE BEARER LINKSPEED ' +
    'SERVICE AUTH-ENTITY AAUTHLEVEL'
  ).split(' '),
);

export const PROV: TokenTable = {
  id: 'prov',
  title: 'Provisioning document',
  publicId: 0x0b,
  publicIdText: '-//WAPFORUM//DTD PROV 1.0//EN',
  root: 'wap-provisioningdoc',
  mediaTypes: ['application/vnd.wap.connectivity-wbxml', 'text/vnd.wap.connectivity-xml'],
  wholeValues: true,
  extensions: EXTENSIONS,
  listed: (key) => LISTED.has(key),
  nameAttribute: 'name',
  valueAttribute: 'value',
  secret: (key) => key === null || isSecretParm(key),
  pages: new Map([
    [
      0,
      page({
        tags: run(0x05, 'wap-provisioningdoc characteristic parm'),
        starts: [
          ...bare([
            [0x05, 'name'],
            [0x06, 'value'],
            [0x45, 'version'],
            [0x50, 'type'],
          ]),
          ...starts('version', [[0x46, '1.0']]),
          ...starts('name', [
            ...run(
              0x07,
              'NAME NAP-ADDRESS NAP-ADDRTYPE CALLTYPE VALIDUNTIL AUTHTYPE AUTHNAME AUTHSECRET LINGER BEARER NAPID ' +
                'COUNTRY NETWORK INTERNET PROXY-ID PROXY-PROVIDER-ID DOMAIN PROVURL PXAUTH-TYPE PXAUTH-ID PXAUTH-PW ' +
                'STARTPAGE BASAUTH-ID BASAUTH-PW PUSHENABLED PXADDR PXADDRTYPE TO-NAPID PORTNBR SERVICE LINKSPEED ' +
                'DNLINKSPEED LOCAL-ADDR LOCAL-ADDRTYPE CONTEXT-ALLOW TRUST MASTER SID SOC WSP-VERSION ' +
                'PHYSICAL-PROXY-ID CLIENT-ID DELIVERY-ERR-SDU DELIVERY-ORDER TRAFFIC-CLASS MAX-SDU-SIZE ' +
                'MAX-BITRATE-UPLINK MAX-BITRATE-DNLINK RESIDUAL-BER SDU-ERROR-RATIO TRAFFIC-HANDL-PRIO ' +
                'TRANSFER-DELAY GUARANTEED-BITRATE-UPLINK GUARANTEED-BITRATE-DNLINK PXADDR-FQDN PROXY-PW PPGAUTH-TYPE',
            ),
            ...run(
              0x47,
              'PULLENABLED DNS-ADDR MAX-NUM-RETRY FIRST-RETRY-TIMEOUT REREG-THRESHOLD T-BIT - AUTH-ENTITY SPI',
            ),
            ...run(0x70, 'IFNETWORKS'),
          ]),
          ...starts(
            'type',
            run(
              0x51,
              'PXLOGICAL PXPHYSICAL PORT VALIDITY NAPDEF BOOTSTRAP VENDORCONFIG CLIENTIDENTITY PXAUTHINFO ' +
                'NAPAUTHINFO ACCESS BEARERINFO DNS-ADDRINFO',
            ),
          ),
        ],
        values: [
          ...run(0x85, 'IPV4 IPV6 E164 ALPHA APN SCODE TETRA-ITSI MAN'),
          ...run(0x90, 'ANALOG-MODEM V.120 V.110 X.31 BIT-TRANSPARENT DIRECT-ASYNCHRONOUS-DATA-SERVICE'),
          ...run(0x9a, 'PAP CHAP HTTP-BASIC HTTP-DIGEST WTLS-SS MD5'),
          ...run(
            0xa2,
            'GSM-USSD GSM-SMS ANSI-136-GUTS IS-95-CDMA-SMS IS-95-CDMA-CSD IS-95-CDMA-PACKET ANSI-136-CSD ' +
              'ANSI-136-GPRS GSM-CSD GSM-GPRS AMPS-CDPD PDC-CSD PDC-PACKET IDEN-SMS IDEN-CSD IDEN-PACKET FLEX/REFLEX ' +
              'PHS-SMS PHS-CSD TETRA-SDS TETRA-PACKET ANSI-136-GHOST MOBITEX-MPAK CDMA2000-1X-SIMPLE-IP ' +
              'CDMA2000-1X-MOBILE-IP 3G-GSM WLAN',
          ),
          [0xc5, 'AUTOBAUDING'],
          ...run(
            0xca,
            'CL-WSP CO-WSP CL-SEC-WSP CO-SEC-WSP CL-SEC-WTA CO-SEC-WTA OTA-HTTP-TO OTA-HTTP-TLS-TO OTA-HTTP-PO ' +
              'OTA-HTTP-TLS-PO',
          ),
          ...run(0xe0, 'AAA HA'),
        ],
      }),
    ],
    [
      1,
      page({
        tags: run(0x06, 'characteristic parm'),
        starts: [
          ...bare([
            [0x05, 'name'],
            [0x06, 'value'],
            [0x50, 'type'],
          ]),
          ...starts('name', [
            [0x07, 'NAME'],
            [0x14, 'INTERNET'],
            [0x1c, 'STARTPAGE'],
            ...run(0x22, 'TO-NAPID PORTNBR SERVICE'),
            ...run(
              0x2e,
              'AACCEPT AAUTHDATA AAUTHLEVEL AAUTHNAME AAUTHSECRET AAUTHTYPE ADDR ADDRTYPE APPID APROTOCOL PROVIDER-ID ' +
                'TO-PROXY URI RULE',
            ),
            ...run(
              0x3c,
              'APPREF TO-APPREF PRI-SSID PRI-U-SSID PRI-H-SSID S-SSID S-U-SSID NETMODE SECMODE EAPTYPE USERNAME ' +
                'PASSWORD REALM USE-PSEUD - - VER-SER-REALM CLIENT-AUTH SES-VAL-TIME CIP-SUIT',
            ),
            ...run(
              0x60,
              'PEAP-V0 PEAP-V1 PEAP-V2 ISS-NAME SUB-NAME CERT-TYPE SER-NUM SUB-KEY-ID THUMBPRINT WPA-PRES-KEY-ASC ' +
                'WPA-PRES-KEY-HEX WEPKEYIND WEPAUTHMODE LENGTH INDEX DATA WLANHAND EDIT-SET VIEW-SET FORW-SET',
            ),
          ]),
          ...starts('type', [
            [0x53, 'PORT'],
            ...run(0x55, 'APPLICATION APPADDR APPAUTH CLIENTIDENTITY RESOURCE WLAN SEC-SSID EAP CERT WEPKEY'),
          ]),
        ],
        values: [
          ...run(0x86, 'IPV6 E164 ALPHA'),
          ...run(0x8d, 'APPSRV OBEX'),
          ...run(0x90, ', HTTP- BASIC DIGEST'),
          ...run(0xe0, 'AAA HA'),
        ],
      }),
    ],
  ]),
};
