// ACCESS: rules that choose a connection for what an application wants to reach.

import { at, type Place, parmOf, parmsOf } from '../facts.ts';
import { PROFILES, titled } from '../profiles.ts';
import { contentRule, provCont } from '../rule.ts';
import { appId, covers, isLinked } from './shared.ts';

const ACCESS_CLAUSE = provCont('ACCESS');

/** Nothing says what it is for: it matches every request. */
const isCatchAll = (p: Place): boolean => ['APPID', 'PORTNBR', 'DOMAIN'].every((n) => parmsOf(p, n).length === 0);

export const ACCESS = [
  contentRule(
    {
      code: 'CP-ACCESS-ORDER',
      severity: 'error',
      title: 'The parms of an ACCESS rule are out of order, or none of them is a link',
      clause: provCont('ACCESS'),
      receivers: 'Clients drop the whole ACCESS.',
      fix: 'First RULE, then what it matches, and TO-NAPID or TO-PROXY last.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.of('ACCESS')) {
        const names = p.characteristic.parms.map((q) => q.name.toUpperCase());
        const firstLink = names.findIndex((n) => n === 'TO-NAPID' || n === 'TO-PROXY');
        const after = firstLink < 0 ? -1 : names.findIndex((n, i) => i > firstLink && !n.startsWith('TO-'));
        const q = p.characteristic.parms[after];
        // An ACCESS without RULE lacks a parm; that is said as such.
        if (names.length === 0) continue;
        if (names.includes('RULE') && names[0] !== 'RULE') tell(p.characteristic, 'ACCESS does not begin with RULE');
        else if (q !== undefined) tell(q, `${q.name} stands after the links of the ACCESS`);
        else if (firstLink < 0) tell(p.characteristic, 'ACCESS has neither TO-NAPID nor TO-PROXY');
      }
    },
  ),
  contentRule(
    {
      code: 'CP-DUPLICATE-RULE',
      severity: 'warning',
      title: 'Two ACCESS rules have the same name',
      clause: provCont('ACCESS'),
      receivers: 'The later one is removed.',
      fix: 'Give each RULE a name of its own.',
      basis: 'confirmed',
    },
    (f, tell) => {
      const seen = new Set<string>();
      for (const p of f.of('ACCESS')) {
        for (const q of parmsOf(p, 'RULE')) {
          if (q.value === null || q.value === '') continue;
          if (seen.has(q.value)) tell(at(q), `There is an earlier RULE "${q.value}"`);
          seen.add(q.value);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-ACCESS-UNREACHABLE',
      severity: 'warning',
      title: 'An ACCESS comes behind one that matches everything',
      clause: ACCESS_CLAUSE,
      receivers: 'Rules are tried in the order of the document, so the later one is never reached.',
      fix: 'Put the rule that matches everything last.',
      basis: 'remembered',
    },
    (f, tell) => {
      let all = false;
      for (const p of f.of('ACCESS')) {
        if (all) tell(p.characteristic, 'An earlier ACCESS matches every request');
        all ||= isCatchAll(p);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-ACCESS-APPLICATION',
      severity: 'note',
      title: 'An ACCESS is for an application that is neither in the document nor in the registry',
      clause: ACCESS_CLAUSE,
      receivers: 'The rule never matches.',
      fix: 'Use the APPID of the application, in its exact case.',
      basis: 'practice',
    },
    (f, tell) => {
      const here = new Set(f.of('APPLICATION').map(appId));
      for (const p of f.of('ACCESS')) {
        for (const q of parmsOf(p, 'APPID')) {
          if (q.value === null || q.value === '' || here.has(q.value) || PROFILES.has(q.value)) continue;
          tell(at(q), `No APPLICATION has the APPID "${q.value}"`);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-ACCESS-OVERRIDDEN',
      severity: 'note',
      title: 'An application has links of its own and an ACCESS besides',
      clause: ACCESS_CLAUSE,
      receivers: 'The links of the application should win; clients that look at ACCESS first go another way.',
      fix: 'Say it in one of the two places.',
      basis: 'remembered',
    },
    (f, tell) => {
      const named = f.of('ACCESS').filter((a) => parmsOf(a, 'APPID').length > 0);
      for (const p of f.of('APPLICATION')) {
        const id = appId(p);
        const rule = isLinked(p) ? named.find((a) => covers(a, id)) : undefined;
        if (rule === undefined) continue;
        const q = parmsOf(rule, 'APPID').find((x) => x.value === id) ?? parmOf(rule, 'APPID');
        tell(q === undefined ? rule.characteristic : at(q), `The application ${titled(id)} has links of its own`);
      }
    },
  ),
];
