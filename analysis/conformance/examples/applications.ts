// Applications, ACCESS and BOOTSTRAP.

import { app, doc, type Example, nap, of, physical, port, proxy } from './builders.ts';

const auth = (level: string, over: Parameters<typeof of>[1] = {}) =>
  of('APPAUTH', { AAUTHLEVEL: level, AAUTHTYPE: 'BASIC', AAUTHNAME: 'user', AAUTHSECRET: 'sesame', ...over });
const server = (url = 'http://dm.example/', ...inside: string[]) => of('APPADDR', { ADDR: url }, ...inside);
const dm = (...inside: string[]) => app('w7', { 'PROVIDER-ID': 'dm.example' }, ...inside);
const ds = (accept: string) =>
  app('w5', { 'PROVIDER-ID': 'ds.example' }, server(), auth('APPSRV'), of('RESOURCE', { URI: './c', AACCEPT: accept }));
const mailAt = (...ports: string[]) => of('APPADDR', { ADDR: 'mail.example' }, ...ports);
const login = of('APPAUTH', { AAUTHTYPE: 'PLAIN', AAUTHNAME: 'user', AAUTHSECRET: 'sesame' });
const pop3 = (over: Parameters<typeof app>[1] = {}, ports = port('110')) =>
  app('110', { 'PROVIDER-ID': 'm', ...over }, mailAt(ports), login);
const smtp = (over: Parameters<typeof app>[1] = {}) =>
  app('25', { 'PROVIDER-ID': 'm', FROM: 'a@mail.example', ...over }, mailAt(port('25')));
const tls = (number: string) => of('PORT', { PORTNBR: number, SERVICE: number });
const page = (host: string) => of('RESOURCE', { URI: `http://${host}.example/`, STARTPAGE: null });
const access = (name: string, over: Parameters<typeof of>[1] = {}) =>
  of('ACCESS', { RULE: name, ...over, 'TO-NAPID': 'N1' });
const proxyAt = (number: string, service: string) =>
  proxy({}, physical({}, of('PORT', { PORTNBR: number, SERVICE: service })));

