// Names that are nearly right, or right in another place.

import { type Place, parmOf } from '../facts.ts';
import { CHARACTERISTICS } from '../model.ts';
import { PROFILES } from '../profiles.ts';
import { contentRule } from '../rule.ts';
import { appId } from './shared.ts';

const CLAUSE = 'OMA-WAP-TS-ProvCont-V1_1';

/** Shorter names are too easily another name. */
const SHORTEST = 5;

/** One letter too many, too few, wrong, or two exchanged. */
export function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i += 1;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - i && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const left = a.slice(i, a.length - tail);
  const right = b.slice(i, b.length - tail);
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right === `${left[1]}${left[0]}`;
}

/** The one name among these that a misspelt one was meant to be. */
function meant(sent: string, names: readonly string[]): string | undefined {
  const plain = sent.toUpperCase().replace(/[_\s]+/g, '-');
  const same = names.find((n) => n.toUpperCase() === plain || n.replaceAll('-', '') === plain.replaceAll('-', ''));
  if (same !== undefined) return same;
  return plain.length < SHORTEST ? undefined : names.find((n) => n.length >= SHORTEST && isNear(plain, n));
}

const TYPES = Object.keys(CHARACTERISTICS);
const PARMS = new Map(TYPES.map((t) => [t, Object.keys(CHARACTERISTICS[t]?.parms ?? {})]));

/** By parm, the characteristics that have it, where these are few: nobody looks for a NAME elsewhere. */
const HOMES: ReadonlyMap<string, readonly string[]> = (() => {
  const out = new Map<string, string[]>();
  for (const [type, names] of PARMS) for (const n of names) out.set(n, [...(out.get(n) ?? []), type]);
  for (const n of ['NAME', 'DOMAIN', 'DATA', 'LENGTH', 'INDEX', 'REALM', 'IMAGE']) out.delete(n);
  return out;
})();

/** Vendors' applications and unknown ones may have any parm. */
const isJudged = (p: Place): boolean => {
  if (p.ignored || p.model === null || p.type === 'VENDORCONFIG') return false;
  if (p.type !== 'APPLICATION') return true;
  const profile = PROFILES.get(appId(p));
  return profile !== undefined && profile.address !== 'none';
};

export type Verdict =
  | { readonly kind: 'misspelt'; readonly name: string }
  | { readonly kind: 'elsewhere'; readonly homes: readonly string[] }
  | null;

/** What became of a parm whose name the characteristic does not have. */
export function verdictOf(p: Place, sent: string): Verdict {
  if (!isJudged(p) || sent === '') return null;
  const homes = HOMES.get(sent.toUpperCase());
  if (homes !== undefined) return { kind: 'elsewhere', homes };
  const name = meant(sent, PARMS.get(p.type) ?? []);
  return name === undefined ? null : { kind: 'misspelt', name };
}

/** How a parm that is missing was probably written. */
export function writtenAs(p: Place, name: string): string | undefined {
  const found = p.parms.find((k) => {
    if (k.name !== undefined) return false;
    const verdict = verdictOf(p, k.parm.name);
    return verdict?.kind === 'misspelt' && verdict.name === name;
  });
  return found?.parm.name;
}

/** The type that an unknown one was meant to be. */
export const typeMeant = (type: string): string | undefined => (type === '' ? undefined : meant(type, TYPES));

export const NAMES = [
  contentRule(
    {
      code: 'CP-MISSPELT-PARM',
      severity: 'warning',
      title: 'The name of a parm is misspelt',
      clause: CLAUSE,
      receivers: 'It is ignored like any unknown parm.',
      fix: 'Correct the name; names have hyphens, never underscores.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.places) {
        for (const { parm, name } of p.parms) {
          const verdict = name === undefined ? verdictOf(p, parm.name) : null;
          if (verdict?.kind !== 'misspelt') continue;
          // Where it is needed it is missing, and that says how it was written.
          const occurs = p.model?.parms[verdict.name]?.occurs;
          if ((occurs === '1' || occurs === '+') && parmOf(p, verdict.name.toUpperCase()) === undefined) continue;
          tell(parm, `${p.path} has "${parm.name}", probably for ${verdict.name}`);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-PARM-ELSEWHERE',
      severity: 'warning',
      title: 'A parm stands in a characteristic that does not have it, and belongs into another',
      clause: CLAUSE,
      receivers: 'It is ignored there.',
      fix: 'Move the parm into the characteristic it belongs to.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.places) {
        for (const { parm, name } of p.parms) {
          const verdict = name === undefined ? verdictOf(p, parm.name) : null;
          if (verdict?.kind !== 'elsewhere') continue;
          tell(parm, `${p.path} has ${parm.name}, which belongs into ${verdict.homes.join(' or ')}`);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-MISSPELT-CHARACTERISTIC',
      severity: 'warning',
      title: 'The type of a characteristic is misspelt',
      clause: CLAUSE,
      receivers: 'It is ignored with everything inside it.',
      fix: 'Correct the type.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.places) {
        if (p.model !== null || p.parent?.ignored === true || p.parent?.model?.open === true) continue;
        const type = typeMeant(p.characteristic.type);
        if (type !== undefined) tell(p.characteristic, `"${p.characteristic.type}" is probably meant to be ${type}`);
      }
    },
  ),
];
