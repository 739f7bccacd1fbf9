// For each rule messages it lets pass and messages it does not; tests run them and reference pages can show them.

export interface SceneMessage {
  /** A provisioning document; absent: another push. */
  readonly xml?: string;
  /** SEC: 0 NETWPIN, 1 USERPIN, 2 USERNETWPIN, 3 USERPINMAC. */
  readonly sec?: number;
  /** As sent; 'imsi:...' and 'pin:...' stand for the MAC that this secret gives. */
  readonly mac?: string;
  readonly verdict?: 'valid' | 'invalid' | 'no-key' | 'no-mac' | 'unprotected' | 'malformed' | 'not-applicable';
  /** Where the key of a match came from; 'given' unless told. */
  readonly keySource?: 'given' | 'inferred' | 'searched';
  readonly otherDerivation?: string;
  readonly from?: string;
  /** null: nothing names the recipient. */
  readonly to?: string | null;
  readonly direction?: 'mt' | 'mo';
  readonly bearer?: string;
  /** Seconds after the first. */
  readonly at?: number;
  readonly kind?: string;
  readonly details?: readonly (readonly [label: string, value: string])[];
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** What ties an IMSI to the recipient; `at` in seconds as above. */
  readonly sightings?: readonly { readonly imsi: string; readonly at: number; readonly lookedUp?: true }[];
  readonly notices?: readonly { readonly text: string; readonly at: number; readonly from?: string }[];
  readonly pin?: string;
  readonly triedPin?: boolean;
}

export type Scene = readonly SceneMessage[];

export interface AuditExample {
  readonly code: string;
  readonly passes: Scene;
  readonly fails: Scene;
}

const parm = (name: string, value?: string): string =>
  value === undefined ? `<parm name="${name}"/>` : `<parm name="${name}" value="${value}"/>`;
const of = (type: string, parms: Readonly<Record<string, string>>, ...inside: readonly string[]): string =>
  `<characteristic type="${type}">${Object.entries(parms)
    .map(([n, v]) => parm(n, v))
    .join('')}${inside.join('')}</characteristic>`;
const doc = (...inside: readonly string[]): string => `<wap-provisioningdoc>${inside.join('')}</wap-provisioningdoc>`;

const nap = (address = 'internet', more: Readonly<Record<string, string>> = {}, ...inside: readonly string[]) =>
  of('NAPDEF', { NAPID: 'N1', BEARER: 'GSM-GPRS', 'NAP-ADDRESS': address, ...more }, ...inside);
const proxy = (address: string, ...inside: readonly string[]) =>
  of('PXLOGICAL', { 'PROXY-ID': 'P1' }, ...inside, of('PXPHYSICAL', { PXADDR: address, 'TO-NAPID': 'N1' }));
const home = (url: string) => of('APPLICATION', { APPID: 'w2' }, of('RESOURCE', { URI: url }, parm('STARTPAGE')));
const app = (id: string, address: string, port = '') =>
  of('APPLICATION', { APPID: id }, of('APPADDR', { ADDR: address }, port === '' ? '' : of('PORT', { PORTNBR: port })));

const IMSI = '001010000000017';
const MAC = 'A'.repeat(40);
const OTHER_MAC = 'B'.repeat(40);
const plain = doc(nap());
const unprotected = (xml: string, more: SceneMessage = {}): SceneMessage => ({ xml, verdict: 'unprotected', ...more });
const byPin = (xml: string, more: SceneMessage = {}): SceneMessage => ({
  xml,
  sec: 1,
  mac: MAC,
  verdict: 'no-key',
  ...more,
});
const byImsi = (xml: string, more: SceneMessage = {}): SceneMessage => ({
  xml,
  sec: 0,
  mac: `imsi:${IMSI}`,
  verdict: 'valid',
  ...more,
});

/** The same function at two places, one after the other, without a proof. */
const moved = (code: string, at: (site: string) => string): AuditExample => ({
  code,
  passes: [byImsi(at('a.example.com')), unprotected(at('b.example.com'), { at: 60 })],
  fails: [byImsi(at('a.example.com')), unprotected(at('a.example.net'), { at: 60 })],
});

const single = (code: string, good: string, bad: string, more: SceneMessage = {}): AuditExample => ({
  code,
  passes: [unprotected(good, more)],
  fails: [unprotected(bad, more)],
});

const TEXT = 'Your PIN is 4711';
const phones = (n: number, make: (to: string, i: number) => SceneMessage): SceneMessage[] =>
  Array.from({ length: n }, (_, i) => make(`+4915550100${500 + i}`, i));
