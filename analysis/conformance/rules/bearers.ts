// What belongs to one kind of bearer, and credentials of access points and proxies.

import { at, childrenOf, type Facts, has, hasText, type Place, parmOf, parmsOf, textOf } from '../facts.ts';
import { contentRule, provCont } from '../rule.ts';
import { isNumber } from '../values.ts';
import { bearersOf, quoted } from './shared.ts';

const NAPDEF = provCont('NAPDEF');

const isCsd = (b: string): boolean => b.endsWith('-CSD');
const isMobileIp = (b: string): boolean => b.startsWith('CDMA2000') || b.startsWith('IS-95');

/** Access points that name their bearers, and none of the kind. */
const withoutBearer = (f: Facts, kind: (b: string) => boolean): Place[] =>
  f.of('NAPDEF').filter((p) => {
    const bearers = bearersOf(p);
    return bearers.length > 0 && !bearers.some(kind);
  });

/** Fields of the quality of service, each within one octet as in 3GPP TS 24.008 10.5.6.5. */
const QOS: ReadonlySet<string> = new Set([
  'TRAFFIC-CLASS',
  'DELIVERY-ORDER',
  'DELIVERY-ERR-SDU',
  'MAX-SDU-SIZE',
  'MAX-BITRATE-UPLINK',
  'MAX-BITRATE-DNLINK',
  'RESIDUAL-BER',
  'SDU-ERROR-RATIO',
  'TRANSFER-DELAY',
  'TRAFFIC-HANDL-PRIO',
  'GUARANTEED-BITRATE-UPLINK',
  'GUARANTEED-BITRATE-DNLINK',
]);

/** Name and secret that go together, by the characteristic that has them. */
const PAIRS: readonly (readonly [type: string, name: string, secret: string])[] = [
  ['NAPAUTHINFO', 'AUTHNAME', 'AUTHSECRET'],
  ['PXAUTHINFO', 'PXAUTH-ID', 'PXAUTH-PW'],
  ['PXLOGICAL', 'BASAUTH-ID', 'BASAUTH-PW'],
  ['APPAUTH', 'AAUTHNAME', 'AAUTHSECRET'],
  ['RESOURCE', 'AAUTHNAME', 'AAUTHSECRET'],
];

