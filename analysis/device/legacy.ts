// Nokia/Ericsson OTA Settings 7.0 and Nokia synchronisation settings, read as the document that says the same.

import { attributeOf, elementsOf } from '../../dissectors/content/details.ts';
import type {
  Characteristic,
  DecodedDocument,
  DocumentElement,
  Parm,
  ProvisioningDocument,
  Range,
} from '../../dissectors/content/document.ts';

interface Sent {
  readonly value: string;
  readonly range: Range;
}

/** Nobody sent it: what ties the things together. */
const made = (value: string, at: Range): Sent => ({ value, range: { start: at.start, length: 0 } });

const parm = (name: string, sent: Sent | undefined): Parm[] =>
  sent === undefined || sent.value === ''
    ? []
    : [{ name, value: sent.value, valueRange: sent.range, start: sent.range.start, length: sent.range.length }];

const characteristic = (
  type: string,
  at: Range,
  parms: readonly Parm[],
  inner: readonly Characteristic[] = [],
): Characteristic => ({ type, parms, characteristics: inner, start: at.start, length: at.length });

function ownValue(e: DocumentElement): Sent | undefined {
  const value = e.attributes.find((a) => a.name === 'VALUE');
  return value === undefined ? undefined : { value: value.value ?? '', range: value.valueRange };
}

/** Parms of one characteristic by name; the first of a name. */
function parmsIn(e: DocumentElement): Map<string, Sent> {
  const out = new Map<string, Sent>();
  for (const c of e.children) {
    if (c.kind !== 'element' || c.name !== 'PARM') continue;
    const name = attributeOf(c, 'NAME');
    const value = ownValue(c);
    if (name !== undefined && value !== undefined && !out.has(name)) out.set(name, value);
  }
  return out;
}

const BEARERS: Readonly<Record<string, string>> = {
  GPRS: 'GSM-GPRS',
  'GSM/CSD': 'GSM-CSD',
  'GSM/SMS': 'GSM-SMS',
  'GSM/USSD': 'GSM-USSD',
};
const AUTHENTICATION: Readonly<Record<string, string>> = { MS_CHAP: 'CHAP' };

const renamed = (sent: Sent | undefined, names: Readonly<Record<string, string>>): Sent | undefined =>
  sent === undefined ? undefined : { ...sent, value: names[sent.value] ?? sent.value };

function accessPoint(
  e: DocumentElement,
  id: string,
  name: Sent | undefined,
  p: ReadonlyMap<string, Sent>,
): Characteristic[] {
  const apn = p.get('GPRS_ACCESSPOINTNAME');
  const address = apn ?? p.get('CSD_DIALSTRING');
  if (address === undefined) return [];
  const login = p.get('PPP_AUTHNAME') ?? p.get('PPP_AUTHSECRET') ?? p.get('PPP_AUTHTYPE');
  const authentication =
    login === undefined
      ? []
      : [
          characteristic('NAPAUTHINFO', e, [
            ...parm('AUTHTYPE', renamed(p.get('PPP_AUTHTYPE'), AUTHENTICATION)),
            ...parm('AUTHNAME', p.get('PPP_AUTHNAME')),
            ...parm('AUTHSECRET', p.get('PPP_AUTHSECRET')),
          ]),
        ];
  return [
    characteristic(
      'NAPDEF',
      e,
      [
        ...parm('NAPID', made(id, e)),
        ...parm('NAME', p.get('ISP_NAME') ?? name),
        ...parm('BEARER', renamed(p.get('BEARER'), BEARERS)),
        ...parm('NAP-ADDRESS', address),
        ...parm('NAP-ADDRTYPE', made(apn === undefined ? 'E164' : 'APN', e)),
        ...parm('CALLTYPE', p.get('CSD_CALLTYPE')),
        ...parm('LINKSPEED', p.get('CSD_CALLSPEED')),
      ],
      authentication,
    ),
  ];
}

function proxy(
  e: DocumentElement,
  id: string,
  name: Sent | undefined,
  p: ReadonlyMap<string, Sent>,
  nap: boolean,
): Characteristic[] {
  const address = p.get('PROXY');
  if (address === undefined) return [];
  const port = p.get('PORT');
  const login = p.get('PROXY_AUTHNAME') ?? p.get('PROXY_AUTHSECRET');
  const physical = characteristic(
    'PXPHYSICAL',
    e,
    [
      ...parm('PHYSICAL-PROXY-ID', made('1', e)),
      ...parm('PXADDR', address),
      ...parm('TO-NAPID', made(nap ? id : 'INTERNET', e)),
    ],
    port === undefined ? [] : [characteristic('PORT', e, parm('PORTNBR', port))],
  );
  const authentication =
    login === undefined
      ? []
      : [
          characteristic('PXAUTHINFO', e, [
            ...parm('PXAUTH-TYPE', made('HTTP-BASIC', e)),
            ...parm('PXAUTH-ID', p.get('PROXY_AUTHNAME')),
            ...parm('PXAUTH-PW', p.get('PROXY_AUTHSECRET')),
          ]),
        ];
  return [
    characteristic(
      'PXLOGICAL',
      e,
      [...parm('PROXY-ID', made(id, e)), ...parm('NAME', name)],
      [...authentication, physical],
    ),
  ];
}

