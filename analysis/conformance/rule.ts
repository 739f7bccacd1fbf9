// A rule of content: what it says, as data, and how to find what breaks it.

import type { Finding, Rule } from '../../captures/finding.ts';
import type { Range } from '../../dissectors/content/document.ts';
import { sameText } from '../summary/same.ts';
import type { Facts } from './facts.ts';

export type Tell = (where: Range, message: string) => void;

export interface ContentRule {
  readonly rule: Rule;
  readonly check: (f: Facts, tell: Tell) => void;
  /** Types of characteristics; the rule has nothing to say where none of them is. */
  readonly about?: readonly string[];
}

/** The same rules, asked only where one of these types is. */
export const about = (types: readonly string[], rules: readonly ContentRule[]): readonly ContentRule[] =>
  rules.map((r) => ({ ...r, about: types }));

export const contentRule = (rule: Rule, check: ContentRule['check']): ContentRule => ({ rule, check });

/** 'OMA-WAP-TS-ProvCont-V1_1, NAPDEF': the document, and the name under which the matter stands in it. */
export const provCont = (characteristic: string): string => `OMA-WAP-TS-ProvCont-V1_1, ${characteristic}`;

/** Findings of one rule in one document; the last one says that there are more. */
export const MOST_OF_ONE = 64;

/** Characters of a sentence; a value in it may be as long as a document. */
export const LONGEST_MESSAGE = 500;

const cut = (text: string): string =>
  text.length <= LONGEST_MESSAGE ? text : `${text.slice(0, LONGEST_MESSAGE - 1).trimEnd()}…`;

/** Findings of these rules, rule by rule; ranges in octets of the body. */
export function applyAll(rules: readonly ContentRule[], f: Facts): Finding[] {
  const out: Finding[] = [];
  let rule: Rule | undefined;
  let listed = 0;
  const tell: Tell = (where, message) => {
    listed += 1;
    if (listed > MOST_OF_ONE || rule === undefined) return;
    out.push({ rule, message: sameText(cut(message)), of: 'body', start: where.start, length: where.length });
  };
  const asked: ContentRule[] = [];
  const known = rulesFor(rules, f.types);
  for (const r of known ?? rules) {
    if (r.about !== undefined && !r.about.some((type) => f.of(type).length > 0)) continue;
    rule = r.rule;
    listed = 0;
    if (known !== undefined) r.check(f, tell);
    else if (looked(r, f, tell) || listed > 0) asked.push(r);
    const more = listed - MOST_OF_ONE;
    const last = out.at(-1);
    if (more <= 0 || last === undefined) continue;
    out[out.length - 1] = { ...last, message: `${last.message}; ${more} more of the kind are not listed` };
  }
  if (known === undefined) remember(rules, f.types, asked);
  return out;
}

/**
 * Rules that found something to look at in a document with places of these types. The others asked for types that were
 * not there and for nothing else: what they say of the next document with the same types is nothing, too.
 */
const remembered = new WeakMap<readonly ContentRule[], Map<string, readonly ContentRule[]>>();

/** Sets of types that are remembered. */
const MOST_SETS = 256;

const rulesFor = (rules: readonly ContentRule[], types: string): readonly ContentRule[] | undefined =>
  remembered.get(rules)?.get(types);

function remember(rules: readonly ContentRule[], types: string, asked: readonly ContentRule[]): void {
  const sets = remembered.get(rules) ?? new Map<string, readonly ContentRule[]>();
  remembered.set(rules, sets);
  if (sets.size < MOST_SETS) sets.set(types, asked);
}

/** Applies the rule; did it look at anything but types that are not there? */
function looked(r: ContentRule, f: Facts, tell: Tell): boolean {
  let saw = false;
  const seen = <T>(what: T): T => {
    saw = true;
    return what;
  };
  r.check(
    {
      get document() {
        return seen(f.document);
      },
      get octets() {
        return seen(f.octets);
      },
      get places() {
        return seen(f.places);
      },
      get given() {
        return seen(f.given);
      },
      get odd() {
        return seen(f.odd);
      },
      get types() {
        return seen(f.types);
      },
      of(type) {
        const places = f.of(type);
        return places.length === 0 ? places : seen(places);
      },
      // Its own: what another rule made of the document it has to make itself, so that it is seen what it looks at.
      views: new Map(),
    },
    tell,
  );
  return saw;
}