const link = (kind: string, url: string, action = ''): SceneMessage => ({
  kind,
  verdict: 'not-applicable',
  details: [
    ['Address', url],
    ['Action', action],
  ],
});

export const AUDIT_EXAMPLES: readonly AuditExample[] = [
  { code: 'AUD-UNAUTHENTICATED', passes: [byPin(plain)], fails: [unprotected(plain)] },
  { code: 'AUD-SEC-WITHOUT-MAC', passes: [byPin(plain)], fails: [{ xml: plain, sec: 1, verdict: 'no-mac' }] },
  { code: 'AUD-MAC-WITHOUT-SEC', passes: [byPin(plain)], fails: [{ xml: plain, mac: MAC, verdict: 'malformed' }] },
  {
    code: 'AUD-MAC-MALFORMED',
    passes: [byPin(plain)],
    fails: [byPin(plain, { mac: MAC.slice(2), verdict: 'malformed' })],
  },
  { code: 'AUD-SEC-UNKNOWN', passes: [byPin(plain)], fails: [byPin(plain, { sec: 7, verdict: 'malformed' })] },
  { code: 'AUD-USERPINMAC', passes: [byPin(plain)], fails: [byPin(plain, { sec: 3 })] },
  { code: 'AUD-MAC-WRONG', passes: [byPin(plain)], fails: [byPin(plain, { verdict: 'invalid' })] },
  {
    code: 'AUD-KEY-FORM',
    passes: [byPin(plain, { verdict: 'invalid' })],
    fails: [byPin(plain, { verdict: 'invalid', otherDerivation: 'imsi-ascii' })],
  },
  {
    code: 'AUD-IMSI-ON-WIRE',
    passes: [byImsi(plain, { sightings: [{ imsi: '001010000000025', at: -5 }] })],
    fails: [byImsi(plain, { sightings: [{ imsi: IMSI, at: -5 }] })],
  },
  {
    code: 'AUD-IMSI-LOOKED-UP',
    passes: [byImsi(plain, { sightings: [{ imsi: IMSI, at: -5, lookedUp: true }], bearer: 'gsm-map' })],
    fails: [byImsi(plain, { sightings: [{ imsi: IMSI, at: -5, lookedUp: true }] })],
  },
  { code: 'AUD-PIN-GUESSED', passes: [byPin(plain)], fails: [byPin(plain, { triedPin: true })] },
  {
    code: 'AUD-PIN-SHORT',
    passes: [byPin(plain, { mac: 'pin:40718293', verdict: 'valid', pin: '40718293' })],
    fails: [byPin(plain, { mac: 'pin:4071', verdict: 'valid', pin: '4071' })],
  },
  {
    code: 'AUD-PIN-OFFLINE',
    passes: [byPin(plain, { mac: 'pin:40718293', verdict: 'valid', pin: '40718293' })],
    fails: [byPin(plain)],
  },
  {
    code: 'AUD-PIN-BY-SMS',
    passes: [byPin(plain, { mac: 'pin:8642', notices: [{ text: TEXT, at: -4 }] })],
    fails: [byPin(plain, { mac: 'pin:4711', notices: [{ text: TEXT, at: -4 }] })],
  },
  {
    code: 'AUD-PIN-TEXT',
    passes: [byPin(plain, { sec: 2, notices: [{ text: 'Flight 4711 leaves at ten', at: -4 }] })],
    fails: [byPin(plain, { sec: 2, notices: [{ text: TEXT, at: -4 }] })],
  },
  {
    code: 'AUD-PIN-SHARED',
    passes: phones(2, (to, i) => byPin(plain, { to, mac: i === 0 ? MAC : OTHER_MAC })),
    fails: phones(2, (to) => byPin(plain, { to })),
  },
  {
    code: 'AUD-NETWPIN-SHARED',
    passes: phones(2, (to, i) => byImsi(plain, { to, mac: i === 0 ? MAC : OTHER_MAC, verdict: 'no-key' })),
    fails: phones(2, (to) => byImsi(plain, { to, mac: MAC, verdict: 'no-key' })),
  },
  {
    code: 'AUD-MAC-OTHER-SENDER',
    passes: [byPin(plain), byPin(plain, { at: 4000 })],
    fails: [byPin(plain), byPin(plain, { at: 4000, from: '32999' })],
  },
  { code: 'AUD-REPLAY', passes: [byPin(plain)], fails: [byPin(plain), byPin(plain, { at: 4000 })] },
  {
    code: 'AUD-MAC-COPIED',
    passes: [byPin(plain), byPin(doc(nap('other')), { mac: OTHER_MAC })],
    fails: [byPin(plain), byPin(doc(nap('other')))],
  },
  {
    code: 'AUD-MAC-VARIANTS',
    passes: ['A', 'B'].map((c, i) => byPin(plain, { mac: c.repeat(40), at: i })),
    fails: ['A', 'B', 'C'].map((c, i) => byPin(plain, { mac: c.repeat(40), at: i })),
  },
  {
    code: 'AUD-DOWNGRADE',
    passes: [unprotected(plain), byPin(plain, { at: 60 })],
    fails: [byPin(plain), unprotected(plain, { at: 60 })],
  },
  {
    code: 'AUD-WEAKER-METHOD',
    passes: [byPin(plain), byImsi(plain, { at: 60 })],
    fails: [byImsi(plain), byPin(plain, { at: 60 })],
  },
  moved('AUD-TAKEOVER-PROXY', (s) => doc(nap(), proxy(s))),
  moved('AUD-TAKEOVER-MMSC', (s) => doc(nap(), of('APPLICATION', { APPID: 'w4', ADDR: `http://${s}/mms` }))),
  moved('AUD-TAKEOVER-MAIL', (s) => doc(nap(), app('143', s, '993'))),
  moved('AUD-TAKEOVER-DM', (s) => doc(nap(), app('w7', `https://${s}/dm`))),
  moved('AUD-TAKEOVER-SYNC', (s) => doc(nap(), app('w5', `https://${s}/sync`))),
  moved('AUD-TAKEOVER-HOME', (s) => doc(nap(), home(`http://${s}/`))),
  moved('AUD-TAKEOVER-APN', (s) => doc(nap(s))),
  {
    code: 'AUD-TAKEOVER-DNS',
    passes: [
      byImsi(doc(nap('n', { 'DNS-ADDR': '192.0.2.1' }))),
      unprotected(doc(nap('n', { 'DNS-ADDR': '192.0.2.2' })), { at: 60 }),
    ],
    fails: [
      byImsi(doc(nap('n', { 'DNS-ADDR': '192.0.2.1' }))),
      unprotected(doc(nap('n', { 'DNS-ADDR': '203.0.113.2' })), { at: 60 }),
    ],
  },
  moved('AUD-TAKEOVER-LOCATION', (s) => doc(nap(), app('ap0004', s))),
  {
    code: 'AUD-DM-UNPROTECTED',
    passes: [byImsi(doc(app('w7', 'https://dm.example.com/')))],
    fails: [unprotected(doc(app('w7', 'https://dm.example.com/')))],
  },
  { code: 'AUD-DM-ACCOUNT', passes: [byPin(plain)], fails: [byPin(doc(app('w7', 'https://dm.example.com/')))] },
  single('AUD-DM-CLEAR', doc(app('w7', 'https://dm.example.com/')), doc(app('w7', 'http://dm.example.com/'))),
  single('AUD-TRUST', plain, doc(of('BOOTSTRAP', { PROVURL: 'http://prov.example.com/' }))),
  single(
    'AUD-CONTEXT-ALLOW',
    doc(of('BOOTSTRAP', { 'CONTEXT-ALLOW': '0' })),
    doc(of('BOOTSTRAP', { 'CONTEXT-ALLOW': '255' })),
  ),
  {
    code: 'AUD-CONTEXT-OVERRIDE',
    passes: [byImsi(plain), byPin(plain, { at: 60 })],
    fails: [byImsi(plain), byPin(doc(nap('other')), { at: 60 })],
  },
  single('AUD-CERTIFICATE', plain, doc(of('CertificateStore', {}, of('ROOT', { X: 'MII' })))),
  single('AUD-DEVICE-CONTROL', plain, doc(of('SecurityPolicy', { '4101': '16' }))),
  single('AUD-WLAN', plain, doc(of('WLAN', { 'PRI-SSID': 'Example' }))),
  single('AUD-DNS', plain, doc(nap('n', { 'DNS-ADDR': '203.0.113.53' }))),
  single(
    'AUD-CREDENTIALS',
    doc(nap('n', {}, of('NAPAUTHINFO', { AUTHTYPE: 'PAP', AUTHNAME: 'web' }))),
    doc(nap('n', {}, of('NAPAUTHINFO', { AUTHTYPE: 'PAP', AUTHNAME: 'web', AUTHSECRET: 'sesame' }))),
  ),
  single('AUD-MAIL-CLEAR', doc(app('143', 'mail.example.com', '993')), doc(app('143', 'mail.example.com', '143'))),
  {
    code: 'AUD-DOWNGRADE-HTTPS',
    passes: [
      unprotected(doc(home('http://a.example.com/'))),
      unprotected(doc(home('https://a.example.com/')), { at: 60 }),
    ],
    fails: [
      unprotected(doc(home('https://a.example.com/'))),
      unprotected(doc(home('http://a.example.com/')), { at: 60 }),
    ],
  },
  {
    code: 'AUD-DOWNGRADE-PROXY',
    passes: [
      unprotected(doc(proxy('192.0.2.1'))),
      unprotected(doc(proxy('192.0.2.1', of('PXAUTHINFO', { 'PXAUTH-ID': 'a' }))), { at: 60 }),
    ],
    fails: [
      unprotected(doc(proxy('192.0.2.1', of('PXAUTHINFO', { 'PXAUTH-ID': 'a' })))),
      unprotected(doc(proxy('192.0.2.1')), { at: 60 }),
    ],
  },
  single('AUD-PRIVATE-ADDRESS', doc(proxy('192.0.2.1')), doc(proxy('010.000.000.010'))),
  single('AUD-LOCAL-ADDRESS', doc(proxy('192.0.2.1')), doc(proxy('127.0.0.1'))),
  single('AUD-RAW-ADDRESS', doc(home('http://a.example.com/')), doc(home('http://203.0.113.5/'))),
  single('AUD-FOREIGN-HOST', doc(home('http://a.example.de/')), doc(home('http://a.example.ru/')), {
    to: '+4915550100117',
  }),
  {
    code: 'AUD-LOOK-ALIKE',
    passes: [
      byImsi(doc(home('http://start.mobile.example/'))),
      unprotected(doc(home('http://start.other.example/')), { at: 60 }),
    ],
    fails: [
      byImsi(doc(home('http://start.mobile.example/'))),
      unprotected(doc(home('http://start.mobi1e.example/')), { at: 60 }),
    ],
  },
  single('AUD-URL-USERINFO', doc(home('http://a.example.com/@')), doc(home('http://bank.example.com@203.0.113.5/'))),
  single('AUD-URL-SCHEME', doc(home('http://a.example.com/')), doc(home('javascript:alert(1)'))),
  single('AUD-ODD-TEXT', doc(nap('n', { NAME: 'Example' })), doc(nap('n', { NAME: 'Exa\u202emple' }))),
  {
    code: 'AUD-FROM-PHONE',
    passes: [byPin(plain)],
    fails: [byPin(plain, { direction: 'mo', from: '+4915550100999' })],
  },
  { code: 'AUD-SENDER-NUMBER', passes: [byPin(plain)], fails: [byPin(plain, { from: '+4915550100999' })] },
  { code: 'AUD-SENDER-NAME', passes: [unprotected(plain)], fails: [unprotected(plain, { from: 'Operator' })] },
  { code: 'AUD-OPEN-BEARER', passes: [unprotected(plain)], fails: [unprotected(plain, { bearer: 'udp' })] },
  {
    code: 'AUD-PUSH-FLAG',
    passes: [unprotected(plain, { headers: [['Push-Flag', '4 (last push message)']] })],
    fails: [unprotected(plain, { headers: [['Push-Flag', '2 (content trusted)']] })],
  },
  {
    code: 'AUD-LEGACY',
    passes: [unprotected(plain)],
    fails: [{ kind: 'ota-settings', verdict: 'not-applicable', details: [['ADDRESS PROXY', '192.0.2.1']] }],
  },
  {
    code: 'AUD-AUTO-LOAD',
    passes: [link('service-loading', 'http://www.example.com/', 'cache')],
    fails: [link('service-loading', 'http://www.example.com/', 'execute-low')],
  },
  {
    code: 'AUD-BAD-LINK',
    passes: [link('service-indication', 'http://www.example.com/news')],
    fails: [link('service-indication', 'http://203.0.113.5/update.apk')],
  },
  {
    code: 'AUD-PUSH-FROM-NUMBER',
    passes: [link('service-indication', 'http://www.example.com/news')],
    fails: [{ ...link('service-indication', 'http://www.example.com/news'), from: '+4915550100999' }],
  },
  {
    code: 'AUD-MANY-VICTIMS',
    passes: phones(5, (to) => byImsi(plain, { to, mac: MAC, verdict: 'no-key' })),
    fails: phones(5, (to) => unprotected(plain, { to })),
  },
  {
    code: 'AUD-ROTATING-SENDERS',
    passes: ['1', '2'].map((n) => unprotected(plain, { from: `3200${n}` })),
    fails: ['1', '2', '3'].map((n) => unprotected(plain, { from: `3200${n}` })),
  },
];
