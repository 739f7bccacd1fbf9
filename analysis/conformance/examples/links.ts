// What is there twice, and connections.

import { app, doc, type Example, GPRS, nap, of, physical, port, proxy } from './builders.ts';

const auth = (type: string) => of('NAPAUTHINFO', { AUTHTYPE: type, AUTHNAME: 'user', AUTHSECRET: 'sesame' });
const level = (name: string) => of('APPAUTH', { AAUTHLEVEL: name, AAUTHNAME: 'user', AAUTHSECRET: 'sesame' });
const bookmark = (host: string) => of('RESOURCE', { URI: `http://${host}.example/`, NAME: host });
const dm = (...inside: string[]) =>
  app('w7', { 'PROVIDER-ID': 'dm.example' }, of('APPADDR', { ADDR: 'http://dm.example/' }), ...inside);
const with9201 = physical({}, port('9201'));

export const LINK_EXAMPLES: readonly Example[] = [
  {
    code: 'CP-DUPLICATE-PHYSICAL-PROXY',
    passes: doc(nap(), proxy({}, with9201, physical({ 'PHYSICAL-PROXY-ID': 'F2' }, port('9201')))),
    fails: doc(nap(), proxy({}, with9201, with9201)),
  },
  {
    code: 'CP-DUPLICATE-PORT',
    passes: doc(nap(), proxy({}, physical({}, port('9200'), port('9201')))),
    fails: doc(nap(), proxy({}, physical({}, port('9201'), port('9201')))),
  },
  {
    code: 'CP-DUPLICATE-AUTH',
    passes: doc(nap({}, auth('PAP'), auth('CHAP'))),
    fails: doc(nap({}, auth('PAP'), auth('PAP'))),
  },
  {
    code: 'CP-DUPLICATE-APPAUTH',
    passes: doc(nap(), dm(level('APPSRV'), level('CLIENT'))),
    fails: doc(nap(), dm(level('APPSRV'), level('CLIENT'), level('CLIENT'))),
  },
  {
    code: 'CP-DUPLICATE-VALIDITY',
    passes: doc(nap({}, of('VALIDITY', { COUNTRY: '262' }), of('VALIDITY', { COUNTRY: '232' }))),
    fails: doc(nap({}, of('VALIDITY', { COUNTRY: '262' }), of('VALIDITY', { COUNTRY: '262', NETWORK: '01' }))),
  },
  {
    code: 'CP-DUPLICATE-RESOURCE',
    passes: doc(nap(), app('w2', {}, bookmark('a'), bookmark('b'))),
    fails: doc(nap(), app('w2', {}, bookmark('a'), bookmark('a'))),
  },
  {
    code: 'CP-DUPLICATE-VENDOR',
    passes: doc(nap(), ...['a', 'b'].map((v) => of('VENDORCONFIG', { NAME: `${v}.example` }))),
    fails: doc(nap(), ...['a', 'a'].map((v) => of('VENDORCONFIG', { NAME: `${v}.example` }))),
  },
  {
    code: 'CP-REPEATED-LINK',
    passes: doc(nap(), nap({ NAPID: 'N2', NAME: 'Second' }), app('w2', { 'TO-NAPID': ['N1', 'N2'] })),
    fails: doc(nap(), nap({ NAPID: 'N2', NAME: 'Second' }), app('w2', { 'TO-NAPID': ['N1', 'N2', 'N1'] })),
  },
  {
    code: 'CP-SAME-ACCESS-POINT',
    passes: doc(nap(), nap({ NAPID: 'N2', NAME: 'MMS' })),
    fails: doc(nap(), nap({ NAPID: 'N2' })),
  },
  {
    code: 'CP-UNUSED-ACCESS-POINT',
    passes: doc(nap(), nap({ NAPID: 'N2', NAME: 'Second', INTERNET: null }), app('w2')),
    fails: doc(nap(), nap({ NAPID: 'N2', NAME: 'Second' }), app('w2')),
  },
  {
    code: 'CP-UNUSED-PROXY',
    passes: doc(nap(), proxy({}, with9201), app('w2', { 'TO-PROXY': 'P1' })),
    fails: doc(nap(), proxy({}, with9201), app('w2')),
  },
  {
    code: 'CP-INTERNET-ELSEWHERE',
    passes: doc(nap({ INTERNET: null }), app('w2', { 'TO-NAPID': 'INTERNET' })),
    fails: doc(app('w2', { 'TO-NAPID': 'INTERNET' })),
  },
  {
    code: 'CP-LINKS-DISAGREE',
    passes: doc(
      nap(),
      nap({ NAPID: 'N2', NAME: 'B' }),
      proxy({}, with9201),
      app('w2', { 'TO-PROXY': 'P1', 'TO-NAPID': ['N2', 'N1'] }),
    ),
    fails: doc(
      nap(),
      nap({ NAPID: 'N2', NAME: 'B' }),
      proxy({}, with9201),
      app('w2', { 'TO-PROXY': 'P1', 'TO-NAPID': 'N2' }),
    ),
  },
  {
    code: 'CP-SEVERAL-PXPHYSICAL',
    passes: doc(nap(), proxy({}, with9201)),
    fails: doc(nap(), proxy({}, with9201, physical({ 'PHYSICAL-PROXY-ID': 'F2' }, port('9201')))),
  },
  {
    code: 'CP-PORTS-TWICE',
    passes: doc(nap(), proxy({}, with9201)),
    fails: doc(nap(), proxy({}, port('9200'), with9201)),
  },
  { code: 'CP-PROXY-WITHOUT-PORT', passes: doc(nap(), proxy({}, with9201)), fails: doc(nap(), proxy()) },
  {
    code: 'CP-SEVERAL-INTERNET',
    passes: doc(nap({ INTERNET: null }), nap({ NAPID: 'N2', NAME: 'B' })),
    fails: doc(nap({ INTERNET: null }), nap({ NAPID: 'N2', NAME: 'B', INTERNET: null })),
  },
  {
    code: 'CP-DANGLING-TO-APPREF',
    passes: doc(nap(), app('w9010', { APPREF: 'sip' }), app('w9013', { 'TO-APPREF': 'sip' })),
    fails: doc(nap(), app('w9010', { APPREF: 'sip' }), app('w9013', { 'TO-APPREF': 'voip' })),
  },
  {
    code: 'CP-APPREF-CYCLE',
    passes: doc(nap(), app('w9010', { APPREF: 'a' }), app('w9013', { APPREF: 'b', 'TO-APPREF': 'a' })),
    fails: doc(nap(), app('w9010', { APPREF: 'a', 'TO-APPREF': 'b' }), app('w9013', { APPREF: 'b', 'TO-APPREF': 'a' })),
  },
  {
    code: 'CP-UNCOMMON-BEARER',
    passes: doc(nap({ BEARER: ['GSM-GPRS', '3G-GSM'] })),
    fails: doc(nap({ BEARER: 'ANSI-136-GPRS' })),
  },
  { code: 'CP-DIALUP-PARM', passes: doc(nap()), fails: doc(nap({ CALLTYPE: 'V.110' })) },
  {
    code: 'CP-CSD-NUMBER',
    passes: doc(nap({ BEARER: 'GSM-CSD', 'NAP-ADDRESS': '+49171', 'NAP-ADDRTYPE': 'E164' })),
    fails: doc(nap({ BEARER: 'GSM-CSD' })),
  },
  {
    code: 'CP-LINK-SPEED',
    passes: doc(
      nap({ ...GPRS, BEARER: 'GSM-CSD', 'NAP-ADDRESS': '+49171', 'NAP-ADDRTYPE': 'E164', LINKSPEED: '9600' }),
    ),
    fails: doc(nap({ ...GPRS, BEARER: 'GSM-CSD', 'NAP-ADDRESS': '+49171', 'NAP-ADDRTYPE': 'E164', LINKSPEED: 'fast' })),
  },
  { code: 'CP-MOBILE-IP-PARM', passes: doc(nap()), fails: doc(nap({ 'T-BIT': null })) },
  {
    code: 'CP-QOS-RANGE',
    passes: doc(nap({ 'MAX-BITRATE-DNLINK': '48' })),
    fails: doc(nap({ 'MAX-BITRATE-DNLINK': '64000' })),
  },
  { code: 'CP-AUTHTYPE-MD5', passes: doc(nap({}, auth('CHAP'))), fails: doc(nap({}, auth('MD5'))) },
  {
    code: 'CP-AUTH-EMPTY',
    passes: doc(nap({}, auth('PAP'))),
    fails: doc(nap({}, of('NAPAUTHINFO', { AUTHTYPE: 'PAP' }))),
  },
  {
    code: 'CP-CREDENTIALS-HALF',
    passes: doc(nap({}, auth('PAP'))),
    fails: doc(nap({}, of('NAPAUTHINFO', { AUTHTYPE: 'PAP', AUTHNAME: 'user' }))),
  },
  {
    code: 'CP-BASAUTH-ALONE',
    passes: doc(nap(), proxy({ STARTPAGE: 'http://a.example/', 'BASAUTH-ID': 'a', 'BASAUTH-PW': 'b' }, with9201)),
    fails: doc(nap(), proxy({ 'BASAUTH-ID': 'a', 'BASAUTH-PW': 'b' }, with9201)),
  },
  {
    code: 'CP-MOBILE-CODE',
    passes: doc(nap({}, of('VALIDITY', { COUNTRY: '262' }))),
    fails: doc(nap({}, of('VALIDITY', { COUNTRY: 'DE' }))),
  },
  {
    code: 'CP-VALIDUNTIL-FORM',
    passes: doc(nap({}, of('VALIDITY', { COUNTRY: '262' }))),
    fails: doc(nap({}, of('VALIDITY', { COUNTRY: '262', VALIDUNTIL: '2027-01-01T00:00:00Z' }))),
  },
  {
    code: 'CP-TYPE-WITHOUT-ADDRESS',
    passes: doc(nap({ 'LOCAL-ADDR': '192.0.2.7', 'LOCAL-ADDRTYPE': 'IPV4' })),
    fails: doc(nap({ 'LOCAL-ADDRTYPE': 'IPV4' })),
  },
];
