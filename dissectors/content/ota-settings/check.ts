// Settings older than OMA Client Provisioning against what phones of their time made of them.

import type { Rule } from '../../../captures/finding.ts';
import type { Cursor } from '../../base/cursor.ts';
import { attributeOf, elementsOf } from '../details.ts';
import type { DecodedDocument, DocumentElement, Range } from '../document.ts';
import { OTA } from './rules.ts';

type Tell = (rule: Rule, at: Range, message: string) => void;

const TYPES = new Set(['ADDRESS', 'URL', 'NAME', 'BOOKMARK', 'MMSURL', 'ID']);

const PARMS = new Set(
  (
    'BEARER PROXY PORT NAME PROXY_TYPE URL PROXY_AUTHNAME PROXY_AUTHSECRET SMS_SMSC_ADDRESS USSD_SERVICE_CODE ' +
    'GPRS_ACCESSPOINTNAME PPP_LOGINTYPE PROXY_LOGINTYPE CSD_DIALSTRING PPP_AUTHTYPE PPP_AUTHNAME PPP_AUTHSECRET ' +
    'CSD_CALLTYPE CSD_CALLSPEED ISP_NAME'
  ).split(' '),
);

/** Words that have tokens, by the parm they are for. */
const WORDS: Readonly<Record<string, string>> = {
  BEARER: 'GSM/CSD GSM/SMS GSM/USSD IS-136/CSD GPRS',
  PPP_AUTHTYPE: 'PAP CHAP MS_CHAP',
  PPP_LOGINTYPE: 'AUTOMATIC MANUAL',
  PROXY_LOGINTYPE: 'AUTOMATIC MANUAL',
  CSD_CALLTYPE: 'ANALOGUE ISDN',
  CSD_CALLSPEED: 'AUTO 9600 14400 19200 28800 38400 43200 57600',
};

/** Parms of single bearers, by how they begin. */
const OF_BEARER: readonly (readonly [prefix: string, bearer: RegExp])[] = [
  ['CSD_', /CSD$/],
  ['GPRS_', /^GPRS$/],
  ['SMS_', /SMS$/],
  ['USSD_', /USSD$/],
];

const PAIRS = [
  ['PPP_AUTHNAME', 'PPP_AUTHSECRET'],
  ['PROXY_AUTHNAME', 'PROXY_AUTHSECRET'],
] as const;

/** A scheme, a host, and no blank. */
const URL_FORM = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^\s/?#]+\S*$/;

const isIpv4 = (v: string): boolean => /^\d{1,3}(\.\d{1,3}){3}$/.test(v) && v.split('.').every((p) => Number(p) <= 255);

interface Parm extends Range {
  readonly name: string;
  readonly value: string;
}

const parmsOf = (e: DocumentElement): Parm[] =>
  e.children.flatMap((c) =>
    c.kind === 'element' && c.name === 'PARM'
      ? [{ name: attributeOf(c, 'NAME') ?? '', value: attributeOf(c, 'VALUE') ?? '', start: c.start, length: c.length }]
      : [],
  );

function parms(type: string, all: readonly Parm[], tell: Tell): void {
  const seen = new Set<string>();
  for (const p of all) {
    const where = `${type}/${p.name}`;
    if (p.name === '' || p.value === '')
      tell(OTA.noValue, p, p.name === '' ? `A PARM of ${type} has no NAME` : `${where} has no VALUE`);
    else if (!PARMS.has(p.name)) tell(OTA.unknownParm, p, `${type} has a parm ${p.name}`);
    else if (seen.has(p.name)) tell(OTA.repeated, p, `${where} stands twice`);
    seen.add(p.name);
    const words = WORDS[p.name];
    if (words !== undefined && p.value !== '' && !words.split(' ').includes(p.value)) {
      tell(OTA.word, p, `${where} is "${p.value}"; it can be ${words.replaceAll(' ', ', ')}`);
    }
  }
}

