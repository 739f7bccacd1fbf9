// Accounts of synchronisation and management servers, and what every account with a server has.

import { at, childrenOf, type Facts, hasText, type Place, parmOf, parmsOf, textOf } from '../facts.ts';
import { titled } from '../profiles.ts';
import { contentRule, provCont } from '../rule.ts';
import { hasHost, isAbsoluteUri, isHostName, isIpv4, isIpv6 } from '../values.ts';
import { authority } from './addresses.ts';
import { appId, byId, profileOf } from './shared.ts';

const APPLICATION = provCont('APPLICATION');
const APPAUTH = provCont('APPAUTH');

const HTTP = ['HTTP-BASIC', 'HTTP-DIGEST', 'BASIC', 'DIGEST'];
const AUTH_TYPES = {
  http: HTTP,
  server: [...HTTP, 'HMAC', 'TRANSPORT', 'X509', 'SECUREID', 'SAFEWORD', 'DIGIPASS'],
  mail: [...HTTP, 'PLAIN', 'LOGIN', 'NTLM', 'GSSAPI', 'CRAM-MD5', 'DIGEST-MD5', 'POPB4SMTP', 'APOP', 'KERBEROS'],
} as const;

const MANAGEMENT: ReadonlySet<string> = new Set(['w7']);
const WITH_SERVER: ReadonlySet<string> = new Set(['w5', 'w7']);

/** Credentials whose proof takes a nonce that the server gives first. */
const takesNonce = (type: string | undefined): boolean => type === 'DIGEST' || type === 'HMAC';

const isBase64 = (v: string): boolean => v.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(v);

const levels = (p: Place): string[] => childrenOf(p, 'APPAUTH').map((a) => textOf(a, 'AAUTHLEVEL') ?? '');

/** ADDR of an application, its own and those inside APPADDR. */
const addresses = (p: Place) =>
  [p, ...childrenOf(p, 'APPADDR')].flatMap((a) => {
    const q = parmOf(a, 'ADDR');
    return q === undefined || q.value === null || q.value === '' ? [] : [{ place: a, parm: q, value: q.value }];
  });

const authParms = (f: Facts) =>
  [...f.of('APPAUTH'), ...f.of('RESOURCE')].flatMap((a) => {
    const q = parmOf(a, 'AAUTHTYPE');
    const kind = a.parent === null ? undefined : profileOf(a.parent)?.auth;
    return q === undefined || q.value === null || q.value === '' || kind === undefined
      ? []
      : [{ a, q, value: q.value, kind }];
  });

