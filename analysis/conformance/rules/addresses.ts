// Addresses, host names and URLs that look right and lead nowhere.

import type { Parm } from '../../../dissectors/content/document.ts';
import { at, childrenOf, type Facts, type Place, parmOf, parmsOf, textOf } from '../facts.ts';
import { contentRule, provCont } from '../rule.ts';
import { hasHost, isHostName, isIpv4, isIpv6 } from '../values.ts';
import { appId, once, profileOf } from './shared.ts';

type Located = readonly [place: Place, parm: Parm, value: string];

function located(f: Facts, type: string, name: string): Located[] {
  const out: Located[] = [];
  for (const p of f.of(type)) {
    for (const q of parmsOf(p, name)) if (q.value !== null && q.value !== '') out.push([p, q, q.value]);
  }
  return out;
}

type Authority = readonly [user: string | null, host: string, port: string | null];

const NO_AUTHORITY: Authority = [null, '', null];

/** What stands between '//' and the path: [user information, host, port]. */
export function authority(url: string): Authority {
  const from = url.indexOf('://');
  if (from < 0) return NO_AUTHORITY;
  const [, all = ''] = /^([^/?#\s]*)/.exec(url.slice(from + 3)) ?? [];
  const user = all.lastIndexOf('@');
  const rest = all.slice(user + 1);
  const [, host = rest, port = null] = /^(\[[^\]]*\]|[^:]*):(.*)$/.exec(rest) ?? [];
  return [user < 0 ? null : all.slice(0, user), host, port];
}

const PLACES = [
  ['PXLOGICAL', 'STARTPAGE'],
  ['BOOTSTRAP', 'PROVURL'],
  ['RESOURCE', 'URI'],
  ['APPLICATION', 'ADDR'],
  ['APPADDR', 'ADDR'],
] as const;

/** Values that are URLs, with what stands before their path. */
const urls = once((f): readonly (readonly [Place, Parm, string, Authority])[] =>
  PLACES.flatMap(([type, name]) => located(f, type, name))
    .filter(([, , v]) => /^[a-z][a-z0-9+.-]*:\/\//i.test(v))
    .map(([p, q, v]) => [p, q, v, authority(v)]),
);

/** Reachable by nobody outside the phone: this host, loopback, link-local, multicast, broadcast. */
function isUnreachable(v: string): string | null {
  if (isIpv6(v)) {
    const low = v.toLowerCase();
    if (low === '::1') return 'the phone itself';
    if (low.startsWith('fe8')) return 'one link only';
    return low.startsWith('ff') ? 'a group' : null;
  }
  if (!isIpv4(v)) return null;
  const [a = 0, b = 0] = v.split('.').map(Number);
  if (a === 127) return 'the phone itself';
  if (a === 169 && b === 254) return 'one link only';
  if (v === '255.255.255.255') return 'everybody';
  return a >= 224 ? 'a group' : null;
}

/** Schemes in which each thing can be reached. */
const SCHEMES = /^(?:https?|wsp|waps?|wsps|wtp):/i;

const isWithPort = (v: string): boolean =>
  /^[^\s:/]+:\d{1,5}$/.test(v) || hasHost(v) || /^[^\s:/]+(?::\d{1,5})?\/.*$/.test(v);

/** 3GPP TS 23.003 9.1.1: the beginnings that a network identifier must not have. */
const RESERVED = /^(?:rac|lac|sgsn|rnc)/i;

export const ADDRESSES = [
  contentRule(
    {
      code: 'CP-ASSUMED-ADDRTYPE',
      severity: 'warning',
      title: 'An address has no type, and is not of the type that is assumed then',
      clause: 'OMA-WAP-TS-ProvCont-V1_1, PXADDRTYPE and LOCAL-ADDRTYPE',
      receivers: 'Without PXADDRTYPE clients expect IPv4; without LOCAL-ADDRTYPE at least one expects IPv6.',
      fix: 'Add the type: IPV4, IPV6, ALPHA for a host name.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const [p, q, v] of located(f, 'PXPHYSICAL', 'PXADDR')) {
        if (parmOf(p, 'PXADDRTYPE') !== undefined || isIpv4(v) || !(isIpv6(v) || isHostName(v))) continue;
        tell(at(q), `${p.path}/PXADDR "${v}" has no PXADDRTYPE, so IPV4 is assumed`);
      }
      for (const [p, q, v] of located(f, 'NAPDEF', 'LOCAL-ADDR')) {
        if (parmOf(p, 'LOCAL-ADDRTYPE') !== undefined || !isIpv4(v)) continue;
        tell(at(q), `${p.path}/LOCAL-ADDR "${v}" has no LOCAL-ADDRTYPE, and a client assumes IPV6`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-ADDRESS-WITH-PORT',
      severity: 'warning',
      title: 'The address of a proxy is written as a URL or with its port',
      clause: provCont('PXPHYSICAL'),
      receivers: 'PXADDR is the address alone: phones look for a host of that name.',
      fix: 'Write the address into PXADDR and the port into PORT.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const [p, q, v] of located(f, 'PXPHYSICAL', 'PXADDR')) {
        if (!isIpv6(v) && isWithPort(v)) tell(at(q), `${p.path}/PXADDR is "${v}"`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-UNREACHABLE-ADDRESS',
      severity: 'warning',
      title: 'A server or proxy has an address that no network leads to',
      clause: 'RFC 6890 2.2',
      receivers: 'Connections fail, or reach the phone itself.',
      fix: 'Use the address that the server has for phones.',
      basis: 'confirmed',
    },
    (f, tell) => {
      const all = [
        ...located(f, 'PXPHYSICAL', 'PXADDR'),
        ...located(f, 'NAPDEF', 'DNS-ADDR'),
        ...located(f, 'APPADDR', 'ADDR'),
        ...located(f, 'APPLICATION', 'ADDR'),
      ];
      for (const [p, q, v] of all) {
        const host = v.includes('://') ? authority(v)[1].replace(/^\[|\]$/g, '') : v;
        const leads = isUnreachable(host);
        if (leads !== null) tell(at(q), `${p.path}/${q.name} ${host} leads to ${leads}`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-ALPHA-IS-NUMERIC',
      severity: 'note',
      title: 'An IP address is called a name',
      clause: provCont('PXPHYSICAL'),
      receivers: 'Most phones connect all the same; some ask the name service for it and fail.',
      fix: 'Write IPV4 or IPV6 as its type.',
      basis: 'practice',
    },
    (f, tell) => {
      for (const [p, q, v] of located(f, 'PXPHYSICAL', 'PXADDR')) {
        if (textOf(p, 'PXADDRTYPE') === 'ALPHA' && (isIpv4(v) || isIpv6(v))) {
          tell(parmOf(p, 'PXADDRTYPE') ?? q, `${p.path}/PXADDR ${v} is of type ALPHA`);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-HOST-NAME',
      severity: 'warning',
      title: 'A host name has characters or a form that no host name can have',
      clause: 'RFC 1123 2.1',
      receivers: 'The name service does not find it.',
      fix: 'Use letters, digits and hyphens, in labels divided by dots.',
      basis: 'confirmed',
    },
    (f, tell) => {
      const judge = ([p, q, v]: Located) => {
        if (isHostName(v) || isIpv4(v) || isIpv6(v)) return;
        tell(at(q), `${p.path}/${q.name} "${v}" can't be a host name`);
      };
      for (const x of located(f, 'PXPHYSICAL', 'PXADDR-FQDN')) judge(x);
      for (const x of located(f, 'PXPHYSICAL', 'PXADDR')) {
        if (textOf(x[0], 'PXADDRTYPE') === 'ALPHA' && !isWithPort(x[2])) judge(x);
      }
      for (const p of f.of('APPLICATION')) {
        if (profileOf(p)?.address !== 'host') continue;
        const own = parmsOf(p, 'ADDR').flatMap((q): Located[] =>
          q.value === null || q.value === '' ? [] : [[p, q, q.value]],
        );
        const inner = childrenOf(p, 'APPADDR').flatMap((a) =>
          parmsOf(a, 'ADDR').flatMap((q): Located[] => (q.value === null || q.value === '' ? [] : [[a, q, q.value]])),
        );
        for (const x of [...own, ...inner]) judge(x);
      }
      for (const [, q, , [, host]] of urls(f)) {
        if (host === '' || host.startsWith('[') || isHostName(host) || isIpv4(host)) continue;
        // Names beyond ASCII are written by browsers in their own way.
        if (/[^\x20-\x7e]/.test(host)) continue;
        tell(at(q), `${q.name} has the host "${host}", which can't be a host name`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-DOMAIN-URL',
      severity: 'warning',
      title: 'DOMAIN holds a URL where it takes a domain',
      clause: provCont('PXLOGICAL'),
      receivers: 'No request fits it, so the proxy is never chosen for it.',
      fix: 'Write the domain without scheme, port and path.',
      basis: 'remembered',
    },
    (f, tell) => {
      for (const type of ['PXLOGICAL', 'PXPHYSICAL', 'ACCESS']) {
        for (const [p, q, v] of located(f, type, 'DOMAIN')) {
          if (v.includes('://')) tell(at(q), `${p.path}/DOMAIN is "${v}"`);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-URL-SCHEME',
      severity: 'warning',
      title: 'A URL has a scheme that phones can not use there',
      clause: 'RFC 3986 3.1',
      receivers: 'Browser and MMS clients speak HTTP or WAP; anything else is dropped.',
      fix: 'Use http or https.',
      basis: 'practice',
    },
    (f, tell) => {
      for (const [p, q, v] of urls(f)) {
        const id = appId(p.type === 'APPLICATION' ? p : (p.parent ?? p));
        const judged =
          p.type === 'PXLOGICAL' || p.type === 'BOOTSTRAP' || id === 'w2' || id === 'w4' || id === 'ap0005';
        if (judged && !SCHEMES.test(v))
          tell(at(q), `${p.path}/${q.name} begins with ${v.slice(0, v.indexOf(':') + 1)}`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-URL-PORT',
      severity: 'warning',
      title: 'A URL has a port that does not exist',
      clause: 'RFC 3986 3.2.3',
      receivers: 'The server is not reached.',
      fix: 'Use a port from 1 to 65535, or none.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const [p, q, , [, , port]] of urls(f)) {
        if (port === null || port === '' || (/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535))
          continue;
        tell(at(q), `${p.path}/${q.name} has the port "${port}"`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-URL-CREDENTIALS',
      severity: 'warning',
      title: 'A URL carries a user name or password',
      clause: 'RFC 3986 3.2.1',
      receivers: 'Many clients refuse such a URL or drop that part; others show it to everybody.',
      fix: 'Give credentials in the parms made for them.',
      basis: 'practice',
    },
    (f, tell) => {
      for (const [p, q, , [user, host]] of urls(f)) {
        if (user !== null) tell(at(q), `${p.path}/${q.name} has something before the host ${host}`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-APN-RESERVED',
      severity: 'warning',
      title: 'An access point name begins as no access point name may',
      clause: '3GPP TS 23.003, network identifier of the APN',
      receivers: 'Networks keep names that begin with rac, lac, sgsn and rnc for themselves and refuse the connection.',
      fix: 'Choose another name.',
      basis: 'remembered',
    },
    (f, tell) => {
      for (const [p, q, v] of located(f, 'NAPDEF', 'NAP-ADDRESS')) {
        if (textOf(p, 'NAP-ADDRTYPE') === 'APN' && RESERVED.test(v)) tell(at(q), `${p.path}/NAP-ADDRESS is "${v}"`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-WSP-VERSION',
      severity: 'warning',
      title: 'A WSP version is not written as two numbers with a dot',
      clause: 'OMA-WAP-TS-ProvCont-V1_1, WSP-VERSION',
      receivers: 'Clients take 1.2 instead.',
      fix: 'Write 1.2 or 1.3.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const type of ['PXLOGICAL', 'PXPHYSICAL']) {
        for (const [p, q, v] of located(f, type, 'WSP-VERSION')) {
          if (!/^\d+\.\d+$/.test(v)) tell(at(q), `${p.path}/WSP-VERSION is "${v}"`);
        }
      }
    },
  ),
];