function address(e: DocumentElement, all: readonly Parm[], tell: Tell): void {
  const by = new Map(all.filter((p) => p.value !== '').map((p) => [p.name, p]));
  const bearer = by.get('BEARER')?.value;
  if (!by.has('BEARER') && !all.some((p) => p.name === 'BEARER')) tell(OTA.noBearer, e, 'ADDRESS has no BEARER');
  const proxy = by.get('PROXY');
  if (proxy === undefined) tell(OTA.noProxy, e, 'ADDRESS has no PROXY');
  else if (bearer !== undefined && /CSD$|^GPRS$/.test(bearer) && !isIpv4(proxy.value)) {
    tell(OTA.proxyAddress, proxy, `PROXY is "${proxy.value}"`);
  }
  const port = by.get('PORT');
  if (port !== undefined && !(/^\d{1,5}$/.test(port.value) && Number(port.value) > 0 && Number(port.value) <= 65_535)) {
    tell(OTA.port, port, `PORT is "${port.value}"`);
  }
  if (bearer === 'GPRS' && !by.has('GPRS_ACCESSPOINTNAME'))
    tell(OTA.noApn, e, 'ADDRESS of GPRS has no GPRS_ACCESSPOINTNAME');
  if (bearer?.endsWith('CSD') === true && !by.has('CSD_DIALSTRING')) {
    tell(OTA.noNumber, e, `ADDRESS of ${bearer} has no CSD_DIALSTRING`);
  }
  if (bearer !== undefined) {
    for (const p of all) {
      const own = OF_BEARER.find(([prefix]) => p.name.startsWith(prefix));
      if (own !== undefined && !own[1].test(bearer))
        tell(OTA.otherBearer, p, `${p.name} stands in an ADDRESS of ${bearer}`);
    }
  }
  for (const [name, secret] of PAIRS) {
    const one = all.find((p) => p.name === name);
    const other = all.find((p) => p.name === secret);
    const there = one ?? other;
    if (there !== undefined && (one === undefined || other === undefined)) {
      tell(OTA.credentials, there, `ADDRESS has ${there.name} without ${one === undefined ? name : secret}`);
    }
  }
}

function url(value: string, at: Range, what: string, tell: Tell): void {
  if (!URL_FORM.test(value)) tell(OTA.url, at, `${what} is "${value}"`);
}

function characteristic(e: DocumentElement, type: string, tell: Tell): void {
  const all = parmsOf(e);
  parms(type, all, tell);
  const own = attributeOf(e, 'VALUE') ?? '';
  if (type === 'ADDRESS') address(e, all, tell);
  if ((type === 'URL' || type === 'MMSURL') && own !== '') url(own, e, type, tell);
  if (type !== 'BOOKMARK') return;
  const lacks = ['NAME', 'URL'].filter((n) => !all.some((p) => p.name === n));
  if (lacks.length > 0) tell(OTA.bookmark, e, `BOOKMARK has no ${lacks.join(' and no ')}`);
  for (const p of all) if (p.name === 'URL' && p.value !== '') url(p.value, p, 'BOOKMARK/URL', tell);
}

const teller =
  (c: Cursor): Tell =>
  (rule, at, message) =>
    c.report(rule, at.start, at.length, message);

/** Findings OTA-*. Documents that could not be read to their end are not judged by what they lack. */
export function checkSettings(document: DecodedDocument, c: Cursor): void {
  if (c.findings.some((f) => f.rule.severity === 'error' && f.of === 'body')) return;
  const tell = teller(c);
  const there: string[] = [];
  for (const e of elementsOf(document)) {
    if (e.name !== 'CHARACTERISTIC') continue;
    const type = attributeOf(e, 'TYPE') ?? '';
    if (!TYPES.has(type)) {
      tell(OTA.unknownType, e, type === '' ? 'A CHARACTERISTIC has no TYPE' : `CHARACTERISTIC ${type} is not known`);
      continue;
    }
    there.push(type);
    characteristic(e, type, tell);
  }
  const { root } = document;
  if (root === null) return;
  if (there.length === 0) tell(OTA.nothing, { start: root.start, length: 1 }, 'No CHARACTERISTIC has a known type');
  else if (there.includes('ADDRESS') && !there.includes('NAME')) {
    tell(OTA.unnamed, { start: root.start, length: 1 }, 'There is an ADDRESS and no NAME');
  }
}

const textIn = (e: DocumentElement): string =>
  e.children
    .flatMap((c) => (c.kind === 'text' ? [c.text] : []))
    .join('')
    .trim();

const inside = (e: DocumentElement, name: string): DocumentElement[] =>
  e.children.filter((c): c is DocumentElement => c.kind === 'element' && c.name === name);

/** Findings SYNCSET-*. */
export function checkSync(document: DecodedDocument, c: Cursor): void {
  if (c.findings.some((f) => f.rule.severity === 'error' && f.of === 'body')) return;
  const tell = teller(c);
  const all = [...elementsOf(document)];
  const { root } = document;
  if (root === null) return;
  const top = { start: root.start, length: 1 };
  if (!all.some((e) => e.name === 'HostAddr' && textIn(e) !== '')) tell(OTA.syncHost, top, 'There is no HostAddr');
  const databases = all.filter((e) => e.name === 'RemoteDB');
  if (databases.length === 0) tell(OTA.syncDatabase, top, 'There is no RemoteDB');
  for (const e of databases) {
    if (!inside(e, 'URI').some((u) => textIn(u) !== '')) tell(OTA.syncDatabase, e, 'A RemoteDB has no URI');
  }
  for (const e of all) {
    if (e.name !== 'Auth') continue;
    const [name, secret] = [inside(e, 'Username'), inside(e, 'Cred')];
    if ((name.length === 0) !== (secret.length === 0)) {
      tell(OTA.syncLogin, e, name.length === 0 ? 'Auth has Cred without Username' : 'Auth has Username without Cred');
    }
  }
}
