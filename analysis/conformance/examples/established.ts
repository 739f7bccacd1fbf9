// Structure, references, addresses and applications: a document that each rule accepts and one that it does not.

import { address, app, doc, type Example, named, nap, of, physical, port, proxy } from './builders.ts';

export const ESTABLISHED: readonly Example[] = [
  {
    code: 'CP-VERSION',
    passes: doc(nap()),
    fails: doc(nap()).replace('version="1.0"', 'version="2.0"'),
  },
  {
    code: 'CP-EMPTY-DOCUMENT',
    passes: doc(nap()),
    fails: doc(of('NOTHING-KNOWN', { NAPID: 'N1' })),
    also: ['CP-UNKNOWN-CHARACTERISTIC'],
  },
  { code: 'CP-MISSING-PARM', passes: doc(nap()), fails: doc(nap({ 'NAP-ADDRESS': [], 'NAP-ADDRTYPE': [] })) },
  { code: 'CP-MISSING-NAME', passes: doc(nap()), fails: doc(nap({ NAME: null })) },
  {
    code: 'CP-PROXY-WITHOUT-ADDRESS',
    passes: doc(nap(), proxy()),
    fails: doc(nap(), of('PXLOGICAL', { 'PROXY-ID': 'P1', NAME: 'Proxy' })),
  },
  { code: 'CP-NO-BEARER', passes: doc(nap()), fails: doc(nap({ BEARER: [] })) },
  {
    code: 'CP-REPEATED-PARM',
    passes: doc(nap({ 'DNS-ADDR': ['192.0.2.1', '192.0.2.2'] })),
    fails: doc(nap({ NAME: ['One', 'Two'] })),
  },
  {
    code: 'CP-UNKNOWN-CHARACTERISTIC',
    passes: doc(nap(), of('VENDORCONFIG', { NAME: 'example.com' }, of('OWN', { X: '1' }))),
    fails: doc(nap(), of('OWN', { X: '1' })),
  },
  {
    code: 'CP-MICROSOFT-FORM',
    passes: doc(nap()),
    fails: doc(of('NAPDEF', {}, of('N1', { BEARER: 'GPRS' }))),
  },
  {
    code: 'CP-MISPLACED-CHARACTERISTIC',
    passes: doc(nap(), proxy({}, physical({}, port('8080')))),
    fails: doc(nap(), port('8080')),
  },
  { code: 'CP-UNKNOWN-PARM', passes: doc(app('w9010', { PTYPE: 'IETF' })), fails: doc(nap({ COLOUR: 'blue' })) },
  { code: 'CP-NAME-CASE', passes: doc(app('w4', { Ma: '1' })), fails: doc(app('w4', { MA: '1' })) },
  { code: 'CP-PARM-WITHOUT-VALUE', passes: doc(nap({ INTERNET: null })), fails: doc(nap({ 'DNS-ADDR': null })) },
  {
    code: 'CP-DANGLING-TO-NAPID',
    passes: doc(nap(), app('w2'), app('w4', { 'TO-NAPID': 'INTERNET' })),
    fails: doc(nap(), app('w2', { 'TO-NAPID': 'N2' })),
  },
  {
    code: 'CP-DANGLING-TO-PROXY',
    passes: doc(nap(), proxy(), app('w2', { 'TO-PROXY': 'P1' })),
    fails: doc(nap(), app('w2', { 'TO-PROXY': 'INTERNET' })),
  },
  {
    code: 'CP-DANGLING-PROXY-ID',
    passes: doc(nap(), proxy(), of('BOOTSTRAP', { 'PROXY-ID': 'P1' })),
    fails: doc(nap(), of('BOOTSTRAP', { 'PROXY-ID': 'P1' })),
  },
  { code: 'CP-RESERVED-NAPID', passes: doc(nap()), fails: doc(nap({ NAPID: 'INTERNET' })) },
  { code: 'CP-DUPLICATE-NAPID', passes: doc(nap(), nap({ NAPID: 'N2' })), fails: doc(nap(), nap()) },
  {
    code: 'CP-DUPLICATE-PROXY-ID',
    passes: doc(nap(), proxy(), proxy({ 'PROXY-ID': 'P2' })),
    fails: doc(nap(), proxy(), proxy()),
  },
  {
    code: 'CP-DUPLICATE-APPLICATION',
    passes: doc(nap(), app('w7', { 'PROVIDER-ID': 'a' }), app('w7', { 'PROVIDER-ID': 'b' })),
    fails: doc(nap(), app('w4', { 'PROVIDER-ID': 'a' }), app('w4', { 'PROVIDER-ID': 'b' })),
  },
  {
    code: 'CP-LONG-ID',
    passes: doc(nap({ NAPID: 'N'.repeat(128) })),
    fails: doc(nap({ NAPID: 'N'.repeat(129) })),
  },
  {
    code: 'CP-ADDRESS-SWAPPED',
    passes: doc(nap({ 'NAP-ADDRESS': 'fe80::1', 'NAP-ADDRTYPE': 'IPV6', BEARER: 'WLAN' })),
    fails: doc(nap({ 'NAP-ADDRESS': 'IPV6', 'NAP-ADDRTYPE': 'fe80::' })),
  },
  {
    code: 'CP-ADDRESS-SYNTAX',
    passes: doc(nap({ 'DNS-ADDR': '2001:db8::53' }), proxy()),
    fails: doc(nap(), proxy({}, physical({ PXADDR: 'proxy.example' }))),
  },
  {
    code: 'CP-IPV4-LEADING-ZERO',
    passes: doc(nap(), proxy({}, physical({ PXADDR: '10.0.0.1' }))),
    fails: doc(nap(), proxy({}, physical({ PXADDR: '010.000.000.001' }))),
  },
  {
    code: 'CP-PLACEHOLDER-ADDRESS',
    passes: doc(nap(), proxy({}, physical({}, port('9201')))),
    fails: doc(nap(), proxy({}, physical({ PXADDR: '0.0.0.0' }, port('9201')))),
  },
  {
    code: 'CP-APN-SYNTAX',
    passes: doc(nap({ 'NAP-ADDRESS': 'm-wap.mnc001.mcc262.gprs' })),
    fails: doc(nap({ 'NAP-ADDRESS': 'my_internet' })),
  },
  { code: 'CP-NO-ADDRTYPE', passes: doc(nap()), fails: doc(nap({ 'NAP-ADDRTYPE': [] })) },
  {
    code: 'CP-GPRS-NOT-APN',
    passes: doc(nap({ BEARER: 'GSM-CSD', 'NAP-ADDRTYPE': 'E164', 'NAP-ADDRESS': '+49171' })),
    fails: doc(nap({ 'NAP-ADDRTYPE': 'E164', 'NAP-ADDRESS': '+49171' })),
  },
  {
    code: 'CP-LISTED-VALUE',
    passes: doc(nap({}, of('NAPAUTHINFO', { AUTHTYPE: 'CHAP' }))),
    fails: doc(nap({}, of('NAPAUTHINFO', { AUTHTYPE: 'NONE' }))),
  },
  {
    code: 'CP-PORT-NUMBER',
    passes: doc(nap(), proxy({}, physical({}, port('65535')))),
    fails: doc(nap(), proxy({}, physical({}, port('65536')))),
  },
  { code: 'CP-NUMBER', passes: doc(nap({ LINGER: '300' })), fails: doc(nap({ LINGER: '5 min' })) },
  {
    code: 'CP-HEX-NUMBER',
    passes: doc(nap({ 'MAX-BITRATE-UPLINK': '3F' })),
    fails: doc(nap({ 'MAX-BITRATE-UPLINK': '64k' })),
  },
  {
    code: 'CP-URL',
    passes: doc(nap(), app('w4', { ADDR: 'http://mms.example:8002/' })),
    fails: doc(nap(), app('w4', { ADDR: 'mms.example:8002' })),
  },
  {
    code: 'CP-APPLICATION-WITHOUT-ADDRESS',
    passes: doc(nap(), app('w4', { ADDR: 'http://mms.example/' }), app('w2')),
    fails: doc(nap(), app('w4')),
  },
  {
    code: 'CP-DM-WITHOUT-PROVIDER-ID',
    passes: doc(nap(), app('w7', { 'PROVIDER-ID': 'dm.example' }, address)),
    fails: doc(nap(), app('w7', { 'PROVIDER-ID': '' }, address)),
  },
  {
    code: 'CP-SYNC-WITHOUT-RESOURCE',
    passes: doc(nap(), app('w5', {}, address, of('RESOURCE', { URI: 'contacts', AACCEPT: 'text/x-vcard' }))),
    fails: doc(nap(), app('w5', {}, address, of('RESOURCE', { URI: 'contacts' }))),
  },
  {
    code: 'CP-MAIL-WITHOUT-PORT',
    passes: doc(nap(), app('110', {}, address)),
    fails: doc(nap(), app('110', {}, of('APPADDR', { ADDR: 'mail.example' }))),
  },
  {
    code: 'CP-SMTP-WITHOUT-FROM',
    passes: doc(nap(), app('25', { FROM: 'a@mail.example' }, address)),
    fails: doc(nap(), app('25', {}, address)),
  },
  {
    code: 'CP-IMPS-WITHOUT-AACCEPT',
    passes: doc(nap(), app('wA', { AACCEPT: 'application/vnd.wv.csp.wbxml' }, address)),
    fails: doc(nap(), app('wA', {}, address)),
  },
  {
    code: 'CP-APPLICATION-UNLINKED',
    passes: doc(nap(), nap({ NAPID: 'N2' }), app('w2')),
    fails: doc(nap(), nap({ NAPID: 'N2' }), app('w2', { 'TO-NAPID': [] })),
  },
  {
    code: 'CP-ACCESS-ORDER',
    passes: doc(nap(), of('ACCESS', { RULE: 'r', APPID: 'w2', 'TO-NAPID': 'N1' })),
    fails: doc(nap(), of('ACCESS', { RULE: 'r', 'TO-NAPID': 'N1', APPID: 'w2' })),
  },
  {
    code: 'CP-DUPLICATE-RULE',
    passes: doc(nap(), of('ACCESS', { RULE: ['a', 'b'], 'TO-NAPID': 'N1' })),
    fails: doc(nap(), of('ACCESS', { RULE: ['a', 'a'], 'TO-NAPID': 'N1' })),
  },
  {
    code: 'CP-MANY-DOMAINS',
    passes: doc(nap(), proxy({ DOMAIN: ['a', 'b', 'c', 'd'] })),
    fails: doc(nap(), proxy({ DOMAIN: ['a', 'b', 'c', 'd', 'e'] })),
  },
  {
    code: 'CP-NETWORK-WITHOUT-COUNTRY',
    passes: doc(nap({}, of('VALIDITY', { COUNTRY: '262', NETWORK: '01' }))),
    fails: doc(nap({}, of('VALIDITY', { NETWORK: '01' }))),
  },
  {
    code: 'CP-PROVURL-AND-NETWORK',
    passes: doc(nap(), of('BOOTSTRAP', { PROVURL: 'http://prov.example/' })),
    fails: doc(nap(), of('BOOTSTRAP', { PROVURL: 'http://prov.example/', COUNTRY: '262' })),
  },
  {
    code: 'CP-TWO-PROVURL',
    passes: doc(nap(), named, of('BOOTSTRAP', { PROVURL: 'http://prov.example/' })),
    fails: doc(nap(), named, ...['a', 'b'].map((h) => of('BOOTSTRAP', { PROVURL: `http://${h}.example/` }))),
  },
  { code: 'CP-UNNAMED-DOCUMENT', passes: doc(named, nap()), fails: doc(nap()) },
  {
    code: 'CP-SECRET-IN-CLEAR',
    passes: doc(nap({}, of('NAPAUTHINFO', { AUTHTYPE: 'PAP', AUTHNAME: 'user' }))),
    fails: doc(nap({}, of('NAPAUTHINFO', { AUTHTYPE: 'PAP', AUTHNAME: 'user', AUTHSECRET: 'sesame' }))),
  },
];
