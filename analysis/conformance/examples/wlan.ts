// WLAN settings.

import { doc, type Example, nap, of } from './builders.ts';

type Values = Parameters<typeof of>[1];

const OPEN = { 'PRI-SSID': 'Example', NETMODE: 'INFRA', SECMODE: 'OPEN' } as const;
const wlan = (over: Values = {}, ...inside: string[]) => of('WLAN', { ...OPEN, ...over }, ...inside);
const over = (settings: string, bearer = 'WLAN') =>
  doc(nap({ BEARER: bearer, 'NAP-ADDRESS': 'Example', 'NAP-ADDRTYPE': 'ALPHA' }, settings));
const wep = (data: string, index = '0') => of('WEPKEY', { LENGTH: '40', INDEX: index, DATA: data });
const eap = (values: Values) => of('EAP', { USERNAME: 'user', ...values });

export const WLAN_EXAMPLES: readonly Example[] = [
  { code: 'CP-WLAN-BEARER', passes: over(wlan()), fails: over('') },
  { code: 'CP-WLAN-WITHOUT-SSID', passes: over(wlan()), fails: over(wlan({ 'PRI-SSID': [] })) },
  {
    code: 'CP-SSID-LENGTH',
    passes: over(wlan({ 'PRI-SSID': 'S'.repeat(32) })),
    fails: over(wlan({ 'PRI-SSID': 'S'.repeat(33) })),
  },
  { code: 'CP-WLAN-WORD', passes: over(wlan()), fails: over(wlan({ NETMODE: 'AP' })) },
  {
    code: 'CP-WLAN-SECURITY',
    passes: over(wlan({ SECMODE: 'WEP' }, wep('abcde'))),
    fails: over(wlan({ SECMODE: 'WEP' })),
  },
  {
    code: 'CP-WPA-KEY',
    passes: over(wlan({ SECMODE: 'WPA-PRESHARED', 'WPA-PRES-KEY-ASC': 'sesame-open' })),
    fails: over(wlan({ SECMODE: 'WPA-PRESHARED', 'WPA-PRES-KEY-ASC': 'sesame' })),
  },
  {
    code: 'CP-WEP-KEY',
    passes: over(wlan({ SECMODE: 'WEP' }, wep('0102030405'))),
    fails: over(wlan({ SECMODE: 'WEP' }, wep('010203'))),
  },
  {
    code: 'CP-WEP-KEYS',
    passes: over(wlan({ SECMODE: 'WEP' }, wep('abcde', '0'), wep('fghij', '1'))),
    fails: over(wlan({ SECMODE: 'WEP' }, wep('abcde', '0'), wep('fghij', '0'))),
  },
  {
    code: 'CP-EAP-WITHOUT-TYPE',
    passes: over(wlan({ SECMODE: '8021X' }, eap({ EAPTYPE: 'EAP-TLS' }))),
    fails: over(wlan({ SECMODE: '8021X' }, eap({}))),
  },
];
