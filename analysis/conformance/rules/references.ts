// Ids and what refers to them.

import type { Parm } from '../../../dissectors/content/document.ts';
import { at, type Facts, type Place, parmOf, parmsOf, textOf } from '../facts.ts';
import { contentRule, provCont, type Tell } from '../rule.ts';
import { INTERNET, profileOf, REFERRERS } from './shared.ts';

/** Longest id that the strictest known client keeps. */
const LONGEST_ID = 128;

const idsOf = (f: Facts, type: string, parm: string): Set<string> =>
  new Set(
    f
      .of(type)
      .map((p) => textOf(p, parm))
      .filter((v) => v !== undefined),
  );

/** What the writer may have meant. */
function hint(value: string, ids: ReadonlySet<string>, others: ReadonlySet<string>, other: string): string {
  const close = [...ids].find((id) => id.trim().toUpperCase() === value.trim().toUpperCase());
  if (close !== undefined) return `; "${close}" differs in case or spaces only`;
  if (others.has(value)) return `; it is the ${other} of another thing`;
  return ids.size === 0 ? '; the document defines none' : '';
}

function dangling(f: Facts, tell: Tell, name: string, ids: Set<string>, others: Set<string>, other: string): void {
  for (const type of REFERRERS) {
    for (const p of f.of(type)) {
      for (const q of parmsOf(p, name)) {
        if (q.value === null || q.value === '' || ids.has(q.value)) continue;
        if (name === 'TO-NAPID' && q.value === INTERNET) continue;
        tell(
          at(q),
          `${p.path}/${name} refers to "${q.value}", which is nowhere defined${hint(q.value, ids, others, other)}`,
        );
      }
    }
  }
}

/** Places of one type whose key appears for the second time. */
function* duplicates(places: readonly Place[], keyOf: (p: Place) => string | undefined): Generator<[Place, string]> {
  const seen = new Set<string>();
  for (const p of places) {
    const key = keyOf(p);
    if (key === undefined) continue;
    if (seen.has(key)) yield [p, key];
    seen.add(key);
  }
}

const point = (p: Place, parm: string) => {
  const q: Parm | undefined = parmOf(p, parm);
  return q === undefined ? p.characteristic : at(q);
};

/** What makes two applications the same (as the strictest known client has it): the id and, mostly, the provider. */
function applicationKey(p: Place): string | undefined {
  const id = textOf(p, 'APPID');
  const by = profileOf(p)?.key;
  if (id === undefined || by === undefined) return undefined;
  return by === null ? id : `${id} with ${by} "${textOf(p, by) ?? ''}"`;
}

const IDS: readonly (readonly [type: string, parm: string])[] = [
  ['NAPDEF', 'NAPID'],
  ['PXLOGICAL', 'PROXY-ID'],
  ['PXPHYSICAL', 'PHYSICAL-PROXY-ID'],
  ['APPLICATION', 'PROVIDER-ID'],
  ['APPLICATION', 'NAME'],
];

