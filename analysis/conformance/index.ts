// Rules of provisioning content (OMA-WAP-TS-ProvCont-V1_1), all as data.

import type { Finding, Rule } from '../../captures/finding.ts';
import type { ProvisioningDocument } from '../../dissectors/content/document.ts';
import { withoutConsequences } from './consequences.ts';
import { facts } from './facts.ts';
import { apply, type ContentRule } from './rule.ts';
import { APPLICATION_RULES } from './rules/applications.ts';
import { REFERENCES } from './rules/references.ts';
import { STRUCTURE } from './rules/structure.ts';
import { VALUES } from './rules/values.ts';

export const CONTENT_RULES: readonly ContentRule[] = [...STRUCTURE, ...REFERENCES, ...VALUES, ...APPLICATION_RULES];

/** What the rules say of themselves, for reference pages. */
export const contentRules = (): Rule[] => CONTENT_RULES.map((r) => r.rule);

/**
 * Findings of every rule, in document order; ranges are octets of the body. `syntax` is what the decoder of the body
 * found, and `end` the octets it read: what these explain is not told again. Never throws.
 */
export function checkDocument(
  document: ProvisioningDocument,
  syntax: readonly Finding[] = [],
  end = Number.POSITIVE_INFINITY,
): Finding[] {
  const f = facts(document);
  const found = CONTENT_RULES.flatMap((r) => apply(r, f)).sort((a, b) => a.start - b.start);
  return withoutConsequences(found, syntax, document, end);
}