export const SERVERS = [
  contentRule(
    {
      code: 'CP-DM-WITHOUT-PROVIDER-ID',
      severity: 'error',
      title: 'A device management account has no PROVIDER-ID',
      clause: APPLICATION,
      receivers: 'Clients drop the account: PROVIDER-ID is the server identifier.',
      fix: 'Add PROVIDER-ID with the identifier of the server.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of byId(f, new Set(['w7']))) {
        if (!hasText(p, 'PROVIDER-ID'))
          tell(parmsOf(p, 'PROVIDER-ID')[0] ?? p.characteristic, 'The application w7 has no PROVIDER-ID');
      }
    },
  ),
  contentRule(
    {
      code: 'CP-SYNC-WITHOUT-RESOURCE',
      severity: 'error',
      title: 'A data synchronisation account has nothing to synchronise',
      clause: APPLICATION,
      receivers: 'Clients drop the account.',
      fix: 'Add a RESOURCE with URI and AACCEPT for each database.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of byId(f, new Set(['w5']))) {
        const resources = childrenOf(p, 'RESOURCE');
        if (resources.some((r) => (textOf(r, 'AACCEPT') ?? '') !== '')) continue;
        const what = resources.length === 0 ? 'RESOURCE' : 'RESOURCE with AACCEPT';
        tell(p.characteristic, `The application w5 has no ${what}`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-DM-ONE-WAY',
      severity: 'note',
      title: 'A device management account has credentials for one direction only',
      clause: APPAUTH,
      receivers: 'Phone and server each prove who they are: phones that insist on both do not start a session.',
      fix: 'Give an APPAUTH of level APPSRV and one of level CLIENT.',
      basis: 'remembered',
    },
    (f, tell) => {
      for (const p of byId(f, MANAGEMENT)) {
        const has2 = levels(p);
        if (has2.length === 0) continue;
        const lacks = ['APPSRV', 'CLIENT'].filter((l) => !has2.includes(l));
        if (lacks.length > 0)
          tell(p.characteristic, `The application w7 has no APPAUTH of level ${lacks.join(' or ')}`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-NO-CREDENTIALS',
      severity: 'note',
      title: 'An account with a server has no credentials',
      clause: APPAUTH,
      receivers: 'The user is asked at the first connection, or it fails.',
      fix: 'Add an APPAUTH, unless the user is meant to type them in.',
      basis: 'practice',
    },
    (f, tell) => {
      for (const p of byId(f, new Set(['w5', 'w7', 'wA', '110', '143']))) {
        if (childrenOf(p, 'APPAUTH').length === 0)
          tell(p.characteristic, `The application ${titled(appId(p))} has no APPAUTH`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-AAUTHTYPE',
      severity: 'note',
      title: 'A way of authentication is none that clients of this application know',
      clause: APPAUTH,
      receivers: 'They choose one of their own, or drop the credentials.',
      fix: 'Use a word that belongs to the application, several with commas between them.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const { a, q, value, kind } of authParms(f)) {
        const known: readonly string[] = AUTH_TYPES[kind];
        const odd = value
          .split(/[,;]/)
          .map((w) => w.trim().toUpperCase())
          .find((w) => !known.includes(w));
        if (odd !== undefined) tell(at(q), `${a.path}/AAUTHTYPE has "${odd}"; it can be ${known.join(', ')}`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-DIGEST-WITHOUT-NONCE',
      severity: 'note',
      title: 'Digest credentials come without the nonce of their first use',
      clause: APPAUTH,
      receivers: 'The first session is spent on getting one, and servers that do not expect that refuse it.',
      fix: 'Give the nonce in AAUTHDATA, in base64.',
      basis: 'remembered',
    },
    (f, tell) => {
      for (const p of byId(f, WITH_SERVER)) {
        for (const a of childrenOf(p, 'APPAUTH')) {
          if (!takesNonce(textOf(a, 'AAUTHTYPE')) || hasText(a, 'AAUTHDATA')) continue;
          tell(a.characteristic, `${a.path} is of type ${textOf(a, 'AAUTHTYPE')} and has no AAUTHDATA`);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-NONCE-FORM',
      severity: 'warning',
      title: 'A nonce is not in base64',
      clause: APPAUTH,
      receivers: 'Clients that decode it compute another digest, and the server refuses them.',
      fix: 'Encode the octets of the nonce in base64.',
      basis: 'remembered',
    },
    (f, tell) => {
      for (const p of byId(f, WITH_SERVER)) {
        for (const a of childrenOf(p, 'APPAUTH')) {
          const q = parmOf(a, 'AAUTHDATA');
          if (q === undefined || q.value === '' || !takesNonce(textOf(a, 'AAUTHTYPE')) || isBase64(q.value ?? ''))
            continue;
          tell(at(q), `${a.path}/AAUTHDATA is no base64`);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-SERVER-URL',
      severity: 'warning',
      title: 'The address of a synchronisation or management server is no URL',
      clause: provCont('APPADDR'),
      receivers: 'Clients that expect a URL drop it; others put http:// before it.',
      fix: 'Write the whole URL with its scheme, or say with ADDRTYPE what kind of address it is.',
      basis: 'remembered',
    },
    (f, tell) => {
      for (const p of byId(f, WITH_SERVER)) {
        for (const { place, parm, value } of addresses(p)) {
          if (hasText(place, 'ADDRTYPE') || (isAbsoluteUri(value) && hasHost(value))) continue;
          const bare = isHostName(value.split(/[/:?#]/)[0] ?? '') || isIpv4(value) || isIpv6(value);
          tell(at(parm), `${place.path}/ADDR "${value}" is no URL${bare ? '; the scheme is missing' : ''}`);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-PORTS-DISAGREE',
      severity: 'note',
      title: 'The URL of a server has one port, and PORT another',
      clause: provCont('APPADDR'),
      receivers: 'Clients differ in which of the two they take.',
      fix: 'Say the port in one of the two places.',
      basis: 'practice',
    },
    (f, tell) => {
      for (const a of f.of('APPADDR')) {
        const [, , port] = authority(textOf(a, 'ADDR') ?? '');
        if (port === null || port === '') continue;
        const ports = childrenOf(a, 'PORT').flatMap((p) => parmOf(p, 'PORTNBR') ?? []);
        const [q] = ports;
        if (q !== undefined && ports.every((x) => x.value !== port))
          tell(at(q), `ADDR has port ${port}, PORT has ${q.value}`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-AACCEPT-FORM',
      severity: 'note',
      title: 'What an application accepts is not a list of media types',
      clause: 'OMA-WAP-TS-ProvCont-V1_1, AACCEPT',
      receivers: 'Clients find no type they know, and drop the database or the account.',
      fix: 'Write media types with commas between them, parameters behind semicolons.',
      basis: 'remembered',
    },
    (f, tell) => {
      for (const p of f.of('RESOURCE')) {
        for (const q of parmsOf(p, 'AACCEPT')) {
          const v = q.value ?? '';
          if (v === '' || v.split(',').every((t) => /^\s*(?:[\w.+-]+\/[\w.+*-]+|\*\/\*)\s*(?:;.*)?$/.test(t))) continue;
          tell(at(q), `${p.path}/AACCEPT is "${v}"`);
        }
      }
    },
  ),
];