export const BEARER_RULES = [
  contentRule(
    {
      code: 'CP-UNCOMMON-BEARER',
      severity: 'note',
      title: 'An access point has a bearer that few phones know',
      clause: NAPDEF,
      receivers: 'At least one client knows GSM-GPRS and GSM-CSD only and removes the access point.',
      fix: 'For packet data of GSM, UMTS and LTE, write GSM-GPRS.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of withoutBearer(f, (b) => b === 'GSM-GPRS' || b === 'GSM-CSD')) {
        const q = parmOf(p, 'BEARER');
        // An unknown word is told as such, and WLAN has a rule of its own.
        if (q === undefined || q.value === 'WLAN') continue;
        tell(at(q), `${p.path} has ${quoted(bearersOf(p))} only`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-DIALUP-PARM',
      severity: 'note',
      title: 'An access point for packet data has parms of dialled connections',
      clause: NAPDEF,
      receivers: 'CALLTYPE, LINKSPEED and DNLINKSPEED mean something for circuit-switched bearers only.',
      fix: 'Leave them out.',
      basis: 'remembered',
    },
    (f, tell) => {
      for (const p of withoutBearer(f, isCsd)) {
        const there = ['CALLTYPE', 'LINKSPEED', 'DNLINKSPEED'].filter((n) => has(p, n));
        const q = there[0] === undefined ? undefined : parmsOf(p, there[0])[0];
        if (q !== undefined) tell(q, `${p.path} has ${quoted(there)} and the bearer ${quoted(bearersOf(p))}`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-CSD-NUMBER',
      severity: 'warning',
      title: 'A circuit-switched access point has no telephone number to dial',
      clause: NAPDEF,
      receivers: 'There is nothing to call.',
      fix: 'For GSM-CSD, NAP-ADDRTYPE is E164 and NAP-ADDRESS the number.',
      basis: 'remembered',
    },
    (f, tell) => {
      for (const p of f.of('NAPDEF')) {
        const bearers = bearersOf(p);
        const q = parmOf(p, 'NAP-ADDRTYPE');
        if (bearers.length === 0 || !bearers.every(isCsd) || q === undefined) continue;
        if (['APN', 'IPV4', 'IPV6'].includes(q.value ?? '')) {
          tell(at(q), `${p.path} has the bearer ${bearers[0]} and NAP-ADDRTYPE ${q.value}`);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-LINK-SPEED',
      severity: 'warning',
      title: 'A link speed is neither a number nor AUTOBAUDING',
      clause: NAPDEF,
      receivers: 'Clients ignore it.',
      fix: 'Write the bits in a second in digits, or AUTOBAUDING.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.of('NAPDEF')) {
        for (const name of ['LINKSPEED', 'DNLINKSPEED']) {
          const q = parmOf(p, name);
          const v = q?.value ?? '';
          if (q === undefined || v === '' || isNumber(v) || (name === 'LINKSPEED' && v === 'AUTOBAUDING')) continue;
          tell(at(q), `${p.path}/${name} is "${v}"`);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-MOBILE-IP-PARM',
      severity: 'note',
      title: 'An access point has parms of CDMA2000 Mobile IP, and another bearer',
      clause: NAPDEF,
      receivers: 'Phones of other networks ignore them.',
      fix: 'Leave them out.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of withoutBearer(f, isMobileIp)) {
        const there = ['MAX-NUM-RETRY', 'FIRST-RETRY-TIMEOUT', 'REREG-THRESHOLD', 'T-BIT'].filter((n) => has(p, n));
        const q = there[0] === undefined ? undefined : parmsOf(p, there[0])[0];
        if (q !== undefined) tell(q, `${p.path} has ${quoted(there)} and the bearer ${quoted(bearersOf(p))}`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-QOS-RANGE',
      severity: 'warning',
      title: 'A quality-of-service parm is larger than the octet it stands for',
      clause: '3GPP TS 24.008, quality of service',
      receivers: 'Clients ignore the parm, or ask for a quality nobody meant.',
      fix: 'Write the coded octet in two hex digits, not kilobits or milliseconds in decimal ones.',
      basis: 'remembered',
    },
    (f, tell) => {
      for (const g of f.given) {
        if (!QOS.has(g.name ?? '') || !/^[0-9a-f]+$/i.test(g.value) || Number.parseInt(g.value, 16) <= 0xff) continue;
        tell(at(g.parm), `${g.place.path}/${g.name} is "${g.value}", more than one octet in hex`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-AUTHTYPE-MD5',
      severity: 'note',
      title: 'An access point asks for MD5 authentication outside CDMA2000',
      clause: provCont('NAPAUTHINFO'),
      receivers: 'At least one client knows PAP and CHAP only and drops the credentials.',
      fix: 'Use PAP or CHAP.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of withoutBearer(f, isMobileIp)) {
        for (const a of childrenOf(p, 'NAPAUTHINFO')) {
          const q = parmOf(a, 'AUTHTYPE');
          if (q?.value === 'MD5') tell(at(q), `${a.path}/AUTHTYPE is MD5`);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-AUTH-EMPTY',
      severity: 'note',
      title: 'A way of authentication is named, and no credentials',
      clause: provCont('NAPAUTHINFO'),
      receivers: 'Phones ask the user, or send empty ones.',
      fix: 'Add name and secret, or leave the characteristic out.',
      basis: 'practice',
    },
    (f, tell) => {
      const judge = (type: string, what: string, names: readonly string[]) => {
        for (const p of f.of(type)) {
          if (has(p, what) && !names.some((n) => has(p, n))) tell(p.characteristic, `${p.path} has ${what} only`);
        }
      };
      judge('NAPAUTHINFO', 'AUTHTYPE', ['AUTHNAME', 'AUTHSECRET']);
      judge('PXAUTHINFO', 'PXAUTH-TYPE', ['PXAUTH-ID', 'PXAUTH-PW']);
      judge('APPAUTH', 'AAUTHTYPE', ['AAUTHNAME', 'AAUTHSECRET', 'AAUTHDATA']);
    },
  ),
  contentRule(
    {
      code: 'CP-CREDENTIALS-HALF',
      severity: 'note',
      title: 'A user name comes without its password, or a password without its name',
      clause: 'OMA-WAP-TS-ProvCont-V1_1, NAPAUTHINFO, PXAUTHINFO and APPAUTH',
      receivers: 'Phones ask the user for the rest, or send it empty.',
      fix: 'Give both, unless the user is meant to be asked.',
      basis: 'practice',
    },
    (f, tell) => {
      for (const [type, name, secret] of PAIRS) {
        for (const p of f.of(type)) {
          if (has(p, name) === has(p, secret)) continue;
          const there = has(p, name) ? name : secret;
          const q = parmsOf(p, there)[0];
          if (q !== undefined) tell(q, `${p.path} has ${there} without ${has(p, name) ? secret : name}`);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-BASAUTH-ALONE',
      severity: 'note',
      title: 'A proxy has credentials for a start page that it does not have',
      clause: provCont('PXLOGICAL'),
      receivers: 'BASAUTH-ID and BASAUTH-PW are for STARTPAGE; they are kept and never used.',
      fix: 'Add STARTPAGE; credentials for the proxy itself go into PXAUTHINFO.',
      basis: 'remembered',
    },
    (f, tell) => {
      for (const p of f.of('PXLOGICAL')) {
        const q = parmsOf(p, 'BASAUTH-ID')[0] ?? parmsOf(p, 'BASAUTH-PW')[0];
        if (q !== undefined && !hasText(p, 'STARTPAGE')) tell(q, `${p.path} has ${q.name} and no STARTPAGE`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-MOBILE-CODE',
      severity: 'warning',
      title: 'A country or network code is not written in the digits of a subscriber identity',
      clause: provCont('VALIDITY'),
      receivers: 'It never matches the network the phone is in, so the access point is not used.',
      fix: 'COUNTRY takes the three digits of the mobile country code, NETWORK the two or three of the network.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const type of ['VALIDITY', 'BOOTSTRAP']) {
        for (const p of f.of(type)) {
          for (const [name, form] of [
            ['COUNTRY', /^\d{3}$/],
            ['NETWORK', /^\d{2,3}$/],
          ] as const) {
            for (const q of parmsOf(p, name)) {
              if (q.value !== null && q.value !== '' && !form.test(q.value))
                tell(at(q), `${p.path}/${name} is "${q.value}"`);
            }
          }
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-VALIDUNTIL-FORM',
      severity: 'note',
      title: 'Clients differ in how they read the end of a validity',
      clause: provCont('VALIDITY'),
      receivers:
        'One client reads a number and ignores anything else; a date and time is remembered of the specification.',
      fix: 'Do without VALIDUNTIL where the phones are not known.',
      basis: 'remembered',
    },
    (f, tell) => {
      for (const p of f.of('VALIDITY')) {
        const q = parmOf(p, 'VALIDUNTIL');
        if (q !== undefined && q.value !== '' && !isNumber(q.value ?? ''))
          tell(at(q), `${p.path}/VALIDUNTIL is "${q.value}"`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-TYPE-WITHOUT-ADDRESS',
      severity: 'note',
      title: 'A type is given for an address that is not there',
      clause: NAPDEF,
      receivers: 'The type means nothing alone.',
      fix: 'Add the address, or leave the type out.',
      basis: 'practice',
    },
    (f, tell) => {
      for (const p of f.of('NAPDEF')) {
        const q = parmOf(p, 'LOCAL-ADDRTYPE');
        if (q !== undefined && textOf(p, 'LOCAL-ADDR') === undefined)
          tell(q, `${p.path} has LOCAL-ADDRTYPE without LOCAL-ADDR`);
      }
      for (const p of f.of('APPLICATION')) {
        const q = parmOf(p, 'ADDRTYPE');
        if (q !== undefined && textOf(p, 'ADDR') === undefined) tell(q, `${p.path} has ADDRTYPE without ADDR`);
      }
    },
  ),
];
