// Things and their values in words of a person.

import { isSecretParm } from '../../dissectors/content/provisioning/secrets.ts';
import { maskValue } from '../report/mask.ts';
import { LABELS } from '../summary/labels.ts';
import { groupOf } from '../summary/settings.ts';
import { short } from '../summary/words.ts';
import { type Node, nodesIn, type Value, valueIn } from './node.ts';

const LONGEST = 60;

/** A value as a name: no secrets, one line. */
export const shown = (text: string): string => short(maskValue(text, false), LONGEST);

/** What the OMNA application ids stand for. */
const APPLICATION_TITLES: ReadonlyMap<string, string> = new Map([
  ['w2', 'Browser'],
  ['w4', 'MMS'],
  ['w5', 'Synchronisation'],
  ['w7', 'Device management'],
  ['w902E', 'NAT and firewall traversal (Nokia)'],
  ['w9010', 'SIP (Nokia)'],
  ['w9013', 'Internet calls (Nokia)'],
  ['wA', 'Instant messaging'],
  ['25', 'Outgoing mail (SMTP)'],
  ['110', 'Incoming mail (POP3)'],
  ['143', 'Incoming mail (IMAP4)'],
  ['554', 'Streaming'],
  ['ap0004', 'Location (SUPL)'],
  ['ap0005', 'MMS'],
  ['DL', 'Download'],
]);

/** 'Browser', 'Outgoing mail (SMTP)'. */
export const applicationName = (id: string): string => APPLICATION_TITLES.get(id) ?? `Application ${shown(id)}`;

const TITLES: Readonly<Record<string, string>> = {
  NAPDEF: 'Access point',
  PXLOGICAL: 'Proxy',
  WLAN: 'Wireless LAN',
  ACCESS: 'Access rule',
  BOOTSTRAP: 'Context',
  CLIENTIDENTITY: 'Client identity',
  VENDORCONFIG: 'Vendor settings',
};

/** Where a thing is, or what it is called. */
function nameOf(n: Node): string {
  switch (n.type) {
    case 'NAPDEF':
      return valueIn(n, 'NAP-ADDRESS') ?? valueIn(n, 'NAME') ?? valueIn(n, 'NAPID') ?? '';
    case 'PXLOGICAL':
      return nodesIn(n, 'PXPHYSICAL')[0] === undefined
        ? (valueIn(n, 'NAME') ?? valueIn(n, 'PROXY-ID') ?? '')
        : (valueIn(nodesIn(n, 'PXPHYSICAL')[0]!, 'PXADDR') ?? valueIn(n, 'PROXY-ID') ?? '');
    case 'APPLICATION': {
      const provider = valueIn(n, 'NAME') ?? valueIn(n, 'PROVIDER-ID') ?? '';
      return provider;
    }
    case 'WLAN':
      return valueIn(n, 'PRI-SSID') ?? '';
    case 'ACCESS':
      return valueIn(n, 'RULE') ?? '';
    default:
      return valueIn(n, 'NAME') ?? '';
  }
}

/** 'Access point internet.example', 'Browser "Example Mobile"'. */
export function titleOf(n: Node): string {
  const name = shown(nameOf(n));
  if (n.type === 'APPLICATION') {
    const what = applicationName(valueIn(n, 'APPID') ?? '');
    return name === '' ? what : `${what} "${name}"`;
  }
  const what = TITLES[n.type] ?? `${n.type === '' ? 'Nameless' : shown(n.type)} settings`;
  if (name === '') return what;
  return n.type === 'NAPDEF' || n.type === 'PXLOGICAL' ? `${what} ${name}` : `${what} "${name}"`;
}

/** The menu of a phone that a thing stands in. */
export const menuOf = (n: Node): string => groupOf({ type: n.type }, valueIn(n, 'APPID'));

export const labelOf = (type: string, parm: string): string =>
  LABELS.get(`${type}/${parm}`) ?? LABELS.get(parm) ?? shown(parm);

export interface ShowOptions {
  readonly secrets: boolean;
}

export const isSecret = (v: Value): boolean => isSecretParm(v.name);

/** A value for eyes: 'yes' for a flag, masked where secret. */
export function showValue(v: Value, { secrets }: ShowOptions): string {
  if (v.flag) return 'yes';
  return secrets ? v.value : v.value === '' ? '' : maskValue(v.value, isSecret(v));
}

/** What stands before the label of a value inside: 'Port 8080', 'Address 192.0.2.1'; '' where nothing need be said. */
export function insideOf(n: Node): string {
  const key = shown(n.key);
  switch (n.type) {
    case 'PORT':
      return `Port ${key}`;
    case 'RESOURCE':
      return valueIn(n, 'NAME') === undefined ? 'Resource' : `"${shown(valueIn(n, 'NAME') ?? '')}"`;
    case 'APPAUTH':
      return key === '' ? '' : key === 'CLIENT' ? 'Client to server' : key === 'APPSRV' ? 'Server to client' : key;
    case 'PXPHYSICAL':
    case 'APPADDR':
    case 'NAPAUTHINFO':
    case 'PXAUTHINFO':
      return '';
    case 'VALIDITY':
      return 'Validity';
    default:
      return shown(n.type);
  }
}

/** Inside a sentence: 'Access point x' -> 'access point x', but 'MMS' stays. */
export const inSentence = (title: string): string =>
  /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
