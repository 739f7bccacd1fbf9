// Whether what a document defines is used, and whether its connections can work together.

import { at, childrenOf, type Facts, has, type Place, parmOf, parmsOf, textOf } from '../facts.ts';
import { titled } from '../profiles.ts';
import { contentRule, provCont, type Tell } from '../rule.ts';
import { appId, INTERNET, quoted, REFERRERS, referred, unlinked, valuesOf } from './shared.ts';

const isUsedByAll = (f: Facts): boolean => unlinked(f).length > 0;

/** Do all of these references lead somewhere? */
const isWhole = (f: Facts, used: ReadonlySet<string>, type: string, id: string): boolean => {
  const there = new Set(f.of(type).map((p) => textOf(p, id)));
  return [...used].every((v) => v === INTERNET || there.has(v));
};

/** Access points over which a proxy is reached. */
const napsOf = (proxy: Place): string[] => childrenOf(proxy, 'PXPHYSICAL').flatMap((p) => valuesOf(p, 'TO-NAPID'));

function chain(f: Facts, tell: Tell): void {
  const byRef = new Map<string, Place>();
  for (const p of f.of('APPLICATION')) {
    const ref = textOf(p, 'APPREF');
    if (ref !== undefined && !byRef.has(ref)) byRef.set(ref, p);
  }
  const state = new Map<Place, 'open' | 'done'>();
  for (const start of byRef.values()) {
    // Each application is entered once: the walk is as long as the document.
    const path: Place[] = [];
    const stack: [Place, number][] = [[start, 0]];
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!;
      const [p, i] = top;
      if (i === 0) {
        if (state.has(p)) {
          stack.pop();
          continue;
        }
        state.set(p, 'open');
        path.push(p);
      }
      const q = parmsOf(p, 'TO-APPREF')[i];
      top[1] += 1;
      if (q === undefined) {
        state.set(p, 'done');
        path.pop();
        stack.pop();
        continue;
      }
      const next = q.value === null ? undefined : byRef.get(q.value);
      if (next === undefined) continue;
      if (state.get(next) === 'open') tell(at(q), `${titled(appId(p))} refers back to ${titled(appId(next))}`);
      else if (!state.has(next)) stack.push([next, 0]);
    }
  }
}

