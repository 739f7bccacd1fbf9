// What stands twice although its key may be there once.

import type { Parm } from '../../../dissectors/content/document.ts';
import { at, childrenOf, type Facts, type Place, parmOf, parmsOf, textOf } from '../facts.ts';
import { titled } from '../profiles.ts';
import { contentRule, provCont, type Tell } from '../rule.ts';
import { appId, valuesOf } from './shared.ts';

/** Tells every child of one type whose key an earlier one of the same parent has. */
function twins(
  f: Facts,
  tell: Tell,
  parents: readonly string[],
  child: string,
  keyOf: (p: Place) => string | undefined,
  say: (parent: Place, key: string) => string,
  pointTo: string,
): void {
  for (const type of parents) {
    for (const parent of f.of(type)) {
      const inside = childrenOf(parent, child);
      if (inside.length < 2) continue;
      const seen = new Set<string>();
      for (const p of inside) {
        const key = keyOf(p);
        if (key === undefined) continue;
        const q: Parm | undefined = parmOf(p, pointTo);
        if (seen.has(key)) tell(q === undefined ? p.characteristic : at(q), say(parent, key));
        seen.add(key);
      }
    }
  }
}

export const DUPLICATES = [
  contentRule(
    {
      code: 'CP-DUPLICATE-PHYSICAL-PROXY',
      severity: 'warning',
      title: 'Two physical proxies of one proxy have the same id',
      clause: provCont('PXPHYSICAL'),
      receivers: 'Clients merge the later one into the first: its address is lost.',
      fix: 'Give each PXPHYSICAL its own PHYSICAL-PROXY-ID.',
      basis: 'confirmed',
    },
    (f, tell) =>
      twins(
        f,
        tell,
        ['PXLOGICAL'],
        'PXPHYSICAL',
        (p) => textOf(p, 'PHYSICAL-PROXY-ID'),
        (_, id) => `An earlier PXPHYSICAL has the PHYSICAL-PROXY-ID "${id}"`,
        'PHYSICAL-PROXY-ID',
      ),
  ),
  contentRule(
    {
      code: 'CP-DUPLICATE-PORT',
      severity: 'warning',
      title: 'A port is given twice',
      clause: provCont('PORT'),
      receivers: 'The first PORT of a number counts; services that only the later one names are lost.',
      fix: 'Give each PORTNBR once, with all its SERVICE parms.',
      basis: 'confirmed',
    },
    (f, tell) =>
      twins(
        f,
        tell,
        ['PXLOGICAL', 'PXPHYSICAL', 'APPADDR'],
        'PORT',
        (p) => textOf(p, 'PORTNBR'),
        (parent, port) => `${parent.path} has an earlier PORT ${port}`,
        'PORTNBR',
      ),
  ),
  contentRule(
    {
      code: 'CP-DUPLICATE-AUTH',
      severity: 'warning',
      title: 'Credentials of one kind are given twice',
      clause: provCont('NAPAUTHINFO'),
      receivers: 'The first of each AUTHTYPE or PXAUTH-TYPE counts, the later one is dropped.',
      fix: 'Keep one for each kind of authentication.',
      basis: 'confirmed',
    },
    (f, tell) => {
      const say = (parent: Place, type: string) => `${parent.path} has earlier credentials for ${type}`;
      // Credentials for the home agent and for the AAA server are two.
      const way = (p: Place) => [textOf(p, 'AUTHTYPE') ?? '', ...valuesOf(p, 'AUTH-ENTITY')].join(' for ');
      twins(f, tell, ['NAPDEF'], 'NAPAUTHINFO', way, say, 'AUTHTYPE');
      twins(f, tell, ['PXLOGICAL'], 'PXAUTHINFO', (p) => textOf(p, 'PXAUTH-TYPE'), say, 'PXAUTH-TYPE');
    },
  ),
  contentRule(
    {
      code: 'CP-DUPLICATE-APPAUTH',
      severity: 'warning',
      title: 'An application has two sets of credentials for the same level',
      clause: provCont('APPAUTH'),
      receivers: 'They are told apart by AAUTHLEVEL; the first one counts.',
      fix: 'Give each APPAUTH its own AAUTHLEVEL.',
      basis: 'confirmed',
    },
    (f, tell) =>
      twins(
        f,
        tell,
        ['APPLICATION'],
        'APPAUTH',
        (p) => textOf(p, 'AAUTHLEVEL') ?? '',
        (parent, level) =>
          `${titled(appId(parent))} has an earlier APPAUTH ${level === '' ? 'without AAUTHLEVEL' : `of level ${level}`}`,
        'AAUTHLEVEL',
      ),
  ),
  contentRule(
    {
      code: 'CP-DUPLICATE-VALIDITY',
      severity: 'warning',
      title: 'Two validities of an access point name the same country',
      clause: provCont('VALIDITY'),
      receivers: 'One is kept for each COUNTRY: the networks of the later one are lost.',
      fix: 'Put what belongs to one country into one VALIDITY, or send an access point for each network.',
      basis: 'confirmed',
    },
    (f, tell) =>
      twins(
        f,
        tell,
        ['NAPDEF'],
        'VALIDITY',
        (p) => textOf(p, 'COUNTRY'),
        (_, country) => `An earlier VALIDITY has COUNTRY ${country}`,
        'COUNTRY',
      ),
  ),
  contentRule(
    {
      code: 'CP-DUPLICATE-RESOURCE',
      severity: 'note',
      title: 'Two resources of an application have the same address',
      clause: provCont('RESOURCE'),
      receivers: 'Users see the bookmark twice; a database is synchronised twice.',
      fix: 'Keep one, with all types it accepts in AACCEPT.',
      basis: 'practice',
    },
    (f, tell) =>
      twins(
        f,
        tell,
        ['APPLICATION'],
        'RESOURCE',
        (p) => textOf(p, 'URI'),
        (_, uri) => `An earlier RESOURCE has the URI "${uri}"`,
        'URI',
      ),
  ),
  contentRule(
    {
      code: 'CP-DUPLICATE-VENDOR',
      severity: 'warning',
      title: 'Two vendor configurations have the same name',
      clause: provCont('VENDORCONFIG'),
      receivers: 'NAME is the key of a VENDORCONFIG: the later one is dropped.',
      fix: 'Put everything for one vendor into one VENDORCONFIG.',
      basis: 'confirmed',
    },
    (f, tell) => {
      const seen = new Set<string>();
      for (const p of f.of('VENDORCONFIG')) {
        const q = parmOf(p, 'NAME');
        if (q === undefined || q.value === null) continue;
        if (seen.has(q.value)) tell(at(q), `An earlier VENDORCONFIG is called "${q.value}"`);
        seen.add(q.value);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-REPEATED-LINK',
      severity: 'note',
      title: 'The same connection is named twice',
      clause: 'OMA-WAP-TS-ProvCont-V1_1, TO-NAPID and TO-PROXY',
      receivers: 'The order of the links is their order of preference; a repetition adds nothing.',
      fix: 'Name each connection once; a second choice needs another access point or proxy.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const type of ['PXPHYSICAL', 'APPLICATION', 'ACCESS']) {
        for (const p of f.of(type)) {
          for (const name of ['TO-NAPID', 'TO-PROXY']) {
            const links = parmsOf(p, name);
            if (links.length < 2) continue;
            const seen = new Set<string>();
            for (const q of links) {
              if (q.value !== null && q.value !== '' && seen.has(q.value))
                tell(at(q), `${p.path} has ${name} "${q.value}" again`);
              if (q.value !== null) seen.add(q.value);
            }
          }
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-SAME-ACCESS-POINT',
      severity: 'note',
      title: 'Two access points differ in their ids only',
      clause: provCont('NAPDEF'),
      receivers: 'Users see the same connection twice.',
      fix: 'Define it once and refer to it from everything that uses it.',
      basis: 'practice',
    },
    (f, tell) => {
      if (f.of('NAPDEF').length < 2) return;
      const seen = new Map<string, string>();
      for (const p of f.of('NAPDEF')) {
        const id = textOf(p, 'NAPID');
        const address = textOf(p, 'NAP-ADDRESS');
        if (id === undefined || address === undefined) continue;
        const auth = childrenOf(p, 'NAPAUTHINFO').flatMap((a) => a.parms.map((k) => `${k.name}=${k.parm.value}`));
        const key = [address, ...valuesOf(p, 'BEARER'), textOf(p, 'NAME'), p.byName.has('INTERNET'), ...auth].join(
          '\n',
        );
        const other = seen.get(key);
        if (other !== undefined && other !== id) tell(p.characteristic, `NAPDEF "${id}" is the same as "${other}"`);
        seen.set(key, id);
      }
    },
  ),
];
