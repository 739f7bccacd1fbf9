// What a document tells the phone to use: access points, servers with their ports, addresses to fetch from.

import type { ProvisioningDocument } from '../../dissectors/content/document.ts';
import { childrenOf, facts, type Place, parmsOf, textOf } from '../conformance/facts.ts';

export interface Intents {
  /** Access point names. */
  readonly accessPoints: readonly string[];
  readonly servers: readonly Server[];
  /** URLs that something is fetched from. */
  readonly urls: readonly string[];
}

export interface Server {
  /** Host name or address. */
  readonly host: string;
  /** Ports it is reached by; the usual ones of its service where the document names none. */
  readonly ports: readonly number[];
  /** 'proxy', 'mail server', 'MMS centre', 'device management server', 'server'. */
  readonly purpose: string;
}

export const NO_INTENTS: Intents = { accessPoints: [], servers: [], urls: [] };

/** Things of one document that are looked for. */
const MOST = 64;

const PROXY_PORTS = [8080, 80, 9200, 9201, 9202, 9203, 3128];
const WEB_PORTS = [80, 443, 8080];

/** By APPID (OMA registration documents w2, w4, w7, 25, 110, 143): what the server is, and its usual ports. */
const APPLICATIONS: Readonly<Record<string, readonly [purpose: string, ports: readonly number[]]>> = {
  w2: ['web server', WEB_PORTS],
  w4: ['MMS centre', WEB_PORTS],
  w5: ['synchronisation server', WEB_PORTS],
  w7: ['device management server', WEB_PORTS],
  wA: ['messaging server', WEB_PORTS],
  '25': ['mail server (SMTP)', [25, 465, 587]],
  '110': ['mail server (POP3)', [110, 995]],
  '143': ['mail server (IMAP4)', [143, 993]],
  ap0004: ['location server', [7275]],
  ap0005: ['MMS centre', WEB_PORTS],
};

interface Host {
  readonly host: string;
  readonly port: number | null;
}

/** Host and port of a URL or a plain address; null where there is none. */
export function hostOf(address: string): Host | null {
  const m = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:[^/@\s]*@)?(\[[0-9a-f:.]+\]|[^/:?#\s]+)(?::(\d{1,5}))?(?:[/?#]|$)/i.exec(
    address.trim(),
  );
  if (m === null) return bareAddress(address);
  const host = (m[2] ?? '').replace(/^\[|\]$/g, '').toLowerCase();
  const scheme = m[1]?.toLowerCase();
  const implied = scheme === 'https' ? 443 : scheme === 'http' ? 80 : null;
  return host === '' ? null : { host, port: m[3] === undefined ? implied : Number(m[3]) };
}

/** IPv6 without brackets. */
const bareAddress = (text: string): Host | null =>
  /^[0-9a-f]*:[0-9a-f:.]+$/i.test(text.trim()) ? { host: text.trim().toLowerCase(), port: null } : null;

const portsIn = (...places: readonly Place[]): number[] =>
  places
    .flatMap((p) => childrenOf(p, 'PORT'))
    .map((p) => Number(textOf(p, 'PORTNBR')))
    .filter((n) => Number.isInteger(n) && n > 0 && n < 65_536);

function server(address: string, purpose: string, given: readonly number[], usual: readonly number[]): Server[] {
  const found = hostOf(address);
  if (found === null) return [];
  const named = found.port === null ? given : [found.port, ...given];
  return [{ host: found.host, ports: [...new Set(named.length > 0 ? named : usual)], purpose }];
}

const values = (p: Place, name: string): string[] =>
  parmsOf(p, name)
    .map((q) => q.value ?? '')
    .filter((v) => v !== '');

const proxies = (p: Place): Server[] =>
  childrenOf(p, 'PXPHYSICAL').flatMap((q) =>
    values(q, 'PXADDR').flatMap((a) => server(a, 'proxy', portsIn(q, p), PROXY_PORTS)),
  );

function application(p: Place): Server[] {
  const [purpose, usual] = APPLICATIONS[textOf(p, 'APPID') ?? ''] ?? ['server', WEB_PORTS];
  const inner = childrenOf(p, 'APPADDR').flatMap((a) =>
    values(a, 'ADDR').flatMap((v) => server(v, purpose, portsIn(a), usual)),
  );
  return [...values(p, 'ADDR').flatMap((v) => server(v, purpose, [], usual)), ...inner];
}

/** OMA-WAP-TS-ProvCont-V1_1 4.5: what NAPDEF, PXLOGICAL, APPLICATION and BOOTSTRAP lead a phone to. */
export function intentsOf(document: ProvisioningDocument): Intents {
  const f = facts(document);
  const accessPoints = f
    .of('NAPDEF')
    .filter((p) => ['', 'APN'].includes((textOf(p, 'NAP-ADDRTYPE') ?? '').toUpperCase()))
    .flatMap((p) => values(p, 'NAP-ADDRESS'));
  const servers = [
    ...f.of('PXLOGICAL').flatMap(proxies),
    ...f.of('APPLICATION').flatMap(application),
    ...f
      .of('BOOTSTRAP')
      .flatMap((p) => values(p, 'PROVURL').flatMap((v) => server(v, 'provisioning server', [], WEB_PORTS))),
  ];
  return { accessPoints: [...new Set(accessPoints)].slice(0, MOST), servers: servers.slice(0, MOST), urls: [] };
}
