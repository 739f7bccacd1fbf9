// What a provisioning document tells the phone to do, thing by thing.

import type { ProvisioningDocument, Range } from '../../dissectors/content/document.ts';
import { childrenOf, facts, has, type Place, parmOf, parmsOf, textOf } from '../conformance/facts.ts';
import { APPLICATIONS } from '../conformance/profiles.ts';
import { withoutUserinfo } from '../report/mask.ts';
import { count, list, short } from './words.ts';

/** One thing that is set up, as it ends the sentence 'Sets up ...'. */
export interface Thing {
  readonly text: string;
  readonly range: Range;
}

const BEARER_NAMES: ReadonlyMap<string, string> = new Map([
  ['GSM-GPRS', 'GPRS'],
  ['3G-GSM', '3G'],
  ['GSM-CSD', 'circuit-switched data'],
  ['WLAN', 'wireless LAN'],
]);

const LONGEST_VALUE = 120;

const shown = (text: string): string => short(withoutUserinfo(text), LONGEST_VALUE);

const named = (p: Place, parm: string): string => shown(textOf(p, parm) ?? '');

function accessPoint(p: Place): string {
  const bearers = [...new Set(parmsOf(p, 'BEARER').map((q) => q.value ?? ''))].filter((b) => b !== '');
  const over = list(bearers.map((b) => BEARER_NAMES.get(b) ?? b));
  const address = named(p, 'NAP-ADDRESS');
  const name = named(p, 'NAME') || named(p, 'NAPID');
  const nameless = name === '' ? 'an access point without address' : `the access point "${name}", without address`;
  const what = address === '' ? nameless : `the access point ${address}`;
  return `${what}${over === '' ? '' : ` (${over})`}${has(p, 'INTERNET') ? ' as the default for the internet' : ''}`;
}

function proxy(p: Place): string {
  const physical = childrenOf(p, 'PXPHYSICAL');
  const addresses = physical.map((q) => named(q, 'PXADDR')).filter((a) => a !== '');
  const ports = [p, ...physical].flatMap((q) => childrenOf(q, 'PORT')).map((q) => named(q, 'PORTNBR'));
  const numbers = [...new Set(ports)].filter((n) => n !== '');
  const where = addresses.length === 0 ? ' without address' : ` ${list(addresses)}`;
  const port = numbers.length === 0 ? '' : ` (${numbers.length === 1 ? 'port' : 'ports'} ${list(numbers)})`;
  const home = named(p, 'STARTPAGE');
  return `${addresses.length === 0 ? 'a' : 'the'} proxy${where}${port}${home === '' ? '' : ` with the start page ${home}`}`;
}

function browser(p: Place): string {
  const pages = childrenOf(p, 'RESOURCE').filter((r) => named(r, 'URI') !== '');
  const home = pages.filter((r) => has(r, 'STARTPAGE')).map((r) => named(r, 'URI'));
  const marks = pages.filter((r) => !has(r, 'STARTPAGE')).map((r) => named(r, 'URI'));
  if (pages.length === 0) return 'the browser';
  const parts = [
    ...(home.length === 0 ? [] : [`the home page ${list(home)}`]),
    ...(marks.length === 0
      ? []
      : [
          marks.length > 3
            ? count(marks.length, 'bookmark')
            : `the ${marks.length === 1 ? 'bookmark' : 'bookmarks'} ${list(marks)}`,
        ]),
  ];
  return `the browser with ${list(parts)}`;
}

/** Host or address of an application's server. */
function server(p: Place): string {
  const own = named(p, 'ADDR');
  if (own !== '') return own;
  const addresses = childrenOf(p, 'APPADDR').map((q) => named(q, 'ADDR'));
  return list(addresses.filter((a) => a !== ''));
}

const at = (p: Place, word: string): string => {
  const s = server(p);
  return s === '' ? '' : ` ${word} ${s}`;
};

function application(p: Place): string {
  const id = textOf(p, 'APPID') ?? '';
  switch (id) {
    case 'w2':
      return browser(p);
    case 'w4':
    case 'ap0005':
      return `multimedia messages${at(p, 'through')}`;
    case 'w5': {
      const databases = childrenOf(p, 'RESOURCE').length;
      const of = databases === 0 ? '' : ` of ${count(databases, 'database')}`;
      return `synchronisation${of}${at(p, 'with')}`;
    }
    case 'w7': {
      const by = named(p, 'PROVIDER-ID');
      const now = has(p, 'INIT') ? ', to be contacted at once' : '';
      return `remote device management${by === '' ? '' : ` by ${by}`}${at(p, 'at')}${now}`;
    }
    case 'wA':
      return `instant messaging${at(p, 'at')}`;
    case '25':
      return `outgoing mail (SMTP)${at(p, 'through')}`;
    case '110':
      return `incoming mail (POP3)${at(p, 'from')}`;
    case '143':
      return `incoming mail (IMAP4)${at(p, 'from')}`;
    case 'ap0004':
      return `the location server${at(p, 'at').replace(/^ at/, '')}`;
    case '':
      return 'an application without APPID';
    default: {
      const known = APPLICATIONS.get(id);
      const what = known === undefined ? `the application ${shown(id)}` : `${known} (${id})`;
      return `${what}${at(p, 'at')}`;
    }
  }
}

function bootstrap(p: Place): string | null {
  const url = named(p, 'PROVURL');
  return url === '' ? null : `a trusted provisioning server ${url}`;
}

function wireless(p: Place): string {
  const ssid = named(p, 'PRI-SSID') || named(p, 'PRI-U-SSID');
  return ssid === '' ? 'a wireless network' : `the wireless network ${ssid}`;
}

const WORDS: Readonly<Record<string, (p: Place) => string | null>> = {
  NAPDEF: accessPoint,
  PXLOGICAL: proxy,
  APPLICATION: application,
  BOOTSTRAP: bootstrap,
  WLAN: wireless,
};

/** Order in which people ask: the connection first, then what uses it. */
const ORDER = ['NAPDEF', 'WLAN', 'PXLOGICAL', 'APPLICATION', 'BOOTSTRAP'];

/** Range of the parm that a thing's sentence is about, else the whole characteristic. */
const rangeOf = (p: Place): Range => {
  const q = parmOf(p, p.type === 'NAPDEF' ? 'NAP-ADDRESS' : p.type === 'PXLOGICAL' ? 'PROXY-ID' : 'APPID');
  const { start, length } = q ?? p.characteristic;
  return { start, length };
};

/** Everything the document sets up, in words; secrets have no place in them. */
export function things(document: ProvisioningDocument): Thing[] {
  const f = facts(document);
  const out: Thing[] = [];
  for (const type of ORDER) {
    const say = WORDS[type];
    for (const p of f.of(type)) {
      if (type === 'WLAN' && p.parent !== null && p.parent.type !== 'NAPDEF') continue;
      const text = say?.(p) ?? null;
      if (text !== null) out.push({ text, range: rangeOf(p) });
    }
  }
  return out;
}

/** The name that the document gives itself. */
export const documentName = (document: ProvisioningDocument): string => {
  const names = facts(document)
    .of('BOOTSTRAP')
    .map((p) => named(p, 'NAME'));
  return names.find((n) => n !== '') ?? '';
};