export const APPLICATION_EXAMPLES: readonly Example[] = [
  { code: 'CP-APPID-FORM', passes: doc(nap(), app('w2')), fails: doc(nap(), app('W2')) },
  { code: 'CP-UNKNOWN-APPLICATION', passes: doc(nap(), app('w2')), fails: doc(nap(), app('w77')) },
  {
    code: 'CP-FOREIGN-PARM',
    passes: doc(nap(), smtp(), pop3()),
    fails: doc(nap(), smtp(), pop3({ FROM: 'a@mail.example' })),
  },
  {
    code: 'CP-FOREIGN-CHARACTERISTIC',
    passes: doc(nap(), app('w2', {}, of('RESOURCE', { URI: 'http://a.example/' }))),
    fails: doc(nap(), app('w4', { ADDR: 'http://mms.example/' }, of('RESOURCE', { URI: 'http://a.example/' }))),
  },
  {
    code: 'CP-DM-ONE-WAY',
    passes: doc(nap(), dm(server(), auth('APPSRV'), auth('CLIENT'))),
    fails: doc(nap(), dm(server(), auth('CLIENT'))),
  },
  {
    code: 'CP-NO-CREDENTIALS',
    passes: doc(nap(), dm(server(), auth('APPSRV'), auth('CLIENT'))),
    fails: doc(nap(), dm(server())),
  },
  {
    code: 'CP-AAUTHTYPE',
    passes: doc(nap(), dm(server(), auth('APPSRV'), auth('CLIENT'))),
    fails: doc(nap(), dm(server(), auth('APPSRV', { AAUTHTYPE: 'APOP' }), auth('CLIENT'))),
  },
  {
    code: 'CP-DIGEST-WITHOUT-NONCE',
    passes: doc(nap(), dm(server(), auth('APPSRV', { AAUTHTYPE: 'DIGEST', AAUTHDATA: 'bm9uY2U=' }), auth('CLIENT'))),
    fails: doc(nap(), dm(server(), auth('APPSRV', { AAUTHTYPE: 'DIGEST' }), auth('CLIENT'))),
  },
  {
    code: 'CP-NONCE-FORM',
    passes: doc(nap(), dm(server(), auth('APPSRV', { AAUTHTYPE: 'DIGEST', AAUTHDATA: 'bm9uY2U=' }), auth('CLIENT'))),
    fails: doc(nap(), dm(server(), auth('APPSRV', { AAUTHTYPE: 'DIGEST', AAUTHDATA: 'no nonce' }), auth('CLIENT'))),
  },
  {
    code: 'CP-SERVER-URL',
    passes: doc(nap(), dm(server(), auth('APPSRV'), auth('CLIENT'))),
    fails: doc(nap(), dm(server('dm.example/start'), auth('APPSRV'), auth('CLIENT'))),
  },
  {
    code: 'CP-PORTS-DISAGREE',
    passes: doc(nap(), dm(server('http://dm.example:8080/', port('8080')), auth('APPSRV'), auth('CLIENT'))),
    fails: doc(nap(), dm(server('http://dm.example:8080/', port('80')), auth('APPSRV'), auth('CLIENT'))),
  },
  { code: 'CP-AACCEPT-FORM', passes: doc(nap(), ds('text/x-vcard,text/vcard')), fails: doc(nap(), ds('contacts')) },
  {
    code: 'CP-MMS-IN-APPADDR',
    passes: doc(nap(), app('w4', { ADDR: 'http://mms.example/' })),
    fails: doc(nap(), app('w4', {}, of('APPADDR', { ADDR: 'http://mms.example/' }))),
  },
  {
    code: 'CP-MMS-MODE',
    passes: doc(nap(), app('w4', { ADDR: 'http://mms.example/', CM: 'F', RM: 'A' })),
    fails: doc(nap(), app('w4', { ADDR: 'http://mms.example/', CM: 'free', RM: 'A' })),
  },
  {
    code: 'CP-MMS-SIZE',
    passes: doc(nap(), app('w4', { ADDR: 'http://mms.example/', MS: '307200' })),
    fails: doc(nap(), app('w4', { ADDR: 'http://mms.example/', MS: '300' })),
  },
  {
    code: 'CP-TWO-STARTPAGES',
    passes: doc(nap(), app('w2', {}, page('a'))),
    fails: doc(nap(), app('w2', {}, page('a'), page('b'))),
  },
  {
    code: 'CP-STARTPAGES-DISAGREE',
    passes: doc(
      nap(),
      proxy({ STARTPAGE: 'http://a.example/' }, physical({}, port('8080'))),
      app('w2', { 'TO-PROXY': 'P1' }, page('a')),
    ),
    fails: doc(
      nap(),
      proxy({ STARTPAGE: 'http://a.example/' }, physical({}, port('8080'))),
      app('w2', { 'TO-PROXY': 'P1' }, page('b')),
    ),
  },
  {
    code: 'CP-IMPS-SERVICES',
    passes: doc(nap(), app('wA', { AACCEPT: 'text/plain', SERVICES: 'IM,PR' }, server(), login)),
    fails: doc(nap(), app('wA', { AACCEPT: 'text/plain', SERVICES: 'IM,VIDEO' }, server(), login)),
  },
  {
    code: 'CP-UDP-RANGE',
    passes: doc(nap(), app('554', { 'MIN-UDP-PORT': '6970', 'MAX-UDP-PORT': '32000' })),
    fails: doc(nap(), app('554', { 'MIN-UDP-PORT': '32000', 'MAX-UDP-PORT': '6970' })),
  },
  {
    code: 'CP-PORT-SERVICE',
    passes: doc(nap(), proxyAt('9201', 'CO-WSP')),
    fails: doc(nap(), proxyAt('8080', 'HTTP')),
  },
  {
    code: 'CP-SERVICE-PORT',
    passes: doc(nap(), proxyAt('9201', 'CO-WSP')),
    fails: doc(nap(), proxyAt('9200', 'CO-WSP')),
  },
  {
    code: 'CP-MAIL-WITHOUT-PROVIDER-ID',
    passes: doc(nap(), pop3(), smtp()),
    fails: doc(nap(), pop3({ 'PROVIDER-ID': [] }), smtp({ 'PROVIDER-ID': [] })),
  },
  { code: 'CP-MAIL-ALONE', passes: doc(nap(), pop3(), smtp()), fails: doc(nap(), pop3()) },
  {
    code: 'CP-MAIL-TLS',
    passes: doc(nap(), pop3({}, tls('995')), smtp()),
    fails: doc(nap(), pop3({}, port('995')), smtp()),
  },
  { code: 'CP-MAIL-PORT', passes: doc(nap(), pop3(), smtp()), fails: doc(nap(), pop3({}, port('143')), smtp()) },
  {
    code: 'CP-MAIL-LINK',
    passes: doc(nap(), pop3(), smtp()),
    fails: doc(nap(), proxy({}, physical({}, port('8080'))), pop3({ 'TO-PROXY': 'P1' }), smtp()),
  },
  { code: 'CP-FROM-ADDRESS', passes: doc(nap(), pop3(), smtp()), fails: doc(nap(), pop3(), smtp({ FROM: 'someone' })) },
  {
    code: 'CP-ACCESS-UNREACHABLE',
    passes: doc(nap(), app('w2', { 'TO-NAPID': [] }), access('a', { APPID: 'w2' }), access('b')),
    fails: doc(nap(), app('w2', { 'TO-NAPID': [] }), access('b'), access('a', { APPID: 'w2' })),
  },
  {
    code: 'CP-ACCESS-APPLICATION',
    passes: doc(nap(), access('a', { APPID: 'w4' })),
    fails: doc(nap(), access('a', { APPID: 'mms' })),
  },
  {
    code: 'CP-ACCESS-OVERRIDDEN',
    passes: doc(nap(), app('w2', { 'TO-NAPID': [] }), access('a', { APPID: 'w2' })),
    fails: doc(nap(), app('w2'), access('a', { APPID: 'w2' })),
  },
  {
    code: 'CP-SEVERAL-NAMES',
    passes: doc(
      nap(),
      of('BOOTSTRAP', { NAME: 'Example Mobile' }),
      of('BOOTSTRAP', { NAME: 'Example Mobile', COUNTRY: '262' }),
    ),
    fails: doc(nap(), of('BOOTSTRAP', { NAME: 'Example Mobile' }), of('BOOTSTRAP', { NAME: 'Another' })),
  },
];