export const LINKS = [
  contentRule(
    {
      code: 'CP-UNUSED-ACCESS-POINT',
      severity: 'note',
      title: 'Nothing in the document goes over one of its access points',
      clause: provCont('NAPDEF'),
      receivers: 'It is installed for the user to choose by hand, or left out.',
      fix: 'Refer to it with TO-NAPID, give it the flag INTERNET, or leave it out.',
      basis: 'practice',
    },
    (f, tell) => {
      const naps = f.of('NAPDEF');
      if (naps.length === 0 || f.of('APPLICATION').length + f.of('PXLOGICAL').length === 0 || isUsedByAll(f)) return;
      const used = referred(f, 'TO-NAPID');
      // A reference that leads nowhere was meant for one of them, and is told.
      if (used.size === 0 || !isWhole(f, used, 'NAPDEF', 'NAPID')) return;
      for (const p of naps) {
        const id = textOf(p, 'NAPID');
        if (id === undefined || id === INTERNET || used.has(id) || has(p, 'INTERNET')) continue;
        tell(p.characteristic, `No TO-NAPID names "${id}"`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-UNUSED-PROXY',
      severity: 'note',
      title: 'No application of the document goes through one of its proxies',
      clause: provCont('PXLOGICAL'),
      receivers: 'The proxy is installed and not used, and applications go without it.',
      fix: 'Refer to it with TO-PROXY, or leave it out.',
      basis: 'practice',
    },
    (f, tell) => {
      const proxies = f.of('PXLOGICAL');
      if (proxies.length === 0 || f.of('APPLICATION').length === 0 || isUsedByAll(f)) return;
      const used = referred(f, 'TO-PROXY');
      if (!isWhole(f, used, 'PXLOGICAL', 'PROXY-ID')) return;
      for (const p of f.of('BOOTSTRAP')) for (const id of valuesOf(p, 'PROXY-ID')) used.add(id);
      for (const p of proxies) {
        const id = textOf(p, 'PROXY-ID');
        if (id === undefined || used.has(id) || has(p, 'TRUST') || has(p, 'MASTER')) continue;
        tell(p.characteristic, `No TO-PROXY names "${id}"`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-INTERNET-ELSEWHERE',
      severity: 'note',
      title:
        'Something goes over the access point of the phone that has the flag INTERNET, and the document brings none',
      clause: 'OMA-WAP-TS-ProvCont-V1_1, TO-NAPID',
      receivers: 'It works where the phone has such an access point already, and nowhere else.',
      fix: 'Give one NAPDEF of the document the flag INTERNET, or name it by its NAPID.',
      basis: 'remembered',
    },
    (f, tell) => {
      if (f.of('NAPDEF').some((p) => has(p, 'INTERNET') || textOf(p, 'NAPID') === INTERNET)) return;
      for (const type of REFERRERS) {
        for (const p of f.of(type)) {
          const q = parmsOf(p, 'TO-NAPID').find((x) => x.value === INTERNET);
          if (q !== undefined) tell(at(q), `${p.path} goes over INTERNET, and no NAPDEF here has that flag`);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-LINKS-DISAGREE',
      severity: 'warning',
      title: 'An application names a proxy and an access point that do not belong together',
      clause: provCont('APPLICATION'),
      receivers: 'Clients go directly over the access point, or over another one to the proxy: they differ.',
      fix: 'Name the access point in the TO-NAPID of the proxy, or leave TO-NAPID out of the application.',
      basis: 'remembered',
    },
    (f, tell) => {
      const proxies = new Map(f.of('PXLOGICAL').map((p) => [textOf(p, 'PROXY-ID') ?? '', p]));
      if (proxies.size === 0) return;
      for (const p of f.of('APPLICATION')) {
        const own = valuesOf(p, 'TO-NAPID');
        const through = valuesOf(p, 'TO-PROXY').flatMap((id) => proxies.get(id) ?? []);
        if (own.length === 0 || through.length === 0) continue;
        const reach = new Set(through.flatMap(napsOf));
        if (reach.size === 0 || reach.has(INTERNET) || own.some((id) => id === INTERNET || reach.has(id))) continue;
        const q = parmOf(p, 'TO-NAPID');
        if (q !== undefined) {
          tell(
            at(q),
            `${titled(appId(p))} goes over "${q.value}", its proxy over ${quoted([...reach].map((r) => `"${r}"`))}`,
          );
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-SEVERAL-PXPHYSICAL',
      severity: 'note',
      title: 'A proxy has more than one physical proxy',
      clause: provCont('PXPHYSICAL'),
      receivers: 'At least one client uses the first one only; others try them in their order.',
      fix: 'Put the one that serves most phones first.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.of('PXLOGICAL')) {
        const second = childrenOf(p, 'PXPHYSICAL')[1];
        if (second !== undefined) tell(second.characteristic, `There is an earlier PXPHYSICAL in the same PXLOGICAL`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-PORTS-TWICE',
      severity: 'note',
      title: 'Both the proxy and its physical proxy have ports',
      clause: provCont('PORT'),
      receivers:
        'Those of PXPHYSICAL should take the place of those of PXLOGICAL; clients that add them up use the wrong one.',
      fix: 'Give ports in one of the two.',
      basis: 'remembered',
    },
    (f, tell) => {
      for (const p of f.of('PXPHYSICAL')) {
        const own = childrenOf(p, 'PORT')[0];
        if (own !== undefined && p.parent !== null && childrenOf(p.parent, 'PORT').length > 0) {
          tell(own.characteristic, `${p.path} has ports, and so has ${p.parent.path}`);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-PROXY-WITHOUT-PORT',
      severity: 'note',
      title: 'A proxy does not say at which port it listens',
      clause: provCont('PORT'),
      receivers: 'Phones take a port of their own, 9201 or 8080 as a rule.',
      fix: 'Add a PORT with PORTNBR and SERVICE.',
      basis: 'practice',
    },
    (f, tell) => {
      for (const p of f.of('PXLOGICAL')) {
        if (childrenOf(p, 'PORT').length > 0) continue;
        for (const q of childrenOf(p, 'PXPHYSICAL')) {
          if (childrenOf(q, 'PORT').length === 0) tell(q.characteristic, `${q.path} has no PORT`);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-SEVERAL-INTERNET',
      severity: 'note',
      title: 'Several access points of the document have the flag INTERNET',
      clause: provCont('NAPDEF'),
      receivers: 'Which of them serves references to INTERNET is up to the phone.',
      fix: 'Give the flag to the one that is meant for everything else.',
      basis: 'remembered',
    },
    (f, tell) => {
      const flagged = f.of('NAPDEF').filter((p) => has(p, 'INTERNET'));
      for (const p of flagged.slice(1)) {
        const q = parmsOf(p, 'INTERNET')[0];
        tell(q ?? p.characteristic, `An earlier NAPDEF has the flag INTERNET`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-DANGLING-TO-APPREF',
      severity: 'warning',
      title: 'TO-APPREF refers to an application that the document does not define',
      clause: provCont('APPLICATION'),
      receivers: 'The link is lost.',
      fix: 'Use the APPREF of an APPLICATION in the same document.',
      basis: 'remembered',
    },
    (f, tell) => {
      const refs = new Set(f.of('APPLICATION').flatMap((p) => valuesOf(p, 'APPREF')));
      for (const p of f.of('APPLICATION')) {
        for (const q of parmsOf(p, 'TO-APPREF')) {
          if (q.value === null || q.value === '' || refs.has(q.value)) continue;
          tell(at(q), `${p.path}/TO-APPREF refers to "${q.value}", which is nowhere defined`);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-APPREF-CYCLE',
      severity: 'warning',
      title: 'Applications refer to each other in a circle',
      clause: provCont('APPLICATION'),
      receivers: 'Clients that follow the references do not come to an end, or give up.',
      fix: 'Let the references go in one direction, from the user of a service to its provider.',
      basis: 'remembered',
    },
    chain,
  ),
];
