// Addresses, host names and URLs.

import { app, doc, type Example, nap, of, physical, port, proxy } from './builders.ts';

const at = (over: Parameters<typeof physical>[0]) => proxy({}, physical(over, port('8080')));
const mms = (url: string) => app('w4', { ADDR: url });
const named = (address: string) => app('110', { 'PROVIDER-ID': 'm' }, of('APPADDR', { ADDR: address }, port('110')));

export const ADDRESS_EXAMPLES: readonly Example[] = [
  {
    code: 'CP-ASSUMED-ADDRTYPE',
    passes: doc(nap(), at({ PXADDR: 'proxy.example', PXADDRTYPE: 'ALPHA' })),
    fails: doc(nap(), at({ PXADDR: 'proxy.example', PXADDRTYPE: [] })),
  },
  { code: 'CP-ADDRESS-WITH-PORT', passes: doc(nap(), at({})), fails: doc(nap(), at({ PXADDR: '192.0.2.1:8080' })) },
  { code: 'CP-UNREACHABLE-ADDRESS', passes: doc(nap(), at({})), fails: doc(nap(), at({ PXADDR: '127.0.0.1' })) },
  {
    code: 'CP-ALPHA-IS-NUMERIC',
    passes: doc(nap(), at({ PXADDR: 'proxy.example', PXADDRTYPE: 'ALPHA' })),
    fails: doc(nap(), at({ PXADDRTYPE: 'ALPHA' })),
  },
  { code: 'CP-HOST-NAME', passes: doc(nap(), named('mail.example')), fails: doc(nap(), named('mail server')) },
  {
    code: 'CP-DOMAIN-URL',
    passes: doc(nap(), proxy({ DOMAIN: 'wap.example' }, physical({}, port('8080')))),
    fails: doc(nap(), proxy({ DOMAIN: 'http://wap.example/' }, physical({}, port('8080')))),
  },
  {
    code: 'CP-URL-SCHEME',
    passes: doc(nap(), mms('http://mms.example/')),
    fails: doc(nap(), mms('ftp://mms.example/')),
  },
  {
    code: 'CP-URL-PORT',
    passes: doc(nap(), mms('http://mms.example:8002/')),
    fails: doc(nap(), mms('http://mms.example:80020/')),
  },
  {
    code: 'CP-URL-CREDENTIALS',
    passes: doc(nap(), mms('http://mms.example/')),
    fails: doc(nap(), mms('http://user:sesame@mms.example/')),
  },
  {
    code: 'CP-APN-RESERVED',
    passes: doc(nap()),
    fails: doc(nap({ 'NAP-ADDRESS': 'rac.internet.example' })),
  },
  {
    code: 'CP-WSP-VERSION',
    passes: doc(nap(), proxy({ 'WSP-VERSION': '1.3' }, physical({}, port('9201')))),
    fails: doc(nap(), proxy({ 'WSP-VERSION': '13' }, physical({}, port('9201')))),
  },
];
