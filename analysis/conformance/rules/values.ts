// Values against their types: addresses, numbers, listed words.

import type { Parm } from '../../../dissectors/content/document.ts';
import { at, type Facts, type Place, parmOf, parmsOf, textOf } from '../facts.ts';
import { ADDRESS_TYPES } from '../model.ts';
import { contentRule, provCont, type Tell } from '../rule.ts';
import {
  hasHost,
  hasLeadingZero,
  isAbsoluteUri,
  isApn,
  isE164,
  isHexNumber,
  isHostName,
  isIpv4,
  isIpv6,
  isNumber,
} from '../values.ts';
import { once } from './shared.ts';

/** An address and the parm that says what kind it is. */
interface Addressed {
  readonly place: Place;
  readonly address: Parm;
  readonly type: Parm | undefined;
  /** What receivers assume without a type (ProvCont 4.5). */
  readonly assumed: string;
}

const PAIRS: readonly (readonly [type: string, address: string, kind: string, assumed: string])[] = [
  ['NAPDEF', 'NAP-ADDRESS', 'NAP-ADDRTYPE', 'E164'],
  ['NAPDEF', 'LOCAL-ADDR', 'LOCAL-ADDRTYPE', 'IPV6'],
  ['PXPHYSICAL', 'PXADDR', 'PXADDRTYPE', 'IPV4'],
];

const addressed = once((f): readonly Addressed[] =>
  PAIRS.flatMap(([type, name, kind, assumed]) =>
    f.of(type).flatMap((place) => {
      const address = parmOf(place, name);
      return address === undefined ? [] : [{ place, address, type: parmOf(place, kind), assumed }];
    }),
  ),
);

const KINDS: ReadonlySet<string> = new Set(ADDRESS_TYPES);

const isSwapped = (a: Addressed): boolean =>
  a.type !== undefined && KINDS.has(a.address.value ?? '') && !KINDS.has(a.type.value ?? '');

const SYNTAX: ReadonlyMap<string, readonly [fits: (v: string) => boolean, what: string]> = new Map([
  ['IPV4', [isIpv4, 'an IPv4 address']],
  ['IPV6', [isIpv6, 'an IPv6 address']],
  ['E164', [isE164, 'a telephone number']],
]);

const isGprs = (p: Place): boolean => parmsOf(p, 'BEARER').some((q) => q.value === 'GSM-GPRS' || q.value === '3G-GSM');

type Typed = readonly [place: Place, parm: Parm, name: string, most: number];

const ofType = (type: 'number' | 'hex') =>
  once((f): readonly Typed[] =>
    f.given.flatMap(({ place, parm, name, model }): Typed[] =>
      name === undefined || model?.type !== type ? [] : [[place, parm, name, model.most ?? 0xffffffff]],
    ),
  );

const numbers = ofType('number');
const hexNumbers = ofType('hex');

function urls(f: Facts): [Place, Parm, string][] {
  const out: [Place, Parm, string][] = [];
  const add = (p: Place, name: string) => {
    for (const q of parmsOf(p, name)) if (q.value !== null && q.value !== '') out.push([p, q, name]);
  };
  for (const p of f.of('RESOURCE')) if (p.parent !== null && textOf(p.parent, 'APPID') === 'w2') add(p, 'URI');
  for (const p of f.of('PXLOGICAL')) add(p, 'STARTPAGE');
  for (const p of f.of('BOOTSTRAP')) add(p, 'PROVURL');
  for (const p of f.of('APPLICATION')) {
    const id = textOf(p, 'APPID');
    if (id === 'w4' || id === 'ap0005') add(p, 'ADDR');
  }
  return out;
}

const ipv4s = once((f): [Place, Parm, string][] => {
  const out: [Place, Parm, string][] = [];
  for (const p of f.of('NAPDEF')) {
    for (const q of parmsOf(p, 'DNS-ADDR')) out.push([p, q, 'DNS-ADDR']);
    for (const q of parmsOf(p, 'LOCAL-ADDR')) out.push([p, q, 'LOCAL-ADDR']);
  }
  for (const p of f.of('PXPHYSICAL')) for (const q of parmsOf(p, 'PXADDR')) out.push([p, q, 'PXADDR']);
  return out.filter(([, q]) => q.value !== null && isIpv4(q.value));
});

