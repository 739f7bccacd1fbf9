// Nokia/Ericsson OTA Settings Specification 7.0 (browser settings, bookmarks) and Nokia synchronisation settings:
// older than OMA Client Provisioning, without a public identifier of their own.

import { isSecretParm } from '../../provisioning/secrets.ts';
import { bare, page, run, starts, type TokenTable } from '../table.ts';

// Unlike elsewhere a VALUE= with its text is one attribute-start token, too; there are no value tokens.
export const OTA_SETTINGS: TokenTable = {
  id: 'ota',
  title: 'OTA settings (Nokia/Ericsson)',
  publicId: null,
  publicIdText: '',
  root: 'CHARACTERISTIC-LIST',
  mediaTypes: ['application/x-wap-prov.browser-settings', 'application/x-wap-prov.browser-bookmarks'],
  wholeValues: true,
  oldestVersion: 0x01,
  nameAttribute: 'NAME',
  valueAttribute: 'VALUE',
  secret: (key) => key !== null && isSecretParm(key),
  pages: new Map([
    [
      0,
      page({
        tags: run(0x05, 'CHARACTERISTIC-LIST CHARACTERISTIC PARM'),
        starts: [
          ...starts('TYPE', run(0x06, 'ADDRESS URL NAME')),
          ...bare(run(0x10, 'NAME VALUE')),
          ...starts('NAME', [
            ...run(
              0x12,
              'BEARER PROXY PORT NAME PROXY_TYPE URL PROXY_AUTHNAME PROXY_AUTHSECRET SMS_SMSC_ADDRESS ' +
                'USSD_SERVICE_CODE GPRS_ACCESSPOINTNAME PPP_LOGINTYPE PROXY_LOGINTYPE',
            ),
            ...run(0x21, 'CSD_DIALSTRING PPP_AUTHTYPE PPP_AUTHNAME PPP_AUTHSECRET - - - CSD_CALLTYPE CSD_CALLSPEED'),
            [0x7e, 'ISP_NAME'],
          ]),
          ...starts('VALUE', [
            ...run(0x45, 'GSM/CSD GSM/SMS GSM/USSD IS-136/CSD GPRS'),
            ...run(0x60, '9200 9201 9202 9203 AUTOMATIC MANUAL'),
            ...run(0x6a, 'AUTO 9600 14400 19200 28800 38400 PAP CHAP ANALOGUE ISDN 43200 57600 MSISDN_NO IPV4 MS_CHAP'),
          ]),
          ...starts('TYPE', [...run(0x7c, 'MMSURL ID'), [0x7f, 'BOOKMARK']]),
        ],
      }),
    ],
  ]),
};

export const SYNC_SETTINGS: TokenTable = {
  id: 'syncset',
  title: 'Synchronisation settings (Nokia)',
  publicId: null,
  publicIdText: '',
  root: 'SyncSettings',
  secretElements: ['Cred'],
  mediaTypes: ['application/vnd.nokia.syncset+wbxml'],
  wholeValues: true,
  oldestVersion: 0x01,
  pages: new Map([
    [
      0,
      page({
        tags: run(
          0x05,
          'Addr AddrType Auth AuthLevel AuthScheme Bearer ConRef ConType Cred CTType CTVer HostAddr Name Port RefID ' +
            'RemoteDB SyncSettings URI Username Version',
        ),
      }),
    ],
  ]),
};
