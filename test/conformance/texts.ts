// XML text documents, and the settings of Nokia and Ericsson that are older than OMA Client Provisioning.

import { CP_TEXT, type Encoded, type Form } from './forms.ts';

const GOOD = '<wap-provisioningdoc><characteristic type="BOOTSTRAP"/></wap-provisioningdoc>';

const xml = (code: string, fails: string, also: readonly string[] = [], passes = GOOD): Encoded => ({
  code: `XML-${code}`,
  form: CP_TEXT,
  passes,
  fails,
  also,
});

const parm = (attributes: string): string =>
  GOOD.replace('"BOOTSTRAP"/>', `"BOOTSTRAP"><parm ${attributes}/></characteristic>`);

export const XML_EXAMPLES: readonly Encoded[] = [
  xml('EMPTY', ''),
  xml('NO-ROOT', '<!-- nothing -->'),
  xml('TRUNCATED', '<wap-provisioningdoc><characteristic type="BOOTSTRAP"/>'),
  xml('MARKUP', GOOD.replace('<char', '< <char')),
  xml('END-TAG', GOOD.replace('"BOOTSTRAP"/>', '"BOOTSTRAP"></parm></characteristic>')),
  xml('ATTRIBUTE', GOOD.replace('"BOOTSTRAP"', 'BOOTSTRAP')),
  xml('DUPLICATE-ATTRIBUTE', parm('name="NAME" name="PROVURL"')),
  xml('ENTITY', parm('name="NAME" value="&nbsp;"')),
  xml('DOCTYPE-SUBSET', `<!DOCTYPE wap-provisioningdoc [<!ENTITY a "b">]>${GOOD}`),
  xml('TRAILING-BYTES', `${GOOD}<more/>`),
  xml('CHARSET-MISMATCH', `<?xml version="1.0" encoding="US-ASCII"?>${parm('name="NAME" value="\u00e4"')}`),
  xml('UNKNOWN-CHARSET', `<?xml version="1.0" encoding="X-SECRET"?>${parm('name="NAME" value="\u00e4"')}`),
  xml('DEPTH-LIMIT', `${'<characteristic>'.repeat(300)}`),
  xml('BUDGET', `<wap-provisioningdoc>${'<parm/>'.repeat(140_000)}</wap-provisioningdoc>`),
];

// Their content types are of WBXML; as text they are read by their root.
const OTA: Form = { contentType: null };
const SYNC = OTA;

const list = (...inside: string[]): string => `<CHARACTERISTIC-LIST>${inside.join('')}</CHARACTERISTIC-LIST>`;
const of = (type: string, parms: Readonly<Record<string, string>>, own = ''): string =>
  `<CHARACTERISTIC TYPE="${type}"${own === '' ? '' : ` VALUE="${own}"`}>${Object.entries(parms)
    .map(([n, v]) => `<PARM NAME="${n}" VALUE="${v}"/>`)
    .join('')}</CHARACTERISTIC>`;
const NAME = of('NAME', { NAME: 'Example' });
const GPRS = { BEARER: 'GPRS', PROXY: '192.0.2.1', PORT: '9201', GPRS_ACCESSPOINTNAME: 'wap.example' };
const address = (over: Readonly<Record<string, string | null>> = {}): string =>
  of(
    'ADDRESS',
    Object.fromEntries(Object.entries({ ...GPRS, ...over }).filter((e): e is [string, string] => e[1] !== null)),
  );
const settings = (...more: string[]): string => list(address(), NAME, ...more);
const bookmark = (parms: Readonly<Record<string, string>>): string => settings(of('BOOKMARK', parms));

const ota = (code: string, fails: string, passes = settings()): Encoded => ({
  code: `OTA-${code}`,
  form: OTA,
  passes,
  fails,
});

const sync = (...inside: string[]): string => `<SyncSettings>${inside.join('')}</SyncSettings>`;
const HOST = '<HostAddr>http://sync.example/</HostAddr>';
const DATABASE = '<RemoteDB><CTType>text/x-vcard</CTType><URI>./contacts</URI></RemoteDB>';
const synchronised = (code: string, fails: string, passes = sync(HOST, DATABASE)): Encoded => ({
  code: `SYNCSET-${code}`,
  form: SYNC,
  passes,
  fails,
});

export const OTA_EXAMPLES: readonly Encoded[] = [
  ota('NOTHING-KNOWN', list()),
  ota('UNKNOWN-TYPE', settings(of('PICTURE', {}))),
  ota('UNKNOWN-PARM', list(address({ COLOUR: 'blue' }), NAME)),
  ota('NO-VALUE', list(address({ PORT: '' }), NAME)),
  ota('REPEATED-PARM', list(address().replace('</CHAR', '<PARM NAME="PORT" VALUE="9200"/></CHAR'), NAME)),
  ota('NO-BEARER', list(address({ BEARER: null }), NAME)),
  ota('WORD', list(address({ PPP_LOGINTYPE: 'AUTO' }), NAME)),
  ota('NO-PROXY', list(address({ PROXY: null }), NAME)),
  ota('PROXY-ADDRESS', list(address({ PROXY: 'wap.example' }), NAME)),
  ota('PORT', list(address({ PORT: 'wap' }), NAME)),
  ota('GPRS-WITHOUT-APN', list(address({ GPRS_ACCESSPOINTNAME: null }), NAME)),
  ota('CSD-WITHOUT-NUMBER', list(of('ADDRESS', { BEARER: 'GSM/CSD', PROXY: '192.0.2.1' }), NAME)),
  ota('OTHER-BEARER', list(address({ CSD_DIALSTRING: '+49171' }), NAME)),
  ota('CREDENTIALS-HALF', list(address({ PPP_AUTHNAME: 'user' }), NAME)),
  ota('URL', settings(of('URL', {}, 'wap.example')), settings(of('URL', {}, 'http://wap.example/'))),
  ota('BOOKMARK-INCOMPLETE', bookmark({ NAME: 'A' }), bookmark({ NAME: 'A', URL: 'http://a.example/' })),
  ota('UNNAMED', list(address())),
  synchronised('NO-HOST', sync(DATABASE)),
  synchronised('DATABASE', sync(HOST)),
  synchronised(
    'LOGIN',
    sync(HOST, DATABASE, '<Auth><Username>user</Username></Auth>'),
    sync(HOST, DATABASE, '<Auth><Username>user</Username><Cred>sesame</Cred></Auth>'),
  ),
];
