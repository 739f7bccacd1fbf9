// A rule of content: what it says, as data, and how to find what breaks it.

import type { Finding, Rule } from '../../captures/finding.ts';
import type { Range } from '../../dissectors/content/document.ts';
import type { Facts } from './facts.ts';

export type Tell = (where: Range, message: string) => void;

export interface ContentRule {
  readonly rule: Rule;
  readonly check: (f: Facts, tell: Tell) => void;
}

export const contentRule = (rule: Rule, check: ContentRule['check']): ContentRule => ({ rule, check });

/** 'OMA-WAP-TS-ProvCont-V1_1, NAPDEF': the document, and the name under which the matter stands in it. */
export const provCont = (characteristic: string): string => `OMA-WAP-TS-ProvCont-V1_1, ${characteristic}`;

/** Findings of one rule in one document; the last one says that there are more. */
export const MOST_OF_ONE = 64;

/** Adds the findings of one rule, ranges in octets of the body. */
export function apply(r: ContentRule, f: Facts, out: Finding[]): void {
  let listed = 0;
  r.check(f, (where, message) => {
    listed += 1;
    if (listed > MOST_OF_ONE) return;
    out.push({ rule: r.rule, message, of: 'body', start: where.start, length: where.length });
  });
  const more = listed - MOST_OF_ONE;
  const last = out.at(-1);
  if (more <= 0 || last === undefined) return;
  out[out.length - 1] = { ...last, message: `${last.message}; ${more} more of the kind are not listed` };
}