export const REFERENCES = [
  contentRule(
    {
      code: 'CP-DANGLING-TO-NAPID',
      severity: 'error',
      title: 'TO-NAPID refers to an access point that the document does not define',
      clause: 'OMA-WAP-TS-ProvCont-V1_1, TO-NAPID',
      receivers:
        'Clients drop the reference; a proxy left without one is removed, and the phone can end without a connection.',
      fix: 'Use the NAPID of a NAPDEF in the same document, or INTERNET.',
      basis: 'confirmed',
    },
    (f, tell) =>
      dangling(f, tell, 'TO-NAPID', idsOf(f, 'NAPDEF', 'NAPID'), idsOf(f, 'PXLOGICAL', 'PROXY-ID'), 'PROXY-ID'),
  ),
  contentRule(
    {
      code: 'CP-DANGLING-TO-PROXY',
      severity: 'error',
      title: 'TO-PROXY refers to a proxy that the document does not define',
      clause: 'OMA-WAP-TS-ProvCont-V1_1, TO-PROXY',
      receivers: 'Clients drop the link silently, and the application goes without its proxy.',
      fix: 'Use the PROXY-ID of a PXLOGICAL in the same document.',
      basis: 'confirmed',
    },
    (f, tell) => dangling(f, tell, 'TO-PROXY', idsOf(f, 'PXLOGICAL', 'PROXY-ID'), idsOf(f, 'NAPDEF', 'NAPID'), 'NAPID'),
  ),
  contentRule(
    {
      code: 'CP-DANGLING-PROXY-ID',
      severity: 'warning',
      title: 'BOOTSTRAP names a proxy that the document does not define',
      clause: provCont('BOOTSTRAP'),
      fix: 'Use the PROXY-ID of a PXLOGICAL in the same document.',
      receivers: 'Clients ignore the name; no proxy is tied to the bootstrap.',
      basis: 'remembered',
    },
    (f, tell) => {
      const ids = idsOf(f, 'PXLOGICAL', 'PROXY-ID');
      for (const p of f.of('BOOTSTRAP')) {
        for (const q of parmsOf(p, 'PROXY-ID')) {
          if (q.value === null || q.value === '' || ids.has(q.value)) continue;
          tell(at(q), `BOOTSTRAP/PROXY-ID names "${q.value}", which is nowhere defined`);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-RESERVED-NAPID',
      severity: 'note',
      title: 'An access point has the reserved word INTERNET as its id',
      clause: provCont('NAPDEF'),
      receivers:
        'References to INTERNET mean any access point with that flag; published examples use the word as an id all the same.',
      fix: 'Choose another NAPID; the flag INTERNET is a parm of its own.',
      basis: 'remembered',
    },
    (f, tell) => {
      for (const p of f.of('NAPDEF'))
        if (textOf(p, 'NAPID') === INTERNET) tell(point(p, 'NAPID'), 'The NAPID is INTERNET');
    },
  ),
  contentRule(
    {
      code: 'CP-DUPLICATE-NAPID',
      severity: 'error',
      title: 'Two access points have the same id',
      clause: provCont('NAPDEF'),
      receivers: 'The first one counts, the later one is dropped.',
      fix: 'Give each NAPDEF its own NAPID.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const [p, id] of duplicates(f.of('NAPDEF'), (q) => textOf(q, 'NAPID'))) {
        tell(point(p, 'NAPID'), `NAPID "${id}" is used by an earlier NAPDEF`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-DUPLICATE-PROXY-ID',
      severity: 'warning',
      title: 'Two proxies have the same id',
      clause: provCont('PXLOGICAL'),
      receivers: 'Clients merge the later one into the first, so its own values are lost.',
      fix: 'Give each PXLOGICAL its own PROXY-ID.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const [p, id] of duplicates(f.of('PXLOGICAL'), (q) => textOf(q, 'PROXY-ID'))) {
        tell(point(p, 'PROXY-ID'), `PROXY-ID "${id}" is used by an earlier PXLOGICAL`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-DUPLICATE-APPLICATION',
      severity: 'warning',
      title: 'Two applications are the same to a receiver',
      clause: provCont('APPLICATION'),
      receivers: 'The first one counts; some clients keep one application for each APPID whatever else it says.',
      fix: 'Tell them apart by PROVIDER-ID, browsers by NAME.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const [p, key] of duplicates(f.of('APPLICATION'), applicationKey)) {
        tell(point(p, 'APPID'), `There is an earlier APPLICATION ${key}`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-LONG-ID',
      severity: 'warning',
      title: 'An id is longer than receivers keep',
      clause: 'OMA-WAP-TS-ProvCont-V1_1',
      receivers: 'At least one client drops ids of more than 128 characters.',
      fix: 'Use at most 128 characters.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const [type, parm] of IDS) {
        for (const p of f.of(type)) {
          const n = textOf(p, parm)?.length ?? 0;
          if (n > LONGEST_ID) tell(point(p, parm), `${p.path}/${parm} has ${n} characters`);
        }
      }
    },
  ),
];
