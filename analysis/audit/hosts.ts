// Addresses as people write them into settings: scheme, host and port taken apart, and what kind of host it is.

import { isIpv4, isIpv6 } from '../conformance/values.ts';

export type Reach = 'public' | 'private' | 'local';

export interface Host {
  /** Lower case, IPv4 without leading zeros, IPv6 without brackets. */
  readonly name: string;
  readonly ip: 4 | 6 | null;
  readonly reach: Reach;
  /** Last label; '' for addresses. */
  readonly tld: string;
  /** What somebody registered, as far as two labels tell: 'example.co.uk'; the address itself; the network of an IPv4. */
  readonly site: string;
}

export interface Place {
  /** Lower case; null where none is written. */
  readonly scheme: string | null;
  readonly host: Host | null;
  readonly port: number | null;
  /** Something stands in front of an '@'. */
  readonly userinfo: boolean;
  readonly path: string;
}

/** Second labels under which countries register: 'co.uk', 'com.br'. */
const SECOND: ReadonlySet<string> = new Set('ac co com edu gob gov mil ne net nic or org'.split(' '));

const octetsOf = (ipv4: string): number[] => ipv4.split('.').map(Number);

function reachOf4([a = 0, b = 0]: readonly number[]): Reach {
  if (a === 0 || a === 127 || a >= 224 || (a === 169 && b === 254)) return 'local';
  const isPrivate =
    a === 10 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168) || (a === 100 && b >= 64 && b < 128);
  return isPrivate ? 'private' : 'public';
}

function reachOf6(text: string): Reach {
  const v = text.toLowerCase();
  const mapped = /(?:^|:)ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(v)?.[1];
  if (mapped !== undefined) return reachOf4(octetsOf(mapped));
  if (/^(0*:)*0*[01]?$/.test(v) || /^fe[89ab]/.test(v) || v.startsWith('ff')) return 'local';
  return /^f[cd]/.test(v) ? 'private' : 'public';
}

/** A host by its text; null where it is none. Unicode names are kept as they are. */
export function hostOf(text: string): Host | null {
  const bare = text
    .trim()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
  if (bare === '' || bare.length > 253) return null;
  if (isIpv4(bare)) {
    const octets = octetsOf(bare);
    return {
      name: octets.join('.'),
      ip: 4,
      reach: reachOf4(octets),
      tld: '',
      site: `${octets.slice(0, 3).join('.')}.x`,
    };
  }
  if (isIpv6(bare)) {
    return { name: bare.toLowerCase(), ip: 6, reach: reachOf6(bare), tld: '', site: bare.toLowerCase() };
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what no host name holds
  if (/[\u0000-\u0020/?#@:\\]/.test(bare)) return null;
  const name = bare.toLowerCase();
  const labels = name.split('.');
  const tld = labels.length > 1 ? (labels.at(-1) ?? '') : '';
  const second = labels.at(-2) ?? '';
  const take = tld.length === 2 && SECOND.has(second) ? 3 : 2;
  const local = name === 'localhost' || tld === 'localhost';
  return { name, ip: null, reach: local ? 'local' : 'public', tld, site: labels.slice(-take).join('.') };
}

const URL_FORM = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#]*)(.*)$/s;
const OTHER_SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):(?!\d{1,5}(?:\/|$))(.*)$/s;

/** Takes an address apart, with or without a scheme. Never throws; what can't be read is null. */
export function placeOf(text: string): Place {
  const trimmed = text.trim();
  const url = URL_FORM.exec(trimmed);
  if (url === null && !isIpv6(trimmed)) {
    const other = OTHER_SCHEME.exec(trimmed);
    if (other !== null) {
      return { scheme: (other[1] ?? '').toLowerCase(), host: null, port: null, userinfo: false, path: other[2] ?? '' };
    }
  }
  const scheme = url?.[1]?.toLowerCase() ?? null;
  const slash = /^[^/?#]*/.exec(trimmed)?.[0] ?? '';
  const authority = url === null ? slash : (url[2] ?? '');
  const path = url === null ? trimmed.slice(slash.length) : (url[3] ?? '');
  const at = authority.lastIndexOf('@');
  const rest = authority.slice(at + 1);
  if (isIpv6(rest)) return { scheme, host: hostOf(rest), port: null, userinfo: at >= 0, path };
  const port = /:(\d{1,5})$/.exec(rest)?.[1];
  const host = hostOf(port === undefined ? rest : rest.slice(0, -port.length - 1));
  return { scheme, host, port: port === undefined ? null : Number(port), userinfo: at >= 0, path };
}

/** Endings of programs that phones install. */
export const leadsToProgram = (path: string): boolean =>
  /\.(apk|jad|jar|sisx?|cab|exe|prc|pkg|deb|ipa|mobileconfig)(?:[?#]|$)/i.test(path);
