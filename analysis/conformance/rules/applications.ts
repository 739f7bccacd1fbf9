// What every application needs, by its profile.

import { at, childrenOf, parmOf } from '../facts.ts';
import { needing, OWNERS, PROFILES, titled } from '../profiles.ts';
import { contentRule, provCont } from '../rule.ts';
import { appId, byId, profileOf, quoted, unlinked } from './shared.ts';

const APPLICATION = provCont('APPLICATION');
const NEED_ADDRESS = needing('ADDR');

const IDS = new Map([...PROFILES.keys()].map((id) => [id.toUpperCase(), id]));

/** What people write instead of an id. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['MMS', 'w4'],
  ['BROWSER', 'w2'],
  ['WAP', 'w2'],
  ['SYNCML', 'w5'],
  ['DS', 'w5'],
  ['DM', 'w7'],
  ['IMPS', 'wA'],
  ['SMTP', '25'],
  ['POP3', '110'],
  ['IMAP4', '143'],
  ['IMAP', '143'],
  ['RTSP', '554'],
  ['SUPL', 'ap0004'],
]);

/** The id of the registry that this one was meant to be. */
function idMeant(id: string): string | undefined {
  const plain = id.trim().toUpperCase();
  // 'W04', 'ap4': numbers with other zeros before them.
  const [, letters, digits] = /^(W|AP)0*([0-9A-F]+)$/.exec(plain) ?? [];
  const number = letters === 'AP' ? (digits ?? '').padStart(4, '0') : digits;
  return IDS.get(plain) ?? IDS.get(`${letters}${number}`) ?? WORDS.get(plain);
}

export const APPLICATION_RULES = [
  contentRule(
    {
      code: 'CP-APPLICATION-WITHOUT-ADDRESS',
      severity: 'error',
      title: 'An application has no server address',
      clause: APPLICATION,
      receivers: 'Clients drop the application.',
      fix: 'Add ADDR, or an APPADDR with ADDR.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of byId(f, NEED_ADDRESS)) {
        if (parmOf(p, 'ADDR') !== undefined || childrenOf(p, 'APPADDR').length > 0) continue;
        tell(p.characteristic, `The application ${titled(appId(p))} has neither ADDR nor APPADDR`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-APPLICATION-UNLINKED',
      severity: 'warning',
      title: 'An application does not say over which connection it goes',
      clause: APPLICATION,
      receivers: 'Clients link it to every proxy and access point of the document.',
      fix: 'Add TO-NAPID or TO-PROXY, or an ACCESS that covers it.',
      basis: 'confirmed',
    },
    (f, tell) => {
      const connections = f.of('NAPDEF').length + f.of('PXLOGICAL').length;
      if (connections < 2) return;
      for (const p of unlinked(f)) {
        tell(p.characteristic, `The application ${titled(appId(p))} has neither TO-NAPID nor TO-PROXY`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-APPID-FORM',
      severity: 'warning',
      title: 'An application id is not written as in the registry',
      clause: 'OMNA registry of application characteristics',
      receivers: 'Clients that compare exactly drop the application.',
      fix: 'Write the id exactly: a small w with its hexadecimal digits, ap with four, or a port in decimal digits.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.of('APPLICATION')) {
        const q = parmOf(p, 'APPID');
        const id = appId(p);
        const meant = id === '' || PROFILES.has(id) ? undefined : idMeant(id);
        if (q !== undefined && meant !== undefined)
          tell(at(q), `APPID "${id}" is probably meant to be ${titled(meant)}`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-UNKNOWN-APPLICATION',
      severity: 'note',
      title: 'An application id is none of the registry as it is known here',
      clause: 'OMNA registry of application characteristics',
      receivers: 'Phones without that application drop it.',
      fix: 'Check the APPID against the registry; leave the application out for phones without it.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.of('APPLICATION')) {
        const q = parmOf(p, 'APPID');
        const id = appId(p);
        if (q === undefined || id === '' || PROFILES.has(id) || idMeant(id) !== undefined) continue;
        tell(at(q), `The application "${id}" is not known`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-FOREIGN-PARM',
      severity: 'note',
      title: 'An application has a parm that belongs to another one',
      clause: APPLICATION,
      receivers: 'It is ignored there.',
      fix: 'Leave it out, or move it to the application it is for.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.of('APPLICATION')) {
        const profile = profileOf(p);
        if (profile === undefined || profile.basis !== 'confirmed' || appId(p).startsWith('w90')) continue;
        for (const { parm } of p.parms) {
          const owners = OWNERS.get(parm.name.toUpperCase());
          if (owners === undefined || owners.includes(appId(p))) continue;
          tell(parm, `${parm.name} is of ${owners.map(titled).join(' and ')}, the application is ${titled(appId(p))}`);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-FOREIGN-CHARACTERISTIC',
      severity: 'note',
      title: 'An application has a characteristic that clients do not look for in it',
      clause: APPLICATION,
      receivers: 'It is ignored there.',
      fix: 'Leave it out, or move it to the application it is for.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.of('APPLICATION')) {
        const profile = profileOf(p);
        if (profile === undefined) continue;
        const odd = p.children.filter(
          (c) => !c.ignored && !(profile.characteristics as readonly string[]).includes(c.type),
        );
        // An MMS centre in APPADDR has a rule of its own.
        const rest = profile.address === 'url' && profile.key === null ? odd.filter((c) => c.type !== 'APPADDR') : odd;
        const [one] = rest;
        if (one !== undefined)
          tell(one.characteristic, `The application ${titled(appId(p))} has ${quoted(rest.map((c) => c.type))}`);
      }
    },
  ),
];