/** A range of numbers is told where it is broken. */
function tellNumber(tell: Tell, q: Parm, path: string, most: number): void {
  const value = q.value ?? '';
  if (!isNumber(value)) tell(at(q), `${path} is "${value}", which is not a number`);
  else if (Number(value) > most) tell(at(q), `${path} is ${value}, and the largest is ${most}`);
}

export const VALUES = [
  contentRule(
    {
      code: 'CP-ADDRESS-SWAPPED',
      severity: 'error',
      title: 'Address and address type have changed places',
      clause: 'OMA-WAP-TS-ProvCont-V1_1, NAP-ADDRESS',
      receivers: 'The settings install and the connection never works.',
      fix: 'Put the address into the address parm and the word for its kind into the type parm.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const a of addressed(f)) {
        if (!isSwapped(a) || a.type === undefined) continue;
        tell(
          at(a.address),
          `${a.place.path}/${a.address.name} is "${a.address.value}" and ${a.type.name} is "${a.type.value}": they have changed places`,
        );
      }
    },
  ),
  contentRule(
    {
      code: 'CP-ADDRESS-SYNTAX',
      severity: 'warning',
      title: 'An address is not what its type says',
      clause: 'OMA-WAP-TS-ProvCont-V1_1, NAP-ADDRESS',
      receivers: 'The settings install and the connection fails.',
      fix: 'Correct the address, or name its kind in the type parm.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const a of addressed(f)) {
        // Without a type, E164 is the standard's default but an APN is what is nearly always meant: see NO-ADDRTYPE.
        if (isSwapped(a) || (a.type === undefined && a.assumed === 'E164')) continue;
        const value = a.address.value ?? '';
        const kind = a.type?.value ?? a.assumed;
        const [fits, what] = SYNTAX.get(kind) ?? [];
        if (value === '' || fits === undefined || fits(value)) continue;
        // The default of LOCAL-ADDRTYPE comes from one client only.
        if (a.type === undefined && isIpv4(value)) continue;
        const by =
          a.type === undefined ? `, the type assumed without ${a.assumed === 'IPV4' ? 'PXADDRTYPE' : 'a type'}` : '';
        tell(at(a.address), `${a.place.path}/${a.address.name} "${value}" is not ${what}${by}`);
      }
      for (const p of f.of('NAPDEF')) {
        for (const q of parmsOf(p, 'DNS-ADDR')) {
          if (q.value === null || q.value === '' || isIpv4(q.value) || isIpv6(q.value)) continue;
          tell(at(q), `${p.path}/DNS-ADDR "${q.value}" is neither an IPv4 nor an IPv6 address`);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-IPV4-LEADING-ZERO',
      severity: 'warning',
      title: 'An IPv4 address has a number with a leading zero',
      clause: 'RFC 3986 7.4',
      receivers: 'Some phones read such a number as octal, and connect elsewhere.',
      fix: 'Write the numbers without leading zeros.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const [p, q, name] of ipv4s(f)) {
        if (hasLeadingZero(q.value ?? '')) tell(at(q), `${p.path}/${name} is ${q.value}`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-PLACEHOLDER-ADDRESS',
      severity: 'warning',
      title: 'A proxy has an address or port that nothing can be reached at',
      clause: provCont('PXPHYSICAL'),
      receivers: 'Some phones take it for "no proxy", others try to connect and fail.',
      fix: 'Leave the PXLOGICAL out where there is no proxy.',
      basis: 'practice',
    },
    (f, tell) => {
      for (const p of f.of('PXPHYSICAL')) {
        const q = parmOf(p, 'PXADDR');
        if (q !== undefined && /^(0\.0\.0\.0|::|0)$/.test(q.value ?? '')) tell(at(q), `${p.path}/PXADDR is ${q.value}`);
      }
      for (const p of f.of('PORT')) {
        const q = parmOf(p, 'PORTNBR');
        if (q !== undefined && /^0+$/.test(q.value ?? '')) tell(at(q), `${p.path}/PORTNBR is 0`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-APN-SYNTAX',
      severity: 'warning',
      title: 'An access point name has characters or a form that networks refuse',
      clause: '3GPP TS 23.003 9.1',
      receivers: 'The network answers "missing or unknown APN".',
      fix: 'Use letters, digits and hyphens, in labels divided by dots.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.of('NAPDEF')) {
        const q = parmOf(p, 'NAP-ADDRESS');
        if (q === undefined || textOf(p, 'NAP-ADDRTYPE') !== 'APN' || q.value === '' || isApn(q.value ?? '')) continue;
        tell(at(q), `${p.path}/NAP-ADDRESS "${q.value}" is not an access point name`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-NO-ADDRTYPE',
      severity: 'warning',
      title: 'A GPRS access point does not say that its address is an APN',
      clause: provCont('NAPDEF'),
      receivers:
        'Without NAP-ADDRTYPE the address counts as a telephone number, and strict clients drop the access point.',
      fix: 'Add NAP-ADDRTYPE with the value APN.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.of('NAPDEF')) {
        const q = parmOf(p, 'NAP-ADDRESS');
        if (q === undefined || !isGprs(p) || parmOf(p, 'NAP-ADDRTYPE') !== undefined) continue;
        tell(at(q), `${p.path} has NAP-ADDRESS "${q.value}" and no NAP-ADDRTYPE`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-GPRS-NOT-APN',
      severity: 'error',
      title: 'A GPRS access point has an address that is no APN',
      clause: provCont('NAPDEF'),
      receivers: 'Phones can not open the connection.',
      fix: 'For GSM-GPRS, NAP-ADDRTYPE is APN.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.of('NAPDEF')) {
        const q = parmOf(p, 'NAP-ADDRTYPE');
        const bearers = parmsOf(p, 'BEARER').length;
        const value = q?.value ?? '';
        // Several bearers may share one definition; an unknown word is reported as such.
        if (q === undefined || !isGprs(p) || bearers > 1 || value === 'APN' || !KINDS.has(value)) continue;
        tell(at(q), `${p.path} has the bearer GSM-GPRS and NAP-ADDRTYPE ${value}`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-LISTED-VALUE',
      severity: 'warning',
      title: 'A value is none of those that the standard lists',
      clause: 'OMA-WAP-TS-ProvCont-V1_1',
      receivers: 'Clients ignore the parm, some the whole characteristic.',
      fix: 'Use one of the listed values, in capitals.',
      basis: 'confirmed',
    },
    (f, tell) => {
      const swapped = new Set(
        addressed(f)
          .filter(isSwapped)
          .map((a) => a.type),
      );
      for (const p of f.places) {
        if (p.ignored || p.model === null) continue;
        for (const { parm, name, model } of p.parms) {
          const { value } = parm;
          if (swapped.has(parm)) continue;
          if (model?.values === undefined || value === null || value === '' || model.values.includes(value)) continue;
          if (model.values.includes(value.toUpperCase())) continue;
          const listed = model.values.length > 8 ? '' : `; it can be ${model.values.join(', ')}`;
          tell(at(parm), `${p.path}/${name} is "${value}"${listed}`);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-PORT-NUMBER',
      severity: 'error',
      title: 'A port is not a number from 0 to 65535',
      clause: provCont('PORT'),
      receivers: 'Clients drop the port, and with it the way to the proxy or server.',
      fix: 'Write the port in decimal digits, and its service into SERVICE.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const [p, q, name, most] of numbers(f)) {
        if (name === 'PORTNBR') tellNumber(tell, q, `${p.path}/PORTNBR`, most);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-NUMBER',
      severity: 'warning',
      title: 'A parm that takes a number has something else',
      clause: 'OMA-WAP-TS-ProvCont-V1_1',
      receivers: 'Clients ignore the parm.',
      fix: 'Write the number in decimal digits.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const [p, q, name, most] of numbers(f)) {
        if (name !== 'PORTNBR') tellNumber(tell, q, `${p.path}/${name}`, most);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-HEX-NUMBER',
      severity: 'warning',
      title: 'A quality-of-service parm is not written in hex digits',
      clause: provCont('NAPDEF'),
      receivers: 'Clients ignore the parm.',
      fix: 'These parms hold the field of 3GPP TS 24.008 10.5.6.5 in hex digits, without a prefix.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const [p, q, name] of hexNumbers(f)) {
        if (!isHexNumber(q.value ?? '')) tell(at(q), `${p.path}/${name} is "${q.value}"`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-URL',
      severity: 'warning',
      title: 'A value that should be a URL is none a phone can open',
      clause: 'RFC 3986 3',
      receivers: 'The bookmark, home page or message centre does not work.',
      fix: 'Write the whole URL with its scheme.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const [p, q, name] of urls(f)) {
        const value = q.value ?? '';
        if (isAbsoluteUri(value) && hasHost(value)) continue;
        const host = isHostName(value.split(/[/:?#]/)[0] ?? '') ? '; the scheme is missing' : '';
        tell(at(q), `${p.path}/${name} "${value}" is not a URL${host}`);
      }
    },
  ),
];