/** Settings of a browser or of MMS: Nokia/Ericsson OTA Settings 7.0, 4. */
function browserSettings(document: DecodedDocument): Characteristic[] {
  const all = [...elementsOf(document)].filter((e) => e.name === 'CHARACTERISTIC');
  const of = (type: string): DocumentElement[] => all.filter((e) => attributeOf(e, 'TYPE') === type);
  const first = (type: string): DocumentElement | undefined => of(type)[0];
  const nameAt = first('NAME');
  const name = nameAt === undefined ? undefined : (parmsIn(nameAt).get('NAME') ?? ownValue(nameAt));
  const out: Characteristic[] = [];
  const links: Parm[] = [];
  for (const [i, e] of of('ADDRESS').entries()) {
    const id = `${name?.value ?? 'settings'} ${i + 1}`;
    const parms = parmsIn(e);
    const nap = accessPoint(e, id, name, parms);
    const px = proxy(e, id, name, parms, nap.length > 0);
    out.push(...nap, ...px);
    if (px.length > 0) links.push(...parm('TO-PROXY', made(id, e)));
    else if (nap.length > 0) links.push(...parm('TO-NAPID', made(id, e)));
  }
  const mms = first('MMSURL');
  const home = first('URL');
  const marks = of('BOOKMARK');
  const at = mms ?? home ?? marks[0] ?? nameAt ?? of('ADDRESS')[0];
  if (at === undefined) return out;
  if (mms !== undefined) {
    const parms = [...parm('APPID', made('w4', mms)), ...parm('NAME', name), ...parm('ADDR', ownValue(mms)), ...links];
    out.push(characteristic('APPLICATION', mms, parms));
  }
  const page = home === undefined ? undefined : ownValue(home);
  if (mms !== undefined && page === undefined && marks.length === 0) return out;
  const resources = [
    ...(page === undefined || home === undefined
      ? []
      : [characteristic('RESOURCE', home, [...parm('URI', page), flag('STARTPAGE', home)])]),
    ...marks.map((b) => {
      const p = parmsIn(b);
      return characteristic('RESOURCE', b, [...parm('NAME', p.get('NAME')), ...parm('URI', p.get('URL'))]);
    }),
  ];
  if (resources.length === 0 && links.length === 0) return out;
  const own = name ?? (links.length === 0 ? made('Bookmarks', at) : undefined);
  const parms = [...parm('APPID', made('w2', at)), ...parm('NAME', own), ...links];
  out.push(characteristic('APPLICATION', at, parms, resources));
  return out;
}

const flag = (name: string, at: Range): Parm => {
  const range = { start: at.start, length: 0 };
  return { name, value: null, valueRange: range, ...range };
};

function text(e: DocumentElement): Sent | undefined {
  const inner = e.children.filter((c) => c.kind === 'text');
  const [first] = inner;
  const last = inner.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const value = inner
    .map((c) => c.text)
    .join('')
    .trim();
  return { value, range: { start: first.start, length: last.start + last.length - first.start } };
}

function syncSettings(root: DocumentElement): Characteristic[] {
  const all: DocumentElement[] = [];
  const walk = (e: DocumentElement): void => {
    all.push(e);
    for (const c of e.children) if (c.kind === 'element') walk(c);
  };
  walk(root);
  const first = (...names: readonly string[]): Sent | undefined => {
    const e = all.find((x) => names.includes(x.name));
    return e === undefined ? undefined : text(e);
  };
  const login = [...parm('AAUTHNAME', first('Username')), ...parm('AAUTHSECRET', first('Cred'))];
  const bases = all
    .filter((e) => e.name === 'RemoteDB')
    .map((e) => {
      const of = (name: string): Sent | undefined => {
        const c = e.children.find((x) => x.kind === 'element' && x.name === name);
        return c?.kind === 'element' ? text(c) : undefined;
      };
      return characteristic('RESOURCE', e, [
        ...parm('NAME', of('Name')),
        ...parm('URI', of('URI')),
        ...parm('AACCEPT', of('CTType')),
      ]);
    });
  return [
    characteristic(
      'APPLICATION',
      root,
      [...parm('APPID', made('w5', root)), ...parm('NAME', first('Name')), ...parm('ADDR', first('HostAddr'))],
      [...(login.length === 0 ? [] : [characteristic('APPAUTH', root, login)]), ...bases],
    ),
  ];
}

/** Null where the document is of another kind. Ranges are those of the octets that said it. */
export function legacySettings(document: DecodedDocument | null): ProvisioningDocument | null {
  const root = document?.root ?? null;
  if (document === null || root === null) return null;
  if (root.name === 'CHARACTERISTIC-LIST') return { version: null, characteristics: browserSettings(document) };
  if (root.name === 'SyncSettings') return { version: null, characteristics: syncSettings(root) };
  return null;
}
