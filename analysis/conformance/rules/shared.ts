// What several rules ask of a document.

import { type Facts, type Place, parmsOf, textOf } from '../facts.ts';
import { PROFILES, type Profile } from '../profiles.ts';

export const appId = (p: Place): string => textOf(p, 'APPID') ?? '';

/** A view of a document that several rules share: made when the first of them asks. */
export function once<T>(make: (f: Facts) => T): (f: Facts) => T {
  return (f) => {
    const known = f.views.get(make);
    if (known !== undefined) return known as T;
    const made = make(f);
    f.views.set(make, made);
    return made;
  };
}

const ids = once((f) => f.of('APPLICATION').map((p) => [appId(p), p] as const));

/** Applications of these ids, in document order. */
export function byId(f: Facts, wanted: ReadonlySet<string>): Place[] {
  const out: Place[] = [];
  for (const [id, p] of ids(f)) if (wanted.has(id)) out.push(p);
  return out;
}

export const profileOf = (p: Place): Profile | undefined => PROFILES.get(appId(p));

export const isLinked = (p: Place): boolean => parmsOf(p, 'TO-NAPID').length + parmsOf(p, 'TO-PROXY').length > 0;

/** A rule without an application covers every one. */
export const covers = (access: Place, id: string): boolean => {
  const ids = parmsOf(access, 'APPID');
  return ids.length === 0 || ids.some((q) => q.value === id);
};

/** Applications that say nowhere how they go: receivers link them to everything. */
export const unlinked = once((f): readonly Place[] =>
  f.of('APPLICATION').filter((p) => !isLinked(p) && !f.of('ACCESS').some((a) => covers(a, appId(p)))),
);

/** Reserved: any access point of the phone that has the INTERNET flag. */
export const INTERNET = 'INTERNET';

export const REFERRERS = ['PXPHYSICAL', 'APPLICATION', 'ACCESS'] as const;

/** Every value of TO-NAPID or TO-PROXY in the document. */
export function referred(f: Facts, name: 'TO-NAPID' | 'TO-PROXY'): Set<string> {
  const out = new Set<string>();
  for (const type of REFERRERS) {
    for (const p of f.of(type)) for (const q of parmsOf(p, name)) if (q.value !== null) out.add(q.value);
  }
  return out;
}

export function valuesOf(p: Place, name: string): string[] {
  const out: string[] = [];
  for (const { value } of parmsOf(p, name)) if (value !== null && value !== '') out.push(value);
  return out;
}

export const bearersOf = (p: Place): string[] => valuesOf(p, 'BEARER');

export const quoted = (names: Iterable<string>): string => [...new Set(names)].join(', ');
